'use strict';
/**
 * A picture of the map at one zoom on sheets: square canvases that are fixed to the world, moved
 * by CSS and drawn one by one. Where all depends on all, the picture is one sheet.
 */

import { Dirty } from './dirty.js';

/** A sheet's edge in device pixels, about: the browser keeps up to 512 in one piece. */
const EDGE = 512;
/** Whole device pixels at each usual density (a multiple of a quarter) only when the edge is one of four. */
const WHOLE = 4;
/** Sheets out of use kept for later, all surfaces together. */
const SPARE = 24;

/** @typedef {import('./mercator.js').View} View */
/** @typedef {{left: number, top: number, right: number, bottom: number}} Box pixels of the world at the picture's zoom */

/** Canvases out of use, by kind. @type {Map<string, HTMLCanvasElement[]>} */
const spare = new Map();

const kindOf = (width, height, opaque) => `${width}x${height}|${opaque}`;

function canvasOf(width, height, opaque) {
  // On a screen of another density those of before are of no use.
  if (![...spare.keys()].some((kind) => kind.startsWith(`${width}x${height}|`))) spare.clear();
  const kept = spare.get(kindOf(width, height, opaque));
  if (kept && kept.length > 0) return kept.pop();
  const canvas = L.DomUtil.create('canvas', 'baton-sheet');
  canvas.width = width;
  canvas.height = height;
  canvas.getContext('2d', { alpha: !opaque });
  return canvas;
}

/** One canvas and what of it must be drawn. */
class Sheet {
  /** @param {Picture} picture @param {Box} box */
  constructor(picture, box) {
    const { left, top } = box;
    const { zoom, dpr } = picture;
    const [width, height] = [box.right - left, box.bottom - top];
    /** @type {View} */
    this.view = {
      zoom, scale: 256 * 2 ** zoom, left, top, width, height, dpr,
      // Marks lie on whole device pixels of the world, so that the same is drawn on every sheet.
      originX: Math.round(left * dpr), originY: Math.round(top * dpr), frame: null, dirty: null,
    };
    this.width = Math.round(width * dpr);
    this.height = Math.round(height * dpr);
    this.canvas = canvasOf(this.width, this.height, picture.opaque);
    this.canvas.style.width = `${width}px`;
    this.canvas.style.height = `${height}px`;
    this.context = this.canvas.getContext('2d');
    L.DomUtil.setPosition(this.canvas, L.point(left, top).subtract(picture.anchor));
    /** Whether it has been drawn and stands in the picture. */
    this.there = false;
    /** @type {?Dirty} what must be drawn anew */
    this.dirty = null;
    this.soil();
  }

  /** All of it must be drawn. */
  soil() {
    this.dirty = new Dirty(this.width, this.height);
    this.dirty.add(0, 0, this.width, this.height);
  }

  /** @returns {number} its share that must be drawn, 0 for none */
  get work() {
    return this.dirty ? Math.min(1, this.dirty.area / (this.width * this.height)) : 0;
  }

  /** A box must be drawn: device pixels of the world. */
  touch(left, top, right, bottom) {
    if (this.work === 1) return;
    if (!this.dirty) this.dirty = new Dirty(this.width, this.height);
    const { originX, originY } = this.view;
    this.dirty.add(left - originX, top - originY, right - originX, bottom - originY);
    if (this.dirty.empty) this.dirty = null;
    else if (this.dirty.most) this.soil();
  }

  /** @param {Box} box @returns {boolean} whether it meets it */
  meets({ left, top, right, bottom }) {
    const { view } = this;
    return view.left < right && view.top < bottom && view.left + view.width > left && view.top + view.height > top;
  }
}

export class Picture {
  /**
   * @param {string} basis what makes it void
   * @param {{zoom: number, dpr: number, opaque: boolean, entire: boolean}} kind
   * @param {Box} frame what is in sight
   */
  constructor(basis, { zoom, dpr, opaque, entire }, frame) {
    this.basis = basis;
    this.zoom = zoom;
    this.dpr = dpr;
    this.opaque = opaque;
    this.entire = entire;
    this.element = L.DomUtil.create('div', 'baton-surface leaflet-zoom-animated');
    /** Pixels of the world from which its sheets are placed. */
    this.anchor = L.point(frame.left, frame.top).round();
    /** Where its anchor was in the map's box when this was the map's zoom. */
    this._seenAt = L.point(0, 0);
    this._edge = Math.max(WHOLE, Math.floor(EDGE / dpr / WHOLE) * WHOLE);
    /** @type {Map<string, Sheet>} */
    this._sheets = new Map();
    /** @type {Box} what its sheets cover, or will when they are drawn */
    this.region = frame;
  }

  /** @returns {Iterable<Sheet>} */
  get sheets() {
    return this._sheets.values();
  }

  /**
   * See to it that there are sheets for the frame and `ahead` pixels round it; those far away are given back.
   * @param {Box} frame @param {boolean} anew whether an entire picture is put round the frame in any case
   * @returns {boolean} whether any are new
   */
  want(frame, ahead, anew) {
    if (this.entire) return this._wantOne(frame, ahead, anew);
    const edge = this._edge;
    const first = [Math.floor((frame.left - ahead) / edge), Math.floor((frame.top - ahead) / edge)];
    const last = [Math.floor((frame.right + ahead) / edge), Math.floor((frame.bottom + ahead) / edge)];
    const near = grown(frame, ahead + edge);
    for (const [key, sheet] of this._sheets) if (!sheet.meets(near)) this._giveBack(key, sheet);
    let any = false;
    for (let column = first[0]; column <= last[0]; column += 1) {
      for (let row = first[1]; row <= last[1]; row += 1) {
        const key = `${column}|${row}`;
        if (this._sheets.has(key)) continue;
        any = true;
        const [left, top] = [column * edge, row * edge];
        this._sheets.set(key, new Sheet(this, { left, top, right: left + edge, bottom: top + edge }));
      }
    }
    if (any) this.region = { left: first[0] * edge, top: first[1] * edge, right: (last[0] + 1) * edge, bottom: (last[1] + 1) * edge };
    return any;
  }

  /** One sheet round the frame; it is put anew when the frame nears its edge. */
  _wantOne(frame, ahead, anew) {
    const { left, top, right, bottom } = this.region;
    const near = left > frame.left - ahead / 8 || top > frame.top - ahead / 8 || right < frame.right + ahead / 8 || bottom < frame.bottom + ahead / 8;
    const before = this._sheets.get('');
    if (before && !near && !anew) return false;
    const box = grown(frame, ahead);
    this.region = { left: Math.round(box.left), top: Math.round(box.top), right: Math.round(box.right), bottom: Math.round(box.bottom) };
    if (before) this._giveBack('', before);
    this._sheets.set('', new Sheet(this, this.region));
    return true;
  }

  /** @param {Box} frame what is in sight @returns {View} of all sheets together */
  view(frame) {
    const { zoom, dpr } = this;
    const { left, top, right, bottom } = this.region;
    return {
      zoom, dpr, left, top, scale: 256 * 2 ** zoom, width: right - left, height: bottom - top,
      originX: Math.round(left * dpr), originY: Math.round(top * dpr),
      frame: { left: frame.left - left, top: frame.top - top, right: frame.right - left, bottom: frame.bottom - top },
      dirty: null,
    };
  }

  /** A box must be drawn: device pixels of the world. */
  touch(left, top, right, bottom) {
    if (this.entire) {
      this.soil();
      return;
    }
    const edge = this._edge * this.dpr;
    for (let column = Math.floor(left / edge); column * edge < right; column += 1) {
      for (let row = Math.floor(top / edge); row * edge < bottom; row += 1) {
        const sheet = this._sheets.get(`${column}|${row}`);
        if (sheet) sheet.touch(left, top, right, bottom);
      }
    }
  }

  /** All of it must be drawn. */
  soil() {
    for (const sheet of this.sheets) sheet.soil();
  }

  /** @param {Box} frame @returns {Sheet[]} those with something to draw, the nearest to the middle of what is in sight first */
  waiting(frame) {
    const [x, y] = [(frame.left + frame.right) / 2, (frame.top + frame.bottom) / 2];
    const away = ({ view }) => Math.hypot(view.left + view.width / 2 - x, view.top + view.height / 2 - y);
    const found = [...this.sheets].filter((sheet) => sheet.dirty);
    const order = new Map(found.map((sheet) => [sheet, away(sheet) + (sheet.meets(frame) ? 0 : 1e6)]));
    return found.sort((a, b) => order.get(a) - order.get(b));
  }

  /** The sheet has been drawn. */
  done(sheet) {
    sheet.dirty = null;
    if (!sheet.there) this.element.appendChild(sheet.canvas);
    sheet.there = true;
  }

  /** Put it where it belongs while the map shows this centre and zoom; where a zoom is not animated the old one stays where it was on the screen. */
  place(map, center, zoom) {
    const origin = map._getNewPixelOrigin(center, zoom);
    if (zoom === this.zoom) {
      const corner = this.anchor.subtract(origin);
      this._seenAt = map.layerPointToContainerPoint(corner);
      L.DomUtil.setTransform(this.element, corner, 1);
    } else if (map._zoomAnimated) {
      const scale = map.getZoomScale(zoom, this.zoom);
      L.DomUtil.setTransform(this.element, this.anchor.multiplyBy(scale).subtract(origin), scale);
    } else {
      L.DomUtil.setTransform(this.element, map.containerPointToLayerPoint(this._seenAt), 1);
    }
  }

  /** Away with it. */
  close() {
    for (const [key, sheet] of this._sheets) this._giveBack(key, sheet);
    this.element.remove();
  }

  _giveBack(key, sheet) {
    this._sheets.delete(key);
    sheet.canvas.remove();
    if (this.entire) return;
    const kind = kindOf(sheet.width, sheet.height, this.opaque);
    if (!spare.has(kind)) spare.set(kind, []);
    if (spare.get(kind).length < SPARE) spare.get(kind).push(sheet.canvas);
  }
}

/** @param {Box} box @returns {Box} with so many pixels more on each side */
function grown({ left, top, right, bottom }, by) {
  return { left: left - by, top: top - by, right: right + by, bottom: bottom + by };
}
