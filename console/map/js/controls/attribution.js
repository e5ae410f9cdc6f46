'use strict';
/** Whose map it is, along the bottom: the base map's source and approval, then the city's own credits. */

import { control, element } from '../dom.js';

export class Attribution {
  /** @param {object} app main.js */
  constructor(app) {
    this._app = app;
    /** Filled anew when another base map is shown. */
    this.followsBase = true;
    this._box = control(app, 'baton-credits');
  }

  /** Write it anew for the language and the base map. */
  fill() {
    const { basemap, config } = this._app;
    this._box.replaceChildren();
    if (basemap.shown) {
      element('span', 'baton-credit-base', this._box, basemap.shown.credit);
      this._box.append(' · ');
    }
    this._box.append(config.credits);
  }
}
