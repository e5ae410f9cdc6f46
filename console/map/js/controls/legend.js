'use strict';
/** The legend, bottom left: the very shapes that the layers draw. */

import { control, element, picture } from '../dom.js';
import { AMBER, DARK_RED, GREEN, RED, SUSPENDED } from '../levels.js';
import { GridsLayer } from '../layers/grids.js';
import { workerSprite } from '../layers/workers.js';
import { drawCircle, drawShape } from '../shapes.js';

const LEVELS = [[GREEN, 'green'], [AMBER, 'amber'], [RED, 'red'], [DARK_RED, 'dark_red'], [SUSPENDED, 'suspended']];

/** Logical pixels of width from which the legend begins open. */
const ROOMY = 860;

export class Legend {
  /** @param {object} app main.js */
  constructor(app) {
    this._app = app;
    this._box = control(app, 'baton-legend');
    // A small map keeps its room for the pins.
    this._open = app.map.getSize().x >= ROOMY;
  }

  /** Build it anew for the language and the colours. */
  fill() {
    const { strings } = this._app.config;
    this._box.replaceChildren();
    const head = element('button', 'baton-button baton-legend-head', this._box, strings.legend);
    head.setAttribute('aria-expanded', String(this._open));
    head.addEventListener('click', () => {
      this._open = !this._open;
      this.fill();
    });
    if (!this._open) return;
    this._levels();
    this._workers();
    this._load();
  }

  _item(row, word, draw) {
    const item = element('span', 'baton-legend-item', row);
    picture(item, 24, 24, draw);
    element('span', '', item, word);
  }

  _levels() {
    const { strings, palette } = this._app.config;
    const row = element('div', 'baton-legend-row', this._box);
    for (const [level, word] of LEVELS) {
      this._item(row, strings[word], (context) => drawShape(context, level, 16, palette));
    }
    this._item(row, strings.unsigned, (context) => {
      drawShape(context, GREEN, 12, palette);
      drawCircle(context, 10.5, 2, palette.unsigned);
    });
  }

  _workers() {
    const { strings, palette } = this._app.config;
    const row = element('div', 'baton-legend-row', this._box);
    const looks = [
      [strings.worker, { inspector: false, age: 0, busy: false }],
      [strings.inspector, { inspector: true, age: 0, busy: false }],
      [strings.busy, { inspector: false, age: 0, busy: true }],
      [strings.stale, { inspector: false, age: 1, busy: false }],
    ];
    for (const [word, look] of looks) {
      this._item(row, word, (context) => {
        const full = { ...look, selected: false, onDuty: true };
        const sprite = workerSprite(this._app.sprites, window.devicePixelRatio || 1, full, 20, palette);
        context.drawImage(sprite.canvas, -sprite.width / 2, -sprite.height / 2, sprite.width, sprite.height);
      });
    }
  }

  _load() {
    const { strings, palette } = this._app.config;
    const row = element('div', 'baton-legend-row', this._box);
    element('span', 'baton-legend-item', row, strings.load);
    element('span', 'baton-quiet', row, strings.less);
    const ramp = element('span', 'baton-ramp', row);
    for (const colour of GridsLayer.fills(palette)) element('i', '', ramp).style.background = colour;
    element('span', 'baton-quiet', row, strings.more);
  }
}
