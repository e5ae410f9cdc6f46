'use strict';
/** Draws the areas of incidents: hatching, outline, name (numbers: layers/footprints.py). */

import { fade } from '../colour.js';
import { hatching } from '../hatch.js';
import { plate, plateSize } from '../plate.js';
import { boxAt, clearPlace } from '../room.js';

export class FootprintsLayer {
  /** @param {object} app main.js @param {object} options */
  constructor(app, options) {
    this._app = app;
    this._options = options;
  }

  draw(context, view) {
    const { store, switches } = this._app;
    if (!switches.footprints) return;
    for (const area of store.pins.footprint.values()) {
      const box = this._trace(context, view, area);
      if (box.right < 0 || box.bottom < 0 || box.left > view.width || box.top > view.height) continue;
      context.globalAlpha = this._app.opacity('footprint', area.id);
      this._fill(context, view, area);
      this._outline(context, area);
    }
    context.globalAlpha = 1;
  }

  /** Names stand over the pins: an area without its name says nothing. */
  drawNames(context, view) {
    const { store, switches, style } = this._app;
    if (!switches.footprints || view.zoom < this._options.namesFrom) return;
    const size = this._options.fontSize * style.typeScale;
    for (const area of store.pins.footprint.values()) {
      if (!area.label) continue;
      const x = area.x * view.scale - view.left;
      const y = area.top * view.scale - view.top;
      if (x < -200 || y < -60 || x > view.width + 200 || y > view.height + 60) continue;
      const room = plateSize([area.label], size);
      const anchor = { x, y: y - room.height / 2 - 4 };
      const [dx, dy] = clearPlace(anchor, room, view.frame, this._app.taken);
      const at = { x: anchor.x + dx, y: anchor.y + dy };
      plate(this._app, context, view, [area.label], at.x, at.y, { size });
      this._app.taken.push(boxAt(at.x, at.y, room.width, room.height));
      const reach = Math.min(room.width, 120) / 2;
      this._app.spots.add({ ...at, reach, kind: 'footprint', id: area.id, order: 0, thing: area });
    }
  }

  /** Make the ring the current path. @returns {{left: number, top: number, right: number, bottom: number}} */
  _trace(context, view, area) {
    const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
    context.beginPath();
    area.ring.forEach((point, i) => {
      const x = point.x * view.scale - view.left;
      const y = point.y * view.scale - view.top;
      if (i === 0) context.moveTo(x, y);
      else context.lineTo(x, y);
      box.left = Math.min(box.left, x);
      box.right = Math.max(box.right, x);
      box.top = Math.min(box.top, y);
      box.bottom = Math.max(box.bottom, y);
    });
    context.closePath();
    return box;
  }

  _fill(context, view, area) {
    const { config, sprites, style } = this._app;
    const { gap, line } = this._options;
    const { palette } = config;
    const colour = fade(palette.text, area.selected ? 0.3 : 0.2);
    const look = { colour, gap: gap * style.pinScale, width: line * style.pinScale };
    context.fillStyle = hatching(context, sprites, view, look);
    context.fill('evenodd');
  }

  _outline(context, area) {
    const { config, style, targets } = this._app;
    const { palette } = config;
    const marked = area.selected || targets.has('footprint', area.id);
    const hovered = targets.hovered === `footprint|${area.id}`;
    const width = this._options.outline * style.pinScale;
    const colour = marked || hovered ? palette.select : palette.second;
    context.lineJoin = 'round';
    // A double outline is the sign of what is selected; the dark middle parts the two lines.
    const strokes = marked || hovered ? [[width * 3 + 3, palette.page], [width * 3, colour], [width, palette.page]] : [[width + 3, palette.page], [width, colour]];
    for (const [wide, tint] of strokes) {
      context.lineWidth = hovered ? wide * 1.4 : wide;
      context.strokeStyle = tint;
      context.stroke();
    }
  }
}

export const Layer = FootprintsLayer;
