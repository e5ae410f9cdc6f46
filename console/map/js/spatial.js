'use strict';
/** What is drawn where: a hash of screen cells, filled while drawing, asked by the pointer. */

const CELL = 64;

/** @typedef {{x: number, y: number, reach: number, kind: string, id: string, order: number, thing: object}} Spot */

export class SpatialHash {
  constructor() {
    /** @type {Map<number, Spot[]>} */
    this._cells = new Map();
  }

  clear() {
    this._cells.clear();
  }

  /** @param {Spot} spot canvas pixels; the later added of two equally near wins */
  add(spot) {
    const key = this._key(Math.floor(spot.x / CELL), Math.floor(spot.y / CELL));
    const spots = this._cells.get(key);
    if (spots) spots.push(spot);
    else this._cells.set(key, [spot]);
  }

  /** @returns {?Spot} the nearest spot whose reach covers the pixel, cases before workers */
  find(x, y) {
    let best = null;
    let bestScore = Infinity;
    const column = Math.floor(x / CELL);
    const row = Math.floor(y / CELL);
    for (let dc = -1; dc <= 1; dc += 1) {
      for (let dr = -1; dr <= 1; dr += 1) {
        for (const spot of this._cells.get(this._key(column + dc, row + dr)) || []) {
          const away = Math.hypot(spot.x - x, spot.y - y);
          const score = away - spot.order * 4;
          if (away <= spot.reach && score <= bestScore) {
            best = spot;
            bestScore = score;
          }
        }
      }
    }
    return best;
  }

  _key(column, row) {
    return (column + 4096) * 8192 + row + 4096;
  }
}
