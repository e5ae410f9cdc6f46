'use strict';
/** Draws the land: sea, neighbours, districts, lines and names (numbers: layers/areas.py). */

import { fade, mix } from '../colour.js';
import { Placement, trace } from '../geometry.js';

/** Large before small. */
const KINDS = ['districts', 'towns', 'communities'];
/** Width and brightness of the lines along the shore. */
const COAST = [[16, 0.1], [9, 0.2], [4, 0.38]];
/** Pixels outside the canvas from which a name may still reach into it. */
const BEYOND = 240;

export class AreasLayer {
  /** @param {object} app main.js @param {object} options */
  constructor(app, options) {
    this._app = app;
    this._options = options;
  }

  draw(context, view) {
    const { palette } = this._app.config;
    this._graticule(context, view, palette);
    this._land(context, view, 'neighbours', mix(palette.page, palette.panel, 0.5));
    this._lines(context, view, 'neighbours', mix(palette.page, palette.line, 0.35), 1);
    this._coast(context, view, palette);
    this._land(context, view, 'districts', palette.panel);
  }

  drawNames(context, view) {
    const { palette } = this._app.config;
    const { switches } = this._app;
    const options = this._options;
    const soft = mix(palette.panel, palette.line, 0.75);
    if (switches.grids && view.zoom >= options.communityLinesFrom) this._lines(context, view, 'communities', soft, 1 / view.dpr);
    if (switches.towns && view.zoom >= options.townLinesFrom) {
      const near = view.zoom >= options.townLinesBoldFrom;
      this._lines(context, view, 'towns', mix(palette.line, palette.second, near ? 0.25 : 0.08), near ? 1.5 : 1);
    }
    if (switches.districts) this._lines(context, view, 'districts', mix(palette.line, palette.second, 0.55), 2);
    if (!switches.labels || this._app.basemap.named) return;
    const type = this._app.style.typeScale;
    const bearing = this._bearing(view);
    for (const { name, zooms, style } of this._styles(palette)) {
      const depth = KINDS.indexOf(name);
      if (bearing >= 0 && depth > bearing) continue; // inside areas that bear badges: only in the way
      const told = { ...style, size: style.size * type };
      // Beside badges the names of all other areas recede: the badges are the story.
      if (bearing >= 0) Object.assign(told, { weight: 500, colour: mix(palette.line, palette.second, 0.35) });
      this._names(context, view, name, zooms, told);
    }
  }

  /** Names by importance: an earlier one keeps its place, a later one that meets it is left out. */
  _styles(palette) {
    const { switches, config } = this._app;
    const { fontSizes: sizes, districtNames, townNames, communityNames, neighbourNames } = this._options;
    const halo = fade(palette.page, 0.75);
    const spacing = config.strings.lang === 'zh' ? 5 : 1;
    const dim = mix(palette.second, palette.line, 0.2);
    const styles = [
      { name: 'districts', on: switches.districts, zooms: districtNames, style: { size: sizes.district, weight: 700, colour: palette.second, halo, spacing } },
      { name: 'towns', on: switches.towns, zooms: townNames, style: { size: sizes.town, weight: 500, colour: palette.second, halo } },
      { name: 'communities', on: switches.grids, zooms: communityNames, style: { size: sizes.community, colour: dim, halo } },
      { name: 'neighbours', on: true, zooms: neighbourNames, style: { size: sizes.neighbour, colour: mix(palette.line, palette.second, 0.35), halo } },
    ];
    return styles.filter((one) => one.on);
  }

  /** @returns {number} which of the kinds bears badges now, -1 for none */
  _bearing(view) {
    const shown = [...this._app.badges.values()].filter((badge) => view.zoom >= badge.from && view.zoom <= badge.to);
    return KINDS.findIndex((kind) => shown.some((badge) => this._app.geometry[kind]?.codes.includes(badge.code)));
  }

  /** Hair lines every 0.1 or 0.5 degrees, so that the sea is a place and not a hole. */
  _graticule(context, view, palette) {
    const step = view.zoom >= 10.5 ? 0.1 : 0.5;
    const { map } = this._app;
    const northWest = map.unproject([view.left, view.top], view.zoom);
    const southEast = map.unproject([view.left + view.width, view.top + view.height], view.zoom);
    context.beginPath();
    for (let lon = Math.floor(northWest.lng / step) * step; lon < southEast.lng; lon += step) {
      const x = Math.round((lon / 360 + 0.5) * view.scale - view.left) + 0.5;
      context.moveTo(x, 0);
      context.lineTo(x, view.height);
    }
    for (let lat = Math.floor(southEast.lat / step) * step; lat < northWest.lat; lat += step) {
      const y = Math.round(map.project([lat, 0], view.zoom).y - view.top) + 0.5;
      context.moveTo(0, y);
      context.lineTo(view.width, y);
    }
    context.lineWidth = 1;
    context.strokeStyle = mix(palette.page, palette.panel, 0.55);
    context.stroke();
  }

  /** Three widening lines under the land, as charts draw a shore. */
  _coast(context, view, palette) {
    const layer = this._app.geometry.districts;
    if (!layer) return;
    const at = new Placement(layer, view);
    context.beginPath();
    for (let i = 0; i < layer.codes.length; i += 1) if (at.sees(layer, i, view, COAST[0][0])) trace(context, layer, i, at);
    context.lineJoin = 'round';
    for (const [width, share] of COAST) {
      context.lineWidth = width;
      context.strokeStyle = mix(palette.page, palette.line, share);
      context.stroke();
    }
  }

  _land(context, view, name, fill) {
    const layer = this._app.geometry[name];
    if (!layer) return;
    const at = new Placement(layer, view);
    context.beginPath();
    for (let i = 0; i < layer.codes.length; i += 1) if (at.sees(layer, i, view)) trace(context, layer, i, at);
    context.fillStyle = fill;
    context.fill('evenodd');
  }

  /** One path for each area: strokes of one huge path take ten times as long. */
  _lines(context, view, name, colour, width) {
    const layer = this._app.geometry[name];
    if (!layer) return;
    const at = new Placement(layer, view);
    context.lineJoin = 'round';
    context.lineWidth = width;
    context.strokeStyle = colour;
    for (let i = 0; i < layer.codes.length; i += 1) {
      if (!at.sees(layer, i, view)) continue;
      context.beginPath();
      trace(context, layer, i, at);
      context.stroke();
    }
  }

  _names(context, view, name, [from, to], style) {
    const layer = this._app.geometry[name];
    if (!layer || view.zoom < from || view.zoom > to) return;
    const { labels, config, badges } = this._app;
    const at = new Placement(layer, view);
    for (let i = 0; i < layer.codes.length; i += 1) {
      const badge = badges.get(layer.codes[i]);
      if (badge && view.zoom >= badge.from && view.zoom <= badge.to) continue;
      const own = config.strings.lang === 'zh' ? layer.names[i] : '';
      const text = config.names[layer.codes[i]] || own;
      const [x, y] = at.label(layer, i);
      if (text && x > -BEYOND && y > -BEYOND && x < view.width + BEYOND && y < view.height + BEYOND) {
        labels.put(context, `${name}|${i}`, [text], x, y, style);
      }
    }
  }
}

export const Layer = AreasLayer;
