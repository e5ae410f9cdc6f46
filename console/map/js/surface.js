'use strict';
/**
 * A part of the map on which layers draw, as a picture of sheets (sheets.js). A pan moves it by
 * CSS and draws new sheets before they come into sight, few in a frame; after a zoom the old
 * picture stays until the new one is drawn, out of sight and by and by, on all surfaces. Where a
 * zoom is animated it grows or shrinks meanwhile, else it stands still: without a GPU a frame of
 * scaled pictures takes ten to twenty times as long. When data change, only the boxes that differ are drawn anew.
 *
 * A layer has `draw(context, view)`, called for each sheet, or `marks(view)`, called for all sheets together: pictures
 * with their places (marks.js), which the surface keeps and compares. `drawNames` comes after all layers. Where
 * `view.dirty` is set a layer may leave out what `touches` (dirty.js) none of it; the rest is clipped away.
 * While the picture is one sheet, `drawn(view, marks)` is called when a layer's marks are on the canvas.
 */

import { reaching } from './dirty.js';
import { Kept } from './kept.js';
import { drawMarks, markBoxes } from './marks.js';
import { Picture } from './sheets.js';

/** What a sheet costs however little of it is drawn: the browser copies all of it. In sheets. */
const COPY = 0.5;
/** While the map is moved changes wait so long for others: milliseconds. */
const PATIENCE_MS = 100;

/**
 * Sheets have their place `ahead` pixels beyond each edge, so that a pan shows no blank, and `atOnce` of them are drawn in a frame;
 * `entire` says whether something is shown whose place depends on all else: then the picture is one sheet, and nothing is drawn in parts.
 * `ground` gives the colour of an opaque surface, which is quicker to put on the screen than a clear one.
 * `peers` are the surfaces that show a new zoom in the same frame; `kept` pictures of zooms before are kept up to date
 * for the way back: only where changes come as boxes, for marks are not asked for out of sight.
 */
export const Surface = L.Renderer.extend({
  options: { ahead: 192, atOnce: 4, pane: 'overlayPane', entire: () => false, ground: null, peers: () => [], kept: 0 },

  /** @param {{pane: string, ahead?: number, atOnce?: number, entire?: () => boolean, ground?: () => string, peers?: () => object[], kept?: number}} options @param {(view: object, marks: object[]) => void} before called whenever the marks are new */
  initialize(options, before) {
    L.Renderer.prototype.initialize.call(this, options);
    this._before = before;
    this._wanted = 0;
    this._whole = true;
    this._changed = [];
    this._marked = [];
    /** Whether marks are asked for in the next frame, and whether they are when there is time. */
    this._stale = true;
    this._changes = false;
    this._lookedAt = 0;
    this._movedAt = -Infinity;
    /** @type {?Picture} of this zoom */
    this.picture = null;
    /** @type {?Picture} of another, shown until this one is drawn */
    this._older = null;
    this._kept = new Kept(this.options.kept);
    this._view = null;
    /** @type {?Picture} the picture that is drawn as far as it is in sight */
    this._ready = null;
    this.layers = [];
  },

  getEvents() {
    const events = L.Renderer.prototype.getEvents.call(this);
    events.move = this._onMove;
    // moveend sees to the new view when viewreset comes
    delete events.viewreset;
    return events;
  },

  /** Draw all of it again; any number of calls make one drawing. */
  redraw() {
    this._whole = true;
    this._stale = true;
    this._soon();
  },

  /**
   * Draw again at the next frame what differs: marks that have changed, and these boxes.
   * @param {number[][]} [boxes] world fractions: left, top, right, bottom
   */
  refresh(boxes = []) {
    this._changed.push(...boxes);
    this._changes = true;
    this._soon();
  },

  /** The screen's density has changed: the sheets need other pixels. */
  refit() {
    this._update();
  },

  /** @returns {boolean} whether all is drawn */
  rests() {
    return this._wanted === 0 && this._older === null;
  },

  /** @param {L.Point} containerPoint @returns {L.Point} pixels from the corner of what was drawn last */
  toCanvas(containerPoint) {
    return this._map.getPixelBounds().min.add(containerPoint).subtract(this._corner());
  },

  /** @param {{x: number, y: number}} canvasPoint @returns {L.Point} pixels of the map's box */
  toContainer({ x, y }) {
    return L.point(x, y).add(this._corner()).subtract(this._map.getPixelBounds().min);
  },

  _corner() {
    return this._view ? L.point(this._view.left, this._view.top) : L.point(0, 0);
  },

  _initContainer() {
    this._container = L.DomUtil.create('div');
  },

  _destroyContainer() {
    L.Renderer.prototype._destroyContainer.call(this);
    cancelAnimationFrame(this._wanted);
    this._wanted = 0;
    for (const picture of this._pictures()) picture.close();
    this._kept.close();
    this.picture = this._older = null;
  },

  _updatePaths() {},

  /** @returns {Picture[]} those that are on the screen or will be */
  _pictures() {
    return [this.picture, this._older].filter((picture) => picture !== null);
  },

  _onMove() {
    this._movedAt = performance.now();
    if (!this._map._animatingZoom) this._see(false);
  },

  _update() {
    if (!this._map._animatingZoom) this._see(true);
  },

  /** The map begins to show, or shows, another centre and zoom. */
  _updateTransform(center, zoom) {
    for (const picture of this._pictures()) picture.place(this._map, center, zoom);
    // While the old picture grows, the new one is drawn out of sight.
    this._soon();
  },

  _soon() {
    if (this._wanted || !this._map) return;
    this._wanted = requestAnimationFrame(() => {
      this._wanted = 0;
      this._work();
    });
  },

  /** @returns {import('./sheets.js').Box} what is in sight, or will be at the end of the zoom's movement */
  _frame() {
    const { min, max } = this._map.getPixelBounds();
    return { left: min.x, top: min.y, right: max.x, bottom: max.y };
  },

  /** See to it that there is a picture with sheets for what is in sight. @param {boolean} anew whether the movement has ended */
  _see(anew) {
    const map = this._map;
    const kind = { zoom: map.getZoom(), dpr: window.devicePixelRatio || 1, opaque: this.options.ground !== null, entire: this.options.entire() };
    const basis = Object.values(kind).join();
    const frame = this._frame();
    if (!this.picture || this.picture.basis !== basis) this._begin(basis, kind, frame);
    if (this.picture.want(frame, this.options.ahead, anew)) this._stale = true;
    this._zoom = map.getZoom();
    if (!map._animatingZoom) for (const picture of this._pictures()) picture.place(map, map.getCenter(), this._zoom);
    if (this._stale || this.picture.waiting(frame).length > 0) this._soon();
  },

  _begin(basis, kind, frame) {
    const before = this.picture;
    const shown = before && before.element.parentNode;
    if (shown && this._older) this._kept.put(this._older);
    if (shown) this._older = before;
    else if (before) this._kept.put(before);
    this.picture = this._kept.take(basis) || new Picture(basis, kind, frame);
    this._marked = [];
    this._stale = true;
    this.picture.place(this._map, this._map.getCenter(), this._map.getZoom());
  },

  _work() {
    this._see(false);
    const frame = this._frame();
    const now = performance.now();
    const hurried = now - this._movedAt < PATIENCE_MS && now - this._lookedAt < PATIENCE_MS;
    if (this._stale || (this._changes && !hurried)) this._look(frame);
    const waiting = this.picture.waiting(frame);
    const some = this._some(waiting, frame);
    if (some.length > 0) this._draw(some);
    const left = waiting.length - some.length;
    const whole = left === 0 || !waiting[some.length].meets(frame);
    this._ready = whole ? this.picture : null;
    if (whole) this._showAll();
    if (whole && !this._changes) this.fire('painted');
    if (left > 0 || this._older || this._changes) this._soon();
  },

  /** The new pictures take the old ones' place when all are ready; with nothing to stay meanwhile at once. */
  _showAll() {
    if (this._map._animatingZoom) return;
    const all = [this, ...this.options.peers()];
    if (!this._older || all.every((one) => one.isReady())) for (const one of this._older ? all : [this]) one._show();
  },

  /** @returns {boolean} whether what is in sight is drawn for the map's zoom */
  isReady() {
    return this._ready !== null && this._ready === this.picture && this.picture.zoom === this._map.getZoom();
  },

  _show() {
    if (!this.picture.element.parentNode) this._container.appendChild(this.picture.element);
    if (this._older) this._kept.put(this._older);
    this._older = null;
  },

  /** Ask the layers for their marks and find what differs. */
  _look(frame) {
    const picture = this.picture;
    const view = picture.view(frame);
    const before = this._marked;
    this._view = view;
    this._marked = this.layers.map((layer) => (layer.marks ? layer.marks(view) : null));
    if (this._whole || picture.entire) {
      for (const one of [...this._pictures(), ...this._kept]) one.soil();
    } else if (before.length > 0) {
      const world = { originX: 0, originY: 0 };
      this._marked.forEach((marks, i) => { if (marks) markBoxes(before[i], marks, world, { add: (...box) => picture.touch(...box) }); });
    }
    for (const one of [...this._pictures(), ...this._kept]) {
      const there = one.view(frame);
      for (const box of this._changed) one.touch(...reaching(box, there));
    }
    this._whole = false;
    this._changed = [];
    this._stale = this._changes = false;
    this._lookedAt = performance.now();
    this._before(view, this._marked);
  },

  /** As many of the sheets as one frame has time for; small changes go together. */
  _some(waiting, frame) {
    if (this.picture.entire) return waiting;
    let room = this.options.atOnce;
    // A blank in sight is worse than a late frame.
    if (!this._older && waiting.some((sheet) => !sheet.there && sheet.meets(frame))) room *= 2;
    const found = [];
    for (const sheet of waiting) {
      if (found.length > 0 && room < Math.max(sheet.work, COPY)) break;
      // What lies beyond an edge has time: one in a frame.
      if (found.length > 0 && !sheet.there && !sheet.meets(frame)) break;
      room -= Math.max(sheet.work, COPY);
      found.push(sheet);
    }
    return found;
  },

  _draw(sheets) {
    for (const sheet of sheets) this._open(sheet);
    this.layers.forEach((layer, i) => {
      const marks = this._marked[i];
      for (const { context, view } of sheets) {
        if (marks) drawMarks(context, view, marks);
        else inPixels(context, view, () => layer.draw(context, view));
      }
      if (marks && layer.drawn && this.picture.entire) layer.drawn(this._view, marks);
    });
    for (const sheet of sheets) {
      const { context, view } = sheet;
      inPixels(context, view, () => { for (const layer of this.layers) if (layer.drawNames) layer.drawNames(context, view); });
      context.restore();
      view.dirty = null;
      this.picture.done(sheet);
    }
  },

  /** Clip to what must be drawn, and clear it. */
  _open(sheet) {
    const { context, view, dirty } = sheet;
    view.frame = this._frameOn(view);
    view.dirty = sheet.work === 1 ? null : dirty;
    context.save();
    context.setTransform(1, 0, 0, 1, 0, 0);
    if (view.dirty) dirty.clip(context);
    const { ground } = this.options;
    if (ground) {
      context.fillStyle = ground();
      context.fillRect(0, 0, sheet.width, sheet.height);
    } else {
      context.clearRect(0, 0, sheet.width, sheet.height);
    }
  },

  _frameOn({ left, top }) {
    const { frame, left: x, top: y } = this._view;
    return { left: frame.left + x - left, top: frame.top + y - top, right: frame.right + x - left, bottom: frame.bottom + y - top };
  },
});

/** Draw in logical pixels. */
function inPixels(context, view, draw) {
  context.setTransform(view.dpr, 0, 0, view.dpr, 0, 0);
  draw();
}
