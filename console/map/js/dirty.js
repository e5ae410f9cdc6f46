'use strict';
/** The parts of a canvas that must be drawn anew, in device pixels of the canvas. */

/** From this share of the canvas on, or from so many boxes on, all of it is drawn at once. */
const MOST_SHARE = 0.8;
const MOST_BOXES = 600;

export class Dirty {
  /** @param {number} width device pixels @param {number} height */
  constructor(width, height) {
    this._width = width;
    this._height = height;
    /** Pixels of all boxes together; where they overlap more than once. */
    this.area = 0;
    /** @type {number[][]} left, top, right, bottom */
    this.boxes = [];
  }

  /** Add a box; it may reach beyond the canvas. */
  add(left, top, right, bottom) {
    const box = [
      Math.max(0, Math.floor(left)), Math.max(0, Math.floor(top)),
      Math.min(this._width, Math.ceil(right)), Math.min(this._height, Math.ceil(bottom)),
    ];
    if (box[0] >= box[2] || box[1] >= box[3]) return;
    this.area += (box[2] - box[0]) * (box[3] - box[1]);
    this.boxes.push(box);
  }

  get empty() {
    return this.boxes.length === 0;
  }

  /** @returns {boolean} whether there is so much that drawing everything is no slower */
  get most() {
    return this.boxes.length > MOST_BOXES || this.area > MOST_SHARE * this._width * this._height;
  }

  /** Let the context draw nowhere else until it is restored. */
  clip(context) {
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.beginPath();
    for (const [left, top, right, bottom] of this.boxes) context.rect(left, top, right - left, bottom - top);
    context.clip();
  }

  /** @returns {boolean} whether a box (device pixels of the canvas) meets any of it */
  meets(left, top, right, bottom) {
    for (const box of this.boxes) {
      if (left < box[2] && right > box[0] && top < box[3] && bottom > box[1]) return true;
    }
    return false;
  }
}

/**
 * @param {import('./mercator.js').View} view
 * @returns {boolean} whether a box in logical pixels of the canvas is in sight and must be drawn
 */
export function touches(view, left, top, right, bottom) {
  if (left > view.width || right < 0 || top > view.height || bottom < 0) return false;
  const { dirty, dpr } = view;
  return !dirty || dirty.meets(left * dpr, top * dpr, right * dpr, bottom * dpr);
}

/** @param {number[]} box world fractions @param {import('./mercator.js').View} view @returns {number[]} device pixels of the world round it, and two more for its line */
export function reaching([left, top, right, bottom], { scale, dpr }) {
  const pad = 2;
  return [(left * scale - pad) * dpr, (top * scale - pad) * dpr, (right * scale + pad) * dpr, (bottom * scale + pad) * dpr];
}
