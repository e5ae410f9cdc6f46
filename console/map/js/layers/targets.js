'use strict';
/** Draws what a drag may be dropped on (numbers: layers/targets.py). */

import { fade } from '../colour.js';
import { drawCircle } from '../shapes.js';
import { FONT, stamp, textWidth } from '../sprites.js';

const FONT_LABEL = `700 14px ${FONT}`;

function inFrame(frame, x, y) {
  return x >= frame.left && y >= frame.top && x <= frame.right && y <= frame.bottom;
}

export class TargetsLayer {
  /** @param {object} app main.js @param {object} options */
  constructor(app, options) {
    this._app = app;
    this._options = options;
    app.targetDim = options.dim;
  }

  draw(context, view) {
    const { targets, store, config } = this._app;
    if (!targets.active) return;
    const { palette } = config;
    for (const row of targets.rows.values()) {
      const pin = store.pins[row.kind].get(row.id);
      // An area lights up where it lies (layers/footprints.js).
      if (!pin || row.kind === 'footprint') continue;
      const x = pin.x * view.scale - view.left;
      const y = pin.y * view.scale - view.top;
      if (inFrame(view.frame, x, y)) this._mark(context, view, row, pin, x, y, palette);
      else if (row.best) this._arrow(context, view, row, x, y, palette);
    }
    for (const row of targets.rows.values()) {
      const pin = row.best && row.label ? store.pins[row.kind].get(row.id) : null;
      if (!pin) continue;
      const x = pin.x * view.scale - view.left;
      const y = pin.y * view.scale - view.top;
      const above = y - this._options.ring - 12;
      if (inFrame(view.frame, x, y)) this._label(context, view, row.label, x, above, palette);
    }
    if (targets.fan.length > 0) this._fan(context, view, palette);
  }

  /** Targets that cannot be told apart, spread on a disc; Python says where (fan.py). */
  _fan(context, view, palette) {
    const { targets, store } = this._app;
    const spots = targets.fan.map(([kind, id, x, y]) => ({
      kind, id, x: x + view.frame.left, y: y + view.frame.top, pin: store.pins[kind].get(id),
    }));
    const middle = { x: 0, y: 0 };
    for (const spot of spots) {
      middle.x += spot.x / spots.length;
      middle.y += spot.y / spots.length;
    }
    const radius = Math.hypot(spots[0].x - middle.x, spots[0].y - middle.y);
    context.save();
    context.translate(middle.x, middle.y);
    context.beginPath();
    context.arc(0, 0, radius + 30, 0, 2 * Math.PI);
    context.fillStyle = fade(palette.panel, 0.94);
    context.fill();
    drawCircle(context, radius + 30, 1.5, palette.line);
    context.restore();
    for (const spot of spots) {
      if (!spot.pin) continue;
      const hovered = targets.hovered === `${spot.kind}|${spot.id}`;
      this._ring(context, view, hovered, spot.x, spot.y, palette);
      this._app.drawers[spot.kind].drawAt(context, view, spot.pin, spot.x, spot.y);
      if (hovered) this._label(context, view, spot.pin.name || spot.pin.category, spot.x, spot.y - 30, palette);
    }
  }

  _mark(context, view, row, pin, x, y, palette) {
    this._ring(context, view, this._app.targets.hovered === `${row.kind}|${row.id}`, x, y, palette);
    this._app.drawers[row.kind].drawAt(context, view, pin, x, y);
  }

  _ring(context, view, hovered, x, y, palette) {
    const radius = this._options.ring;
    const sprite = this._app.sprites.get(view.dpr, `target|${hovered}`, 2 * radius + 24, 2 * radius + 24, (c) => {
      c.beginPath();
      c.arc(0, 0, radius, 0, 2 * Math.PI);
      c.fillStyle = fade(palette.page, 0.85);
      c.fill();
      for (const gap of hovered ? [0, 5] : [0]) {
        drawCircle(c, radius + gap, 4, palette.page);
        drawCircle(c, radius + gap, hovered ? 3 : 2, palette.select);
      }
    });
    stamp(context, view, sprite, x, y);
  }

  _label(context, view, text, x, y, palette) {
    const width = textWidth(FONT_LABEL, text) + 12;
    const sprite = this._app.sprites.get(view.dpr, `best|${text}`, width + 4, 24, (c) => {
      c.beginPath();
      c.roundRect(-width / 2, -10, width, 20, 5);
      c.fillStyle = palette.select;
      c.fill();
      c.font = FONT_LABEL;
      c.textAlign = 'center';
      c.textBaseline = 'middle';
      c.fillStyle = palette.page;
      c.fillText(text, 0, 1);
    });
    stamp(context, view, sprite, x, y);
  }

  /** A best target outside the frame: an arrow at the edge that points to it, with its label. */
  _arrow(context, view, row, x, y, palette) {
    const { frame } = view;
    const { edge, footer } = this._options;
    const atX = Math.min(Math.max(x, frame.left + edge), frame.right - edge);
    const atY = Math.min(Math.max(y, frame.top + edge), frame.bottom - edge - footer);
    context.save();
    context.translate(atX, atY);
    context.rotate(Math.atan2(y - atY, x - atX));
    context.beginPath();
    context.moveTo(16, 0);
    context.lineTo(-4, -10);
    context.lineTo(-4, 10);
    context.closePath();
    context.lineWidth = 4;
    context.strokeStyle = fade(palette.page, 0.9);
    context.stroke();
    context.fillStyle = palette.select;
    context.fill();
    context.restore();
    const width = textWidth(FONT_LABEL, row.label) / 2 + 30;
    const side = atX > (frame.left + frame.right) / 2 ? -width : width;
    if (row.label) this._label(context, view, row.label, atX + side, atY, palette);
  }
}

export const Layer = TargetsLayer;
