'use strict';
/** Bottom right: where the pointer is, which way is north, and the scale bar. */

import { control, element } from '../dom.js';
import { Coordinates } from './coordinates.js';

const LONGEST = 120;

/** @param {number} metres @returns {number} the next lower 1, 2 or 5 times a power of ten */
export function roundLength(metres) {
  const power = 10 ** Math.floor(Math.log10(metres));
  return [5, 2, 1].find((step) => step * power <= metres) * power;
}

export class Scale {
  /** @param {object} app main.js */
  constructor(app) {
    this._app = app;
    this._map = app.map;
    const box = control(app, 'baton-scale');
    this.coordinates = new Coordinates(app, box);
    const row = element('div', 'baton-scale-row', box);
    this._north = element('span', 'baton-north', row);
    this._word = element('span', 'baton-scale-word', row);
    this._bar = element('span', 'baton-scale-bar', row);
    this._map.on('moveend', () => this.update());
  }

  /** Build it anew for the language. */
  fill() {
    const { strings } = this._app.config;
    this._north.textContent = strings.north;
    this._north.title = strings.north_up;
    this.update();
  }

  update() {
    const middle = this._map.getSize().y / 2;
    const across = this._map.distance(
      this._map.containerPointToLatLng([0, middle]),
      this._map.containerPointToLatLng([LONGEST, middle]),
    );
    const metres = roundLength(across);
    this._bar.style.width = `${Math.round((LONGEST * metres) / across)}px`;
    this._word.textContent = metres >= 1000 ? `${metres / 1000} km` : `${metres} m`;
  }
}
