'use strict';
/** The card beside what the pointer rests on. */

import { element, picture } from './dom.js';
import { COLOUR, fractionLeft, levelOf, minutesInWords, minutesLeft } from './levels.js';
import { CasesLayer } from './layers/cases.js';
import { ageText } from './layers/workers.js';
import { drawRing, drawShape } from './shapes.js';
import { tell } from './wire.js';

const OFFSET = 22;

export class Hover {
  /** @param {object} app main.js */
  constructor(app) {
    this._app = app;
    this._card = element('div', 'baton-card', app.map.getContainer());
    this._key = '';
    this._spot = null;
  }

  hide() {
    this.show(null);
  }

  /** @param {?import('./spatial.js').Spot} spot */
  show(spot) {
    const box = this._app.map.getContainer();
    box.classList.toggle('baton-pointing', spot !== null);
    const key = spot ? `${spot.kind}|${spot.id}` : '';
    if (key === this._key) return;
    this._key = key;
    this._spot = spot;
    if (!spot || spot.kind !== 'group') tell('hovered', spot ? spot.kind : '', spot ? spot.id : '');
    this.refresh();
  }

  /** Fill the card anew: a second has passed, or the pin has changed. */
  refresh() {
    const spot = this._spot;
    this._card.classList.toggle('baton-shown', spot !== null);
    if (!spot) return;
    this._card.replaceChildren();
    if (spot.kind === 'case') this._case(spot.thing);
    else if (spot.kind === 'worker') this._worker(spot.thing);
    else if (spot.kind === 'group') this._group(spot.thing);
    else this._named(spot);
    this._place(spot);
  }

  _case(pin) {
    const { strings, palette } = this._app.config;
    const now = this._app.clock.now();
    const head = element('div', 'baton-card-head', this._card);
    const level = CasesLayer.level(this._app, pin, now);
    picture(head, 28, 28, (context) => drawShape(context, level, 20, palette));
    element('b', '', head, pin.category);
    element('div', 'baton-card-line', this._card, pin.place);
    const state = pin.unsigned ? `${pin.state} · ${strings.unsigned}` : pin.state;
    element('div', 'baton-card-line', this._card, state);
    const rings = element('div', 'baton-card-rings', this._card);
    this._ring(rings, strings.citizen_clock, pin.citizen, now);
    const whose = pin.holderName ? strings.holder_of.replace('{name}', () => pin.holderName) : strings.holder_clock;
    this._ring(rings, whose, pin.holder, now);
  }

  _ring(parent, word, clock, now) {
    if (!clock) return;
    const { strings, palette, darkRedFactor } = this._app.config;
    const level = levelOf(clock, now, darkRedFactor);
    const colour = palette[COLOUR[level]];
    const cell = element('div', 'baton-card-ring', parent);
    picture(cell, 34, 34, (context) => {
      drawRing(context, 13, 5, 1, palette.line, palette.page);
      drawRing(context, 13, 5, Math.max(0, fractionLeft(clock, now)), colour, 'transparent');
    });
    const text = element('div', '', cell);
    element('div', 'baton-card-word', text, word);
    const shown = minutesInWords(minutesLeft(clock, now), strings);
    element('div', 'baton-card-figure', text, shown).style.color = level === 4 ? palette.text : colour;
  }

  _worker(pin) {
    const { strings } = this._app.config;
    const head = element('div', 'baton-card-head', this._card);
    element('b', '', head, pin.name);
    element('span', '', head, pin.inspector ? strings.inspector : strings.worker);
    const duty = pin.onDuty ? strings.on_duty_now : strings.off_duty_now;
    element('div', 'baton-card-line', this._card, `${duty} · ${strings.in_hand.replace('{n}', pin.load)}`);
    const age = this._app.clock.now() - pin.seenAt;
    const text = age < 60 ? strings.position_now : strings.position_age.replace('{age}', ageText(age, strings));
    element('div', 'baton-card-line', this._card, text);
    if (pin.note) element('div', 'baton-card-line', this._card, pin.note);
  }

  /** A team, a place or a footprint: its name, and what there is to say of it. */
  _named({ kind, thing }) {
    const { strings } = this._app.config;
    const head = element('div', 'baton-card-head', this._card);
    element('b', '', head, thing.name || thing.label);
    if (kind === 'place' && thing.vulnerable) element('span', '', head, strings.vulnerable);
    for (const line of [thing.unit, thing.state]) if (line) element('div', 'baton-card-line', this._card, line);
  }

  _group({ group, counts, unsigned }) {
    const { strings, palette } = this._app.config;
    element('b', '', this._card, strings.cases_here.replace('{n}', group.members.length));
    const row = element('div', 'baton-card-levels', this._card);
    for (const level of [4, 3, 2, 1, 0]) {
      if (counts[level] === 0) continue;
      const cell = element('span', '', row);
      picture(cell, 22, 22, (context) => drawShape(context, level, 15, palette));
      element('span', '', cell, String(counts[level]));
    }
    if (unsigned) element('div', '', this._card, strings.urgent_unsigned.replace('{n}', unsigned));
    element('div', 'baton-card-word', this._card, strings.zoom_hint);
  }

  /** Beside the pin, flipped at the edges so that it never leaves the map. */
  _place(spot) {
    const point = this._app.surfaces.live.toContainer(spot);
    const size = this._app.map.getSize();
    const { offsetWidth: width, offsetHeight: height } = this._card;
    const right = point.x + OFFSET + width < size.x;
    const x = right ? point.x + OFFSET : point.x - OFFSET - width;
    const y = Math.min(Math.max(8, point.y - height / 2), size.y - height - 8);
    this._card.style.left = `${Math.round(x)}px`;
    this._card.style.top = `${Math.round(y)}px`;
  }
}
