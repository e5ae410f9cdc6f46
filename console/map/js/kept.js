'use strict';
/** Pictures of zooms before, out of sight, for the way back. */

/** @typedef {import('./sheets.js').Picture} Picture */

export class Kept {
  /** @param {number} most how many, 0 for none */
  constructor(most) {
    this._most = most;
    /** @type {Picture[]} the latest first */
    this._pictures = [];
  }

  /** @returns {Iterator<Picture>} */
  [Symbol.iterator]() {
    return this._pictures[Symbol.iterator]();
  }

  /** @returns {?Picture} the one of this basis, which is in use again */
  take(basis) {
    const found = this._pictures.find((picture) => picture.basis === basis) || null;
    this._pictures = this._pictures.filter((picture) => picture !== found);
    return found;
  }

  /** It is out of use for now; the oldest beyond the number is given back. */
  put(picture) {
    picture.element.remove();
    this._pictures.unshift(picture);
    for (const old of this._pictures.splice(this._most)) old.close();
  }

  /** Away with all. */
  close() {
    for (const picture of this._pictures.splice(0)) picture.close();
  }
}
