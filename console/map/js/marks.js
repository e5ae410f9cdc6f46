'use strict';
/** Marks: pictures at places, kept by a surface and compared with those before. */

import { put } from './sprites.js';

/**
 * @typedef {object} Mark
 * @property {string} key what it is: the same mark may change its picture and place
 * @property {import('./sprites.js').Sprite} sprite
 * @property {number} left device pixels of the world at this zoom
 * @property {number} top
 * @property {number} alpha
 * @property {number} x logical pixels of the world: its middle
 * @property {number} y
 * @property {?{reach: number, kind: string, id: string, order: number, thing: object}} spot what the pointer finds there
 */

/**
 * @param {string} key
 * @param {number} x logical pixels of the world at this zoom
 * @param {number} y
 * @returns {Mark} with its middle there, on whole device pixels so that it stays sharp
 */
export function markAt(view, key, sprite, x, y, alpha, spot) {
  return {
    key,
    sprite,
    left: Math.round((x - sprite.width / 2) * view.dpr),
    top: Math.round((y - sprite.height / 2) * view.dpr),
    alpha,
    x,
    y,
    spot,
  };
}

const same = (a, b) => a.sprite === b.sprite && a.left === b.left && a.top === b.top && a.alpha === b.alpha;

/**
 * Add the boxes of all marks that have come, gone or changed.
 * @param {?Map<string, Mark>} before @param {Map<string, Mark>} after in drawing order
 */
export function markBoxes(before, after, view, dirty) {
  const add = ({ left, top, sprite }) => {
    const x = left - view.originX;
    const y = top - view.originY;
    dirty.add(x, y, x + sprite.across, y + sprite.down);
  };
  let kept = 0;
  for (const [key, mark] of after) {
    const was = before && before.get(key);
    if (was) kept += 1;
    if (was === mark || (was && same(was, mark))) continue;
    add(mark);
    if (was) add(was);
  }
  if (!before || kept === before.size) return;
  for (const [key, was] of before) if (!after.has(key)) add(was);
}

/** Stamp the marks that are in sight and, where only parts are drawn, in those. @param {Map<string, Mark>} marks */
export function drawMarks(context, view, marks) {
  const { dirty, originX, originY } = view;
  const right = view.width * view.dpr;
  const bottom = view.height * view.dpr;
  context.setTransform(1, 0, 0, 1, 0, 0);
  let alpha = 1;
  for (const mark of marks.values()) {
    const { across, down } = mark.sprite;
    const x = mark.left - originX;
    const y = mark.top - originY;
    if (x > right || y > bottom || x + across < 0 || y + down < 0) continue;
    if (dirty && !dirty.meets(x, y, x + across, y + down)) continue;
    if (mark.alpha !== alpha) {
      alpha = mark.alpha;
      context.globalAlpha = alpha;
    }
    put(context, mark.sprite, x, y);
  }
  context.globalAlpha = 1;
}
