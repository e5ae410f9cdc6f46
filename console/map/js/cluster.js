'use strict';
/**
 * Which pins stand alone and which share a chip. Cells are fixed to the world at a zoom, so
 * panning changes nothing; only places matter, never levels, so nothing jumps when a minute passes.
 */

import { COLUMN, Cells } from './cells.js';

/**
 * @typedef {{x: number, y: number, id: string}} Point world fractions
 * @typedef {{pin: Point, dx: number, dy: number}} Single offset in pixels, for a fan
 */

/** A chip: the members of one cell or none, and others that have joined it. */
export class Group {
  /** @param {{x: number, y: number}} at world fractions of the chip's middle @param {?import('./cells.js').Cell} cell @param {Point[]} joined */
  constructor({ x, y }, cell, joined) {
    this.x = x;
    this.y = y;
    this.cell = cell;
    this.joined = joined;
    /** The area that the chip stands for, '' for none. */
    this.code = '';
  }

  /** @returns {Point[]} */
  get members() {
    if (!this.cell) return this.joined;
    return this.joined.length > 0 ? [...this.cell.members, ...this.joined] : this.cell.members;
  }
}

/** Whether any two lie nearer than `apart` pixels. */
function tooNear(members, scale, apart) {
  for (let i = 0; i < members.length; i += 1) {
    for (let j = i + 1; j < members.length; j += 1) {
      const away = Math.hypot(members[i].x - members[j].x, members[i].y - members[j].y) * scale;
      if (away < apart) return true;
    }
  }
  return false;
}

/** The members in the order of their ids. */
function inOrder(cell) {
  if (!cell.sorted) cell.members.sort((a, b) => (a.id < b.id ? -1 : 1));
  cell.sorted = true;
  return cell.members;
}

/** Pixels between a chip and the edge of its cell at least. */
const AIR = 2;

/** The members' middle, kept so far inside their cell that neighbouring chips never touch. */
function middle(members, scale, { cell, chip }) {
  let x = 0;
  let y = 0;
  for (const member of members) {
    x += (member.x * scale) / members.length;
    y += (member.y * scale) / members.length;
  }
  const keep = (value, size, room) => {
    const inset = Math.min(size / 2, room / 2 + AIR);
    const low = Math.floor(value / size) * size;
    return Math.min(Math.max(value, low + inset), low + size - inset);
  };
  return { x: keep(x, cell[0], chip[0]) / scale, y: keep(y, cell[1], chip[1]) / scale };
}

/** Pins on one spot, spread into a ring in the order of their ids. */
function fan(members) {
  const radius = Math.max(30, (members.length * 44) / (2 * Math.PI));
  return members.map((pin, i) => {
    const turn = (i / members.length) * 2 * Math.PI - Math.PI / 2;
    return { pin, dx: Math.cos(turn) * radius, dy: Math.sin(turn) * radius };
  });
}

/** The eight cells round a cell. */
const AROUND = [-1, 0, 1].flatMap((dc) => [-1, 0, 1].map((dr) => dc * COLUMN + dr)).filter((step) => step !== 0);

/** The chip of a whole cell. @returns {Group} */
function chipOf(cell, scale, options) {
  cell.middle = cell.middle || middle(cell.members, scale, options);
  return new Group(cell.middle, cell, []);
}

/**
 * Pins of neighbouring cells that would cover each other or a chip join that cell's chip.
 * @param {Map<number, Point[]>} alone cell → pins that stand for themselves; pins are taken out of it
 * @param {Map<number, Group>} groups cell → its chip; chips are put in
 */
function joinNeighbours(alone, groups, scale, options) {
  const { apart, chip } = options;
  const near = (a, b) => Math.hypot(a.x - b.x, a.y - b.y) * scale < apart;
  const covered = (pin, group) =>
    Math.abs(pin.x - group.x) * scale < chip[0] / 2 + apart / 3 && Math.abs(pin.y - group.y) * scale < chip[1] / 2 + apart / 3;
  const keys = [...alone.keys()].sort((a, b) => a - b);
  let changed = true;
  while (changed) {
    changed = false;
    for (const key of keys) {
      for (const pin of [...alone.get(key)]) {
        const step = AROUND.find((to) => {
          const group = groups.get(key + to);
          if (group) return covered(pin, group);
          const others = alone.get(key + to);
          return others !== undefined && others.some((neighbour) => near(pin, neighbour));
        });
        if (step === undefined) continue;
        const home = key + step;
        if (!groups.has(home)) {
          const members = alone.get(home);
          groups.set(home, new Group(middle(members, scale, options), null, [...members]));
          alone.set(home, []);
        }
        groups.get(home).joined.push(pin);
        alone.set(key, alone.get(key).filter((other) => other !== pin));
        changed = true;
      }
      // What is left beside a chip of its own cell belongs into it.
      if (groups.has(key) && alone.get(key).length > 0) {
        groups.get(key).joined.push(...alone.get(key));
        alone.set(key, []);
      }
    }
  }
}

/**
 * @typedef {object} Options
 * @property {[number, number]} cell pixels; at most one chip stands in a cell
 * @property {number} crowd most pins of a cell that stand for themselves
 * @property {number} apart pixels between pins below which they share a chip
 * @property {[number, number]} chip the chip's size in pixels
 * @property {number} fanFrom zoom from which pins on one spot spread into a ring
 * @property {number} fanMost most pins of a ring
 *
 * @param {Iterable<import('./cells.js').Cell>} cells
 * @param {number} scale pixels of the world's edge
 * @param {number} zoom
 * @param {Options} options
 * @returns {{singles: Single[], groups: Group[]}}
 */
export function clusterCells(cells, scale, zoom, options) {
  const singles = [];
  const alone = new Map();
  const groups = new Map();
  for (const cell of cells) {
    const { key, members } = cell;
    if (members.length <= options.crowd && !tooNear(members, scale, options.apart)) {
      alone.set(key, [...inOrder(cell)]);
    } else if (zoom >= options.fanFrom && members.length <= options.fanMost) {
      singles.push(...fan(inOrder(cell)));
    } else {
      groups.set(key, chipOf(cell, scale, options));
    }
  }
  if (zoom < options.fanFrom) joinNeighbours(alone, groups, scale, options);
  for (const members of alone.values()) for (const pin of members) singles.push({ pin, dx: 0, dy: 0 });
  return { singles, groups: [...groups.values()] };
}

/** The same for pins that are in no cells yet. @param {Iterable<Point>} points */
export function cluster(points, scale, zoom, options) {
  const cells = new Cells(scale, options.cell);
  for (const point of points) cells.put(point);
  for (const cell of cells.all()) inOrder(cell);
  return clusterCells(cells.all(), scale, zoom, options);
}
