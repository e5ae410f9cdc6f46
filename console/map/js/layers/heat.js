'use strict';
/** Draws the heat: towns from afar, grids from near, darker with their rate (numbers: layers/heat.py). */

import { mix } from '../colour.js';
import { Placement, trace } from '../geometry.js';

/** How far each step is from the least colour: what is as usual recedes. */
const SHARES = [0, 0.16, 0.36, 0.65, 1];

export class HeatLayer {
  /** @param {object} app main.js @param {object} options */
  constructor(app, options) {
    this._app = app;
    this._options = options;
    app.drawers.heat = this;
  }

  /** @returns {string[]} the five fills, least rate first */
  static fills(palette) {
    return SHARES.map((share) => mix(palette.heat_low, palette.heat_high, share));
  }

  /** @returns {boolean} whether grids are painted at this zoom, not towns */
  byGrid(zoom) {
    return zoom >= this._options.gridsFrom;
  }

  draw(context, view) {
    const { heat, config, basemap } = this._app;
    if (!heat.on || heat.told.rate === null) return;
    const layer = this._app.geometry[this.byGrid(view.zoom) ? 'grids' : 'towns'];
    if (!layer) return;
    const at = new Placement(layer, view);
    const fills = HeatLayer.fills(config.palette);
    context.globalAlpha = basemap.veil;
    for (let i = 0; i < layer.codes.length; i += 1) {
      const found = this.of(layer, i);
      if (!found || !at.sees(layer, i, view)) continue;
      context.beginPath();
      trace(context, layer, i, at);
      context.fillStyle = fills[found[0]];
      context.fill('evenodd');
    }
    context.globalAlpha = 1;
  }

  /** @returns {?[number, number]} step and cases of a town or a grid */
  of(layer, i) {
    const { heat, store, geometry } = this._app;
    return (layer === geometry.grids ? store.heat.get(i) : heat.towns.get(layer.codes[i])) || null;
  }
}

export const Layer = HeatLayer;
