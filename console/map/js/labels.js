'use strict';
/** Names on the map: their pictures, and which places are taken. */

import { COLUMN } from './cells.js';
import { FONT, textWidth } from './sprites.js';

const SQUARE = 128;

/**
 * @typedef {object} LabelStyle
 * @property {number} size of the type in logical pixels
 * @property {number} [weight]
 * @property {string} colour
 * @property {string} halo
 * @property {number} [spacing] between letters
 */

const fontOf = ({ weight, size }) => `${weight || 400} ${size}px ${FONT}`;

/** @param {string[]} lines @param {LabelStyle} style @returns {{width: number, height: number}} logical pixels */
export function labelSize(lines, style) {
  const font = fontOf(style);
  const width = Math.max(...lines.map((line) => textWidth(font, line) + line.length * (style.spacing || 0)));
  return { width, height: lines.length * style.size * 1.3 };
}

/** Drawn once and stamped at every zoom: a name with its halo takes thirty times as long as its stamp. */
export function labelSprite(sprites, dpr, lines, style) {
  const { size, colour, halo } = style;
  const spacing = style.spacing || 0;
  const font = fontOf(style);
  const line = Math.max(3.5, size / 5);
  const { width, height } = labelSize(lines, style);
  const key = `label|${font}|${colour}|${halo}|${spacing}|${lines.join('\n')}`;
  return sprites.get(dpr, key, width + 2 * line, height + 2 * line, (context) => {
    context.font = font;
    context.letterSpacing = `${spacing}px`;
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    context.lineJoin = 'round';
    context.lineWidth = line;
    context.strokeStyle = halo;
    context.fillStyle = colour;
    lines.forEach((text, i) => {
      const at = (i - (lines.length - 1) / 2) * size * 1.3;
      context.strokeText(text, 0, at);
      context.fillText(text, 0, at);
    });
  });
}

/** Boxes that are taken (left, top, right, bottom; pixels of the world), by square of the world. */
export class Taken {
  constructor() {
    /** @type {Map<number, number[][]>} */
    this._squares = new Map();
  }

  add(box) {
    for (const square of squaresOf(box)) {
      if (!this._squares.has(square)) this._squares.set(square, []);
      this._squares.get(square).push(box);
    }
  }

  /** @returns {boolean} whether the box meets none of them */
  isFree(box) {
    const meets = (b) => b[0] < box[2] && b[2] > box[0] && b[1] < box[3] && b[3] > box[1];
    for (const square of squaresOf(box)) {
      const boxes = this._squares.get(square);
      if (boxes && boxes.some(meets)) return false;
    }
    return true;
  }
}

/** The squares of the world that a box lies in. */
function* squaresOf([left, top, right, bottom]) {
  for (let column = Math.floor(left / SQUARE); column * SQUARE <= right; column += 1) {
    for (let row = Math.floor(top / SQUARE); row * SQUARE <= bottom; row += 1) yield column * COLUMN + row;
  }
}
