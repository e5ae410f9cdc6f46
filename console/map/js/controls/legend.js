'use strict';
/** The legend, bottom left: the very pictures that the layers draw, and only what is on the map at this zoom. */

import { fade } from '../colour.js';
import { control, element, picture } from '../dom.js';
import { hatching } from '../hatch.js';
import { AMBER, DARK_RED, GREEN, RED, SUSPENDED } from '../levels.js';
import { GridsLayer } from '../layers/grids.js';
import { placeSprite } from '../layers/places.js';
import { teamSprite } from '../layers/teams.js';
import { workerSprite } from '../layers/workers.js';
import { chipSprite } from '../pinsprite.js';
import { drawCircle, drawRing, drawShape } from '../shapes.js';
import { put } from '../sprites.js';
import { tell } from '../wire.js';
import { addHeatKey } from './heatkey.js';

const LEVELS = [[GREEN, 'green'], [AMBER, 'amber'], [RED, 'red'], [DARK_RED, 'dark_red'], [SUSPENDED, 'suspended']];
/** The chip that is explained: two overdue of nine, one of them urgent and unsigned. */
const CHIP = { level: RED, counts: [0, 4, 3, 2, 0], unsigned: 0 };

/** Logical pixels of width from which the legend begins open. */
const ROOMY = 860;

export class Legend {
  /** @param {object} app main.js */
  constructor(app) {
    this._app = app;
    this._box = control(app, 'baton-legend');
    // A small map keeps its room for the pins, unless somebody wants it otherwise.
    this._open = app.map.getSize().x >= ROOMY;
    this._shown = '';
    this._seen = { of: null, found: {} };
    /** Filled anew when the heat has changed. */
    this.followsHeat = true;
    app.surfaces.live.on('painted', () => this._look());
  }

  /** Python remembers how it was left. */
  setOpen(open) {
    this._open = open;
    this.fill();
  }

  /** Build it anew for the language, the colours, or what has come onto the map. */
  fill() {
    const { strings } = this._app.config;
    const focused = this._box.contains(document.activeElement);
    this._box.replaceChildren();
    const head = element('button', 'baton-button baton-legend-head', this._box, strings.legend);
    head.setAttribute('aria-expanded', String(this._open));
    head.addEventListener('click', () => {
      this.setOpen(!this._open);
      tell('legendFolded', !this._open);
    });
    if (focused) head.focus();
    const there = this._there();
    this._shown = JSON.stringify(there);
    if (!this._open) return;
    if (there.cases) this._levels(there);
    if (there.workers) this._workers(there);
    this._others(there);
    if (there.load) this._load();
    if (there.heat) addHeatKey(this._app, this._row());
    if (there.hours) this._hours();
  }

  /** Look whether other things are on the map now than the legend names. */
  _look() {
    if (JSON.stringify(this._there()) !== this._shown) this.fill();
  }

  /** What is on the map at this zoom. */
  _there() {
    const { store, switches, style, heat, drawers, map } = this._app;
    const zoom = map.getZoom();
    return {
      ...this._cases(), cases: switches.cases,
      workers: switches.workers && style.workers && store.pins.worker.size > 0 && drawers.worker.look(zoom),
      teams: switches.teams && store.pins.team.size > 0, places: switches.places && store.pins.place.size > 0,
      load: switches.load && !heat.on && store.load.size > 0, heat: heat.on && drawers.heat.byGrid(zoom) + 1,
      hours: store.hours.size > 0,
    };
  }

  /** Whether there are pins, chips, and unsigned ones among either; looked at only when cases have changed. */
  _cases() {
    const { latest } = this._app.drawers.case;
    if (this._seen.of !== latest) {
      const things = [...latest.values()].map(({ spot }) => spot);
      const unsigned = (chip) => things.some(({ kind, thing }) => (kind === 'group') === chip && Number(thing.unsigned) > 0);
      this._seen = {
        of: latest,
        found: {
          chips: things.some(({ kind }) => kind === 'group'), chipsUnsigned: unsigned(true),
          pins: things.some(({ kind }) => kind === 'case'), pinsUnsigned: unsigned(false),
        },
      };
    }
    return this._seen.found;
  }

  _row() {
    return element('div', 'baton-legend-row', this._box);
  }

  _item(row, word, draw, width = 24) {
    const item = element('span', 'baton-legend-item', row);
    picture(item, width, 24, draw);
    element('span', '', item, word);
  }

  _levels({ chips, chipsUnsigned, pins, pinsUnsigned }) {
    const { strings, palette } = this._app.config;
    const row = this._row();
    for (const [level, word] of LEVELS) {
      this._item(row, strings[word], (context) => drawShape(context, level, 16, palette));
    }
    if (pins) {
      this._item(row, strings.ring, (context) => {
        drawShape(context, GREEN, 11, palette);
        drawRing(context, 10, 3, 0.66, palette.green, fade(palette.line, 0.9));
      });
    }
    if (pinsUnsigned) {
      this._item(row, strings.unsigned, (context) => {
        drawShape(context, GREEN, 12, palette);
        drawCircle(context, 10.5, 2, palette.unsigned);
      });
    }
    if (chips) this._chips(chipsUnsigned);
  }

  _chips(unsigned) {
    const { config, sprites } = this._app;
    const { strings, palette } = config;
    const dpr = window.devicePixelRatio || 1;
    const row = this._row();
    const sprite = chipSprite(sprites, dpr, CHIP, 1, palette);
    this._item(row, strings.chip, stampOf(sprite, 0.82), 58);
    if (!unsigned) return;
    this._item(this._row(), strings.chip_unsigned, stampOf(chipSprite(sprites, dpr, { ...CHIP, unsigned: 1 }, 1, palette), 0.82), 66);
  }

  _workers({ workers }) {
    const { strings, palette } = this._app.config;
    const row = this._row();
    if (workers === 'dot') {
      this._item(row, strings.worker_dot, (context) => {
        context.beginPath();
        context.arc(0, 0, 3, 0, 2 * Math.PI);
        context.fillStyle = palette.text;
        context.fill();
      });
      return;
    }
    const looks = [
      [strings.worker, { inspector: false, age: 0, busy: false }],
      [strings.inspector, { inspector: true, age: 0, busy: false }],
      [strings.busy, { inspector: false, age: 0, busy: true }],
      [strings.stale, { inspector: false, age: 1, busy: false }],
    ];
    for (const [word, look] of looks) {
      const full = { ...look, selected: false, onDuty: true };
      this._item(row, word, stampOf(workerSprite(this._app.sprites, window.devicePixelRatio || 1, full, 20, palette)));
    }
  }

  /** What not every map has. */
  _others({ teams, places }) {
    const { config, sprites } = this._app;
    const { strings, palette } = config;
    const dpr = window.devicePixelRatio || 1;
    const row = teams || places ? this._row() : null;
    if (teams) this._item(row, strings.teams, stampOf(teamSprite(sprites, dpr, { selected: false }, 20, palette)));
    if (!places) return;
    const look = { mark: strings.mark_hospital, vulnerable: true, selected: false };
    this._item(row, strings.vulnerable, stampOf(placeSprite(sprites, dpr, look, 18, palette)));
  }

  /** The hatching by the hour, newest first. */
  _hours() {
    const { config, sprites } = this._app;
    const { strings, palette } = config;
    const row = this._row();
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

  /** Each step of the load with the open cases from which it begins. */
  _load() {
    const { strings, palette } = this._app.config;
    const { steps } = this._app.drawers.grid;
    const row = this._row();
    element('span', 'baton-legend-item', row, strings.load_key);
    const ramp = element('span', 'baton-ramp', row);
    GridsLayer.fills(palette).forEach((colour, i) => {
      const step = element('i', '', ramp);
      step.style.background = colour;
      const last = i === steps.length - 1;
      const to = last ? steps[i] : steps[i + 1] - 1;
      step.textContent = last ? `${steps[i]}+` : to > steps[i] ? `${steps[i]}–${to}` : String(steps[i]);
    });
  }
}

/** Draws a sprite in the middle, so many times its size. */
function stampOf(sprite, scale = 1) {
  const pixel = (sprite.width / sprite.across) * scale;
  return (context) => {
    context.save();
    context.scale(pixel, pixel);
    put(context, sprite, -sprite.across / 2, -sprite.down / 2);
    context.restore();
  };
}
