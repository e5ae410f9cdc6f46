'use strict';
/** Draws named places and seats of units (numbers: layers/places.py). */

import { mix } from '../colour.js';
import { drawCircle } from '../shapes.js';
import { nameBeside } from '../plate.js';
import { boxAt } from '../room.js';
import { FONT, stamp } from '../sprites.js';

/** A tile with the letter of its kind; a vulnerable place has a bright frame. */
export function placeSprite(sprites, dpr, look, size, palette) {
  const key = `place|${look.mark}|${look.vulnerable}|${look.selected}|${size}`;
  return sprites.get(dpr, key, size + 28, size + 28, (context) => {
    if (look.selected) {
      for (const gap of [6, 10]) {
        drawCircle(context, size / 2 + gap, 4, palette.page);
        drawCircle(context, size / 2 + gap, 2, palette.select);
      }
    }
    context.beginPath();
    context.roundRect(-size / 2, -size / 2, size, size, size * 0.2);
    context.lineWidth = 5;
    context.strokeStyle = palette.page;
    context.stroke();
    context.fillStyle = palette.raised;
    context.fill();
    context.lineWidth = look.vulnerable ? 2 : 1.2;
    context.strokeStyle = look.vulnerable ? palette.text : mix(palette.line, palette.second, 0.4);
    context.stroke();
    context.font = `${look.vulnerable ? 700 : 500} ${Math.round(size * 0.7)}px ${FONT}`;
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    context.fillStyle = look.vulnerable ? palette.text : palette.second;
    context.fillText(look.mark, 0, 1);
  });
}

export class PlacesLayer {
  /** @param {object} app main.js @param {object} options */
  constructor(app, options) {
    this._app = app;
    this._options = options;
    app.drawers.place = this;
  }

  draw(context, view) {
    const { store, switches, selected } = this._app;
    if (!switches.places) return;
    for (const pin of store.pins.place.values()) {
      const x = pin.x * view.scale - view.left;
      const y = pin.y * view.scale - view.top;
      if (x < -30 || y < -30 || x > view.width + 30 || y > view.height + 30) continue;
      const from = pin.vulnerable ? this._options.vulnerableFrom : this._options.tileFrom;
      context.globalAlpha = this._app.opacity('place', pin.id);
      if (view.zoom >= from || selected.place === pin.id) this.drawAt(context, view, pin, x, y);
      else this._drawDot(context, view, x, y);
    }
    context.globalAlpha = 1;
  }

  drawAt(context, view, pin, x, y) {
    const { config, style, sprites, spots, selected } = this._app;
    const size = this._options.size * style.pinScale;
    const look = { mark: config.strings[`mark_${pin.place}`], vulnerable: pin.vulnerable, selected: selected.place === pin.id };
    stamp(context, view, placeSprite(sprites, view.dpr, look, size, config.palette), x, y);
    spots.add({ x, y, reach: size / 2 + 4, kind: 'place', id: pin.id, order: 0, thing: pin });
    this._app.taken.push(boxAt(x, y, size, size));
  }

  /** Names stand where no pin does; that of the selected place always. */
  drawNames(context, view) {
    const { store, switches, selected, style, config } = this._app;
    if (!switches.places) return;
    const reach = (this._options.size * style.pinScale) / 2;
    for (const pin of store.pins.place.values()) {
      const chosen = selected.place === pin.id;
      if (view.zoom < this._options.namesFrom && !chosen) continue;
      const x = pin.x * view.scale - view.left;
      const y = pin.y * view.scale - view.top;
      if (x < 0 || y < 0 || x > view.width || y > view.height) continue;
      const colour = pin.vulnerable ? config.palette.text : config.palette.second;
      nameBeside(this._app, context, view, [pin.name], { x, y }, chosen ? reach + 11 : reach, chosen, { size: this._options.fontSize * style.typeScale, colour });
    }
  }

  _drawDot(context, view, x, y) {
    const { config, style, sprites } = this._app;
    const size = this._options.dotSize * style.pinScale;
    const sprite = sprites.get(view.dpr, `place-dot|${size}`, size + 4, size + 4, (c) => {
      c.fillStyle = mix(config.palette.line, config.palette.second, 0.35);
      c.fillRect(-size / 2, -size / 2, size, size);
    });
    stamp(context, view, sprite, x, y);
  }
}

export const Layer = PlacesLayer;
