'use strict';
/**
 * The pointer over the map. Over a pin a press selects and 8 pixels more ask Python for a drag;
 * over empty map, or with Space held, Leaflet pans. Once Python's drag runs the page gets no
 * pointerup, so nothing is kept that would wait for one.
 */

import { tell } from './wire.js';

/** Pixels the pointer must travel before a press becomes a drag. */
const DRAG_AFTER = 8;

/** Kinds that can be taken in hand (pins.py). */
const DRAGGABLE = new Set(['case', 'worker', 'team']);

/** Shift 1, Ctrl 2, Alt 4, Meta 8. */
const modifiers = (event) =>
  (event.shiftKey ? 1 : 0) + (event.ctrlKey ? 2 : 0) + (event.altKey ? 4 : 0) + (event.metaKey ? 8 : 0);

/** @returns {boolean} whether the pointer is over a control, not over the map */
const isControl = (event) => Boolean(event.target.closest && event.target.closest('.baton-control'));

export class Gestures {
  /** @param {object} app main.js @param {import('./hover.js').Hover} hover */
  constructor(app, hover) {
    this._app = app;
    this._hover = hover;
    this._press = null;
    this._space = false;
    this._pointer = null;
    const box = app.map.getContainer();
    const on = (name, handler) => box.addEventListener(name, (event) => this._share(name, event, handler), true);
    on('mousedown', this._down);
    on('mousemove', this._move);
    on('mouseup', this._up);
    on('mouseleave', this._leave);
    on('dblclick', this._double);
    on('contextmenu', this._menu);
    on('dragstart', (event) => event.preventDefault());
    window.addEventListener('keydown', (event) => this._key(event, true), true);
    window.addEventListener('keyup', (event) => this._key(event, false), true);
    window.addEventListener('blur', () => this.reset());
  }

  /** The drawing tool comes first; on a locked map nobody gets anything. */
  _share(name, event, handler) {
    if (this._app.pen.handle(name, event)) this._press = null;
    else if (this._app.style.interactive) handler.call(this, event);
    else event.preventDefault();
  }

  /** Forget a press: a drag has begun, or the page has lost the pointer. */
  reset() {
    this._press = null;
    this._space = false;
  }

  _key(event, down) {
    if (event.code !== 'Space') return;
    this._space = down;
    event.preventDefault();
  }

  /** @returns {?import('./spatial.js').Spot} what lies under the pointer, unless over a control */
  _under(event) {
    if (isControl(event)) return null;
    const point = this._app.map.mouseEventToContainerPoint(event);
    return this._app.at(point);
  }

  _down(event) {
    this._press = null;
    if (event.button !== 0 || this._space) return;
    const spot = this._under(event);
    if (!spot) return;
    // Leaflet would begin to pan.
    event.stopImmediatePropagation();
    event.preventDefault();
    this._press = { spot, x: event.clientX, y: event.clientY };
    this._hover.hide();
    if (spot.kind !== 'group') {
      tell('pressed', spot.kind, spot.id, event.clientX, event.clientY, modifiers(event));
    }
  }

  _move(event) {
    const press = this._press;
    if (press && (event.buttons & 1) === 0) this._press = null;
    if (!this._press) {
      this._point(event);
      return;
    }
    event.stopImmediatePropagation();
    const far = Math.hypot(event.clientX - press.x, event.clientY - press.y) > DRAG_AFTER;
    if (!far || !DRAGGABLE.has(press.spot.kind)) return;
    this.reset();
    tell('dragWanted', press.spot.kind, press.spot.id);
  }

  _up(event) {
    const press = this._press;
    this._press = null;
    if (!press || event.button !== 0) return;
    event.stopImmediatePropagation();
    if (press.spot.kind === 'group') this._app.open(press.spot.thing);
    else tell('clicked', press.spot.kind, press.spot.id);
  }

  _double(event) {
    const spot = this._under(event);
    if (!spot && !isControl(event)) return;
    event.stopImmediatePropagation();
    if (spot && spot.kind !== 'group') tell('doubleClicked', spot.kind, spot.id);
  }

  _menu(event) {
    event.preventDefault();
    event.stopImmediatePropagation();
    const spot = this._under(event);
    if (spot && spot.kind !== 'group') {
      tell('contextMenu', spot.kind, spot.id, event.clientX, event.clientY);
    } else if (!spot && !isControl(event)) {
      const { lng, lat } = this._app.map.mouseEventToLatLng(event);
      tell('placeMenu', lng, lat, this._app.gridAt(lng, lat), event.clientX, event.clientY);
    }
  }

  _leave() {
    this._hover.hide();
  }

  /** Look what is under the pointer, once a frame. */
  _point(event) {
    if (event.buttons !== 0) {
      this._hover.hide();
      return;
    }
    const first = this._pointer === null;
    this._pointer = event;
    if (first) {
      requestAnimationFrame(() => {
        const latest = this._pointer;
        this._pointer = null;
        this._hover.show(this._under(latest));
      });
    }
  }
}
