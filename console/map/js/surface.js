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

/** Pixels beyond an edge that must still be drawn: below that the picture is shifted. */
const SPARE = 24;

/**
 * `margin` pixels are drawn beyond each edge, so that a pan shows no blank;
 * `entire` says whether something is shown whose place depends on all else: then nothing is drawn in parts.
 * A `late` surface is drawn a frame after a zoom. `ground` gives the colour of an opaque surface, which is quicker to put on the screen than a clear one.
 */
export const Surface = L.Renderer.extend({
  options: { margin: 280, pane: 'overlayPane', entire: () => false, ground: null, late: false },

  /** @param {{pane: string, margin?: number, entire?: () => boolean, ground?: () => string, late?: boolean}} options @param {() => void} before called before each drawing */
  initialize(options, before) {
    L.Renderer.prototype.initialize.call(this, options);
    this._before = before;
    this._wanted = 0;
    this._whole = true;
    this._changed = [];
    this._marked = [];
    /** Boxes beyond the view that are drawn in the next frame; device pixels of the world. */
    this._later = [];
    this._stale = false;
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
      if (this._map._animatingZoom) return;
      if (this._stale) this._renew();
      else this._paint();
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
    if (!this._covers(SPARE)) this._update();
  },

  /** Whether the canvas as it is drawn reaches so many pixels beyond every edge of the view. */
  _covers(spare) {
    const size = this._map.getSize();
    const corner = this.toCanvas(L.point(0, 0));
    const room = this._bounds.getSize();
    return (
      corner.x >= spare && corner.y >= spare &&
      corner.x + size.x + spare <= room.x && corner.y + size.y + spare <= room.y
    );
  },

  /** @returns {string} what makes a drawing void wherever it lies */
  _basis() {
    return [this._map.getZoom(), this._map.getPixelOrigin(), this._map.getSize(), window.devicePixelRatio].join();
  },

  _update() {
    if (this._map._animatingZoom && this._bounds) return;
    const same = this._bounds && this._drawnFor === this._basis() && !this.options.entire();
    if (same && this._covers(SPARE)) return;
    if (this.options.late && this._bounds && this._zoom !== this._map.getZoom()) {
      // Scaled until the next frame: this one belongs to the other surface.
      this._updateTransform(this._map.getCenter(), this._map.getZoom());
      this._stale = true;
      this._soon();
      return;
    }
    this._renew(same);
  },

  /** Put the canvas round the view as it is now, and draw. @param {boolean} [same] whether what is drawn is only to be shifted */
  _renew(same = false) {
    this._stale = false;
    this._drawnFor = this._basis();
    const was = this._bounds && this._bounds.min;
    this._frame();
    const dpr = window.devicePixelRatio || 1;
    const size = this._bounds.getSize();
    this._fit(size, dpr);
    L.DomUtil.setPosition(this._container, this._bounds.min);
    const by = same ? was.subtract(this._bounds.min).multiplyBy(dpr) : null;
    const strips = by && Number.isInteger(by.x) && Number.isInteger(by.y) ? this._shift(by) : null;
    if (!strips) this._whole = true;
    this._paint(strips || []);
  },

  /** Put the canvas round the view. */
  _frame() {
    const map = this._map;
    const margin = L.point(this.options.margin, this.options.margin);
    const min = map.containerPointToLayerPoint(margin.multiplyBy(-1)).round();
    this._bounds = L.bounds(min, min.add(map.getSize()).add(margin.multiplyBy(2)).round());
    this._center = map.getCenter();
    this._zoom = map.getZoom();
  },

  /** As L.Renderer does it, but the margin is the same on all sides. */
  _updateTransform(center, zoom) {
    const map = this._map;
    const scale = map.getZoomScale(zoom, this._zoom);
    const half = map.getSize().divideBy(2).add([this.options.margin, this.options.margin]);
    const middle = map.project(this._center, zoom);
    const corner = half.multiplyBy(-scale).add(middle).subtract(map._getNewPixelOrigin(center, zoom));
    L.DomUtil.setTransform(this._container, corner, scale);
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
      fresh: this._whole,
    };
  },

  /** @param {number[][]} [strips] device pixels of the canvas to draw in any case */
  _paint(strips = []) {
    const began = performance.now();
    const view = this._view();
    const before = this._marked;
    this._marked = this.layers.map((layer) => (layer.marks ? layer.marks(view) : null));
    if (this.options.entire()) this._later = [];
    else if (this._whole) view.dirty = this._seenFirst(view);
    else view.dirty = this._dirty(view, before, strips);
    this._whole = false;
    this._changed = [];
    if (!view.dirty || !view.dirty.empty) this._draw(view);
    this.lastMs = performance.now() - began;
    this.fire('painted');
    if (this._later.length > 0) this._soon();
  },

  /** What is in sight is drawn at once, what lies beyond an edge in the next frame. @returns {Dirty} */
  _seenFirst(view) {
    const { width, height } = this._container;
    const { originX, originY, dpr, frame } = view;
    const [left, top, right, bottom] = [frame.left, frame.top, frame.right, frame.bottom].map((at) => at * dpr);
    const beyond = [[0, top, left, bottom], [right, top, width, bottom], [0, 0, width, top], [0, bottom, width, height]];
    this._later = beyond.map(([x0, y0, x1, y1]) => [x0 + originX, y0 + originY, x1 + originX, y1 + originY]);
    const dirty = new Dirty(view, width, height);
    dirty.add(left, top, right, bottom);
    return dirty;
  },

  /** @returns {?Dirty} what must be drawn, null for everything */
  _dirty(view, before, strips) {
    const dirty = new Dirty(view, this._container.width, this._container.height);
    for (const strip of strips) dirty.add(...strip);
    for (const [left, top, right, bottom] of this._later.splice(0)) {
      dirty.add(left - view.originX, top - view.originY, right - view.originX, bottom - view.originY);
    }
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
