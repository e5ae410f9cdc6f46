'use strict';
/** Names on the base map: each is drawn only where no earlier one stands. */

import { COLUMN } from './cells.js';
import { touches } from './dirty.js';
import { FONT, stamp, textWidth } from './sprites.js';

const SQUARE = 128;

/** @returns {number} logical pixels of the longest line */
const widthOf = (lines, font, spacing) => Math.max(...lines.map((line) => textWidth(font, line) + line.length * spacing));

export class Labels {
  /** @param {import('./sprites.js').Sprites} sprites */
  constructor(sprites) {
    this._sprites = sprites;
    /** @type {Map<string, ?number[]>} what has been decided: the label's box in pixels of the world, null for no room */
    this._decided = new Map();
    /** @type {Map<number, number[][]>} boxes by square of the world */
    this._squares = new Map();
    this._view = null;
  }

  /** Begin a drawing; while only parts are drawn, every label stays where it was. */
  begin(view) {
    if (view.fresh) {
      this._decided.clear();
      this._squares.clear();
    }
    this._view = view;
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {string} key what the label belongs to
   * @param {string[]} lines
   * @param {number} x middle
   * @param {number} y middle
   * @param {{size: number, weight?: number, colour: string, halo: string, gap?: number, room?: number, spacing?: number}} style
   */
  put(context, key, lines, x, y, style) {
    const view = this._view;
    const font = `${style.weight || 400} ${style.size}px ${FONT}`;
    let box = this._decided.get(key);
    if (box === undefined) {
      box = this._decide(lines, x + view.left, y + view.top, font, style);
      this._decided.set(key, box);
    }
    if (!box || !touches(view, box[0] - view.left, box[1] - view.top, box[2] - view.left, box[3] - view.top)) return;
    stamp(context, view, this._sprite(view, lines, font, style), x, y);
  }

  /** Drawn once and stamped at every zoom: a name with its halo takes thirty times as long as its stamp. */
  _sprite(view, lines, font, style) {
    const { size, colour, halo } = style;
    const spacing = style.spacing || 0;
    const line = Math.max(3.5, size / 5);
    const width = widthOf(lines, font, spacing) + 2 * line;
    const key = `label|${font}|${colour}|${halo}|${spacing}|${lines.join('\n')}`;
    return this._sprites.get(view.dpr, key, width, lines.length * size * 1.3 + 2 * line, (context) => {
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

  /** @returns {?number[]} the label's box, now taken, or null where there is no room */
  _decide(lines, x, y, font, style) {
    const width = widthOf(lines, font, style.spacing || 0);
    if (style.room !== undefined && width > style.room) return null;
    const height = lines.length * style.size * 1.3;
    const gap = style.gap === undefined ? 6 : style.gap;
    const box = [x - width / 2 - gap, y - height / 2 - gap / 2, x + width / 2 + gap, y + height / 2 + gap / 2];
    const squares = [...squaresOf(box)];
    const meets = (b) => b[0] < box[2] && b[2] > box[0] && b[1] < box[3] && b[3] > box[1];
    if (squares.some((square) => (this._squares.get(square) || []).some(meets))) return null;
    for (const square of squares) {
      if (!this._squares.has(square)) this._squares.set(square, []);
      this._squares.get(square).push(box);
    }
    return box;
  }
}

/** The squares of the world that a box lies in. */
function* squaresOf([left, top, right, bottom]) {
  for (let column = Math.floor(left / SQUARE); column * SQUARE <= right; column += 1) {
    for (let row = Math.floor(top / SQUARE); row * SQUARE <= bottom; row += 1) yield column * COLUMN + row;
  }
}
