'use strict';
/** The cases of a desk by cells, kept up to date pin by pin; some pins stand outside all cells. */

import { AreaCells, Cells } from './cells.js';

export class CaseCells {
  /** @param {import('./store.js').Store} store */
  constructor(store) {
    this._store = store;
    this._cells = null;
    this._out = new Set();
    /** Cases that wait for a signature and are urgent: those that may flash. */
    this.urgent = new Set();
    /** Raised when `urgent` has changed. */
    this.revision = 0;
    /** Raised when a case has come, gone or moved. */
    this.places = 0;
    store.watchers.case = this;
  }

  /** A case has come or changed (store.js). */
  put(pin, moved) {
    if (moved) this.places += 1;
    this._urge(pin, pin.waits);
    if (!this._cells || this._out.has(pin)) return;
    if (pin.cell && this._cells.holds(pin.cell, pin)) {
      this._cells.touch(pin.cell);
      return;
    }
    this._leave(pin);
    pin.cell = this._cells.put(pin);
  }

  /** A case has gone. */
  gone(pin) {
    this.places += 1;
    this._urge(pin, false);
    this._out.delete(pin);
    this._leave(pin);
  }

  /** All have gone. */
  clear() {
    this._cells = null;
    this._out.clear();
    this.urgent.clear();
    this.revision += 1;
    this.places += 1;
  }

  /**
   * @param {import('./mercator.js').View} view
   * @param {[number, number]} size of a cell in pixels
   * @param {Set<object>} out pins that stand outside
   * @param {object} box pixels of the world: left, top, right, bottom
   * @param {number} around how many cells beyond
   * @param {?import('./geometry.js').Layer} layer by whose areas, null for cells of the screen
   * @returns {import('./cells.js').Cell[]}
   */
  inside(view, size, out, box, around, layer) {
    const cells = this._cells;
    const same = cells && cells.scale === view.scale && cells.size[0] === size[0] && cells.size[1] === size[1];
    if (!same || cells.layer !== layer) {
      this._begin(view.scale, size, out, layer);
    } else {
      this._put(out);
    }
    return this._cells.inside(box, around);
  }

  _begin(scale, size, out, layer) {
    this._cells = layer ? new AreaCells(layer, scale, size) : new Cells(scale, size);
    this._out = new Set(out);
    for (const pin of this._store.pins.case.values()) pin.cell = out.has(pin) ? null : this._cells.put(pin);
  }

  /** Other pins stand outside now. */
  _put(out) {
    for (const pin of this._out) if (!out.has(pin)) pin.cell = this._cells.put(pin);
    for (const pin of out) if (!this._out.has(pin)) this._leave(pin);
    this._out = new Set(out);
  }

  _leave(pin) {
    if (pin.cell) this._cells.take(pin.cell, pin);
    pin.cell = null;
  }

  _urge(pin, waits) {
    if (waits !== this.urgent.has(pin)) this.revision += 1;
    if (waits) this.urgent.add(pin);
    else this.urgent.delete(pin);
  }
}
