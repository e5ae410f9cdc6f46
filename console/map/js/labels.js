'use strict';
/** Names on the base map: each is drawn only where no earlier one stands. */

import { FONT, textWidth } from './sprites.js';

export class Labels {
  constructor() {
    this._boxes = [];
  }

  /** Begin a new drawing. */
  clear() {
    this._boxes = [];
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {string[]} lines
   * @param {number} x middle
   * @param {number} y middle
   * @param {{size: number, weight?: number, colour: string, halo: string, gap?: number, room?: number, spacing?: number}} style
   * @returns {boolean} whether there was room
   */
  put(context, lines, x, y, style) {
    const font = `${style.weight || 400} ${style.size}px ${FONT}`;
    const width = Math.max(...lines.map((line) => textWidth(font, line) + line.length * (style.spacing || 0)));
    if (style.room !== undefined && width > style.room) return false;
    const height = lines.length * style.size * 1.3;
    const gap = style.gap === undefined ? 6 : style.gap;
    const box = [x - width / 2 - gap, y - height / 2 - gap / 2, x + width / 2 + gap, y + height / 2 + gap / 2];
    if (this._boxes.some((b) => b[0] < box[2] && b[2] > box[0] && b[1] < box[3] && b[3] > box[1])) return false;
    this._boxes.push(box);
    context.font = font;
    context.letterSpacing = `${style.spacing || 0}px`;
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    context.lineJoin = 'round';
    context.lineWidth = Math.max(3.5, style.size / 5);
    context.strokeStyle = style.halo;
    context.fillStyle = style.colour;
    lines.forEach((line, i) => {
      const at = y + (i - (lines.length - 1) / 2) * style.size * 1.3;
      context.strokeText(line, x, at);
      context.fillText(line, x, at);
    });
    context.letterSpacing = '0px';
    return true;
  }
}
