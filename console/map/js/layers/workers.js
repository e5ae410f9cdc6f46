'use strict';
/** Draws the workers: a dot from afar, a glyph when near, the age of the position (layers/workers.py). */

import { fade, mix } from '../colour.js';
import { drawCircle } from '../shapes.js';
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

export class WorkersLayer {
  /** @param {object} app main.js @param {object} options */
  constructor(app, options) {
    this._app = app;
    this._options = options;
    app.drawers.worker = this;
  }

  /** Targets of a drag are drawn above everything by the targets layer. */
  draw(context, view) {
    const { store, switches, selected, targets, clock } = this._app;
    if (!switches.workers || !this._app.style.workers) return;
    const now = clock.now();
    const near = view.zoom >= this._options.glyphFrom;
    for (const pin of store.pins.worker.values()) {
      if ((!pin.onDuty && !switches.offDuty) || targets.has('worker', pin.id)) continue;
      const x = pin.x * view.scale - view.left;
      const y = pin.y * view.scale - view.top;
      if (x < -30 || y < -30 || x > view.width + 30 || y > view.height + 30) continue;
      const chosen = selected.worker === pin.id;
      context.globalAlpha = this._app.opacity('worker', pin.id);
      if (near || chosen) this._drawGlyph(context, view, pin, x, y, now, chosen);
      else this._drawDot(context, view, pin, x, y, now);
    }
    context.globalAlpha = 1;
  }

  /** Draw one worker elsewhere than where they are: in a fan. */
  drawAt(context, view, pin, x, y) {
    this._drawGlyph(context, view, pin, x, y, this._app.clock.now(), false);
  }

  _age(pin, now) {
    const seconds = now - pin.seenAt;
    if (seconds <= this._app.config.staleSeconds) return FRESH;
    return seconds <= this._app.config.oldSeconds ? STALE : OLD;
  }

  _drawDot(context, view, pin, x, y, now) {
    const { palette } = this._app.config;
    const size = this._options.dotSize * this._app.style.pinScale;
    const fresh = this._age(pin, now) === FRESH && pin.onDuty;
    const sprite = this._app.sprites.get(view.dpr, `dot|${fresh}|${size}`, size + 4, size + 4, (c) => {
      c.beginPath();
      c.arc(0, 0, size / 2, 0, 2 * Math.PI);
      c.lineWidth = 2;
      c.strokeStyle = palette.page;
      c.stroke();
      c.fillStyle = fresh ? mix(palette.second, palette.panel, 0.1) : mix(palette.panel, palette.second, 0.5);
      c.fill();
    });
    stamp(context, view, sprite, x, y);
    this._app.spots.add({ x, y, reach: 8, kind: 'worker', id: pin.id, order: 0, thing: pin });
  }

  _drawGlyph(context, view, pin, x, y, now, chosen) {
    const { palette } = this._app.config;
    const size = this._options.glyphSize * this._app.style.pinScale;
    const age = this._age(pin, now);
    const look = { inspector: pin.inspector, age, busy: pin.load > 0, selected: chosen, onDuty: pin.onDuty };
    stamp(context, view, workerSprite(this._app.sprites, view.dpr, look, size, palette), x, y);
    if (age !== FRESH && view.zoom >= this._options.agesFrom) this._drawAge(context, view, pin, x, y, now);
    this._app.spots.add({ x, y, reach: size / 2 + 4, kind: 'worker', id: pin.id, order: 0, thing: pin });
  }

  _drawAge(context, view, pin, x, y, now) {
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
    stamp(context, view, sprite, x + (this._options.glyphSize * this._app.style.pinScale) / 2 + width / 2 + 1, y);
  }
}

/** @param {number} seconds @param {object} strings @returns {string} whole minutes as "4′", from two hours on "2h" */
export function ageText(seconds, strings) {
  const minutes = Math.max(0, Math.floor(seconds / 60));
  return minutes < 120 ? `${minutes}′` : `${Math.floor(minutes / 60)}${strings.hours_mark}`;
}

export const Layer = WorkersLayer;
