'use strict';
/** What Python may tell the page (picture.py, widget.py), one method per type. */

import { listen, tell } from './wire.js';

const LOAD_DELAY_MS = 400;

export class Messages {
  /** @param {object} app main.js @param {import('./hover.js').Hover} hover */
  constructor(app, hover) {
    this._app = app;
    this._hover = hover;
    this._loadTimer = 0;
    const known = {
      pins: this._pins, load: this._load, reset: this._reset, filled: this._filled, clock: this._clock,
      select: this._select, targets: this._targets, target: this._target, fan: this._fan,
      fly: this._fly, fit: this._fit, pan: this._pan,
      hours: this._hours, areas: this._areas, style: this._style, flash: this._flash, draw: this._draw, basemap: this._basemap,
      heat: this._heat, heatGrids: this._heatGrids, legend: this._legend,
    };
    listen((message) => {
      const act = known[message.type];
      if (act) act.call(this, message);
      else console.warn('map: unknown message', String(message.type));
    });
  }

  _pins({ kind, set, gone }) {
    this._app.store.apply(kind, set, gone);
    this._show(kind);
    this._hover.refresh();
  }

  /** Cases and workers are marks: only what differs is drawn. */
  _show(kind) {
    if (kind === 'case' || kind === 'worker') this._app.surfaces.live.refresh();
    else this._app.surfaces.live.redraw();
  }

  _load({ counts }) {
    const boxes = this._app.drawers.grid.changed(this._app.store.applyLoad(counts));
    if (boxes) this._app.surfaces.base.refresh(boxes);
    else this._redrawBaseSoon();
  }

  _hours({ counts }) {
    this._app.store.applyHours(counts);
    this._redrawBaseSoon();
  }

  /** What is counted and how the towns stand; the grids follow. */
  _heat(message) {
    this._app.heat.set(message);
    for (const part of this._app.parts) if (part.followsHeat) part.fill();
    this._redrawBaseSoon();
    this._app.surfaces.live.refresh();
  }

  _heatGrids({ counts }) {
    this._app.store.applyHeat(counts);
    this._redrawBaseSoon();
  }

  _legend({ open }) {
    this._app.legend.setOpen(open);
  }

  _redrawBaseSoon() {
    if (this._loadTimer) return;
    // Drawing all grids is slow next to a second's changes: several are drawn at once.
    this._loadTimer = setTimeout(() => {
      this._loadTimer = 0;
      this._app.surfaces.base.redraw();
    }, LOAD_DELAY_MS);
  }

  _reset() {
    this._app.store.clear();
    this._app.targets.clear();
    this._app.redraw();
  }

  /** All pins known so far are here: say so when they are on the canvas. */
  _filled() {
    this._app.surfaces.live.once('painted', () => requestAnimationFrame(() => tell('drawn')));
    this._app.surfaces.live.refresh();
  }

  _clock({ epoch, rate }) {
    this._app.setClock(epoch, rate);
    this._app.surfaces.live.refresh();
  }

  _select({ kind, id }) {
    this._app.selected[kind] = id;
    this._show(kind);
  }

  _targets({ rows }) {
    if (rows === null) this._app.targets.clear();
    else this._app.targets.show(rows);
    this._app.surfaces.live.redraw();
  }

  _target({ kind, id }) {
    this._app.targets.hovered = kind === null ? null : `${kind}|${id}`;
    this._app.surfaces.live.redraw();
  }

  _fan({ members }) {
    this._app.targets.fan = members;
    this._app.surfaces.live.redraw();
  }

  _fly({ lon, lat, zoom }) {
    this._app.framed = null;
    this._app.map.setView([lat, lon], zoom, { animate: true, duration: 0.18 });
  }

  _fit({ code }) {
    if (code === null) this._app.fitCity();
    else this._app.fitArea(code);
  }

  _pan({ dx, dy }) {
    this._app.framed = null;
    this._app.map.panBy([dx, dy], { animate: false });
  }

  _areas({ rows }) {
    this._app.badges.clear();
    this._app.badgeRevision += 1;
    for (const [code, level, text, from, to] of rows) this._app.badges.set(code, { code, level, text, from, to });
    this._app.redraw();
  }

  _style({ style }) {
    this._app.style.set(style);
    this._app.style.dress(this._app.map);
    this._hover.hide();
    this._app.redraw();
  }

  _basemap(message) {
    this._app.basemap.set(message);
    for (const part of this._app.parts) if (part.followsBase) part.fill();
  }

  _flash({ moving }) {
    this._app.flash.moving = moving;
    this._app.surfaces.live.refresh();
  }

  _draw({ tool, serial }) {
    this._hover.hide();
    this._app.pen.take(tool, serial);
  }
}
