'use strict';
/** Puts the page together: folium's map, the canvases, the layers it declared, and Python's messages. */

import { BEATS, Clock } from './clock.js';
import { Attribution } from './controls/attribution.js';
import { Legend } from './controls/legend.js';
import { Scale } from './controls/scale.js';
import { Switches } from './controls/switches.js';
import { ZoomButtons } from './controls/zoom.js';
import { Pen } from './draw/pen.js';
import { Flash } from './flash.js';
import { boxOf, boxOfAll, featureAt, fetchLayer } from './geometry.js';
import { Gestures } from './gestures.js';
import { Heat } from './heat.js';
import { Hover } from './hover.js';
import { worldX, worldY } from './mercator.js';
import { Messages } from './messages.js';
import { Spots } from './spatial.js';
import { Sprites } from './sprites.js';
import { KINDS, Store } from './store.js';
import { Style } from './style.js';
import { Surface } from './surface.js';
import { Targets } from './targets.js';
import { tell } from './wire.js';

const { map, layers } = window.baton;
/** Seconds of the quick movements; SCREENS allows 0.2 at most. */
const MOTION = { animate: true, duration: 0.18 };
const AREAS = ['districts', 'towns', 'communities', 'grids'];

class App {
  /** @param {object} config config.py */
  constructor(config) {
    this.map = map;
    this.config = config;
    this.store = new Store();
    this.clock = new Clock();
    /** Domain time that levels and ages are drawn for, epoch seconds: it moves with each beat. */
    this.now = this.clock.now();
    this.tick = 0;
    /** Raised when the clock has been set: all is looked at again at once. */
    this.hour = 0;
    this.geometry = {};
    this.switches = {
      districts: true, towns: true, grids: true, load: true, cases: true, workers: true, offDuty: false, teams: true,
      places: true, footprints: true, labels: true,
    };
    this.style = new Style();
    this.pen = new Pen(this);
    /** @type {Map<string, {code: string, level: ?number, text: string, from: number, to: number}>} */
    this.badges = new Map();
    this.badgeRevision = 0;
    this.selected = Object.fromEntries(KINDS.map((kind) => [kind, null]));
    this.targets = new Targets();
    this.heat = new Heat();
    this.targetDim = 1;
    this.flash = new Flash();
    /** What fills the frame ('' the whole city, or an area's code) until somebody moves the map. */
    this.framed = '';
    this.spots = new Spots();
    /** Boxes on the live canvas that badges keep clear of: [left, top, right, bottom]. */
    this.taken = [];
    this.sprites = new Sprites();
    /** Kind of pin → the layer that can draw one anywhere. */
    this.drawers = {};
    this.surfaces = {
      base: new Surface({ pane: 'tilePane', atOnce: 2, kept: 3, ground: () => this.config.palette.page, peers: () => [this.surfaces.live] }, () => {}),
      live: new Surface({ pane: 'overlayPane', entire: () => this.crowded, peers: () => [this.surfaces.base] }, (view, marks) => {
        this.spots.begin(view, marks);
        this.taken = [];
      }),
    };
  }

  /** Part of a second has passed (clock.js `BEATS`). */
  beat() {
    this.tick += 1;
    this.now = this.clock.now();
  }

  /** Python has set the clock. */
  setClock(epoch, rate) {
    this.clock.set(epoch, rate);
    this.hour += 1;
    this.beat();
  }

  /** @returns {boolean} whether something lives on the map whose place depends on the frame or on other things' */
  get crowded() {
    const { team, place, footprint } = this.store.pins;
    const named = team.size + place.size + footprint.size + this.badges.size;
    return named > 0 || this.targets.active || this.pen.tool !== null || this.style.gather;
  }

  /** @param {L.Point} containerPoint @returns {?import('./spatial.js').Spot} */
  at(containerPoint) {
    const point = this.surfaces.live.toCanvas(containerPoint);
    return this.spots.find(point.x, point.y);
  }

  /** @returns {string} the code of the grid at a place (WGS 84 degrees), '' outside the city */
  gridAt(lon, lat) {
    const { grids } = this.geometry;
    const i = grids ? featureAt(grids, worldX(lon), worldY(lat)) : -1;
    return i < 0 ? '' : grids.codes[i];
  }

  /** @returns {number} how strongly to draw it: during a drag what is no target steps back */
  opacity(kind, id) {
    const whole = !this.targets.active || this.targets.has(kind, id) || this.selected[kind] === id;
    return whole ? 1 : this.targetDim;
  }

  /** Colours and words may have changed: everything is drawn anew. */
  dress(config) {
    this.config = config;
    for (const [name, value] of Object.entries(config.palette)) {
      document.documentElement.style.setProperty(`--${name.replace('_', '-')}`, value);
    }
    document.documentElement.lang = config.strings.lang;
    this.sprites.clear();
    for (const part of this.parts) part.fill();
    this.pen.fill();
    this.redraw();
  }

  redraw() {
    this.surfaces.base.redraw();
    this.surfaces.live.redraw();
  }

  /** @param {?number[]} box world fractions: left, top, right, bottom */
  fitBox(box, motion) {
    if (!box) return;
    const corner = (x, y) => map.unproject([x * 256, y * 256], 0);
    map.fitBounds(L.latLngBounds(corner(box[0], box[1]), corner(box[2], box[3])), { padding: [24, 36], ...motion });
  }

  fitCity(motion = MOTION) {
    this.framed = '';
    if (this.geometry.districts) this.fitBox(boxOfAll(this.geometry.districts), motion);
  }

  /** @param {string} code of any area or grid; its geometry may still be on the way (main.js `loadGeometry`) */
  fitArea(code, motion = MOTION) {
    for (const name of AREAS) {
      const box = this.geometry[name] && boxOf(this.geometry[name], code);
      if (box) this.fitBox(box, motion);
    }
    this.framed = code;
  }

  /** Show again what filled the frame: the widget has another size, or more of the land is there. */
  frame() {
    if (this.framed === '') this.fitCity({ animate: false });
    else if (this.framed !== null) this.fitArea(this.framed, { animate: false });
  }

  /** The widget has another size. */
  resized() {
    map.invalidateSize({ animate: false });
    this.frame();
  }

  /** Zoom so far in that a chip's members come apart. */
  open({ group }) {
    const box = [Infinity, Infinity, -Infinity, -Infinity];
    for (const { x, y } of group.members) {
      box[0] = Math.min(box[0], x);
      box[1] = Math.min(box[1], y);
      box[2] = Math.max(box[2], x);
      box[3] = Math.max(box[3], y);
    }
    const corner = (x, y) => map.unproject([x * 256, y * 256], 0);
    const bounds = L.latLngBounds(corner(box[0], box[1]), corner(box[2], box[3]));
    const zoom = Math.max(map.getZoom() + 1, map.getBoundsZoom(bounds, false, L.point(60, 60)));
    map.setView(bounds.getCenter(), Math.min(zoom, map.getMaxZoom()), MOTION);
  }

  sayView() {
    const box = map.getBounds();
    const size = map.getSize();
    tell('viewChanged', box.getWest(), box.getSouth(), box.getEast(), box.getNorth(), map.getZoom(), size.x, size.y, this.framed !== null);
  }
}

/** @param {App} app makes the layers that the Python side declared, in its order */
async function addLayers(app) {
  const modules = await Promise.all(layers.map(({ module }) => import(`./layers/${module}.js`)));
  layers.forEach(({ surface, options }, i) => {
    app.surfaces[surface].layers.push(new modules[i].Layer(app, options));
  });
}

/** The districts first: they are the picture and the frame. */
async function loadGeometry(app) {
  app.geometry.districts = await fetchLayer('districts');
  app.frame();
  app.surfaces.base.redraw();
  await Promise.all(['neighbours', 'towns', 'grids', 'communities'].map(async (name) => {
    app.geometry[name] = await fetchLayer(name);
    if (app.framed) app.frame();
    app.surfaces.base.redraw();
  }));
}

function startClocks(app, hover) {
  const every = 1000 / BEATS;
  const beat = () => {
    app.beat();
    if (app.tick % BEATS === 0) {
      tell('heartbeat');
      hover.refresh();
    }
    app.surfaces.live.refresh();
  };
  // On the quarter second: what flashes turns when everything else on the seat does (flash.js).
  setTimeout(() => setInterval(beat, every), every - (Date.now() % every));
}

/** On a screen of another density everything is drawn anew. */
function watchDensity(app) {
  const same = window.matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`);
  same.addEventListener('change', () => {
    app.dress(app.config);
    for (const surface of Object.values(app.surfaces)) surface.refit();
    watchDensity(app);
  }, { once: true });
}

async function start() {
  const config = await (await fetch('baton://map/config.json')).json();
  // Decided before anything is on the map (surface.js).
  map._zoomAnimated = map._zoomAnimated && config.animated;
  const app = new App(config);
  await addLayers(app);
  const hover = new Hover(app);
  const legend = new Legend(app);
  app.legend = legend;
  app.parts = [legend, new Scale(app), new Switches(app, () => app.redraw()), new ZoomButtons(app), new Attribution(app)];
  app.surfaces.base.addTo(map);
  app.surfaces.live.addTo(map);
  new Gestures(app, hover);
  new Messages(app, hover);
  app.dress(config);
  window.baton.app = app;
  map.on('moveend', () => app.sayView());
  map.on('movestart zoomstart', () => hover.hide());
  new ResizeObserver(() => app.resized()).observe(map.getContainer());
  watchDensity(app);
  for (const name of ['mousedown', 'wheel', 'keydown']) {
    map.getContainer().addEventListener(name, () => { if (app.style.interactive) app.framed = null; }, true);
  }
  startClocks(app, hover);
  app.sayView();
  tell('ready');
  await loadGeometry(app);
  app.surfaces.base.once('painted', () => requestAnimationFrame(() => tell('landed')));
}

start();
