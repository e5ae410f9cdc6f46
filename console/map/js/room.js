'use strict';
/** Finds room for a box near its place. Boxes are [left, top, right, bottom] in canvas pixels. */

/** Directions tried in each ring, and how many rings: farther than that the box belongs to nothing. */
const TURNS = 16;
const RINGS = 14;

/** @returns {number[]} the box of this size round (x, y) */
export const boxAt = (x, y, width, height) => [x - width / 2, y - height / 2, x + width / 2, y + height / 2];

/** @returns {number} square pixels that two boxes share */
function shared(a, b) {
  const width = Math.min(a[2], b[2]) - Math.max(a[0], b[0]);
  const height = Math.min(a[3], b[3]) - Math.max(a[1], b[1]);
  return width > 0 && height > 0 ? width * height : 0;
}

/** @returns {boolean} whether the box meets none of these */
export function isFree(box, taken) {
  return !taken.some((other) => shared(box, other) > 0);
}

/** @returns {boolean} whether all of the box is seen; a pixel over the edge does not count */
export function isInside([left, top, right, bottom], frame) {
  return left > frame.left - 1 && top > frame.top - 1 && right < frame.right + 1 && bottom < frame.bottom + 1;
}

/** Shifts to try, nearest first: the place itself, then rings round it, flat as boxes are wide. */
function* shifts(width, height, most) {
  yield [0, 0];
  const step = height * 0.55;
  for (let ring = 1; ring <= RINGS; ring += 1) {
    for (let i = 0; i < TURNS; i += 1) {
      const turn = (2 * Math.PI * i) / TURNS - Math.PI / 2;
      const wide = Math.min(1.6, width / height);
      const shift = [Math.cos(turn) * ring * step * wide, Math.sin(turn) * ring * step];
      if (Math.hypot(...shift) <= most) yield shift;
    }
  }
}

/**
 * @param {{x: number, y: number}} anchor
 * @param {{width: number, height: number}} size
 * @param {{left: number, top: number, right: number, bottom: number}} frame
 * @param {number[][]} taken boxes to keep clear of
 * @param {{kept?: [number, number], most?: number}} [options] `most` pixels away at most; `kept` is where it stood before: kept while that is clear, so that it does not wander
 * @returns {[number, number]} the shift from the anchor; the least bad one where all is full
 */
export function clearPlace(anchor, { width, height }, frame, taken, { kept, most = Infinity } = {}) {
  let best = [0, 0];
  let least = Infinity;
  const cost = ([dx, dy]) => {
    const x = anchor.x + dx;
    const y = anchor.y + dy;
    const box = boxAt(x, y, width, height);
    const outside = width * height - shared(box, [frame.left, frame.top, frame.right, frame.bottom]);
    return taken.reduce((sum, other) => sum + shared(box, other), outside > 1 ? outside * 4 : 0);
  };
  if (kept && cost(kept) === 0) return kept;
  for (const shift of shifts(width, height, most)) {
    const bad = cost(shift);
    if (bad < least) {
      best = shift;
      least = bad;
    }
    if (bad === 0) break;
  }
  return best;
}

/** So often boxes are pushed apart at most: a dozen of them come to rest long before. */
const PUSHES = 80;

/**
 * Push boxes apart until none meets another or a fixed one; each goes the shorter way, away from the
 * other's middle, so that what lay west stays west.
 * @param {{x: number, y: number, width: number, height: number}[]} boxes round their middles; moved in place
 * @param {number[][]} fixed boxes that stay
 */
export function spread(boxes, fixed) {
  const stones = fixed.map(([left, top, right, bottom]) => ({
    x: (left + right) / 2, y: (top + bottom) / 2, width: right - left, height: bottom - top, still: true,
  }));
  const all = [...boxes, ...stones];
  for (let turn = 0; turn < PUSHES; turn += 1) {
    let moved = false;
    boxes.forEach((box, i) => {
      for (const other of all.slice(i + 1)) moved = push(box, other) || moved;
    });
    if (!moved) return;
  }
}

/** @returns {boolean} whether the two met: then they do not now; one that is `still` leaves the way to the other */
function push(a, b) {
  const over = (size, at) => (a[size] + b[size]) / 2 - Math.abs(a[at] - b[at]);
  const [across, down] = [over('width', 'x'), over('height', 'y')];
  if (across <= 0.01 || down <= 0.01) return false;
  const [at, way] = across < down ? ['x', across] : ['y', down];
  const step = (a[at] < b[at] ? -1 : 1) * way;
  a[at] += b.still ? step : step / 2;
  if (!b.still) b[at] -= step / 2;
  return true;
}
