'use strict';
/** Reads the boundary files (format: geometry.py) and traces their polygons on a canvas. */

import { touches } from './dirty.js';

/**
 * @typedef {object} Layer
 * @property {string[]} codes
 * @property {string[]} names in Chinese, '' where the pack's layer bears none
 * @property {[number, number]} origin world fractions
 * @property {Float32Array} points x, y pairs relative to origin
 * @property {Int32Array} rings where each ring begins, in points
 * @property {Int32Array} features where each feature begins, in rings
 * @property {Float32Array} labels x, y pairs
 * @property {Float32Array} boxes left, top, right, bottom
 */

/** @param {ArrayBuffer} buffer @returns {Layer} */
export function decodeLayer(buffer) {
  const length = new DataView(buffer).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length)));
  let at = 4 + length;
  const take = (Type, count) => {
    const part = new Type(buffer, at, count);
    at += count * 4;
    return part;
  };
  return {
    codes: header.codes,
    names: header.names,
    origin: header.origin,
    points: take(Float32Array, 2 * header.points),
    rings: take(Int32Array, header.rings + 1),
    features: take(Int32Array, header.features + 1),
    labels: take(Float32Array, 2 * header.features),
    boxes: take(Float32Array, 4 * header.features),
  };
}

/** @param {string} name @returns {Promise<Layer>} */
export async function fetchLayer(name) {
  const answer = await fetch(`baton://map/geometry/${name}.bin`);
  return decodeLayer(await answer.arrayBuffer());
}

/** Where a layer's points fall on a canvas: pixel = point × scale + (dx, dy). */
export class Placement {
  /** @param {Layer} layer @param {import('./mercator.js').View} view */
  constructor(layer, view) {
    this.scale = view.scale;
    this.dx = layer.origin[0] * view.scale - view.left;
    this.dy = layer.origin[1] * view.scale - view.top;
  }

  /** @param {Layer} layer @param {number} i feature @param {View} view @param {number} reach pixels that its line is drawn beyond it */
  sees(layer, i, view, reach = 2) {
    const b = layer.boxes;
    return touches(
      view,
      b[4 * i] * this.scale + this.dx - reach, b[4 * i + 1] * this.scale + this.dy - reach,
      b[4 * i + 2] * this.scale + this.dx + reach, b[4 * i + 3] * this.scale + this.dy + reach,
    );
  }

  /** @param {Layer} layer @param {number} i feature @returns {[number, number]} pixel of its label */
  label(layer, i) {
    return [layer.labels[2 * i] * this.scale + this.dx, layer.labels[2 * i + 1] * this.scale + this.dy];
  }
}

/** Points nearer than this to the one before are left out of a path: nobody sees them. */
const MIN_STEP = 0.6;

/**
 * Add one feature's rings to the current path.
 * @param {CanvasRenderingContext2D|Path2D} path
 * @param {Layer} layer
 * @param {number} i feature
 * @param {Placement} at
 */
export function trace(path, layer, i, at) {
  const { points, rings } = layer;
  for (let r = layer.features[i]; r < layer.features[i + 1]; r += 1) {
    const end = rings[r + 1];
    let px = points[2 * rings[r]] * at.scale + at.dx;
    let py = points[2 * rings[r] + 1] * at.scale + at.dy;
    path.moveTo(px, py);
    for (let p = rings[r] + 1; p < end; p += 1) {
      const x = points[2 * p] * at.scale + at.dx;
      const y = points[2 * p + 1] * at.scale + at.dy;
      if (Math.abs(x - px) + Math.abs(y - py) >= MIN_STEP) {
        path.lineTo(x, y);
        px = x;
        py = y;
      }
    }
    path.closePath();
  }
}

/** Pixels round the canvas beyond which a path may run as it likes. */
const OUTSIDE = 8;

/** @returns {number} on which sides of the canvas the point lies outside, one bit for each */
function sidesOf(x, y, view) {
  return (x < -OUTSIDE ? 1 : 0) + (x > view.width + OUTSIDE ? 2 : 0) + (y < -OUTSIDE ? 4 : 0) + (y > view.height + OUTSIDE ? 8 : 0);
}

/**
 * The same for a large area of which little is seen, to be filled: of points that all lie beyond the same
 * side of the canvas only the first and the last are taken, which changes nothing on it.
 * @param {import('./mercator.js').View} view
 */
export function traceSeen(path, layer, i, at, view) {
  const { points, rings, features } = layer;
  for (let r = features[i]; r < features[i + 1]; r += 1) {
    let x = points[2 * rings[r]] * at.scale + at.dx;
    let y = points[2 * rings[r] + 1] * at.scale + at.dy;
    let beyond = sidesOf(x, y, view);
    let waits = false;
    path.moveTo(x, y);
    for (let p = rings[r] + 1; p < rings[r + 1]; p += 1) {
      const nextX = points[2 * p] * at.scale + at.dx;
      const nextY = points[2 * p + 1] * at.scale + at.dy;
      const sides = sidesOf(nextX, nextY, view);
      if ((beyond & sides) !== 0) {
        beyond &= sides;
        waits = true;
      } else {
        if (waits) path.lineTo(x, y);
        beyond = waits ? sidesOf(x, y, view) & sides : 0;
        waits = beyond !== 0;
        if (!waits) path.lineTo(nextX, nextY);
        if (!waits) beyond = sides;
      }
      x = nextX;
      y = nextY;
    }
    path.closePath();
  }
}

/** @param {Layer} layer @param {string} code @returns {?number[]} world fractions: left, top, right, bottom */
export function boxOf(layer, code) {
  const i = layer.codes.indexOf(code);
  return i < 0 ? null : boxAt(layer, i);
}

/** @param {Layer} layer @param {number} i feature @returns {number[]} world fractions: left, top, right, bottom */
export function boxAt(layer, i) {
  const [x, y] = layer.origin;
  const b = layer.boxes.subarray(4 * i, 4 * i + 4);
  return [b[0] + x, b[1] + y, b[2] + x, b[3] + y];
}

/** @param {Layer} layer @returns {?number[]} world fractions round all features */
export function boxOfAll(layer) {
  if (layer.codes.length === 0) return null;
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const code of layer.codes) {
    const b = boxOf(layer, code);
    for (const k of [0, 1]) box[k] = Math.min(box[k], b[k]);
    for (const k of [2, 3]) box[k] = Math.max(box[k], b[k]);
  }
  return box;
}

/** @param {Layer} layer @param {number} i feature @param {number} x world fraction @param {number} y @returns {boolean} whether the point lies in it, by the even-odd rule */
export function holds(layer, i, x, y) {
  const [px, py] = [x - layer.origin[0], y - layer.origin[1]];
  const { boxes, points, rings, features } = layer;
  if (px < boxes[4 * i] || py < boxes[4 * i + 1] || px > boxes[4 * i + 2] || py > boxes[4 * i + 3]) return false;
  let within = false;
  for (let r = features[i]; r < features[i + 1]; r += 1) {
    for (let p = rings[r] + 1; p < rings[r + 1]; p += 1) {
      const [ax, ay, bx, by] = [points[2 * p - 2], points[2 * p - 1], points[2 * p], points[2 * p + 1]];
      if (ay > py !== by > py && px < ((bx - ax) * (py - ay)) / (by - ay) + ax) within = !within;
    }
  }
  return within;
}

/** @param {Layer} layer @param {number} x world fraction @param {number} y @returns {number} the feature that the point lies in, -1 for none */
export function featureAt(layer, x, y) {
  for (let i = 0; i < layer.codes.length; i += 1) if (holds(layer, i, x, y)) return i;
  return -1;
}
