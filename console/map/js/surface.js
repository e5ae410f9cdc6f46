'use strict';
/**
 * A canvas over the map on which layers draw. Panning moves it by CSS, a zoom animation scales
 * it, and it is drawn anew when the view rests, when data change, or when a pan leaves its margin.
 */

/**
 * `padding` is the part of the view's size drawn beyond each edge, so that a pan shows no blank.
 * A `lazy` surface is drawn again after a pan only when the pan has left that margin.
 */
export const Surface = L.Renderer.extend({
  options: { padding: 0.12, lazy: false },

  /** @param {{pane: string, padding?: number, lazy?: boolean}} options @param {() => void} before called before each drawing */
  initialize(options, before) {
    L.Renderer.prototype.initialize.call(this, options);
    this._before = before;
    this._wanted = 0;
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

  /** Draw again at the next frame; any number of calls make one drawing. */
  redraw() {
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
    this._context = this._container.getContext('2d');
  },

  _updatePaths() {},

  _onMove() {
    if (this._map._animatingZoom || this._map.getZoom() !== this._zoom) return;
    if (!this._covers()) this._update();
  },

  /** Whether the canvas as it is drawn reaches to every edge of the view. */
  _covers() {
    const size = this._map.getSize();
    const corner = this.toCanvas(L.point(0, 0));
    const room = this._bounds.getSize();
    return corner.x >= 0 && corner.y >= 0 && corner.x + size.x <= room.x && corner.y + size.y <= room.y;
  },

  /** @returns {string} what makes a drawing void although it covers the view */
  _basis() {
    return [this._map.getZoom(), this._map.getPixelOrigin(), this._map.getSize(), window.devicePixelRatio].join();
  },

  _update() {
    if (this._map._animatingZoom && this._bounds) return;
    if (this.options.lazy && this._bounds && this._drawnFor === this._basis() && this._covers()) return;
    this._drawnFor = this._basis();
    L.Renderer.prototype._update.call(this);
    const size = this._bounds.getSize();
    const dpr = window.devicePixelRatio || 1;
    const canvas = this._container;
    const width = Math.round(size.x * dpr);
    const height = Math.round(size.y * dpr);
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width;
      canvas.height = height;
      canvas.style.width = `${size.x}px`;
      canvas.style.height = `${size.y}px`;
    }
    L.DomUtil.setPosition(canvas, this._bounds.min);
    this._paint();
  },

  /** @returns {import('./mercator.js').View} */
  _view() {
    const origin = this._map.getPixelOrigin().add(this._bounds.min);
    const size = this._bounds.getSize();
    const corner = this.toCanvas(L.point(0, 0));
    const seen = this._map.getSize();
    return {
      zoom: this._zoom,
      scale: 256 * 2 ** this._zoom,
      left: origin.x,
      top: origin.y,
      width: size.x,
      height: size.y,
      dpr: window.devicePixelRatio || 1,
      frame: { left: corner.x, top: corner.y, right: corner.x + seen.x, bottom: corner.y + seen.y },
    };
  },

  _paint() {
    const began = performance.now();
    const context = this._context;
    const view = this._view();
    context.setTransform(view.dpr, 0, 0, view.dpr, 0, 0);
    context.clearRect(0, 0, view.width, view.height);
    this._before();
    for (const layer of this.layers) layer.draw(context, view);
    for (const layer of this.layers) if (layer.drawNames) layer.drawNames(context, view);
    this.lastMs = performance.now() - began;
    this.fire('painted');
  },
});
