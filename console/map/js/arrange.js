'use strict';
/** Where every case stands at a zoom: alone, in a fan, or in a chip of near ones or of an area; for a desk and for a wall. */

import { Group, cluster, clusterCells } from './cluster.js';
import { boxAt, clearPlace, isFree, spread } from './room.js';

const NO_FRAME = { left: -Infinity, top: -Infinity, right: Infinity, bottom: Infinity };

/** Chip widths that a chip steps aside at most, on a desk and on a wall: farther away it would lie about its place. */
const ASIDE_DESK = 0.5;
const ASIDE_WALL = 1;

/** Numbers of the desk (layers/cases.py) in the sizes of this style. */
export function sized(options, style) {
  const grow = ([width, height]) => [width * style.typeScale, height * style.typeScale];
  const { cell, chip, areaChip, apart } = options;
  return { ...options, cell: grow(cell), chip: grow(chip), areaChip: grow(areaChip), apart: apart * style.pinScale };
}

/** A pin's box, `reach` pixels to each side. */
const pinBox = (one, scale, reach) => boxAt(one.pin.x * scale + one.dx, one.pin.y * scale + one.dy, reach * 2, reach * 2);

/** The chip moved to where it is clear of `taken`, or as clear as `most` pixels allow. */
function moved(group, scale, [width, height], frame, taken, most) {
  const at = { x: group.x * scale, y: group.y * scale };
  const [dx, dy] = clearPlace(at, { width, height }, frame, taken, { most });
  const there = { x: at.x + dx, y: at.y + dy };
  const place = { x: there.x / scale, y: there.y / scale };
  return { box: boxAt(there.x, there.y, width, height), group: new Group(place, group.cell, group.joined) };
}

/** Move the chips that would lie under one of these pins; a chip that lies free stays where it is. */
function stepAside(groups, pins, singles, scale, options) {
  if (pins.length === 0) return groups;
  const fixed = pins.map((one) => pinBox(one, scale, options.apart));
  const others = singles.map((one) => pinBox(one, scale, options.apart / 2));
  const boxes = groups.map((group) => boxAt(group.x * scale, group.y * scale, ...options.chip));
  return groups.map((group, i) => {
    if (isFree(boxes[i], fixed)) return group;
    const taken = [...fixed, ...others, ...boxes.filter((_, j) => j !== i)];
    const there = moved(group, scale, options.chip, NO_FRAME, taken, ASIDE_DESK * options.chip[0]);
    boxes[i] = there.box;
    return there.group;
  });
}

/**
 * On a desk places alone decide; a pin that flashes or is selected never goes into a chip.
 * @param {import('./cells.js').Cell[]} cells without such pins
 * @param {object[]} out such pins, the flashing and the selected
 * @param {Set<object>} flashing
 * @returns {{singles: import('./cluster.js').Single[], groups: import('./cluster.js').Group[]}}
 */
export function deskwise(cells, out, flashing, view, numbers) {
  const { singles, groups } = clusterCells(cells, view.scale, view.zoom, numbers);
  const apart = out.map((pin) => ({ pin, dx: 0, dy: 0 }));
  // Not for the selected one: a press must move nothing.
  const bright = apart.filter((one) => flashing.has(one.pin));
  return { singles: singles.concat(apart), groups: stepAside(groups, bright, singles, view.scale, numbers) };
}

/**
 * The same with one chip for each area, where its name would stand; they are pushed apart so that west stays west.
 * @param {import('./cells.js').Cell[]} cells of the areas of `layer` (cells.js `AreaCells`)
 * @param {import('./geometry.js').Layer} layer
 * @param {(code: string) => number} widthOf how wide an area's chip is at least
 */
export function byArea(cells, layer, out, view, numbers, widthOf) {
  const { scale } = view;
  const singles = out.map((pin) => ({ pin, dx: 0, dy: 0 }));
  const groups = cells.map((cell) => areaChip(cell, layer)).sort(bySize);
  const [least, height] = numbers.areaChip;
  const boxes = groups.map(({ x, y, code }) => ({ x: x * scale, y: y * scale, width: Math.max(least, widthOf(code)), height }));
  spread(boxes, singles.map((one) => pinBox(one, scale, numbers.apart)));
  groups.forEach((group, i) => Object.assign(group, { x: boxes[i].x / scale, y: boxes[i].y / scale }));
  return { singles, groups };
}

/** The chip of an area's cell; that of cases in no area stands where the first of them is. */
function areaChip(cell, layer) {
  const { key } = cell;
  const [x, y] = layer.origin;
  const at = key < 0 ? cell.members[0] : { x: layer.labels[2 * key] + x, y: layer.labels[2 * key + 1] + y };
  const group = new Group(at, cell, []);
  group.code = key < 0 ? '' : layer.codes[key];
  return group;
}

/** Large before small; the ids make the order sure. */
const bySize = (a, b) => b.members.length - a.members.length || (a.members[0].id < b.members[0].id ? -1 : 1);

/** Place the chips one by one; one that finds no room near its place joins the nearest that has. */
function settle(groups, taken, frame, scale, chip) {
  const placed = [];
  for (const group of groups) {
    const there = moved(group, scale, chip, frame, taken, ASIDE_WALL * chip[0]);
    const away = (other) => Math.hypot(other.x - group.x, other.y - group.y);
    const home = isFree(there.box, taken) ? null : placed.reduce((best, other) => (best && away(best) <= away(other) ? best : other), null);
    if (home) {
      home.joined.push(...group.members);
    } else {
      placed.push(new Group(there.group, null, [...group.members]));
      taken.push(there.box);
    }
  }
  return placed;
}

/**
 * On a wall some pins stand out; all else is in chips that make room for them and for the badges.
 * @param {object[]} pins cases
 * @param {{flashing: Set<object>, settle: (taken: number[][]) => number[][]}} lone what never goes into
 *   a chip, and what places the badges round such pins (boxes on the canvas)
 * @param {import('./mercator.js').View} view
 * @param {object} options `sized`
 * @returns {{singles: import('./cluster.js').Single[], groups: import('./cluster.js').Group[]}}
 */
export function gathered(pins, lone, view, options) {
  const { scale, zoom, left, top } = view;
  const out = (pin) => pin.apart || lone.flashing.has(pin);
  const first = cluster(pins.filter(out), scale, zoom, { ...options, crowd: 4 });
  const rest = cluster(pins.filter((pin) => !out(pin)), scale, zoom, { ...options, crowd: 0, fanFrom: Infinity });
  const frame = { left: view.frame.left + left, top: view.frame.top + top, right: view.frame.right + left, bottom: view.frame.bottom + top };
  const inFrame = ({ x, y }) => x * scale > frame.left && x * scale < frame.right && y * scale > frame.top && y * scale < frame.bottom;
  const taken = first.singles.map((one) => pinBox(one, scale, options.apart));
  const shifted = ([x0, y0, x1, y1], dx, dy) => [x0 + dx, y0 + dy, x1 + dx, y1 + dy];
  const badges = lone.settle(taken.map((box) => shifted(box, -left, -top)));
  taken.push(...badges.map((box) => shifted(box, left, top)));
  const chips = [...first.groups.sort(bySize), ...rest.groups.sort(bySize)].filter(inFrame);
  return { singles: first.singles, groups: settle(chips, taken, frame, scale, options.chip) };
}
