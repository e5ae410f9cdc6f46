'use strict';
/** Zoom in, zoom out, whole city: top right. */

import { control, element } from '../dom.js';

export class ZoomButtons {
  /** @param {object} app main.js */
  constructor(app) {
    this._app = app;
    this._box = control(app, 'baton-zoom');
  }

  /** Build it anew for the language. */
  fill() {
    const { strings } = this._app.config;
    this._box.replaceChildren();
    const add = (sign, word, act) => {
      const button = element('button', 'baton-button', this._box, sign);
      button.setAttribute('aria-label', word);
      button.title = word;
      button.addEventListener('click', act);
    };
    add('+', strings.zoom_in, () => this._app.map.zoomIn(1));
    add('−', strings.zoom_out, () => this._app.map.zoomOut(1));
    add('⌂', strings.fit, () => this._app.fitCity());
  }
}
