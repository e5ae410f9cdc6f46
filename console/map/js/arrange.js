'use strict';
/** Where every case stands at a zoom: alone, in a fan, or in a chip; for a desk and for a wall. */

import { cluster } from './cluster.js';
import { clearPlace } from './room.js';

const NO_FRAME = { left: -Infinity, top: -Infinity, right: Infinity, bottom: Infinity };

/** A chip's box as the layout counts with it. */
const boxAt = (x, y, [width, height]) => [x - width / 2, y - height / 2, x + width / 2, y + height / 2];

/** Numbers of the desk in the sizes of this style. */
function sized(options, style) {
  const grow = ([width, height]) => [width * style.typeScale, height * style.typeScale];
  return { ...options, cell: grow(options.cell), chip: grow(options.chip), apart: options.apart * style.pinScale };
}

const pinBox = (one, scale, reach) => boxAt(one.pin.x * scale + one.dx, one.pin.y * scale + one.dy, [reach * 2, reach * 2]);

const meet = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];

/** Move the chips that would lie under one of these pins; a chip that lies free stays where it is. */
function stepAside(groups, pins, singles, scale, options) {
  const fixed = pins.map((one) => pinBox(one, scale, options.apart));
  const boxes = groups.map((group) => boxAt(group.x * scale, group.y * scale, options.chip));
  const others = singles.map((one) => pinBox(one, scale, options.apart / 2));
  return groups.map((group, i) => {
    if (!fixed.some((box) => meet(box, boxes[i]))) return group;
    const taken = [...fixed, ...others, ...boxes.filter((_, j) => j !== i)];
    const at = { x: group.x * scale, y: group.y * scale };
    const [dx, dy] = clearPlace(at, { width: options.chip[0], height: options.chip[1] }, NO_FRAME, taken);
    boxes[i] = boxAt(at.x + dx, at.y + dy, options.chip);
    return { ...group, x: (at.x + dx) / scale, y: (at.y + dy) / scale };
  });
}

/** On a desk places alone decide; a pin that flashes or is selected never goes into a chip. */
function deskwise(pins, lone, view, options) {
  const alone = (pin) => lone.flashing.has(pin) || pin.id === lone.selected;
  const out = pins.filter(alone).map((pin) => ({ pin, dx: 0, dy: 0 }));
  const { singles, groups } = cluster(pins.filter((pin) => !alone(pin)), view.scale, view.zoom, options);
  // Not for the selected one: a press must move nothing.
  const bright = out.filter((one) => lone.flashing.has(one.pin));
  return { singles: singles.concat(out), groups: stepAside(groups, bright, singles, view.scale, options) };
}

/** On a wall some pins stand out, all else is in chips that make room for them. */
function gathered(pins, lone, view, options) {
  const out = (pin) => pin.apart || lone.flashing.has(pin);
  const first = cluster(pins.filter(out), view.scale, view.zoom, { ...options, crowd: 4 });
  const rest = cluster(pins.filter((pin) => !out(pin)), view.scale, view.zoom, { ...options, crowd: 0, fanFrom: Infinity });
  const taken = first.singles.map((one) => pinBox(one, view.scale, options.apart));
  const groups = [...first.groups, ...rest.groups].map((group) => {
    const at = { x: group.x * view.scale, y: group.y * view.scale };
    const [dx, dy] = clearPlace(at, { width: options.chip[0], height: options.chip[1] }, NO_FRAME, taken);
    taken.push(boxAt(at.x + dx, at.y + dy, options.chip));
    return { ...group, x: (at.x + dx) / view.scale, y: (at.y + dy) / view.scale };
  });
  return { singles: first.singles, groups };
}

/**
 * @param {object[]} pins cases
 * @param {{flashing: Set<object>, selected: ?string}} lone what never goes into a chip
 * @param {import('./mercator.js').View} view
 * @param {import('./style.js').Style} style
 * @param {object} options layers/cases.py
 * @returns {{singles: import('./cluster.js').Single[], groups: import('./cluster.js').Group[]}}
 */
export function arrange(pins, lone, view, style, options) {
  const numbers = sized(options, style);
  return style.gather ? gathered(pins, lone, view, numbers) : deskwise(pins, lone, view, numbers);
}
