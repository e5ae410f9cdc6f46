'use strict';
/** Draws the teams (numbers: layers/teams.py). */

import { drawCircle } from '../shapes.js';
import { nameBeside } from '../plate.js';
import { boxAt } from '../room.js';
import { stamp } from '../sprites.js';

/** A shield: no level and no worker has this outline. */
function shield(context, size) {
  const half = size / 2;
  context.beginPath();
  context.moveTo(-half, -half * 0.85);
  context.lineTo(half, -half * 0.85);
  context.lineTo(half, half * 0.15);
  context.quadraticCurveTo(half * 0.85, half * 0.75, 0, half);
  context.quadraticCurveTo(-half * 0.85, half * 0.75, -half, half * 0.15);
  context.closePath();
}

function head(context, x, size) {
  context.beginPath();
  context.arc(x, -size * 0.16, size * 0.11, 0, 2 * Math.PI);
  context.moveTo(x + size * 0.17, size * 0.22);
  context.arc(x, size * 0.22, size * 0.17, 0, Math.PI, true);
  context.closePath();
  context.fill();
}

/** Two heads in a shield. */
export function teamSprite(sprites, dpr, look, size, palette) {
  return sprites.get(dpr, `team|${look.selected}|${size}`, size + 28, size + 28, (context) => {
    if (look.selected) {
      for (const gap of [5, 9]) {
        drawCircle(context, size / 2 + gap, 4, palette.page);
        drawCircle(context, size / 2 + gap, 2, palette.select);
      }
    }
    shield(context, size);
    context.lineJoin = 'round';
    context.lineWidth = 6;
    context.strokeStyle = palette.page;
    context.stroke();
    context.fillStyle = palette.raised;
    context.fill();
    context.lineWidth = 2;
    context.strokeStyle = palette.text;
    context.stroke();
    context.fillStyle = palette.text;
    head(context, -size * 0.19, size);
    head(context, size * 0.19, size);
  });
}

export class TeamsLayer {
  /** @param {object} app main.js @param {object} options */
  constructor(app, options) {
    this._app = app;
    this._options = options;
    app.drawers.team = this;
  }

  draw(context, view) {
    const { store, switches, targets } = this._app;
    if (!switches.teams) return;
    for (const pin of store.pins.team.values()) {
      if (targets.has('team', pin.id)) continue;
      const x = pin.x * view.scale - view.left;
      const y = pin.y * view.scale - view.top;
      if (x < -30 || y < -40 || x > view.width + 30 || y > view.height + 30) continue;
      context.globalAlpha = this._app.opacity('team', pin.id);
      this.drawAt(context, view, pin, x, y);
    }
    context.globalAlpha = 1;
  }

  drawAt(context, view, pin, x, y) {
    const { config, style, sprites, spots, selected } = this._app;
    const size = this._options.size * style.pinScale;
    const look = { selected: selected.team === pin.id };
    stamp(context, view, teamSprite(sprites, view.dpr, look, size, config.palette), x, y);
    spots.add({ x, y, reach: size / 2 + 4, kind: 'team', id: pin.id, order: 1, thing: pin });
    this._app.taken.push(boxAt(x, y, size, size));
  }

  /** Names stand where no pin does; that of the selected team always. */
  drawNames(context, view) {
    const { store, switches, selected, style } = this._app;
    if (!switches.teams) return;
    const reach = (this._options.size * style.pinScale) / 2;
    for (const pin of store.pins.team.values()) {
      const chosen = selected.team === pin.id;
      if (view.zoom < this._options.namesFrom && !chosen) continue;
      const x = pin.x * view.scale - view.left;
      const y = pin.y * view.scale - view.top;
      if (x < 0 || y < 0 || x > view.width || y > view.height) continue;
      const lines = view.zoom >= this._options.statesFrom && pin.state ? [pin.name, pin.state] : [pin.name];
      nameBeside(this._app, context, view, lines, { x, y }, chosen ? reach + 11 : reach, chosen, { size: this._options.fontSize * style.typeScale });
    }
  }
}

export const Layer = TeamsLayer;
