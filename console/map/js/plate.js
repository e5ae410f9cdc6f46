'use strict';
/** Words on a small dark plate that stands out from any land. */

import { fade } from './colour.js';
import { FONT, stamp, textWidth } from './sprites.js';

/**
 * @param {object} app main.js
 * @param {CanvasRenderingContext2D} context
 * @param {import('./mercator.js').View} view
 * @param {string[]} lines the first is the brightest
 * @param {number} x middle
 * @param {number} y top
 * @param {{size: number, colour?: string}} style size of the type in logical pixels
 * @returns {{width: number, height: number}}
 */
export function plate(app, context, view, lines, x, y, { size, colour }) {
  const { palette } = app.config;
  const fonts = lines.map((_, i) => `${i === 0 ? 600 : 400} ${size}px ${FONT}`);
  const width = Math.max(...lines.map((line, i) => textWidth(fonts[i], line))) + size * 0.8;
  const height = lines.length * size * 1.3 + size * 0.25;
  const first = colour || palette.text;
  const key = `plate|${size}|${first}|${lines.join('\n')}`;
  const sprite = app.sprites.get(view.dpr, key, width + 4, height + 4, (c) => {
    c.beginPath();
    c.roundRect(-width / 2, -height / 2, width, height, size * 0.3);
    c.fillStyle = fade(palette.page, 0.84);
    c.fill();
    c.textAlign = 'center';
    c.textBaseline = 'middle';
    lines.forEach((line, i) => {
      c.font = fonts[i];
      c.fillStyle = i === 0 ? first : palette.second;
      c.fillText(line, 0, (i - (lines.length - 1) / 2) * size * 1.3 + 1);
    });
  });
  stamp(context, view, sprite, x, y + height / 2);
  return { width, height };
}
