'use strict';
/** Draws the cases: pins, chips, flashes (numbers: layers/cases.py). */

import { cluster } from '../cluster.js';
import { RED, SUSPENDED, figures, fractionLeft, levelOf, minutesLeft } from '../levels.js';
import { chipSprite, pinSprite } from '../pinsprite.js';
import { shapeReach } from '../shapes.js';
import { stamp } from '../sprites.js';

export class CasesLayer {
  /** @param {object} app main.js @param {object} options */
  constructor(app, options) {
    this._app = app;
    this._options = options;
    app.drawers.case = this;
    this._layout = { key: '', singles: [], groups: [] };
    this._flashing = { revision: -1, pins: new Set() };
  }

  /** @returns {boolean} whether anything flashes, so that main.js draws twice a second */
  get flashes() {
    return this._app.switches.cases && this._flashingPins().size > 0;
  }

  /** @returns {number} the pin's level at the domain time */
  static level(app, pin, now) {
    return pin.suspended ? SUSPENDED : levelOf(pin.holder, now, app.config.darkRedFactor);
  }

  draw(context, view) {
    if (!this._app.switches.cases) return;
    const now = this._app.clock.now();
    const { singles, groups } = this._arranged(view);
    const marks = [];
    for (const { pin, dx, dy } of singles) {
      const x = pin.x * view.scale - view.left + dx;
      const y = pin.y * view.scale - view.top + dy;
      if (x > -48 && y > -48 && x < view.width + 48 && y < view.height + 48) {
        const level = CasesLayer.level(this._app, pin, now);
        marks.push({ x, y, pin, level, rank: this._rank(pin, level) });
      }
    }
    for (const group of groups) {
      const x = group.x * view.scale - view.left;
      const y = group.y * view.scale - view.top;
      if (x > -60 && y > -30 && x < view.width + 60 && y < view.height + 30) {
        const worst = this._worst(group, now);
        marks.push({ x, y, group, ...worst, rank: worst.level });
      }
    }
    marks.sort((a, b) => a.rank - b.rank || a.y - b.y);
    for (const mark of marks) {
      if (mark.group) this._drawChip(context, view, mark);
      else this._drawPin(context, view, mark, now);
    }
    context.globalAlpha = 1;
  }

  /** Draw one case elsewhere than where it is: in a fan. */
  drawAt(context, view, pin, x, y) {
    const now = this._app.clock.now();
    this._drawPin(context, view, { x, y, pin, level: CasesLayer.level(this._app, pin, now) }, now);
  }

  /** What is drawn over what: worse over better, then the flashing, the selected last. */
  _rank(pin, level) {
    if (this._isSelected(pin)) return 20;
    return this._flashingPins().has(pin) ? 10 + level : level;
  }

  _isSelected(pin) {
    return this._app.selected.case === pin.id;
  }

  /** The longest waiting of the unsigned urgent cases; only these flash. */
  _flashingPins() {
    const { store } = this._app;
    if (this._flashing.revision !== store.revision.case) {
      const urgent = [...store.pins.case.values()].filter((p) => p.urgent && p.unsigned && !p.suspended);
      const since = (pin) => (pin.holder ? pin.holder.start : 0);
      urgent.sort((a, b) => since(a) - since(b) || (a.id < b.id ? -1 : 1));
      this._flashing = { revision: store.revision.case, pins: new Set(urgent.slice(0, this._options.flashing)) };
    }
    return this._flashing.pins;
  }

  /** Pins and chips for this zoom; panning and the clock change nothing here. */
  _arranged(view) {
    const { store, selected } = this._app;
    const key = `${view.zoom}|${store.revision.case}|${selected.case}`;
    if (this._layout.key !== key) {
      const apart = this._flashingPins();
      const alone = [];
      const rest = [];
      for (const pin of store.pins.case.values()) {
        if (apart.has(pin) || this._isSelected(pin)) alone.push({ pin, dx: 0, dy: 0 });
        else rest.push(pin);
      }
      const { singles, groups } = cluster(rest, view.scale, view.zoom, this._options);
      this._layout = { key, singles: singles.concat(alone), groups };
    }
    return this._layout;
  }

  _worst(group, now) {
    const counts = [0, 0, 0, 0, 0];
    let unsigned = false;
    for (const pin of group.members) {
      counts[CasesLayer.level(this._app, pin, now)] += 1;
      unsigned = unsigned || (pin.urgent && pin.unsigned);
    }
    const level = counts.reduce((worst, count, at) => (count > 0 ? at : worst), 0);
    return { level, counts, unsigned };
  }

  _look(view, pin, level, now) {
    const running = pin.holder && level !== SUSPENDED;
    const shown = running && (level >= RED || view.zoom >= this._options.minutesFrom);
    return {
      level,
      fraction: running ? fractionLeft(pin.holder, now) : 0,
      unsigned: pin.unsigned,
      selected: this._isSelected(pin),
      lit: this._app.flashOn && this._flashingPins().has(pin),
      minutes: shown ? figures(minutesLeft(pin.holder, now), this._app.config.strings) : '',
    };
  }

  _drawPin(context, view, { x, y, pin, level }, now) {
    const app = this._app;
    const size = this._options.sizes[level];
    context.globalAlpha = app.opacity('case', pin.id);
    const sprite = pinSprite(app.sprites, view.dpr, this._look(view, pin, level, now), size, app.config.palette);
    stamp(context, view, sprite, x, y);
    app.spots.add({ x, y, reach: shapeReach(level, size) + 6, kind: 'case', id: pin.id, order: 1 + level, thing: pin });
  }

  _drawChip(context, view, { x, y, group, level, counts, unsigned }) {
    const total = group.members.length;
    context.globalAlpha = this._app.opacity('group', '');
    const look = { level, worst: counts[level], total, unsigned };
    stamp(context, view, chipSprite(this._app.sprites, view.dpr, look, this._app.config.palette), x, y);
    const id = `${Math.round(group.x * 1e9)}:${Math.round(group.y * 1e9)}`;
    this._app.spots.add({ x, y, reach: 30, kind: 'group', id, order: 0, thing: { ...group, counts } });
  }
}

export const Layer = CasesLayer;
