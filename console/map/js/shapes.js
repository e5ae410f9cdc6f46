'use strict';
/** The level shapes (ISO 22324: colour never alone), drawn round the origin. */

import { AMBER, COLOUR, DARK_RED, GREEN, RED, SUSPENDED } from './levels.js';

/** Width of the page-coloured casing that keeps a pin's contrast on any fill. */
const CASING = 2;

function square(context, size, radius) {
  context.beginPath();
  context.roundRect(-size / 2, -size / 2, size, size, radius);
}

function triangle(context, size) {
  const half = size / 2;
  context.beginPath();
  context.moveTo(0, -half * 0.98);
  context.lineTo(half * 1.06, half * 0.82);
  context.lineTo(-half * 1.06, half * 0.82);
  context.closePath();
}

/** Casing first, then the fill: the path is drawn twice. */
function cased(context, palette, colour) {
  context.lineJoin = 'round';
  context.lineWidth = 2 * CASING;
  context.strokeStyle = palette.page;
  context.stroke();
  context.fillStyle = colour;
  context.fill();
}

const DRAW = {
  [GREEN](context, size, palette, colour) {
    context.beginPath();
    context.arc(0, 0, size / 2 + CASING, 0, 2 * Math.PI);
    context.fillStyle = palette.page;
    context.fill();
    context.beginPath();
    context.arc(0, 0, size / 2 - 2, 0, 2 * Math.PI);
    context.lineWidth = 4;
    context.strokeStyle = colour;
    context.stroke();
  },
  [AMBER](context, size, palette, colour) {
    triangle(context, size);
    cased(context, palette, colour);
  },
  [RED](context, size, palette, colour) {
    square(context, size, 3);
    cased(context, palette, colour);
  },
  [DARK_RED](context, size, palette, colour) {
    square(context, size, 3);
    cased(context, palette, palette.unsigned);
    square(context, size - 4, 2);
    context.fillStyle = colour;
    context.fill();
    context.fillStyle = palette.unsigned;
    context.fillRect(-size / 2 + 6, size / 2 - 9, size - 12, 3);
  },
  [SUSPENDED](context, size, palette, colour) {
    context.beginPath();
    context.roundRect(-size / 2, -size / 2, size * 0.38, size, 2);
    context.roundRect(size / 2 - size * 0.38, -size / 2, size * 0.38, size, 2);
    cased(context, palette, colour);
  },
};

/**
 * @param {CanvasRenderingContext2D} context
 * @param {number} level
 * @param {number} size logical pixels
 * @param {Object<string, string>} palette
 */
export function drawShape(context, level, size, palette) {
  DRAW[level](context, size, palette, palette[COLOUR[level]]);
}

/** How far a level's shape reaches from its middle. */
export function shapeReach(level, size) {
  if (level === RED || level === DARK_RED) return size * 0.62;
  return level === AMBER ? size * 0.58 : size / 2;
}

/** A ring from twelve o'clock, clockwise, over a dark track. */
export function drawRing(context, radius, width, fraction, colour, track) {
  context.beginPath();
  context.arc(0, 0, radius, 0, 2 * Math.PI);
  context.lineWidth = width + 2;
  context.strokeStyle = track;
  context.stroke();
  if (fraction <= 0) return;
  context.beginPath();
  context.arc(0, 0, radius, -Math.PI / 2, -Math.PI / 2 + 2 * Math.PI * Math.min(1, fraction));
  context.lineWidth = width;
  context.strokeStyle = colour;
  context.stroke();
}

/** A whole circle line. */
export function drawCircle(context, radius, width, colour) {
  context.beginPath();
  context.arc(0, 0, radius, 0, 2 * Math.PI);
  context.lineWidth = width;
  context.strokeStyle = colour;
  context.stroke();
}
