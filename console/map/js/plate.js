'use strict';
/** Words on a small dark plate that stands out from any land. */

import { fade } from './colour.js';
import { boxAt, isFree } from './room.js';
import { FONT, stamp, textWidth } from './sprites.js';

const fonts = (lines, size) => lines.map((_, i) => `${i === 0 ? 600 : 400} ${size}px ${FONT}`);

/** @param {string[]} lines @param {number} size of the type @returns {{width: number, height: number}} */
export function plateSize(lines, size) {
  const types = fonts(lines, size);
  return {
    width: Math.max(...lines.map((line, i) => textWidth(types[i], line))) + size * 0.8,
    height: lines.length * size * 1.3 + size * 0.25,
  };
}

/**
 * @param {object} app main.js
 * @param {CanvasRenderingContext2D} context
 * @param {import('./mercator.js').View} view
 * @param {string[]} lines the first is the brightest
 * @param {number} x middle
 * @param {number} y middle
 * @param {{size: number, colour?: string}} style size of the type in logical pixels
 */
export function plate(app, context, view, lines, x, y, { size, colour }) {
  const { palette } = app.config;
  const types = fonts(lines, size);
  const { width, height } = plateSize(lines, size);
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
      c.font = types[i];
      c.fillStyle = i === 0 ? first : palette.second;
      c.fillText(line, 0, (i - (lines.length - 1) / 2) * size * 1.3 + 1);
    });
  });
  stamp(context, view, sprite, x, y);
}

/**
 * A name beside a pin: below it, above it, to its right or left, wherever nothing stands; else none.
 * @param {number} reach of the pin
 * @param {boolean} must drawn below even where something stands
 */
export function nameBeside(app, context, view, lines, pin, reach, must, style) {
  const { width, height } = plateSize(lines, style.size);
  const down = reach + 3 + height / 2;
  const aside = reach + 3 + width / 2;
  const boxes = [[0, down], [0, -down], [aside, 0], [-aside, 0]].map(([dx, dy]) => ({ x: pin.x + dx, y: pin.y + dy }));
  const place = boxes.find((at) => isFree(boxAt(at.x, at.y, width, height), app.taken)) || (must ? boxes[0] : null);
  if (!place) return;
  plate(app, context, view, lines, place.x, place.y, style);
  app.taken.push(boxAt(place.x, place.y, width, height));
}
