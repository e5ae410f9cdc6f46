'use strict';
/** Draws the names of areas and the codes of grids where no case stands (numbers: layers/names.py). */

import { fade, mix } from '../colour.js';
import { Placement, holds } from '../geometry.js';
import { Taken, labelSize, labelSprite } from '../labels.js';
import { markAt } from '../marks.js';
import { boxAt } from '../room.js';

/** Large before small: an earlier one keeps its place, a later one that meets it makes room or is left out. */
const KINDS = ['districts', 'towns', 'communities', 'grids', 'neighbours'];
/** Kinds that may bear badges. */
const BEARERS = ['districts', 'towns', 'communities'];
/** Pixels outside the canvas from which a name may still reach into it; the codes of grids are short and many. */
const BEYOND = 240;
const BEYOND_GRIDS = 40;
/** Where a name is tried round its anchor: pixels across and down. */
const STEP = [22, 16];
/** How far the minutes reach below a pin. */
const FIGURES = 16;

/** Shifts to try, nearest first. @param {number} most pixels away */
function shiftsWithin(most) {
  const found = [];
  const [across, down] = [Math.floor(most / STEP[0]), Math.floor(most / STEP[1])];
  for (let i = -across; i <= across; i += 1) {
    for (let j = -down; j <= down; j += 1) found.push([i * STEP[0], j * STEP[1]]);
  }
  const away = ([dx, dy]) => Math.hypot(dx, dy * 1.5);
  return found.sort((a, b) => away(a) - away(b) || a[0] - b[0] || a[1] - b[1]);
}

export class NamesLayer {
  /** @param {object} app main.js @param {object} options */
  constructor(app, options) {
    this._app = app;
    this._options = options;
    this._shifts = Object.fromEntries(Object.entries(options.aside).map(([name, most]) => [name, shiftsWithin(most)]));
    /** @type {Map<string, [number, number]>} where each name stands at this zoom, from its anchor */
    this._kept = new Map();
    this._zoom = null;
    this._last = { key: '', marks: new Map() };
    /** What stands where, as one number; taken anew only when a mark of a case is another. */
    this._ground = { cases: null, sum: 0 };
  }

  /** The same as before while neither the view nor a case has changed. @returns {Map<string, import('../marks.js').Mark>} */
  marks(view) {
    const { switches, style, sprites, geometry, badgeRevision, basemap, store, drawers } = this._app;
    if (this._zoom !== view.zoom) this._kept.clear();
    this._zoom = view.zoom;
    const shown = [switches.labels, switches.districts, switches.towns, switches.grids, switches.cases, basemap.named];
    const looks = [view.dpr, style.typeScale, sprites.era, Object.keys(geometry).length, badgeRevision, drawers.badge.revision, store.loadRevision];
    const cases = drawers.case.latest;
    const key = [view.zoom, view.left, view.top, view.width, view.height, this._sum(cases), ...shown, ...looks].join('|');
    if (this._last.key !== key) this._last = { key, marks: switches.labels ? this._placed(view, cases) : new Map() };
    return this._last.marks;
  }

  /** A case that only flashes or counts down moves no name. */
  _sum(cases) {
    if (this._ground.cases !== cases) {
      let sum = cases.size;
      for (const { x, y, spot, sprite } of cases.values()) {
        const reach = spot.kind === 'case' ? spot.reach : sprite.width;
        sum = (Math.imul(sum, 31) + Math.round(x) * 7 + Math.round(y) * 13 + Math.round(reach)) | 0;
      }
      this._ground = { cases, sum };
    }
    return this._ground.sum;
  }

  _placed(view, cases) {
    const { taken, told } = this._standing(cases);
    const wanted = this._wanted(view).filter(({ code }) => !told.has(code));
    // What stood before keeps its place: a pan brings new names, but moves none.
    const first = wanted.filter(({ key }) => this._kept.has(key));
    const rest = wanted.filter(({ key }) => !this._kept.has(key));
    const marks = new Map();
    for (const name of [...first, ...rest]) {
      const at = this._place(name, view, taken);
      if (!at) continue;
      const sprite = labelSprite(this._app.sprites, view.dpr, name.lines, name.style);
      marks.set(name.key, markAt(view, name.key, sprite, at.x, at.y, 1, null));
    }
    return marks;
  }

  /** Boxes of the cases and badges, and the areas whose chips bear the name already. */
  _standing(cases) {
    const taken = new Taken();
    for (const box of this._app.drawers.badge.boxes) taken.add(box);
    const told = new Set();
    for (const { x, y, spot, sprite } of cases.values()) {
      const pin = spot.kind === 'case';
      const box = pin ? boxAt(x, y, spot.reach * 2, spot.reach * 2) : boxAt(x, y, sprite.width - 8, sprite.height - 4);
      if (pin) box[3] += FIGURES;
      else if (spot.thing.group.code) told.add(spot.thing.group.code);
      taken.add(box);
    }
    return { taken, told };
  }

  /** @returns {?{x: number, y: number}} pixels of the world, now taken; null where there is no room within the area */
  _place(name, view, taken) {
    const { layer, i, x, y, kind } = name;
    const { width, height } = labelSize(name.lines, name.style);
    if (kind === 'grids' && width > name.room) return null;
    const kept = this._kept.get(name.key);
    const inside = ([dx, dy]) => (dx === 0 && dy === 0) || holds(layer, i, (x + dx) / view.scale, (y + dy) / view.scale) || kind === 'neighbours';
    const free = ([dx, dy]) => taken.isFree(boxAt(x + dx, y + dy, width + name.gap, height + name.gap / 2));
    const shift = kept && free(kept) ? kept : this._shifts[kind].find((one) => free(one) && inside(one));
    if (!shift) {
      this._kept.delete(name.key);
      return null;
    }
    this._kept.set(name.key, shift);
    taken.add(boxAt(x + shift[0], y + shift[1], width + name.gap, height + name.gap / 2));
    return { x: x + shift[0], y: y + shift[1] };
  }

  /** All names of this zoom that may be seen, by importance. */
  _wanted(view) {
    const bearing = this._bearing(view);
    return KINDS.filter((kind) => this._isOn(kind, view)).flatMap((kind) => {
      // Inside areas that bear badges names are only in the way.
      if (bearing >= 0 && BEARERS.indexOf(kind) > bearing) return [];
      return kind === 'grids' ? this._codes(view) : this._names(view, kind, bearing >= 0);
    });
  }

  _isOn(kind, { zoom }) {
    const { switches, basemap } = this._app;
    const [from, to] = this._options.zooms[kind];
    if (!this._app.geometry[kind] || zoom < from || zoom > to) return false;
    if (kind === 'grids') return switches.grids;
    if (basemap.named) return false;
    return { districts: switches.districts, towns: switches.towns, communities: switches.grids }[kind] ?? true;
  }

  /** The areas of a layer whose label is on the canvas or near it. */
  * _near(view, layer, beyond) {
    const at = new Placement(layer, view);
    for (let i = 0; i < layer.codes.length; i += 1) {
      const x = layer.labels[2 * i] * at.scale + at.dx;
      const y = layer.labels[2 * i + 1] * at.scale + at.dy;
      if (x > -beyond && y > -beyond && x < view.width + beyond && y < view.height + beyond) yield { i, x: x + view.left, y: y + view.top };
    }
  }

  _names(view, kind, recede) {
    const { config, badges } = this._app;
    const layer = this._app.geometry[kind];
    const style = this._style(kind, recede);
    const found = [];
    for (const place of this._near(view, layer, BEYOND)) {
      const code = layer.codes[place.i];
      const badge = badges.get(code);
      const own = config.strings.lang === 'zh' ? layer.names[place.i] : '';
      const text = config.names[code] || own;
      if (text && !(badge && view.zoom >= badge.from && view.zoom <= badge.to)) {
        found.push({ ...place, key: `${kind}|${code}`, code, kind, layer, lines: [text], style, gap: 8 });
      }
    }
    return found;
  }

  /** Codes of grids, and under each how many cases are open there. */
  _codes(view) {
    const { store, config, geometry } = this._app;
    const style = this._style('grids', false);
    const layer = geometry.grids;
    const found = [];
    for (const place of this._near(view, layer, BEYOND_GRIDS)) {
      const { i } = place;
      const load = store.load.get(i);
      const code = view.zoom >= this._options.wholeCodesFrom ? layer.codes[i] : layer.codes[i].slice(-3);
      const lines = load ? [code, config.strings.open_cases.replace('{n}', load)] : [code];
      const room = (layer.boxes[4 * i + 2] - layer.boxes[4 * i]) * view.scale;
      found.push({ ...place, key: `grids|${layer.codes[i]}`, code: layer.codes[i], kind: 'grids', layer, lines, style, gap: 2, room });
    }
    return found;
  }

  _style(kind, recede) {
    const { palette, strings } = this._app.config;
    const looks = {
      districts: { weight: 700, colour: palette.text, spacing: strings.lang === 'zh' ? 5 : 1 },
      towns: { weight: 500, colour: palette.second },
      communities: { colour: mix(palette.second, palette.line, 0.2) },
      grids: { colour: mix(palette.second, palette.line, 0.25) },
      neighbours: { colour: mix(palette.line, palette.second, 0.35) },
    };
    const size = this._options.fontSizes[kind] * this._app.style.typeScale;
    const style = { size, halo: fade(palette.page, 0.75), ...looks[kind] };
    // Beside badges the names of all other areas recede: the badges are the story.
    return recede ? { ...style, weight: 500, colour: mix(palette.line, palette.second, 0.35) } : style;
  }

  /** @returns {number} which of the kinds bears badges now, -1 for none */
  _bearing({ zoom }) {
    const { badges, geometry } = this._app;
    const shown = [...badges.values()].filter((badge) => zoom >= badge.from && zoom <= badge.to);
    return BEARERS.findIndex((kind) => shown.some((badge) => geometry[kind]?.codes.includes(badge.code)));
  }
}

export const Layer = NamesLayer;
