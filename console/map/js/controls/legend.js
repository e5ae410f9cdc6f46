'use strict';
/** The legend, bottom left: the very shapes that the layers draw. */

import { fade } from '../colour.js';
import { control, element, picture } from '../dom.js';
import { hatching } from '../hatch.js';
import { AMBER, DARK_RED, GREEN, RED, SUSPENDED } from '../levels.js';
import { GridsLayer } from '../layers/grids.js';
import { placeSprite } from '../layers/places.js';
import { teamSprite } from '../layers/teams.js';
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
    this._others();
    this._load();
    this._hours();
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

  /** What not every map has, once it has been there. */
  _others() {
    const { store, config, sprites } = this._app;
    const { strings, palette } = config;
    const dpr = window.devicePixelRatio || 1;
    const stampOf = (sprite) => (context) =>
      context.drawImage(sprite.canvas, -sprite.width / 2, -sprite.height / 2, sprite.width, sprite.height);
    const items = [];
    if (store.pins.team.size > 0) items.push([strings.teams, stampOf(teamSprite(sprites, dpr, { selected: false }, 20, palette))]);
    if (store.pins.place.size > 0) {
      const look = { mark: strings.mark_hospital, vulnerable: true, selected: false };
      items.push([strings.vulnerable, stampOf(placeSprite(sprites, dpr, look, 18, palette))]);
    }
    if (items.length === 0) return;
    const row = element('div', 'baton-legend-row', this._box);
    for (const [word, draw] of items) this._item(row, word, draw);
  }

  /** The hatching by the hour, newest first. */
  _hours() {
    const { store, config, sprites } = this._app;
    const { strings, palette } = config;
    if (store.hours.size === 0) return;
    const row = element('div', 'baton-legend-row', this._box);
    element('span', 'baton-legend-item', row, strings.footprint_hours);
    element('span', 'baton-quiet', row, strings.newest);
    const { fades, gap, line } = this._app.hourLook;
    const width = 22 * fades.length;
    picture(row, width, 14, (context) => {
      const view = { dpr: window.devicePixelRatio || 1, left: 0, top: 0 };
      fades.forEach((share, i) => {
        context.fillStyle = hatching(context, sprites, view, { colour: fade(palette.text, share), gap: gap * 0.7, width: line });
        context.fillRect(i * 22 - width / 2, -7, 21, 14);
      });
    });
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
