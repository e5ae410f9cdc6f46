'use strict';
/** The pins as Python last told them. One object per id for ever: it is updated, never replaced. */

import { worldX, worldY } from './mercator.js';

const URGENT = 1;
const UNSIGNED = 2;
const SUSPENDED = 4;

/** @param {?number[]} row @returns {?import('./levels.js').Countdown} */
function countdown(row) {
  return row ? { start: row[0], due: row[1], amber: row[2] } : null;
}

/** Fill a case from its row (pins.py `CasePin.row`). */
function caseOf(pin, row) {
  const [, lon, lat, flags, holder, citizen, category, place, state, holderName, apart] = row;
  pin.x = worldX(lon);
  pin.y = worldY(lat);
  pin.urgent = (flags & URGENT) !== 0;
  pin.unsigned = (flags & UNSIGNED) !== 0;
  pin.suspended = (flags & SUSPENDED) !== 0;
  /** Urgent, and nobody has signed it. */
  pin.waits = pin.urgent && pin.unsigned && !pin.suspended;
  // The level is worked out when it is asked for, and kept (layers/cases.js `level`).
  pin.levelFrom = Infinity;
  pin.levelUntil = 0;
  pin.level = 0;
  pin.holder = countdown(holder);
  pin.citizen = countdown(citizen);
  pin.category = category;
  pin.place = place;
  pin.state = state;
  pin.holderName = holderName;
  pin.apart = apart === 1;
}

/** Fill a worker from its row (pins.py `WorkerPin.row`). */
function workerOf(pin, row) {
  const [, lon, lat, seenAt, inspector, onDuty, load, name, note] = row;
  pin.x = worldX(lon);
  pin.y = worldY(lat);
  pin.seenAt = seenAt;
  pin.inspector = inspector === 1;
  pin.onDuty = onDuty === 1;
  pin.load = load;
  pin.name = name;
  pin.note = note;
}

/** Fill a team from its row (pins.py `TeamPin.row`). */
function teamOf(pin, row) {
  const [, lon, lat, name, unit, state] = row;
  pin.x = worldX(lon);
  pin.y = worldY(lat);
  pin.name = name;
  pin.unit = unit;
  pin.state = state;
}

/** Fill a place from its row (pins.py `PlacePin.row`). */
function placeOf(pin, row) {
  const [, lon, lat, place, name, vulnerable] = row;
  pin.x = worldX(lon);
  pin.y = worldY(lat);
  pin.place = place;
  pin.name = name;
  pin.vulnerable = vulnerable === 1;
}

/** Fill a footprint from its row (footprint.py); x is its middle, top its northern edge. */
function footprintOf(pin, row) {
  const [, flat, label, selected] = row;
  pin.ring = [];
  for (let i = 0; i < flat.length; i += 2) pin.ring.push({ x: worldX(flat[i]), y: worldY(flat[i + 1]) });
  const xs = pin.ring.map((point) => point.x);
  const ys = pin.ring.map((point) => point.y);
  pin.x = (Math.min(...xs) + Math.max(...xs)) / 2;
  pin.y = (Math.min(...ys) + Math.max(...ys)) / 2;
  pin.top = Math.min(...ys);
  pin.label = label;
  pin.selected = selected === 1;
}

const FILL = { case: caseOf, worker: workerOf, team: teamOf, place: placeOf, footprint: footprintOf };

/** What can be pointed at (pins.py `Kind`). */
export const KINDS = Object.keys(FILL);

export class Store {
  constructor() {
    /** @type {Object<string, Map<string, object>>} kind → id → pin */
    this.pins = Object.fromEntries(KINDS.map((kind) => [kind, new Map()]));
    /** Raised whenever a kind's pins change place, come or go. */
    this.revision = Object.fromEntries(KINDS.map((kind) => [kind, 0]));
    /** @type {Object<string, {put: (pin: object, moved: boolean) => void, gone: (pin: object) => void, clear: () => void}>} kind → who is told of each pin at once */
    this.watchers = {};
    /** @type {Map<number, number>} index of the grid in grids.bin → open cases */
    this.load = new Map();
    /** Raised when a number of `load` has changed. */
    this.loadRevision = 0;
    /** @type {Map<number, [number, number]>} index of the grid → step of the heat and cases counted */
    this.heat = new Map();
    /** @type {Map<number, number>} index of the grid → hours since the footprint reached it */
    this.hours = new Map();
  }

  /** @param {string} kind @param {Array[]} rows @param {string[]} gone */
  apply(kind, rows, gone) {
    const pins = this.pins[kind];
    const watcher = this.watchers[kind];
    for (const id of gone) {
      const pin = pins.get(id);
      pins.delete(id);
      if (pin && watcher) watcher.gone(pin);
    }
    for (const row of rows) {
      let pin = pins.get(row[0]);
      if (!pin) {
        pin = { kind, id: row[0], mark: null, cell: null };
        pins.set(pin.id, pin);
      }
      const { x, y } = pin;
      FILL[kind](pin, row);
      pin.mark = null;
      if (watcher) watcher.put(pin, pin.x !== x || pin.y !== y);
    }
    this.revision[kind] += 1;
  }

  /** @param {[number, number][]} pairs grid index, count @returns {Map<number, number>} what the changed grids had before */
  applyLoad(pairs) {
    const before = new Map();
    for (const [index, count] of pairs) {
      before.set(index, this.load.get(index) || 0);
      if (count > 0) this.load.set(index, count);
      else this.load.delete(index);
    }
    this.loadRevision += 1;
    return before;
  }

  /** @param {[number, ?[number, number]][]} pairs grid index, step and cases; null for none */
  applyHeat(pairs) {
    for (const [index, found] of pairs) {
      if (found) this.heat.set(index, found);
      else this.heat.delete(index);
    }
  }

  /** @param {[number, number][]} pairs grid index, hours ago; negative for none */
  applyHours(pairs) {
    for (const [index, hours] of pairs) {
      if (hours >= 0) this.hours.set(index, hours);
      else this.hours.delete(index);
    }
  }

  /** Forget everything: Python is about to tell it all again. */
  clear() {
    for (const kind of KINDS) {
      this.pins[kind].clear();
      if (this.watchers[kind]) this.watchers[kind].clear();
      this.revision[kind] += 1;
    }
    this.load.clear();
    this.loadRevision += 1;
    this.hours.clear();
    this.heat.clear();
  }
}
