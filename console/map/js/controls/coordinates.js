'use strict';
/** Where the pointer is: WGS 84 and the grid; Ctrl+C copies it. */

import { element } from '../dom.js';
import { featureAt } from '../geometry.js';
import { worldX, worldY } from '../mercator.js';
import { tell } from '../wire.js';

/** How long it is said that something was copied. */
const SAID_MS = 1500;

/** @param {number} lon degrees @param {number} lat @returns {string} "110.33124°E 20.03118°N" */
export function inDegrees(lon, lat) {
  const one = (value, plus, minus) => `${Math.abs(value).toFixed(5)}°${value < 0 ? minus : plus}`;
  return `${one(lon, 'E', 'W')} ${one(lat, 'N', 'S')}`;
}

export class Coordinates {
  /** @param {object} app main.js @param {Element} box what the words stand in */
  constructor(app, box) {
    this._app = app;
    this._words = element('span', 'baton-place', box).appendChild(document.createTextNode(''));
    /** @type {?{lng: number, lat: number}} under the pointer */
    this._at = null;
    this._wanted = 0;
    this._saidTill = 0;
    app.map.on('mousemove', (event) => this._point(event.latlng));
    app.map.on('mouseout', () => this._point(null));
    window.addEventListener('keydown', (event) => this._key(event));
  }

  /** One text a frame, however fast the pointer is. */
  _point(latlng) {
    this._at = latlng;
    if (this._wanted) return;
    this._wanted = requestAnimationFrame(() => {
      this._wanted = 0;
      if (performance.now() >= this._saidTill) this._words.data = this._text();
    });
  }

  _text() {
    if (!this._at) return '';
    const { lng, lat } = this._at;
    const code = this._app.gridAt(lng, lat);
    const grid = code && this._app.config.strings.grid_code.replace('{code}', code);
    const about = [grid, this._heat(lng, lat)].filter(Boolean).join(' · ');
    return [inDegrees(lng, lat), about].filter(Boolean).join('\n');
  }

  /** How many cases the heat has counted in what is painted there: a town or a grid. */
  _heat(lon, lat) {
    const { heat, drawers, geometry, config, map } = this._app;
    const byGrid = drawers.heat.byGrid(map.getZoom());
    const layer = geometry[byGrid ? 'grids' : 'towns'];
    const i = heat.on && layer ? featureAt(layer, worldX(lon), worldY(lat)) : -1;
    const found = i < 0 ? null : drawers.heat.of(layer, i);
    if (!found) return '';
    const name = byGrid ? config.strings.heat_grid : config.names[layer.codes[i]] || layer.codes[i];
    return config.strings.heat_here.replace('{name}', () => name).replace('{n}', found[1]);
  }

  _key(event) {
    const plain = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey;
    if (!plain || event.code !== 'KeyC' || !this._at || !this._app.style.interactive) return;
    event.preventDefault();
    const { lng, lat } = this._at;
    tell('placeCopied', lng, lat, this._app.gridAt(lng, lat));
    this._words.data = this._app.config.strings.copied.replace('{place}', inDegrees(lng, lat));
    this._saidTill = performance.now() + SAID_MS;
  }
}
