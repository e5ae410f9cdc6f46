'use strict';
/**
 * Which pins stand alone and which share a chip. Cells are fixed to the world at a zoom, so
 * panning changes nothing; only places matter, never levels, so nothing jumps when a minute passes.
 */

/**
 * @typedef {{x: number, y: number, id: string}} Point world fractions
 * @typedef {{pin: Point, dx: number, dy: number}} Single offset in pixels, for a fan
 * @typedef {{x: number, y: number, members: Point[]}} Group world fractions of the chip's middle
 */

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

/** @returns {Map<number, Point[]>} the pins of each cell that has any */
function byCell(points, scale, cell) {
  const cells = new Map();
  for (const point of points) {
    const column = Math.floor((point.x * scale) / cell[0]);
    const row = Math.floor((point.y * scale) / cell[1]);
    const key = column * 0x4000000 + row;
    const members = cells.get(key);
    if (members) members.push(point);
    else cells.set(key, [point]);
  }
  return cells;
}

/** The members' middle, kept so far inside their cell that neighbouring chips never touch. */
function middle(members, scale, cell) {
  let x = 0;
  let y = 0;
  for (const member of members) {
    x += (member.x * scale) / members.length;
    y += (member.y * scale) / members.length;
  }
  const keep = (value, size, inset) => {
    const low = Math.floor(value / size) * size;
    return Math.min(Math.max(value, low + inset), low + size - inset);
  };
  return { x: keep(x, cell[0], cell[0] / 2 - 4) / scale, y: keep(y, cell[1], cell[1] / 2 - 6) / scale };
}

/** Pins on one spot, spread into a ring in the order of their ids. */
function fan(members) {
  const ordered = [...members].sort((a, b) => (a.id < b.id ? -1 : 1));
  const radius = Math.max(30, (ordered.length * 44) / (2 * Math.PI));
  return ordered.map((pin, i) => {
    const turn = (i / ordered.length) * 2 * Math.PI - Math.PI / 2;
    return { pin, dx: Math.cos(turn) * radius, dy: Math.sin(turn) * radius };
  });
}

/**
 * @param {Iterable<Point>} points
 * @param {number} scale pixels of the world's edge
 * @param {number} zoom
 * @param {{cell: [number, number], crowd: number, apart: number, fanFrom: number, fanMost: number}} options
 * @returns {{singles: Single[], groups: Group[]}}
 */
export function cluster(points, scale, zoom, options) {
  const singles = [];
  const groups = [];
  for (const members of byCell(points, scale, options.cell).values()) {
    const alone = members.length <= options.crowd && !tooNear(members, scale, options.apart);
    if (alone) {
      for (const pin of members) singles.push({ pin, dx: 0, dy: 0 });
    } else if (zoom >= options.fanFrom && members.length <= options.fanMost) {
      singles.push(...fan(members));
    } else {
      groups.push({ ...middle(members, scale, options.cell), members });
    }
  }
  return { singles, groups };
}
