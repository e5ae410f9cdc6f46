'use strict';
/** The layer switches and the choice of the base map, bottom right. */

import { control, element } from '../dom.js';
import { tell } from '../wire.js';
import { addHeatChoice } from './heatchoice.js';

const NAMES = ['districts', 'towns', 'grids', 'load', 'cases', 'workers', 'offDuty', 'teams', 'places', 'footprints', 'labels'];
const WORD = { offDuty: 'off_duty' };

export class Switches {
  /** @param {object} app main.js @param {() => void} changed called after a switch */
  constructor(app, changed) {
    this._app = app;
    this._changed = changed;
    this._box = control(app, 'baton-switches');
    this._open = false;
    /** Filled anew when another base map is shown. */
    this.followsBase = true;
    /** And when another heat is. */
    this.followsHeat = true;
  }

  /** Build it anew for the language. */
  fill() {
    const { strings } = this._app.config;
    const { base, choice } = document.activeElement.dataset;
    this._box.replaceChildren();
    if (this._open) {
      const list = element('div', 'baton-switch-list', this._box);
      this._bases(list, base);
      for (const name of NAMES) this._switch(list, name, strings[WORD[name] || name]);
      if (this._app.heat.offered) addHeatChoice(this._app, list, choice);
    }
    const head = element('button', 'baton-button', this._box, strings.layers);
    head.setAttribute('aria-expanded', String(this._open));
    head.addEventListener('click', () => {
      this._open = !this._open;
      this.fill();
    });
  }

  /**
   * One of several base maps, where the city offers any: arrows walk, Enter or a click chooses.
   * @param {?string} focused id of the one that had the focus
   */
  _bases(list, focused) {
    const { basemap, config } = this._app;
    if (basemap.offered.length === 0) return;
    const group = element('div', 'baton-bases', list);
    group.setAttribute('role', 'radiogroup');
    group.setAttribute('aria-label', config.strings.base_map);
    element('div', 'baton-quiet', group, config.strings.base_map);
    const own = { id: '', name: config.strings.base_own, failing: false };
    for (const one of [own, ...basemap.offered]) this._base(group, one, focused);
    group.addEventListener('keydown', (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!step) return;
      const rows = [...group.querySelectorAll('button')];
      rows[(rows.indexOf(document.activeElement) + step + rows.length) % rows.length].focus();
      event.preventDefault();
      event.stopPropagation();
    });
  }

  _base(group, { id, name, failing }, focused) {
    const { basemap, config } = this._app;
    const chosen = (basemap.shown ? basemap.shown.id : '') === id;
    const row = element('button', 'baton-switch baton-base', group);
    row.setAttribute('role', 'radio');
    row.setAttribute('aria-checked', String(chosen));
    row.dataset.base = id;
    element('i', '', row);
    element('span', '', row, name);
    if (failing) element('span', 'baton-base-failing', row, config.strings.base_failing);
    row.addEventListener('click', () => tell('baseMapChosen', id));
    if (focused === id) row.focus();
  }

  _switch(list, name, word) {
    const row = element('button', 'baton-switch', list);
    const show = () => row.setAttribute('aria-checked', String(this._app.switches[name]));
    row.setAttribute('role', 'switch');
    element('i', '', row);
    element('span', '', row, word);
    row.addEventListener('click', () => {
      this._app.switches[name] = !this._app.switches[name];
      show();
      this._changed();
    });
    show();
  }
}
