'use strict';
/** Draws the grids: load as fill, and outlines (numbers: layers/grids.py). */

import { mix } from '../colour.js';
import { Placement, boxAt } from '../geometry.js';
import { outline } from '../outlines.js';
import { fillAreas } from '../raster.js';

export class GridsLayer {
  /** @param {object} app main.js @param {object} options */
  constructor(app, options) {
    this._app = app;
    this._options = options;
    app.drawers.grid = this;
    /** Open cases from which each fill begins. */
    this.steps = options.steps;
  }

  /** @returns {string[]} the five fills, least load first */
  static fills(palette) {
    return [0, 1, 2, 3, 4].map((step) => mix(palette.load_low, palette.load_high, step / 4));
  }

  draw(context, view) {
    const layer = this._app.geometry.grids;
    if (!layer) return;
    const at = new Placement(layer, view);
    const seen = [];
    for (let i = 0; i < layer.codes.length; i += 1) if (at.sees(layer, i, view)) seen.push(i);
    if (this._app.switches.load && !this._app.heat.on) this._fills(context, view, layer, at, seen);
    if (this._app.switches.grids && view.zoom >= this._options.linesFrom) this._lines(context, view, layer, at, seen);
  }

  /**
   * @param {Map<number, number>} before what the changed grids had before
   * @returns {?number[][]} boxes to draw anew (world fractions), null before the land is there
   */
  changed(before) {
    const layer = this._app.geometry.grids;
    const { store } = this._app;
    if (!layer) return null;
    const changed = [...before].filter(([i, count]) => this._step(count) !== this._step(store.load.get(i) || 0));
    return changed.filter(([i]) => i < layer.codes.length).map(([i]) => boxAt(layer, i));
  }

  /** @returns {number} which fill, -1 for none */
  _step(count) {
    return count > 0 ? this._options.steps.filter((from) => count >= from).length - 1 : -1;
  }

  _fills(context, view, layer, at, seen) {
    const { load } = this._app.store;
    if (load.size === 0) return;
    const byStep = this._options.steps.map(() => []);
    for (const i of seen) {
      const count = load.get(i);
      if (count) byStep[this._step(count)].push(i);
    }
    const fills = this._app.basemap.laid(context, GridsLayer.fills(this._app.config.palette));
    fillAreas(context, view, layer, at, byStep.map((grids, step) => [fills[step], grids]));
    context.globalCompositeOperation = 'source-over';
  }

  _lines(context, view, layer, at, seen) {
    const { palette } = this._app.config;
    // One device pixel: a hair line is drawn ten times as fast as a wider one.
    context.lineWidth = 1 / view.dpr;
    context.strokeStyle = mix(palette.panel, palette.line, view.dpr > 1 ? 0.65 : 0.45);
    // One path for each grid: a single path of thousands takes ten times as long.
    for (const i of seen) {
      context.beginPath();
      outline(context, layer, i, at, view, 1);
      context.stroke();
    }
  }
}

export const Layer = GridsLayer;
