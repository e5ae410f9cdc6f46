'use strict';
/** How large and how busy the map is drawn (style.py); a desk's until Python says otherwise. */

/** Smallest type that the numbers of the layers are made for. */
const DESK_TYPE_PX = 14;

export class Style {
  constructor() {
    this.pinScale = 1;
    this.typeScale = 1;
    this.gather = false;
    this.workers = true;
    this.legend = true;
    this.controls = true;
    this.interactive = true;
  }

  /** @param {object} told style.py `MapStyle.row` */
  set(told) {
    this.pinScale = told.pin_scale;
    this.typeScale = told.type_px / DESK_TYPE_PX;
    for (const name of ['gather', 'workers', 'legend', 'controls', 'interactive']) this[name] = told[name];
  }

  /** @returns {boolean} whether figures on a pin are as large as the smallest type allowed */
  get pinFigures() {
    return this.pinScale >= this.typeScale;
  }

  /** Show or hide what is no canvas, lock or free the view. @param {L.Map} map */
  dress(map) {
    const box = map.getContainer();
    box.classList.toggle('baton-no-legend', !this.legend);
    box.classList.toggle('baton-no-controls', !this.controls);
    box.classList.toggle('baton-locked', !this.interactive);
    document.documentElement.style.setProperty('--type-scale', String(this.typeScale));
    for (const handler of [map.dragging, map.scrollWheelZoom, map.doubleClickZoom, map.boxZoom, map.keyboard]) {
      if (this.interactive) handler.enable();
      else handler.disable();
    }
  }
}
