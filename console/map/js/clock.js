'use strict';
/** Domain time in the page: it goes on by itself between Python's messages, at its own rate. */

/** Beats a second: at each a part of the pins is looked at again, every pin once a second. */
export const BEATS = 4;

export class Clock {
  constructor() {
    this._epoch = Date.now() / 1000;
    this._rate = 1;
    this._at = performance.now();
  }

  /**
   * @param {number} epoch domain time now, epoch seconds
   * @param {number} rate domain seconds for one real second; 0 stands still
   */
  set(epoch, rate) {
    this._epoch = epoch;
    this._rate = rate;
    this._at = performance.now();
  }

  /** @returns {number} domain time, epoch seconds */
  now() {
    return this._epoch + ((performance.now() - this._at) / 1000) * this._rate;
  }
}
