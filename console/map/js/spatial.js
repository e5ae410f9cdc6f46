'use strict';
/** What is drawn where, asked by the pointer: the marks of the last drawing and what layers add. */

/** @typedef {{x: number, y: number, reach: number, kind: string, id: string, order: number, thing: object}} Spot canvas pixels */

export class Spots {
  constructor() {
    /** @type {Map<string, import('./marks.js').Mark>[]} */
    this._marks = [];
    /** @type {Spot[]} */
    this._added = [];
    this._left = 0;
    this._top = 0;
  }

  /** Begin a new drawing. @param {import('./mercator.js').View} view @param {?Map[]} marks of its layers, in their order */
  begin(view, marks) {
    this._left = view.left;
    this._top = view.top;
    this._marks = marks.filter((one) => one !== null);
    this._added = [];
  }

  /** @param {Spot} spot the later added of two equally near wins */
  add(spot) {
    this._added.push(spot);
  }

  /** @returns {?Spot} the nearest spot whose reach covers the pixel, cases before workers */
  find(x, y) {
    let best = null;
    let bestScore = Infinity;
    const worldX = x + this._left;
    const worldY = y + this._top;
    for (const marks of this._marks) {
      for (const { x: mx, y: my, spot } of marks.values()) {
        if (!spot || Math.abs(mx - worldX) > spot.reach || Math.abs(my - worldY) > spot.reach) continue;
        const away = Math.hypot(mx - worldX, my - worldY);
        const score = away - spot.order * 4;
        if (away <= spot.reach && score <= bestScore) {
          best = this._spotOf(mx, my, spot);
          bestScore = score;
        }
      }
    }
    for (const spot of this._added) {
      const away = Math.hypot(spot.x - x, spot.y - y);
      const score = away - spot.order * 4;
      if (away <= spot.reach && score <= bestScore) {
        best = spot;
        bestScore = score;
      }
    }
    return best;
  }

  /** @returns {Spot[]} all of them */
  all() {
    const marked = this._marks.flatMap((marks) => [...marks.values()].filter(({ spot }) => spot));
    return [...marked.map(({ x, y, spot }) => this._spotOf(x, y, spot)), ...this._added];
  }

  _spotOf(x, y, spot) {
    return { ...spot, x: x - this._left, y: y - this._top };
  }
}
