'use strict';
/** The scale bar and the coordinates under the pointer, bottom right. */

import { control, element } from '../dom.js';

const LONGEST = 120;

/** @param {number} metres @returns {number} the next lower 1, 2 or 5 times a power of ten */
export function roundLength(metres) {
  const power = 10 ** Math.floor(Math.log10(metres));
  return [5, 2, 1].find((step) => step * power <= metres) * power;
}

export class Scale {
  /** @param {object} app main.js */
  constructor(app) {
    this._map = app.map;
    const box = control(app, 'baton-scale');
    this._place = element('span', 'baton-place', box);
    this._word = element('span', 'baton-scale-word', box);
    this._bar = element('span', 'baton-scale-bar', box);
    this._map.on('moveend', () => this.update());
    this._map.on('mousemove', (event) => {
      const { lng, lat } = event.latlng;
      this._place.textContent = `${lng.toFixed(4)}, ${lat.toFixed(4)}`;
    });
    this._map.on('mouseout', () => {
      this._place.textContent = '';
    });
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
