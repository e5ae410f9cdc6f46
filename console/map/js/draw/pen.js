'use strict';
/**
 * The tool that is out: takes the pointer and four keys before anything else on the page, and
 * tells Python of the ring, or that the tool was put down.
 */

import { element } from '../dom.js';
import { tell } from '../wire.js';
import { isFlat } from './measure.js';
import { TOOLS } from './tools.js';

/** @param {{x: number, y: number}} point world fractions @returns {[number, number]} lon, lat */
function degrees({ x, y }) {
  const lat = ((2 * Math.atan(Math.exp((0.5 - y) * 2 * Math.PI)) - Math.PI / 2) * 180) / Math.PI;
  return [Number(((x - 0.5) * 360).toFixed(6)), Number(lat.toFixed(6))];
}

/** Milliseconds after a ring in which a double click still belongs to it. */
const QUIET_MS = 600;

const fresh = () => ({ points: [], cursor: null, pressed: false });

export class Pen {
  /** @param {object} app main.js */
  constructor(app) {
    this._app = app;
    this._serial = 0;
    this._quietUntil = 0;
    this.tool = null;
    this.trace = fresh();
    this._hint = element('div', 'baton-hint', app.map.getContainer());
    this._handlers = {
      mousedown: this._down, mousemove: this._move, mouseup: this._up, dblclick: () => {}, contextmenu: this._menu,
    };
    window.addEventListener('keydown', (event) => this._key(event), true);
  }

  /** Python takes out a tool (or null puts it down); `serial` goes back with what comes of it. */
  take(name, serial) {
    this._serial = serial;
    this._set(name);
  }

  /** The tool's name has been checked by Python; words may have changed since. */
  fill() {
    if (this.tool) this._hint.textContent = this._app.config.strings[TOOLS[this.tool].hint];
  }

  /** @returns {boolean} whether the event was the tool's and nobody else's */
  handle(name, event) {
    // The double click that closed a polygon is not meant for the pin below it.
    if (!this.tool && name === 'dblclick' && event.timeStamp < this._quietUntil) {
      event.stopImmediatePropagation();
      return true;
    }
    if (!this.tool || (event.target.closest && event.target.closest('.baton-control'))) return false;
    const handler = this._handlers[name];
    if (!handler) return false;
    event.stopImmediatePropagation();
    event.preventDefault();
    handler.call(this, event);
    this._app.surfaces.live.redraw();
    return true;
  }

  /** @param {boolean} whole as it would be sent, not as it is drawn @returns {{x: number, y: number}[]} */
  ring(whole) {
    return this.tool ? TOOLS[this.tool].ring(this.trace, whole, this._scale()) : [];
  }

  _set(name) {
    this.tool = name;
    this.trace = fresh();
    const box = this._app.map.getContainer();
    box.classList.toggle('baton-drawing', name !== null);
    box.classList.toggle('baton-shown-hint', name !== null);
    this.fill();
    this._app.surfaces.live.redraw();
  }

  _scale() {
    return 256 * 2 ** this._app.map.getZoom();
  }

  /** @returns {{x: number, y: number}} world fractions under the pointer */
  _at(event) {
    const { map } = this._app;
    const point = map.project(map.mouseEventToLatLng(event), 0);
    return { x: point.x / 256, y: point.y / 256 };
  }

  _down(event) {
    if (event.button !== 0) return;
    const at = this._at(event);
    this.trace.pressed = true;
    this.trace.cursor = at;
    if (TOOLS[this.tool].down(this.trace, at, this._scale()) === 'done') this._finish();
  }

  _move(event) {
    // The button may have come up outside the page.
    if (this.trace.pressed && (event.buttons & 1) === 0) {
      this._up(event);
      return;
    }
    this.trace.cursor = this._at(event);
    TOOLS[this.tool].move(this.trace, this.trace.cursor, this._scale());
  }

  _up(event) {
    if (event.button !== 0 || !this.trace.pressed) return;
    this.trace.pressed = false;
    this.trace.cursor = this._at(event);
    if (TOOLS[this.tool].up(this.trace, this.trace.cursor, this._scale()) === 'done') this._finish();
  }

  _menu() {
    this._cancel();
  }

  _key(event) {
    if (!this.tool) return;
    const acts = { Escape: this._cancel, Enter: this._finish, Backspace: this._back };
    const act = acts[event.key];
    if (!act) return;
    event.stopImmediatePropagation();
    event.preventDefault();
    act.call(this);
    this._app.surfaces.live.redraw();
  }

  _back() {
    if (this.tool === 'polygon') this.trace.points.pop();
  }

  _cancel() {
    this._set(null);
    tell('drawingCancelled', this._serial);
  }

  /**
   * Too few points, or all on one line, are no area: the tool stays out. A ring that crosses itself
   * goes to Python, which says so.
   */
  _finish() {
    const ring = this.ring(true);
    if (ring.length < 3 || isFlat(ring)) return;
    this._set(null);
    this._quietUntil = performance.now() + QUIET_MS;
    tell('ringDrawn', this._serial, ring.flatMap(degrees));
  }
}
