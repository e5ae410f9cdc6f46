'use strict';
/** Draws the workers: a dot from afar, a glyph when near, the age of the position (layers/workers.py). */

import { BEATS } from '../clock.js';
import { fade, mix } from '../colour.js';
import { drawCircle } from '../shapes.js';
import { markAt } from '../marks.js';
import { FONT, stamp, textWidth } from '../sprites.js';

const AGE_PX = 14;

export const FRESH = 0;
export const STALE = 1;
export const OLD = 2;

/** Head and shoulders, or a diamond for an inspector. */
function body(context, inspector, size) {
  const half = size / 2;
  context.beginPath();
  if (inspector) {
    context.moveTo(0, -half);
    context.lineTo(half, 0);
    context.lineTo(0, half);
    context.lineTo(-half, 0);
    context.closePath();
    return;
  }
  context.arc(0, -half * 0.45, half * 0.48, 0, 2 * Math.PI);
  context.moveTo(half * 0.85, half);
  context.arc(0, half, half * 0.85, 0, Math.PI, true);
  context.closePath();
}

/**
 * @param {{inspector: boolean, age: number, busy: boolean, selected: boolean, onDuty: boolean}} look
 */
export function workerSprite(sprites, dpr, look, size, palette) {
  const key = `worker|${look.inspector}|${look.age}|${look.busy}|${look.selected}|${look.onDuty}|${size}`;
  return sprites.get(dpr, key, size + 32, size + 32, (context) => {
    const colour = look.onDuty ? palette.text : palette.second;
    if (look.selected) {
      for (const gap of [6, 10]) {
        drawCircle(context, size / 2 + gap, 4, palette.page);
        drawCircle(context, size / 2 + gap, 2, palette.select);
      }
    }
    body(context, look.inspector, size - 4);
    context.lineJoin = 'round';
    context.lineWidth = look.age === FRESH && look.onDuty ? 4 : 6;
    context.strokeStyle = palette.page;
    context.stroke();
    const solid = look.age === FRESH && look.onDuty;
    context.fillStyle = solid ? colour : palette.panel;
    context.fill();
    if (!solid) {
      context.lineWidth = 2;
      context.strokeStyle = look.age === OLD ? mix(palette.panel, palette.second, 0.7) : colour;
      context.stroke();
    }
    if (!look.busy) return;
    context.beginPath();
    context.roundRect(-size / 2, size / 2, size, 4, 2);
    context.lineWidth = 3;
    context.strokeStyle = palette.page;
    context.stroke();
    context.fillStyle = palette.text;
    context.fill();
  });
}

const spotOf = (pin, reach) => ({ reach, kind: 'worker', id: pin.id, order: 0, thing: pin });

export class WorkersLayer {
  /** @param {object} app main.js @param {object} options */
  constructor(app, options) {
    this._app = app;
    this._options = options;
    app.drawers.worker = this;
    this._era = { key: '', number: 0 };
    this._turn = 0;
  }

  /** @returns {string} what a worker is at this zoom: 'glyph', 'dot', or '' */
  look(zoom) {
    if (zoom >= this._options.glyphFrom) return 'glyph';
    return zoom >= this._options.dotsFrom ? 'dot' : '';
  }

  /** Targets of a drag are drawn above everything by the targets layer. */
  marks(view) {
    const { store, switches, targets, style, tick, selected } = this._app;
    const marks = new Map();
    if (!switches.workers || !style.workers) return marks;
    const era = this._eraOf(view);
    const far = view.zoom < this._options.dotsFrom && !targets.active;
    const { left, top } = view;
    const right = left + view.width + 30;
    const bottom = top + view.height + 30;
    for (const pin of store.pins.worker.values()) {
      if (!pin.onDuty && !switches.offDuty) continue;
      if (far && selected.worker !== pin.id) continue;
      const x = pin.x * view.scale;
      const y = pin.y * view.scale;
      if (x < left - 30 || y < top - 30 || x > right || y > bottom || targets.has('worker', pin.id)) continue;
      const kept = pin.mark;
      if (!kept || kept.era !== era || kept.until <= tick) {
        this._turn += 1;
        const until = tick + (kept && kept.era === era ? BEATS : 1 + (this._turn % BEATS));
        pin.mark = { era, until, both: this._both(view, pin, x, y) };
      }
      for (const mark of pin.mark.both) marks.set(mark.key, mark);
    }
    return marks;
  }

  /** Draw one worker elsewhere than where they are: in a fan. */
  drawAt(context, view, pin, x, y) {
    const { spots, now } = this._app;
    const { size, sprite, age } = this._glyph(view, pin, false);
    stamp(context, view, sprite, x, y);
    if (age !== FRESH && view.zoom >= this._options.agesFrom) {
      const plate = this._agePlate(view, pin, now);
      stamp(context, view, plate.sprite, x + plate.aside, y);
    }
    spots.add({ ...spotOf(pin, size / 2 + 4), x, y });
  }

  _eraOf(view) {
    const { hour, selected, sprites, style, targets } = this._app;
    const key = [view.scale, view.dpr, hour, selected.worker, sprites.era, style.pinScale, style.typeScale, targets.revision].join('|');
    if (this._era.key !== key) this._era = { key, number: this._era.number + 1 };
    return this._era.number;
  }

  /** The worker, and beside it how old the position is. */
  _both(view, pin, x, y) {
    const { selected, now } = this._app;
    const alpha = this._app.opacity('worker', pin.id);
    const chosen = selected.worker === pin.id;
    if (view.zoom < this._options.glyphFrom && !chosen) {
      return [markAt(view, pin.id, this._dot(view, pin, now), x, y, alpha * this._options.dotShare, spotOf(pin, 8))];
    }
    const { size, sprite, age } = this._glyph(view, pin, chosen);
    const marks = [markAt(view, pin.id, sprite, x, y, alpha, spotOf(pin, size / 2 + 4))];
    if (age !== FRESH && view.zoom >= this._options.agesFrom) {
      const plate = this._agePlate(view, pin, now);
      marks.push(markAt(view, `age|${pin.id}`, plate.sprite, x + plate.aside, y, alpha, null));
    }
    return marks;
  }

  _age(pin, now) {
    const seconds = now - pin.seenAt;
    if (seconds <= this._app.config.staleSeconds) return FRESH;
    return seconds <= this._app.config.oldSeconds ? STALE : OLD;
  }

  _dot(view, pin, now) {
    const { palette } = this._app.config;
    const size = this._options.dotSize * this._app.style.pinScale;
    const fresh = this._age(pin, now) === FRESH && pin.onDuty;
    return this._app.sprites.get(view.dpr, `dot|${fresh}|${size}`, size + 4, size + 4, (c) => {
      c.beginPath();
      c.arc(0, 0, size / 2, 0, 2 * Math.PI);
      c.lineWidth = 2;
      c.strokeStyle = palette.page;
      c.stroke();
      c.fillStyle = fresh ? mix(palette.second, palette.panel, 0.1) : mix(palette.panel, palette.second, 0.5);
      c.fill();
    });
  }

  _glyph(view, pin, chosen) {
    const { config, style, sprites, now } = this._app;
    const size = this._options.glyphSize * style.pinScale;
    const age = this._age(pin, now);
    const look = { inspector: pin.inspector, age, busy: pin.load > 0, selected: chosen, onDuty: pin.onDuty };
    return { size, age, sprite: workerSprite(sprites, view.dpr, look, size, config.palette) };
  }

  _agePlate(view, pin, now) {
    const { palette } = this._app.config;
    const text = ageText(now - pin.seenAt, this._app.config.strings);
    const type = AGE_PX * this._app.style.typeScale;
    const font = `500 ${type}px ${FONT}`;
    const width = textWidth(font, text) + type * 0.6;
    const sprite = this._app.sprites.get(view.dpr, `age|${text}|${type}`, width + 4, type * 1.5, (c) => {
      c.beginPath();
      c.roundRect(-width / 2, -type * 0.65, width, type * 1.3, 4);
      c.fillStyle = fade(palette.page, 0.8);
      c.fill();
      c.font = font;
      c.textAlign = 'center';
      c.textBaseline = 'middle';
      c.fillStyle = palette.second;
      c.fillText(text, 0, 1);
    });
    return { sprite, aside: (this._options.glyphSize * this._app.style.pinScale) / 2 + width / 2 + 1 };
  }
}

/** @param {number} seconds @param {object} strings @returns {string} whole minutes as "4′", from two hours on "2h" */
export function ageText(seconds, strings) {
  const minutes = Math.max(0, Math.floor(seconds / 60));
  return minutes < 120 ? `${minutes}′` : `${Math.floor(minutes / 60)}${strings.hours_mark}`;
}

export const Layer = WorkersLayer;
