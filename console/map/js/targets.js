'use strict';
/** The targets of the drag that runs now, and the fan of those that cannot be told apart. */

export class Targets {
  constructor() {
    /** Raised with every change. */
    this.revision = 0;
    this.clear();
  }

  clear() {
    this.revision += 1;
    this.active = false;
    /** @type {Map<string, {kind: string, id: string, best: boolean, label: string}>} */
    this.rows = new Map();
    this.hovered = null;
    /** @type {[string, string, number, number][]} kind, id, x, y in pixels of the map's box (fan.py) */
    this.fan = [];
  }

  /** @param {Array[]} rows pins.py `Target.row` */
  show(rows) {
    this.clear();
    this.active = true;
    for (const [kind, id, best, label] of rows) {
      this.rows.set(`${kind}|${id}`, { kind, id, best: best === 1, label });
    }
  }

  has(kind, id) {
    return this.active && this.rows.has(`${kind}|${id}`);
  }
}
