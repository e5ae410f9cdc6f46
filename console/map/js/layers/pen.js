'use strict';
/** Draws the area that is being drawn, with its size in words (numbers: layers/pen.py). */

import { areaOf, areaText, distance, lengthText } from '../draw/measure.js';
import { fade } from '../colour.js';
import { plate, plateSize } from '../plate.js';

export class PenLayer {
  /** @param {object} app main.js @param {object} options */
  constructor(app, options) {
    this._app = app;
    this._options = options;
  }

  draw(context, view) {
    const { pen, config } = this._app;
    const ring = pen.ring(false);
    if (ring.length === 0) return;
    const pixel = ({ x, y }) => [x * view.scale - view.left, y * view.scale - view.top];
    this._area(context, ring.map(pixel), config.palette);
    this._points(context, pen.trace.points.map(pixel), config.palette);
    this._words(context, view, ring, pixel);
  }

  _area(context, pixels, palette) {
    context.beginPath();
    pixels.forEach(([x, y], i) => (i === 0 ? context.moveTo(x, y) : context.lineTo(x, y)));
    context.closePath();
    context.fillStyle = fade(palette.select, 0.11);
    context.fill('evenodd');
    context.lineJoin = 'round';
    for (const [extra, colour] of [[2.5, fade(palette.page, 0.8)], [0, palette.select]]) {
      context.lineWidth = this._options.line + extra;
      context.strokeStyle = colour;
      context.stroke();
    }
  }

  /** The points that have been set; a trace by hand has none to show. */
  _points(context, pixels, palette) {
    const { pen } = this._app;
    if (pen.tool === 'lasso') return;
    pixels.forEach(([x, y], i) => {
      context.beginPath();
      context.arc(x, y, this._options.point + (i === 0 ? 1.5 : 0), 0, 2 * Math.PI);
      context.lineWidth = 2;
      context.fillStyle = i === 0 ? palette.select : palette.text;
      context.strokeStyle = palette.page;
      context.fill();
      context.stroke();
    });
  }

  _words(context, view, ring, pixel) {
    const { pen, config, style } = this._app;
    const { strings } = config;
    const size = areaOf(ring);
    if (size === 0 || !pen.trace.cursor) return;
    const lines = [strings.area.replace('{n}', areaText(size))];
    if (pen.tool === 'circle') {
      const radius = distance(pen.trace.points[0], pen.trace.cursor);
      lines.unshift(strings.radius.replace('{n}', lengthText(radius)));
    }
    const [x, y] = pixel(pen.trace.cursor);
    const high = y > view.frame.bottom - 120;
    const inside = Math.min(Math.max(x, view.frame.left + 70), view.frame.right - 70);
    const type = this._options.fontSize * style.typeScale;
    const { height } = plateSize(lines, type);
    const shift = height / 2 + 20;
    plate(this._app, context, view, lines, inside, high ? y - shift : y + shift, { size: type });
  }
}

export const Layer = PenLayer;
