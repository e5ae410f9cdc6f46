'use strict';
/** Draws the grids of a footprint by the hour, the newest brightest (numbers: layers/hours.py). */

import { fade } from '../colour.js';
import { Placement, trace } from '../geometry.js';
import { hatching } from '../hatch.js';

export class HoursLayer {
  /** @param {object} app main.js @param {object} options */
  constructor(app, options) {
    this._app = app;
    this._options = options;
    app.hourLook = options;
  }

  draw(context, view) {
    const layer = this._app.geometry.grids;
    const { store, switches, config, style, sprites } = this._app;
    if (!layer || !switches.footprints || store.hours.size === 0) return;
    const at = new Placement(layer, view);
    const { fades, gap, line } = this._options;
    const fills = fades.map((share) => {
      const colour = fade(config.palette.text, share);
      return hatching(context, sprites, view, { colour, gap: gap * style.pinScale, width: line * style.pinScale });
    });
    for (const [i, hours] of store.hours) {
      if (i >= layer.codes.length || !at.sees(layer, i, view)) continue;
      context.beginPath();
      trace(context, layer, i, at);
      context.fillStyle = fills[Math.min(hours, fills.length - 1)];
      context.fill('evenodd');
    }
  }
}

export const Layer = HoursLayer;
