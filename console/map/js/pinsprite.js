'use strict';
/** The pictures of one case and of a chip of many. */

import { fade } from './colour.js';
import { AMBER, COLOUR, DARK_RED, RED } from './levels.js';
import { drawCircle, drawRing, drawShape, shapeReach } from './shapes.js';
import { FONT, textWidth } from './sprites.js';

/** The ring moves in this many steps: more would not be seen. */
const STEPS = 36;
const FIGURES = `700 14px ${FONT}`;
const RING_GAP = 4;
const RING_WIDTH = 3;

/**
 * @typedef {object} Look
 * @property {number} level
 * @property {number} fraction of the holder's time left, ≤ 0 for no ring
 * @property {boolean} unsigned
 * @property {boolean} selected
 * @property {boolean} lit the bright half of a flash
 * @property {string} minutes figures, '' for none
 */

/** Whether the figures stand inside the shape: only squares have the room. */
function inside(look, size) {
  const roomy = look.level === RED || look.level === DARK_RED;
  return roomy && textWidth(FIGURES, look.minutes) <= size - 4;
}

function figuresInside(context, look, palette) {
  context.font = FIGURES;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillStyle = look.level === DARK_RED ? palette.unsigned : palette.page;
  context.fillText(look.minutes, -0.5, look.level === DARK_RED ? -3 : 1);
}

function figuresBelow(context, look, palette, y) {
  const width = textWidth(FIGURES, look.minutes) + 8;
  context.beginPath();
  context.roundRect(-width / 2, y, width, 18, 4);
  context.fillStyle = fade(palette.page, 0.86);
  context.fill();
  context.font = FIGURES;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillStyle = look.level === DARK_RED ? palette.text : palette[COLOUR[look.level]];
  context.fillText(look.minutes, 0, y + 10);
}

/**
 * @param {import('./sprites.js').Sprites} sprites
 * @param {number} dpr
 * @param {Look} look
 * @param {number} size of the shape
 * @param {Object<string, string>} palette
 */
export function pinSprite(sprites, dpr, look, size, palette) {
  const step = look.fraction > 0 ? Math.ceil(look.fraction * STEPS) : 0;
  const marks = (look.unsigned ? 1 : 0) + (look.selected ? 2 : 0) + (look.lit ? 4 : 0);
  const key = `pin|${look.level}|${step}|${marks}|${look.minutes}|${size}`;
  return sprites.get(dpr, key, 96, 96, (context) => {
    let reach = shapeReach(look.level, size) + 2;
    if (step > 0) {
      reach += RING_GAP;
      drawRing(context, reach, RING_WIDTH, step / STEPS, palette[COLOUR[look.level]], fade(palette.page, 0.9));
    }
    if (look.unsigned) {
      const width = look.lit ? 5 : 2;
      reach += 3 + width / 2;
      drawCircle(context, reach, width + 2, palette.page);
      drawCircle(context, reach, width, palette.unsigned);
    }
    if (look.selected) {
      for (const gap of [4, 8]) {
        drawCircle(context, reach + gap, 4, palette.page);
        drawCircle(context, reach + gap, 2, palette.select);
      }
    }
    drawShape(context, look.level, size, palette);
    if (look.minutes === '') return;
    if (inside(look, size)) figuresInside(context, look, palette);
    else figuresBelow(context, look, palette, reach + (look.selected ? 10 : 3));
  });
}

/**
 * The chip of several cases: the worst level's shape, how many have it, and how many there are.
 * @param {{level: number, worst: number, total: number, unsigned: boolean, hot: boolean}} look
 */
export function chipSprite(sprites, dpr, look, palette) {
  const key = `chip|${look.level}|${look.worst}|${look.total}|${look.unsigned}|${look.hot}`;
  const worst = look.worst < look.total ? String(look.worst) : '';
  const total = String(look.total);
  const parts = [26, worst && textWidth(FIGURES, worst), textWidth(FIGURES, worst ? `/${total}` : total) + 10];
  const width = parts.reduce((sum, part) => sum + (part || 0), 0);
  return sprites.get(dpr, key, width + 8, 36, (context) => {
    const colour = palette[COLOUR[look.level]];
    context.beginPath();
    context.roundRect(-width / 2, -14, width, 28, 14);
    context.lineWidth = 5;
    context.strokeStyle = palette.page;
    context.stroke();
    context.fillStyle = palette.panel;
    context.fill();
    context.lineWidth = look.unsigned ? 2 : 1.5;
    context.strokeStyle = look.unsigned ? palette.unsigned : fade(colour, look.level >= AMBER ? 0.9 : 0.45);
    context.stroke();
    context.save();
    context.translate(-width / 2 + 15, 0);
    drawShape(context, look.level, look.level === DARK_RED ? 18 : 15, palette);
    context.restore();
    context.font = FIGURES;
    context.textAlign = 'left';
    context.textBaseline = 'middle';
    let x = -width / 2 + 27;
    if (worst) {
      context.fillStyle = look.level === DARK_RED ? palette.text : colour;
      context.fillText(worst, x, 1);
      x += parts[1];
    }
    context.fillStyle = worst ? palette.second : palette.text;
    context.fillText(worst ? `/${total}` : total, x, 1);
  });
}
