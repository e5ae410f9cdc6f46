'use strict';
/** The layer switches, bottom right. */

import { control, element } from '../dom.js';

const NAMES = ['districts', 'towns', 'grids', 'load', 'cases', 'workers', 'offDuty', 'teams', 'places', 'footprints', 'labels'];
const WORD = { offDuty: 'off_duty' };

export class Switches {
  /** @param {object} app main.js @param {() => void} changed called after a switch */
  constructor(app, changed) {
    this._app = app;
    this._changed = changed;
    this._box = control(app, 'baton-switches');
    this._open = false;
  }

  /** Build it anew for the language. */
  fill() {
    const { strings } = this._app.config;
    this._box.replaceChildren();
    if (this._open) {
      const list = element('div', 'baton-switch-list', this._box);
      for (const name of NAMES) this._switch(list, name, strings[WORD[name] || name]);
    }
    const head = element('button', 'baton-button', this._box, strings.layers);
    head.setAttribute('aria-expanded', String(this._open));
    head.addEventListener('click', () => {
      this._open = !this._open;
      this.fill();
    });
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
