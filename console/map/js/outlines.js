'use strict';
/** Traces the lines between areas: each once although two areas share it, and only what is near the canvas. */

/** Layer → for each of its points whether the line that ends there is the first of its kind. @type {WeakMap<import('./geometry.js').Layer, Uint8Array>} */
const known = new WeakMap();

/** @param {import('./geometry.js').Layer} layer @returns {Uint8Array} */
function firsts(layer) {
  if (known.has(layer)) return known.get(layer);
  const { points, rings } = layer;
  const found = new Uint8Array(points.length / 2);
  const ids = new Map();
  const idOf = (p) => {
    const key = `${points[2 * p]}|${points[2 * p + 1]}`;
    let id = ids.get(key);
    if (id === undefined) ids.set(key, (id = ids.size));
    return id;
  };
  const seen = new Set();
  for (let r = 0; r + 1 < rings.length; r += 1) {
    let before = idOf(rings[r]);
    for (let p = rings[r] + 1; p < rings[r + 1]; p += 1) {
      const here = idOf(p);
      const key = Math.min(before, here) * 0x2000000 + Math.max(before, here);
      if (!seen.has(key)) found[p] = 1;
      seen.add(key);
      before = here;
    }
  }
  known.set(layer, found);
  return found;
}

/**
 * Add a feature's lines to the current path: those that no earlier feature has, within `reach` pixels of the canvas.
 * @param {CanvasRenderingContext2D} path
 * @param {import('./geometry.js').Layer} layer
 * @param {number} i feature
 * @param {import('./geometry.js').Placement} at
 * @param {import('./mercator.js').View} view
 * @param {number} reach
 */
export function outline(path, layer, i, at, view, reach) {
  const { points, rings, features } = layer;
  const first = firsts(layer);
  const { scale, dx, dy } = at;
  const [right, bottom] = [view.width + reach, view.height + reach];
  for (let r = features[i]; r < features[i + 1]; r += 1) {
    let px = points[2 * rings[r]] * scale + dx;
    let py = points[2 * rings[r] + 1] * scale + dy;
    let down = false;
    for (let p = rings[r] + 1; p < rings[r + 1]; p += 1) {
      const x = points[2 * p] * scale + dx;
      const y = points[2 * p + 1] * scale + dy;
      const seen = Math.max(px, x) >= -reach && Math.max(py, y) >= -reach && Math.min(px, x) <= right && Math.min(py, y) <= bottom;
      if (first[p] === 1 && seen) {
        if (!down) path.moveTo(px, py);
        path.lineTo(x, y);
        down = true;
      } else {
        down = false;
      }
      px = x;
      py = y;
    }
  }
}
