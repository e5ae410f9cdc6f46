'use strict';
/** Draws the cases: pins, chips, flashes (numbers: layers/cases.py). */

import { byArea, deskwise, gathered, sized } from '../arrange.js';
import { CaseCells } from '../casecells.js';
import { BEATS } from '../clock.js';
import { SUSPENDED, changeAfter, figures, fractionLeft, levelOf, minutesLeft } from '../levels.js';
import { areaChipSprite, areaChipWidth, chipSprite, pinSprite } from '../pinsprite.js';
import { markAt } from '../marks.js';
import { boxAt } from '../room.js';
import { shapeReach } from '../shapes.js';
import { stamp } from '../sprites.js';

/** So many cells round the canvas are arranged with it: farther away nothing changes what is seen. */
const AROUND = 4;

/** Whether a mark from before is still true. */
const isKept = (mark, era, tick, x, y) =>
  mark !== null && mark.era === era && mark.until > tick && mark.x === x && mark.y === y;

export class CasesLayer {
  /** @param {object} app main.js @param {object} options */
  constructor(app, options) {
    this._app = app;
    this._options = options;
    app.drawers.case = this;
    this._layout = { key: '', singles: [], groups: [] };
    this._cells = new CaseCells(app.store);
    this._flashing = { revision: -1, pins: new Set() };
    this._turn = 0;
    this._last = { found: [], order: new Map() };
    /** Raised when any mark may look different although its case is the same. */
    this._era = { key: '', number: 0 };
  }

  /** @returns {number} the pin's level at the domain time */
  static level(app, pin, now) {
    if (now < pin.levelFrom || now >= pin.levelUntil) {
      const { darkRedFactor } = app.config;
      pin.level = pin.suspended ? SUSPENDED : levelOf(pin.holder, now, darkRedFactor);
      pin.levelFrom = now;
      pin.levelUntil = pin.suspended ? Infinity : changeAfter(pin.holder, now, darkRedFactor);
    }
    return pin.level;
  }

  /** @returns {Map<string, import('../marks.js').Mark>} better below worse, the flashing and the selected on top */
  marks(view) {
    if (!this._app.switches.cases) return this._inOrder([]);
    const { singles, groups } = this._arranged(view);
    const era = this._eraOf(view);
    const marks = [];
    const out = 60 * Math.max(this._app.style.pinScale, this._app.style.typeScale);
    const seen = (x, y) =>
      x > view.left - out && y > view.top - out && x < view.left + view.width + out && y < view.top + view.height + out;
    for (const { pin, dx, dy } of singles) {
      const x = pin.x * view.scale + dx;
      const y = pin.y * view.scale + dy;
      if (seen(x, y)) marks.push(this._pinMark(view, pin, x, y, era));
    }
    for (const group of groups) {
      const x = group.x * view.scale;
      const y = group.y * view.scale;
      if (seen(x, y)) marks.push(this._chipMark(view, group, x, y, era));
    }
    return this._inOrder(marks);
  }

  /** The marks as before while none has changed: then there is nothing to compare either. */
  _inOrder(marks) {
    const { found, order } = this._last;
    if (marks.length === found.length && marks.every((mark, i) => mark === found[i])) return order;
    const sorted = [...marks].sort((a, b) => a.rank - b.rank || a.y - b.y);
    this._last = { found: marks, order: new Map(sorted.map((mark) => [mark.key, mark])) };
    return this._last.order;
  }

  /** Boxes that badges and names keep clear of. */
  drawn(view, marks) {
    for (const { x, y, spot, sprite } of marks.values()) {
      const pin = spot.kind === 'case';
      const [width, height] = pin ? [spot.reach * 2, spot.reach * 2] : [sprite.width, sprite.height];
      this._app.taken.push(boxAt(x - view.left, y - view.top, width, height));
    }
  }

  /** @returns {Map<string, import('../marks.js').Mark>} what `marks` gave last: names keep clear of it */
  get latest() {
    return this._last.order;
  }

  /** Draw one case elsewhere than where it is: in a fan. */
  drawAt(context, view, pin, x, y) {
    const app = this._app;
    const level = CasesLayer.level(app, pin, app.now);
    context.globalAlpha = app.opacity('case', pin.id);
    stamp(context, view, this._sprite(view, pin, level), x, y);
    app.spots.add({ ...this._spot(pin, level), x, y });
    const { reach } = this._spot(pin, level);
    app.taken.push(boxAt(x, y, reach * 2, reach * 2));
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
    const { urgent, revision } = this._cells;
    if (this._flashing.revision !== revision) {
      const since = (pin) => (pin.holder ? pin.holder.start : 0);
      const first = [...urgent].sort((a, b) => since(a) - since(b) || (a.id < b.id ? -1 : 1));
      this._flashing = { revision, pins: new Set(first.slice(0, this._options.flashing)) };
    }
    return this._flashing.pins;
  }

  /** Pins and chips for this zoom; panning and the clock change nothing here, but for a wall's frame. */
  _arranged(view) {
    const { selected, style } = this._app;
    const { places, revision } = this._cells;
    const numbers = sized(this._options, style);
    const box = style.gather ? this._frameKey(view) : this._region(view, numbers.cell);
    const sizes = [style.pinScale, style.typeScale, style.gather];
    const key = [view.zoom, places, revision, selected.case, this._areas(view) !== null, ...sizes, ...Object.values(box)].join('|');
    if (this._layout.key !== key) {
      const found = style.gather ? this._gathered(view, numbers) : this._deskwise(view, numbers, box);
      this._layout = { key, ...found };
    }
    return this._layout;
  }

  _frameKey(view) {
    const { badgeRevision, geometry } = this._app;
    return { ...[view.left, view.top, view.width, view.height, badgeRevision, Object.keys(geometry)] };
  }

  _gathered(view, numbers) {
    const settle = (taken) => this._app.drawers.badge.settle(view, taken);
    return gathered([...this._app.store.pins.case.values()], { flashing: this._flashingPins(), settle }, view, numbers);
  }

  /** The canvas in whole steps of some cells: a short pan arranges nothing anew. */
  _region(view, [width, height]) {
    const [x, y] = [width * AROUND, height * AROUND];
    return {
      left: Math.floor(view.left / x) * x,
      top: Math.floor(view.top / y) * y,
      right: Math.ceil((view.left + view.width) / x) * x,
      bottom: Math.ceil((view.top + view.height) / y) * y,
    };
  }

  _deskwise(view, numbers, box) {
    const flashing = this._flashingPins();
    const chosen = this._app.store.pins.case.get(this._app.selected.case);
    const out = new Set(flashing);
    if (chosen) out.add(chosen);
    const layer = this._areas(view);
    const cells = this._cells.inside(view, numbers.cell, out, box, AROUND, layer);
    if (!layer) return deskwise(cells, [...out], flashing, view, numbers);
    const { style, config } = this._app;
    const widthOf = (code) => (areaChipWidth(config.names[code] || code) + 12) * style.typeScale;
    return byArea(cells, layer, [...out], view, numbers, widthOf);
  }

  /** The areas that bear the chips of a whole city; null where there is room for more. */
  _areas(view) {
    return view.zoom < this._options.areasBelow ? this._app.geometry.districts || null : null;
  }

  _eraOf(view) {
    const { hour, selected, sprites, style, targets, config } = this._app;
    const looks = [hour, selected.case, sprites.era, style.pinScale, style.typeScale, targets.revision, config.palette.page];
    // The zoom is not among them: marks are told apart by their places, and each zoom has cells of its own.
    const key = [view.dpr, ...looks].join('|');
    if (this._era.key !== key) this._era = { key, number: this._era.number + 1 };
    return this._era.number;
  }

  /** How many of each level, and how many urgent ones wait for a signature. */
  _count(members) {
    const { now } = this._app;
    const counts = [0, 0, 0, 0, 0];
    let unsigned = 0;
    for (const pin of members) {
      counts[CasesLayer.level(this._app, pin, now)] += 1;
      if (pin.waits) unsigned += 1;
    }
    return { counts, unsigned };
  }

  /** What a chip says: of its cell what is known for a second, of those that joined it what is true now. */
  _worst({ cell, joined }, era) {
    if (cell && !(cell.seen && cell.seen.era === era && cell.seen.until > this._app.tick)) {
      cell.seen = { ...this._count(cell.members), era, until: this._until(cell.seen, era), mark: null };
    }
    const more = this._count(joined);
    const counts = cell ? cell.seen.counts.map((count, level) => count + more.counts[level]) : more.counts;
    const unsigned = more.unsigned + (cell ? cell.seen.unsigned : 0);
    return { counts, unsigned, level: counts.reduce((worst, count, at) => (count > 0 ? at : worst), 0) };
  }

  _pinMark(view, pin, x, y, era) {
    const kept = pin.mark;
    const flashes = this._flashingPins().has(pin);
    const app = this._app;
    if (isKept(kept, era, app.tick, x, y) && !flashes && !kept.flashes) return kept;
    const level = CasesLayer.level(app, pin, app.now);
    const sprite = this._sprite(view, pin, level);
    const mark = markAt(view, pin.id, sprite, x, y, app.opacity('case', pin.id), this._spot(pin, level));
    pin.mark = { ...mark, era, until: this._until(kept, era), flashes, rank: this._rank(pin, level) };
    return pin.mark;
  }

  _chipMark(view, group, x, y, era) {
    const { sprites, config, style, tick } = this._app;
    const whole = group.cell && group.joined.length === 0 ? group.cell : null;
    if (whole && whole.seen && whole.seen.mark && isKept(whole.seen.mark, era, tick, x, y)) return whole.seen.mark;
    const worst = this._worst(group, era);
    const named = group.code && { ...worst, name: config.names[group.code] || group.code };
    const sprite = (named ? areaChipSprite : chipSprite)(sprites, view.dpr, named || worst, style.typeScale, config.palette);
    const id = `${Math.round(group.x * 1e9)}:${Math.round(group.y * 1e9)}`;
    const spot = { reach: 30 * style.typeScale, kind: 'group', id, order: 0, thing: { group, ...worst } };
    const mark = markAt(view, `group|${id}`, sprite, x, y, this._app.opacity('group', ''), spot);
    const found = { ...mark, era, until: whole ? whole.seen.until : tick, rank: worst.level };
    if (whole) whole.seen.mark = found;
    return found;
  }

  /** When the level must be looked at again: in a second; the first time sooner, so that not all are due at once. */
  _until(kept, era) {
    this._turn += 1;
    return this._app.tick + (kept && kept.era === era ? BEATS : 1 + (this._turn % BEATS));
  }

  _sprite(view, pin, level) {
    const { sprites, style, config } = this._app;
    const look = this._look(view, pin, level, this._app.now);
    return pinSprite(sprites, view.dpr, look, this._options.sizes[level], style.pinScale, config.palette);
  }

  _spot(pin, level) {
    const reach = (shapeReach(level, this._options.sizes[level]) + 6) * this._app.style.pinScale;
    return { reach, kind: 'case', id: pin.id, order: 1 + level, thing: pin };
  }

  _look(view, pin, level, now) {
    const running = pin.holder && level !== SUSPENDED;
    const shown = running && this._app.style.pinFigures && view.zoom >= this._options.minutesFrom[level];
    return {
      level,
      fraction: running ? fractionLeft(pin.holder, now) : 0,
      unsigned: pin.unsigned,
      selected: this._isSelected(pin),
      lit: this._app.flash.on && this._flashingPins().has(pin),
      minutes: shown ? figures(minutesLeft(pin.holder, now), this._app.config.strings) : '',
    };
  }
}

export const Layer = CasesLayer;
