'use strict';
/** Draws the cases: pins, chips, flashes (numbers: layers/cases.py). */

import { arrange } from '../arrange.js';
import { RED, SUSPENDED, figures, fractionLeft, levelOf, minutesLeft } from '../levels.js';
import { chipSprite, pinSprite } from '../pinsprite.js';
import { boxAt } from '../room.js';
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
    const out = 60 * Math.max(this._app.style.pinScale, this._app.style.typeScale);
    for (const { pin, dx, dy } of singles) {
      const x = pin.x * view.scale - view.left + dx;
      const y = pin.y * view.scale - view.top + dy;
      if (x > -out && y > -out && x < view.width + out && y < view.height + out) {
        const level = CasesLayer.level(this._app, pin, now);
        marks.push({ x, y, pin, level, rank: this._rank(pin, level) });
      }
    }
    for (const group of groups) {
      const x = group.x * view.scale - view.left;
      const y = group.y * view.scale - view.top;
      if (x > -out && y > -out && x < view.width + out && y < view.height + out) {
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

  /** Pins and chips for this zoom; panning and the clock change nothing here, but for a wall's frame. */
  _arranged(view) {
    const { store, selected, style } = this._app;
    const { badgeRevision, geometry } = this._app;
    const frame = style.gather ? [view.left, view.top, view.width, view.height, badgeRevision, Object.keys(geometry)] : [];
    const sizes = [style.pinScale, style.typeScale, style.gather];
    const key = [view.zoom, store.revision.case, selected.case, ...sizes, ...frame].join('|');
    if (this._layout.key !== key) {
      const settle = (taken) => this._app.drawers.badge.settle(view, taken);
      const lone = { flashing: this._flashingPins(), selected: selected.case, settle };
      this._layout = { key, ...arrange([...store.pins.case.values()], lone, view, style, this._options) };
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
    const shown = running && this._app.style.pinFigures && (level >= RED || view.zoom >= this._options.minutesFrom);
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
    const { pinScale } = app.style;
    context.globalAlpha = app.opacity('case', pin.id);
    const look = this._look(view, pin, level, now);
    stamp(context, view, pinSprite(app.sprites, view.dpr, look, size, pinScale, app.config.palette), x, y);
    const reach = (shapeReach(level, size) + 6) * pinScale;
    app.spots.add({ x, y, reach, kind: 'case', id: pin.id, order: 1 + level, thing: pin });
    app.taken.push(boxAt(x, y, reach * 2, reach * 2));
  }

  _drawChip(context, view, { x, y, group, level, counts, unsigned }) {
    const { sprites, config, style, taken, spots } = this._app;
    context.globalAlpha = this._app.opacity('group', '');
    const sprite = chipSprite(sprites, view.dpr, { level, counts, unsigned }, style.typeScale, config.palette);
    stamp(context, view, sprite, x, y);
    const id = `${Math.round(group.x * 1e9)}:${Math.round(group.y * 1e9)}`;
    const reach = 30 * style.typeScale;
    spots.add({ x, y, reach, kind: 'group', id, order: 0, thing: { ...group, counts } });
    taken.push(boxAt(x, y, sprite.width, sprite.height));
  }
}

export const Layer = CasesLayer;
