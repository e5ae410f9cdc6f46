'use strict';
/** Draws the land: sea, neighbours, districts and lines (numbers: layers/areas.py). */

import { mix } from '../colour.js';
import { Placement, traceSeen } from '../geometry.js';
import { outline } from '../outlines.js';

/** Width and brightness of the lines along the shore. */
const COAST = [[16, 0.1], [9, 0.2], [4, 0.38]];

export class AreasLayer {
  /** @param {object} app main.js @param {object} options */
  constructor(app, options) {
    this._app = app;
    this._options = options;
  }

  draw(context, view) {
    const { palette } = this._app.config;
    this._graticule(context, view, palette);
    this._land(context, view, 'neighbours', mix(palette.page, palette.panel, 0.5));
    this._lines(context, view, 'neighbours', mix(palette.page, palette.line, 0.35), 1);
    this._coast(context, view, palette);
    this._land(context, view, 'districts', palette.panel);
  }

  drawNames(context, view) {
    const { palette } = this._app.config;
    const { switches } = this._app;
    const options = this._options;
    const soft = mix(palette.panel, palette.line, 0.75);
    if (switches.grids && view.zoom >= options.communityLinesFrom) this._lines(context, view, 'communities', soft, 1 / view.dpr);
    if (switches.towns && view.zoom >= options.townLinesFrom) {
      const near = view.zoom >= options.townLinesBoldFrom;
      this._lines(context, view, 'towns', mix(palette.line, palette.second, near ? 0.25 : 0.08), near ? 1.5 : 1);
    }
    if (switches.districts) this._lines(context, view, 'districts', mix(palette.line, palette.second, 0.55), 2);
  }

  /** Hair lines every 0.1 or 0.5 degrees, so that the sea is a place and not a hole. */
  _graticule(context, view, palette) {
    const step = view.zoom >= 10.5 ? 0.1 : 0.5;
    const { map } = this._app;
    const northWest = map.unproject([view.left, view.top], view.zoom);
    const southEast = map.unproject([view.left + view.width, view.top + view.height], view.zoom);
    context.beginPath();
    for (let lon = Math.floor(northWest.lng / step) * step; lon < southEast.lng; lon += step) {
      const x = Math.round((lon / 360 + 0.5) * view.scale - view.left) + 0.5;
      context.moveTo(x, 0);
      context.lineTo(x, view.height);
    }
    for (let lat = Math.floor(southEast.lat / step) * step; lat < northWest.lat; lat += step) {
      const y = Math.round(map.project([lat, 0], view.zoom).y - view.top) + 0.5;
      context.moveTo(0, y);
      context.lineTo(view.width, y);
    }
    context.lineWidth = 1;
    context.strokeStyle = mix(palette.page, palette.panel, 0.55);
    context.stroke();
  }

  /** Three widening lines under the land, as charts draw a shore. */
  _coast(context, view, palette) {
    const layer = this._app.geometry.districts;
    if (!layer) return;
    const at = new Placement(layer, view);
    context.beginPath();
    for (let i = 0; i < layer.codes.length; i += 1) if (at.sees(layer, i, view, COAST[0][0])) outline(context, layer, i, at, view, COAST[0][0]);
    context.lineJoin = 'round';
    context.lineCap = 'round';
    for (const [width, share] of COAST) {
      context.lineWidth = width;
      context.strokeStyle = mix(palette.page, palette.line, share);
      context.stroke();
    }
    context.lineCap = 'butt';
  }

  _land(context, view, name, fill) {
    const layer = this._app.geometry[name];
    if (!layer) return;
    const at = new Placement(layer, view);
    context.beginPath();
    for (let i = 0; i < layer.codes.length; i += 1) if (at.sees(layer, i, view)) traceSeen(context, layer, i, at, view);
    context.fillStyle = fill;
    context.fill('evenodd');
  }

  /** One path for each area: strokes of one huge path take ten times as long. */
  _lines(context, view, name, colour, width) {
    const layer = this._app.geometry[name];
    if (!layer) return;
    const at = new Placement(layer, view);
    context.lineJoin = 'round';
    // Each line is drawn once: where three meet, their ends must leave no notch.
    context.lineCap = width > 1 ? 'round' : 'butt';
    context.lineWidth = width;
    context.strokeStyle = colour;
    for (let i = 0; i < layer.codes.length; i += 1) {
      if (!at.sees(layer, i, view)) continue;
      context.beginPath();
      outline(context, layer, i, at, view, 2 + width);
      context.stroke();
    }
    context.lineCap = 'butt';
  }
}

export const Layer = AreasLayer;
