'use strict';
/** Small sums with `#rrggbb` colours. */

/** @param {string} hex @returns {[number, number, number]} */
function parts(hex) {
  const n = parseInt(hex.slice(1), 16);
  return [n >> 16, (n >> 8) & 255, n & 255];
}

/** @param {string} from @param {string} to @param {number} share 0 gives `from`, 1 gives `to` */
export function mix(from, to, share) {
  const a = parts(from);
  const b = parts(to);
  return `rgb(${a.map((value, i) => Math.round(value + (b[i] - value) * share)).join(',')})`;
}

/**
 * @param {string} from `#rrggbb`
 * @param {string} to `#rrggbb` or `rgb(r,g,b)`
 * @returns {string} the light that makes the one of the other, none where it is darker
 */
export function between(from, to) {
  const a = parts(from);
  const b = to.startsWith('#') ? parts(to) : to.match(/\d+/g).map(Number);
  return `rgb(${a.map((value, i) => Math.max(0, b[i] - value)).join(',')})`;
}

/** @param {string} hex @param {number} alpha 0 to 1 */
export function fade(hex, alpha) {
  return `rgba(${parts(hex).join(',')},${alpha})`;
}
