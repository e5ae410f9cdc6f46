'use strict';
/** Draws the totals of areas where they hide neither each other nor a pin (numbers: layers/badges.py). */

import { fade } from '../colour.js';
import { Placement } from '../geometry.js';
import { boxAt, clearPlace, isFree, isInside } from '../room.js';
import { drawShape } from '../shapes.js';
import { FONT, stamp, textWidth } from '../sprites.js';

export class BadgesLayer {
  /** @param {object} app main.js @param {object} options */
  constructor(app, options) {
    this._app = app;
    this._options = options;
    app.drawers.badge = this;
    /** @type {Map<string, [number, number]>} code → where it stood last, from its anchor */
    this._kept = new Map();
    this._zoom = null;
    /** Where they stand, in pixels of the world: names keep clear of them. */
    this.boxes = [];
    /** Raised when that changes. */
    this.revision = 0;
  }

  draw(context, view) {
    const { taken } = this._app;
    const placed = this._placed(view, taken);
    this._tell(view, placed);
    for (const { anchor, sprite, x, y } of placed) this._leader(context, anchor, x, y, sprite);
    for (const { sprite, x, y } of placed) stamp(context, view, sprite, x, y);
  }

  /** Names have been placed already: where badges stand otherwise than before, they are placed again in the next frame. */
  _tell(view, placed) {
    const boxes = placed.map(({ sprite, x, y }) => boxAt(Math.round(x + view.left), Math.round(y + view.top), sprite.width, sprite.height));
    if (String(boxes) === String(this.boxes)) return;
    this.boxes = boxes;
    this.revision += 1;
    this._app.surfaces.live.refresh();
  }

  /** Place the badges before any chip is. @param {number[][]} taken boxes of pins @returns {number[][]} boxes of the badges */
  settle(view, taken) {
    return this._placed(view, [...taken]).map(({ sprite, x, y }) => boxAt(x, y, sprite.width, sprite.height));
  }

  /** @param {number[][]} taken boxes to keep clear of; those of the badges are added */
  _placed(view, taken) {
    if (this._zoom !== view.zoom) this._kept.clear();
    this._zoom = view.zoom;
    const placed = [];
    for (const badge of this._app.badges.values()) {
      const anchor = view.zoom >= badge.from && view.zoom <= badge.to ? this._anchor(badge.code, view) : null;
      if (!anchor) continue;
      const found = this._roomFor(badge, view, anchor, taken, placed);
      if (!found) continue;
      this._kept.set(badge.code, found.shift);
      placed.push({ anchor, ...found });
      taken.push(found.box);
    }
    return placed;
  }

  /** The badge whole, or without its name where there is no room for that; null where it would lie on another badge. */
  _roomFor(badge, view, anchor, taken, placed) {
    const others = placed.map(({ box }) => box);
    const ways = [true, false].map((named) => {
      const sprite = this._sprite(badge, view, anchor.size, named);
      const shift = clearPlace(anchor, sprite, view.frame, taken, { kept: this._kept.get(badge.code) });
      const x = anchor.x + shift[0];
      const y = anchor.y + shift[1];
      return { sprite, shift, x, y, box: boxAt(x, y, sprite.width, sprite.height) };
    });
    const whole = ways.filter(({ box }) => isInside(box, view.frame));
    const clear = (found, boxes) => found.find(({ box }) => isFree(box, boxes));
    return clear(whole, taken) || clear(whole, others) || clear(ways.slice(1), others) || null;
  }

  /** @returns {?{x: number, y: number, size: number}} where the area's name would stand, if that is in the frame */
  _anchor(code, view) {
    for (const [name, size] of Object.entries(this._options.fontSizes)) {
      const layer = this._app.geometry[name];
      const i = layer ? layer.codes.indexOf(code) : -1;
      if (i < 0) continue;
      const [x, y] = new Placement(layer, view).label(layer, i);
      const { left, top, right, bottom } = view.frame;
      return x > left && x < right && y > top && y < bottom ? { x, y, size } : null;
    }
    return null;
  }

  _sprite(badge, view, deskSize, named) {
    const { config, style, sprites } = this._app;
    const { palette, names } = config;
    const size = deskSize * style.typeScale;
    const font = `700 ${size}px ${FONT}`;
    const name = named ? names[badge.code] || badge.code : '';
    const shape = badge.level === null ? 0 : size * 0.95;
    const gap = size * 0.35;
    const nameWidth = textWidth(font, name);
    const width = gap + nameWidth + (shape ? gap + shape : 0) + (badge.text ? gap + textWidth(font, badge.text) : 0) + gap;
    const height = size * 1.5;
    const key = `badge|${badge.code}|${name}|${badge.level}|${badge.text}|${size}`;
    return sprites.get(view.dpr, key, width + 4, height + 4, (c) => {
      c.beginPath();
      c.roundRect(-width / 2, -height / 2, width, height, size * 0.25);
      c.fillStyle = fade(palette.page, 0.88);
      c.fill();
      c.lineWidth = Math.max(1, size / 24);
      c.strokeStyle = palette.line;
      c.stroke();
      c.font = font;
      c.textBaseline = 'middle';
      c.textAlign = 'left';
      let x = -width / 2 + gap;
      c.fillStyle = palette.second;
      c.fillText(name, x, size * 0.06);
      x += nameWidth + gap;
      if (shape) {
        c.save();
        c.translate(x + shape / 2, 0);
        // Shapes are made for about 24 pixels: grown, their casing and bars grow with them.
        c.scale(shape / 28, shape / 28);
        drawShape(c, badge.level, 26, palette);
        c.restore();
        x += shape + gap;
      }
      c.fillStyle = palette.text;
      c.fillText(badge.text, x, size * 0.06);
    });
  }

  /** A thin line to the area when the badge had to stand far from its place. */
  _leader(context, anchor, x, y, sprite) {
    if (Math.abs(x - anchor.x) < sprite.width / 2 && Math.abs(y - anchor.y) < sprite.height / 2) return;
    const { palette } = this._app.config;
    context.beginPath();
    context.moveTo(anchor.x, anchor.y);
    context.lineTo(x, y);
    context.lineWidth = Math.max(1, anchor.size / 10) * this._app.style.typeScale * 0.6;
    context.strokeStyle = fade(palette.second, 0.7);
    context.stroke();
    context.beginPath();
    context.arc(anchor.x, anchor.y, context.lineWidth * 2, 0, 2 * Math.PI);
    context.fillStyle = palette.second;
    context.fill();
  }
}

export const Layer = BadgesLayer;
