'use strict';
/**
 * Draws the pictures of the chosen base map on the own land, below grids, lines and names; where
 * one is missing the own land stays to be seen (numbers: layers/basemap.py).
 */

import { between, fade } from '../colour.js';
import { touches } from '../dirty.js';
import { Placement, trace } from '../geometry.js';
import { Tiles } from '../tiles.js';

/** Tiles round the frame that are asked for beside those in it. */
const RING = 1;
/** Pixels the map moves before it is looked at again which tiles are in sight. */
const STEP = 64;
/** Zooms below from which a picture stands in, enlarged, and above, in parts. */
const OLDER = 5;
const FINER = 2;

export class BasemapLayer {
  /** @param {object} app main.js @param {object} options */
  constructor(app, options) {
    this._app = app;
    this._options = options;
    /** What can be chosen: id, name, whether it fails. */
    this.offered = [];
    /** What is shown, null for the own map. */
    this.shown = null;
    /** @type {?Tiles} */
    this._tiles = null;
    this._boxes = [];
    this._timer = 0;
    this._lookedAt = null;
    app.basemap = this;
    app.map.on('move zoomend viewreset resize', () => this._look());
    app.map.on('moveend', () => this._look(true));
    setInterval(() => this._retry(), options.retryMs);
  }

  /** @returns {number} how strongly fills that lie everywhere cover the pictures */
  get veil() {
    return this.shown ? this._options.veil : 1;
  }

  /**
   * Fills of which only some of the land has one: over pictures they are light added to the
   * washed land, so that more is brighter than less and than none, whatever the picture.
   * @param {CanvasRenderingContext2D} context
   * @param {string[]} fills `#rrggbb` or `rgb(r,g,b)`
   * @returns {string[]} what to fill with until the context is restored
   */
  laid(context, fills) {
    if (!this.shown) return fills;
    context.globalCompositeOperation = 'lighter';
    return fills.map((fill) => between(this._app.config.palette.panel, fill));
  }

  /** @returns {boolean} whether the pictures bear names of places */
  get named() {
    return this.shown !== null && this.shown.names;
  }

  /** @returns {number} tiles on their way */
  get waiting() {
    return this._tiles ? this._tiles.waiting : 0;
  }

  /** @param {{offered: object[], shown: ?object}} message words.py */
  set({ offered, shown }) {
    this.offered = offered;
    const same = JSON.stringify(shown) === JSON.stringify(this.shown);
    if (!same) {
      if (this._tiles) this._tiles.close();
      this.shown = shown;
      this._tiles = shown ? new Tiles(shown, (tile) => this._arrived(tile)) : null;
      this._app.redraw();
    } else {
      this._retry();
    }
    this._look(true);
  }

  draw(context, view) {
    if (!this._tiles) return;
    const z = this._level(view.zoom);
    const [left, top, right, bottom] = this._range(z, view.scale, view.left, view.top, view.left + view.width, view.top + view.height);
    for (let y = top - 1; y <= bottom + 1; y += 1) {
      for (let x = left - 1; x <= right + 1; x += 1) {
        const tile = this._tiles.get(z, x, y);
        if (tile && tile.picture) stamp(context, view, tile.picture, tile.box);
        else if (!tile || tile.failed) this._standIn(context, view, z, x, y);
      }
    }
    if (this._app.switches.load && !this._app.heat.on) this._wash(context, view);
  }

  /** The land in its own colour, through which the pictures are seen. */
  _wash(context, view) {
    const { geometry, config } = this._app;
    const layer = geometry.districts;
    if (!layer) return;
    const at = new Placement(layer, view);
    context.beginPath();
    for (let i = 0; i < layer.codes.length; i += 1) if (at.sees(layer, i, view)) trace(context, layer, i, at);
    context.fillStyle = fade(config.palette.panel, this._options.wash);
    context.fill('evenodd');
  }

  /** @returns {number} zoom of the pictures that are nearest to their own size */
  _level(zoom) {
    return Math.max(this.shown.lowest, Math.min(this.shown.highest, Math.round(zoom)));
  }

  /** @returns {number[]} columns and rows of the tiles over these world pixels: left, top, right, bottom */
  _range(z, scale, left, top, right, bottom) {
    const side = 2 ** z;
    const [dx, dy] = this.shown.shift;
    const at = (pixels, shift) => Math.max(0, Math.min(side - 1, Math.floor((pixels / scale + shift) * side)));
    return [at(left, dx), at(top, dy), at(right, dx), at(bottom, dy)];
  }

  /** While a picture is on its way: a coarser one enlarged, or finer ones. */
  _standIn(context, view, z, x, y) {
    for (let up = 1; up <= OLDER; up += 1) {
      const tile = this._tiles.get(z - up, x >> up, y >> up);
      if (tile && tile.picture) {
        const parts = 2 ** up;
        stamp(context, view, tile.picture, tile.box, [x % parts, y % parts, parts]);
        return;
      }
    }
    for (let down = 1; down <= FINER; down += 1) {
      const parts = 2 ** down;
      for (let i = 0; i < parts * parts; i += 1) {
        const tile = this._tiles.get(z + down, x * parts + (i % parts), y * parts + Math.floor(i / parts));
        if (tile && tile.picture) stamp(context, view, tile.picture, tile.box);
      }
    }
  }

  /** Ask for what is in sight and one ring round it; the middle last, which is answered first. */
  _look(always = false) {
    const { map } = this._app;
    if (!this._tiles || map._animatingZoom) return;
    const bounds = map.getPixelBounds();
    const before = this._lookedAt;
    const near = before && before.zoom === map.getZoom() && before.at.distanceTo(bounds.min) < STEP;
    if (near && !always) return;
    this._lookedAt = { zoom: map.getZoom(), at: bounds.min };
    const z = this._level(map.getZoom());
    const scale = 256 * 2 ** map.getZoom();
    const [left, top, right, bottom] = this._range(z, scale, bounds.min.x, bounds.min.y, bounds.max.x, bounds.max.y);
    const places = [];
    const last = 2 ** z - 1;
    for (let y = Math.max(0, top - RING); y <= Math.min(last, bottom + RING); y += 1) {
      for (let x = Math.max(0, left - RING); x <= Math.min(last, right + RING); x += 1) places.push([z, x, y]);
    }
    const off = ([, x, y]) => Math.max(Math.abs(2 * x - left - right), Math.abs(2 * y - top - bottom));
    this._tiles.want(places.sort((a, b) => off(b) - off(a)));
  }

  _retry() {
    if (this._tiles && this._tiles.again()) this._look(true);
  }

  /** Pictures that come together are drawn together. */
  _arrived(tile) {
    this._boxes.push(tile.box);
    if (this._timer) return;
    this._timer = setTimeout(() => {
      this._timer = 0;
      this._app.surfaces.base.refresh(this._boxes.splice(0));
    }, this._options.arriveMs);
  }
}

/**
 * Put a picture, or a part of it, where it lies. Edges fall on whole device pixels: neighbours
 * share them, so there is no seam, and at its own size a picture stays sharp.
 * @param {CanvasRenderingContext2D} context
 * @param {import('../mercator.js').View} view
 * @param {ImageBitmap} picture
 * @param {number[]} box of the whole picture, world fractions
 * @param {[number, number, number]} [part] column, row, of so many in each direction
 */
function stamp(context, view, picture, box, [column, row, parts] = [0, 0, 1]) {
  const { scale, dpr } = view;
  const across = (box[2] - box[0]) / parts;
  const down = (box[3] - box[1]) / parts;
  const whole = (pixels) => Math.round(pixels * dpr) / dpr;
  const left = whole((box[0] + column * across) * scale - view.left);
  const right = whole((box[0] + (column + 1) * across) * scale - view.left);
  const top = whole((box[1] + row * down) * scale - view.top);
  const bottom = whole((box[1] + (row + 1) * down) * scale - view.top);
  if (!touches(view, left, top, right, bottom)) return;
  const width = picture.width / parts;
  const height = picture.height / parts;
  context.drawImage(picture, column * width, row * height, width, height, left, top, right - left, bottom - top);
}

export const Layer = BasemapLayer;
