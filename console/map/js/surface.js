'use strict';
/**
 * A canvas over the map on which layers draw. Panning moves it by CSS, a zoom animation scales
 * it. When data change, only the boxes that differ are drawn anew; when a pan nears its edge, the
 * picture is shifted and only the strips that come into sight are drawn.
 *
 * A layer has `draw(context, view)`, or `marks(view)`: pictures with their places (marks.js), which
 * the surface keeps and compares; `drawn(view, marks)` is called when they are on the canvas. `drawNames` comes after all layers. Where `view.dirty` is set a
 * layer may leave out what `touches` (dirty.js) none of it; the rest is clipped away.
 */

import { Dirty } from './dirty.js';
import { drawMarks, markBoxes } from './marks.js';

/**
 * `padding` is the part of the view's size drawn beyond each edge, so that a pan shows no blank;
 * `entire` says whether something is shown whose place depends on all else: then nothing is drawn in parts.
 * `ground` gives the colour of an opaque surface, which is quicker to put on the screen than a clear one.
 */
export const Surface = L.Renderer.extend({
  options: { padding: 0.16, pane: 'overlayPane', entire: () => false, ground: null },

  /** @param {{pane: string, padding?: number, entire?: () => boolean, ground?: () => string}} options @param {() => void} before called before each drawing */
  initialize(options, before) {
    L.Renderer.prototype.initialize.call(this, options);
    this._before = before;
    this._wanted = 0;
    this._whole = true;
    this._changed = [];
    this._marked = [];
    this.layers = [];
    /** Milliseconds the last drawing took, for the benchmark. */
    this.lastMs = 0;
  },

  getEvents() {
    const events = L.Renderer.prototype.getEvents.call(this);
    events.move = this._onMove;
    // moveend has already drawn the new view when viewreset comes
    delete events.viewreset;
    return events;
  },

  /** Draw all of it again at the next frame; any number of calls make one drawing. */
  redraw() {
    this._whole = true;
    this._soon();
  },

  /**
   * Draw again at the next frame what differs: marks that have changed, and these boxes.
   * @param {number[][]} [boxes] world fractions: left, top, right, bottom
   */
  refresh(boxes = []) {
    this._changed.push(...boxes);
    this._soon();
  },

  _soon() {
    if (this._wanted || !this._map) return;
    this._wanted = requestAnimationFrame(() => {
      this._wanted = 0;
      if (!this._map._animatingZoom) this._paint();
    });
  },

  /** The screen's density has changed: the canvas needs other pixels. */
  refit() {
    this._update();
  },

  /** @param {L.Point} containerPoint @returns {L.Point} canvas pixels */
  toCanvas(containerPoint) {
    return this._map.containerPointToLayerPoint(containerPoint).subtract(this._bounds.min);
  },

  /** @param {{x: number, y: number}} canvasPoint @returns {L.Point} pixels of the map's box */
  toContainer(canvasPoint) {
    return this._map.layerPointToContainerPoint(L.point(canvasPoint.x, canvasPoint.y).add(this._bounds.min));
  },

  _initContainer() {
    this._container = L.DomUtil.create('canvas', 'baton-surface');
    this._context = this._container.getContext('2d', { alpha: !this.options.ground });
  },

  _updatePaths() {},

  _onMove() {
    if (this._map._animatingZoom || this._map.getZoom() !== this._zoom) return;
    if (!this._covers(this._spare())) this._update();
  },

  /** The margin that a pan must leave before the picture is shifted: a quarter of it. */
  _spare() {
    return this._map.getSize().multiplyBy(this.options.padding / 4);
  },

  /** Whether the canvas as it is drawn reaches so far beyond every edge of the view. */
  _covers(spare) {
    const size = this._map.getSize();
    const corner = this.toCanvas(L.point(0, 0));
    const room = this._bounds.getSize();
    return (
      corner.x >= spare.x && corner.y >= spare.y &&
      corner.x + size.x + spare.x <= room.x && corner.y + size.y + spare.y <= room.y
    );
  },

  /** @returns {string} what makes a drawing void wherever it lies */
  _basis() {
    return [this._map.getZoom(), this._map.getPixelOrigin(), this._map.getSize(), window.devicePixelRatio].join();
  },

  _update() {
    if (this._map._animatingZoom && this._bounds) return;
    const same = this._bounds && this._drawnFor === this._basis() && !this.options.entire();
    if (same && this._covers(this._spare())) return;
    this._drawnFor = this._basis();
    const was = this._bounds && this._bounds.min;
    L.Renderer.prototype._update.call(this);
    const dpr = window.devicePixelRatio || 1;
    const size = this._bounds.getSize();
    this._fit(size, dpr);
    L.DomUtil.setPosition(this._container, this._bounds.min);
    const by = same ? was.subtract(this._bounds.min).multiplyBy(dpr) : null;
    const strips = by && Number.isInteger(by.x) && Number.isInteger(by.y) ? this._shift(by) : null;
    if (!strips) this._whole = true;
    this._paint(strips || []);
  },

  _fit(size, dpr) {
    const canvas = this._container;
    const width = Math.round(size.x * dpr);
    const height = Math.round(size.y * dpr);
    if (canvas.width === width && canvas.height === height) return;
    canvas.width = width;
    canvas.height = height;
    canvas.style.width = `${size.x}px`;
    canvas.style.height = `${size.y}px`;
  },

  /** Move the picture on the canvas. @param {L.Point} by device pixels @returns {?number[][]} the strips that are empty now */
  _shift(by) {
    const { width, height } = this._container;
    if (Math.abs(by.x) >= width || Math.abs(by.y) >= height) return null;
    const context = this._context;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.globalCompositeOperation = 'copy';
    context.drawImage(this._container, by.x, by.y);
    context.globalCompositeOperation = 'source-over';
    const strips = [];
    if (by.x > 0) strips.push([0, 0, by.x, height]);
    if (by.x < 0) strips.push([width + by.x, 0, width, height]);
    if (by.y > 0) strips.push([0, 0, width, by.y]);
    if (by.y < 0) strips.push([0, height + by.y, width, height]);
    return strips;
  },

  /** @returns {import('./mercator.js').View} */
  _view() {
    const origin = this._map.getPixelOrigin().add(this._bounds.min);
    const size = this._bounds.getSize();
    const corner = this.toCanvas(L.point(0, 0));
    const seen = this._map.getSize();
    const dpr = window.devicePixelRatio || 1;
    return {
      zoom: this._zoom,
      scale: 256 * 2 ** this._zoom,
      left: origin.x,
      top: origin.y,
      width: size.x,
      height: size.y,
      dpr,
      // Marks lie on whole device pixels of the world, so that a shift moves none.
      originX: Math.round(origin.x * dpr),
      originY: Math.round(origin.y * dpr),
      frame: { left: corner.x, top: corner.y, right: corner.x + seen.x, bottom: corner.y + seen.y },
      dirty: null,
    };
  },

  /** @param {number[][]} [strips] device pixels of the canvas to draw in any case */
  _paint(strips = []) {
    const began = performance.now();
    const view = this._view();
    const before = this._marked;
    this._marked = this.layers.map((layer) => (layer.marks ? layer.marks(view) : null));
    if (!this._whole && !this.options.entire()) view.dirty = this._dirty(view, before, strips);
    this._whole = false;
    this._changed = [];
    if (!view.dirty || !view.dirty.empty) this._draw(view);
    this.lastMs = performance.now() - began;
    this.fire('painted');
  },

  /** @returns {?Dirty} what must be drawn, null for everything */
  _dirty(view, before, strips) {
    const dirty = new Dirty(view, this._container.width, this._container.height);
    for (const strip of strips) dirty.add(...strip);
    for (const box of this._changed) dirty.addWorld(box);
    this._marked.forEach((marks, i) => { if (marks) markBoxes(before[i], marks, view, dirty); });
    return dirty.most ? null : dirty;
  },

  _clear(context) {
    const { width, height } = this._container;
    const { ground } = this.options;
    if (!ground) {
      context.clearRect(0, 0, width, height);
      return;
    }
    context.fillStyle = ground();
    context.fillRect(0, 0, width, height);
  },

  _draw(view) {
    const context = this._context;
    context.save();
    if (view.dirty) view.dirty.clip(context);
    context.setTransform(1, 0, 0, 1, 0, 0);
    this._clear(context);
    this._before(view, this._marked);
    this.layers.forEach((layer, i) => {
      if (this._marked[i]) {
        drawMarks(context, view, this._marked[i]);
        if (layer.drawn) layer.drawn(view, this._marked[i]);
      } else {
        context.setTransform(view.dpr, 0, 0, view.dpr, 0, 0);
        layer.draw(context, view);
      }
    });
    context.setTransform(view.dpr, 0, 0, view.dpr, 0, 0);
    for (const layer of this.layers) if (layer.drawNames) layer.drawNames(context, view);
    context.restore();
  },
});
