'use strict';
/** Pins by cells of the screen that are fixed to the world at a zoom, or by areas; kept up to date pin by pin. */

import { featureAt } from './geometry.js';

/** Rows of cells in the world: a cell's key is its column times this plus its row. */
export const COLUMN = 0x4000000;

/**
 * @typedef {import('./cluster.js').Point} Point
 * @typedef {object} Cell
 * @property {number} key
 * @property {Point[]} members in any order
 * @property {boolean} sorted whether they stand in the order of their ids
 * @property {?{x: number, y: number}} middle of its chip (cluster.js), null until asked for
 * @property {?object} seen what a layer knows of the members, void when one changes
 */

export class Cells {
  /** @param {number} scale pixels of the world's edge @param {[number, number]} size of a cell in pixels */
  constructor(scale, size) {
    this.scale = scale;
    this.size = size;
    /** @type {?import('./geometry.js').Layer} whose areas the cells are */
    this.layer = null;
    /** @type {Map<number, Cell>} */
    this._cells = new Map();
    /** @type {Map<Point, Cell>} */
    this._of = new Map();
  }

  /** @returns {Iterable<Cell>} all that have members */
  all() {
    return this._cells.values();
  }

  /** @returns {Cell[]} those that meet the box (pixels of the world), and `around` cells beyond */
  inside({ left, top, right, bottom }, around) {
    const found = [];
    const [width, height] = this.size;
    const first = Math.floor(top / height) - around;
    const last = Math.floor(bottom / height) + around;
    const end = Math.floor(right / width) + around;
    for (let column = Math.floor(left / width) - around; column <= end; column += 1) {
      for (let row = first; row <= last; row += 1) {
        const cell = this._cells.get(column * COLUMN + row);
        if (cell) found.push(cell);
      }
    }
    return found;
  }

  /** The pin has come, has moved or has changed. */
  put(pin) {
    const key = this._keyOf(pin);
    const before = this._of.get(pin);
    if (before && before.key === key) {
      this._touch(before);
      return;
    }
    if (before) this.take(pin);
    let cell = this._cells.get(key);
    if (cell) cell.members.push(pin);
    else this._cells.set(key, (cell = { key, members: [pin] }));
    this._of.set(pin, cell);
    this._touch(cell);
  }

  /** Take the pin out of its cell, if it is in one. */
  take(pin) {
    const cell = this._of.get(pin);
    if (!cell) return;
    this._of.delete(pin);
    cell.members.splice(cell.members.indexOf(pin), 1);
    if (cell.members.length === 0) this._cells.delete(cell.key);
    this._touch(cell);
  }

  /** A member has changed. */
  _touch(cell) {
    cell.sorted = false;
    cell.middle = null;
    cell.seen = null;
  }

  _keyOf(pin) {
    return Math.floor((pin.x * this.scale) / this.size[0]) * COLUMN + Math.floor((pin.y * this.scale) / this.size[1]);
  }
}

/** The same by the areas of a layer: a cell's key is its area's number, -1 for what lies in none. */
export class AreaCells extends Cells {
  /** @param {import('./geometry.js').Layer} layer @param {number} scale @param {[number, number]} size as of the cells that it stands for */
  constructor(layer, scale, size) {
    super(scale, size);
    this.layer = layer;
  }

  /** @returns {Cell[]} all of them: they are few */
  inside() {
    return [...this.all()];
  }

  _keyOf(pin) {
    return featureAt(this.layer, pin.x, pin.y);
  }
}
