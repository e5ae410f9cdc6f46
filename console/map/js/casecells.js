'use strict';
/** The cases of a desk by the cells of the last zooms, kept up to date pin by pin; some pins stand outside all cells. */

import { AreaCells, Cells } from './cells.js';

/** Zooms whose cells are kept: putting all pins into new ones takes longer than a frame. */
const KEPT = 4;

export class CaseCells {
  /** @param {import('./store.js').Store} store */
  constructor(store) {
    this._store = store;
    /** @type {Cells[]} the last used first */
    this._kept = [];
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
    if (!this._out.has(pin)) this._enter(pin);
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
    this._kept = [];
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
    this._put(out);
    const fits = (cells) => cells.scale === view.scale && cells.size[0] === size[0] && cells.size[1] === size[1] && cells.layer === layer;
    const cells = this._kept.find(fits) || this._begin(view.scale, size, layer);
    this._kept = [cells, ...this._kept.filter((one) => one !== cells)].slice(0, KEPT);
    return cells.inside(box, around);
  }

  _begin(scale, size, layer) {
    const cells = layer ? new AreaCells(layer, scale, size) : new Cells(scale, size);
    for (const pin of this._store.pins.case.values()) if (!this._out.has(pin)) cells.put(pin);
    return cells;
  }

  /** Other pins stand outside now. */
  _put(out) {
    const before = this._out;
    this._out = new Set(out);
    for (const pin of before) if (!out.has(pin)) this._enter(pin);
    for (const pin of out) if (!before.has(pin)) this._leave(pin);
  }

  _enter(pin) {
    for (const cells of this._kept) cells.put(pin);
  }

  _leave(pin) {
    for (const cells of this._kept) cells.take(pin);
  }

  _urge(pin, waits) {
    if (waits !== this.urgent.has(pin)) this.revision += 1;
    if (waits) this.urgent.add(pin);
    else this.urgent.delete(pin);
  }
}
