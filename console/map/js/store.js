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
  const [, lon, lat, flags, holder, citizen, category, place, state] = row;
  pin.x = worldX(lon);
  pin.y = worldY(lat);
  pin.urgent = (flags & URGENT) !== 0;
  pin.unsigned = (flags & UNSIGNED) !== 0;
  pin.suspended = (flags & SUSPENDED) !== 0;
  pin.holder = countdown(holder);
  pin.citizen = countdown(citizen);
  pin.category = category;
  pin.place = place;
  pin.state = state;
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

const FILL = { case: caseOf, worker: workerOf };

export class Store {
  constructor() {
    /** @type {{case: Map<string, object>, worker: Map<string, object>}} */
    this.pins = { case: new Map(), worker: new Map() };
    /** Raised whenever a kind's pins change place, come or go. */
    this.revision = { case: 0, worker: 0 };
    /** @type {Map<number, number>} index of the grid in grids.bin → open cases */
    this.load = new Map();
  }

  /** @param {'case'|'worker'} kind @param {Array[]} rows @param {string[]} gone */
  apply(kind, rows, gone) {
    const pins = this.pins[kind];
    for (const id of gone) pins.delete(id);
    for (const row of rows) {
      let pin = pins.get(row[0]);
      if (!pin) {
        pin = { kind, id: row[0] };
        pins.set(pin.id, pin);
      }
      FILL[kind](pin, row);
    }
    this.revision[kind] += 1;
  }

  /** @param {[number, number][]} pairs grid index, count */
  applyLoad(pairs) {
    for (const [index, count] of pairs) {
      if (count > 0) this.load.set(index, count);
      else this.load.delete(index);
    }
  }

  /** Forget everything: Python is about to tell it all again. */
  clear() {
    this.pins.case.clear();
    this.pins.worker.clear();
    this.load.clear();
    this.revision.case += 1;
    this.revision.worker += 1;
  }
}
