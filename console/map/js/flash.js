'use strict';
/** When what flashes is lit: by this machine's clock, as on the Qt side (live/flash.py), so that all is in phase. */

/** Half a second lit, half a second not. */
const HALF_MS = 500;

export class Flash {
  constructor() {
    /** Whether anything may flash: not in a picture that is old, not on a seat that wants it still. */
    this.moving = true;
    this._still = window.matchMedia('(prefers-reduced-motion: reduce)');
  }

  /** @returns {boolean} whether the thick ring is drawn now; where nothing moves it always is */
  get on() {
    if (!this.moving || this._still.matches) return true;
    return Math.floor(Date.now() / HALF_MS) % 2 === 0;
  }
}
