'use strict';
/** The pictures of one case and of a chip of many. */

import { fade } from './colour.js';
import { AMBER, COLOUR, DARK_RED, RED } from './levels.js';
import { drawCircle, drawRing, drawShape, shapeReach } from './shapes.js';
import { FONT, textWidth } from './sprites.js';

/** The ring moves in this many steps: more would not be seen. */
const STEPS = 36;
const FIGURES = `700 14px ${FONT}`;
const AREA_NAME = `600 16px ${FONT}`;
/** Width of the largest sprite on the desk. */
const EDGE = 96;
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

/** Figures written from the left edge of their picture or, with a plate behind them, in its middle. */
function figuresSprite(sprites, dpr, text, colour, scale, plate = '') {
  const room = plate ? 8 : 2;
  const width = textWidth(FIGURES, text) + room;
  return sprites.get(dpr, `figures|${text}|${colour}|${scale}|${plate}`, width * scale, 20 * scale, (context) => {
    context.scale(scale, scale);
    if (plate) {
      context.beginPath();
      context.roundRect(-width / 2, -10, width, 18, 4);
      context.fillStyle = plate;
      context.fill();
    }
    context.font = FIGURES;
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    context.fillStyle = colour;
    context.fillText(text, 0, 0);
  });
}

/** The minutes of one case, inside its shape or below it. */
function putMinutes(whole, sprites, dpr, look, size, scale, palette) {
  const dark = look.level === DARK_RED;
  if (inside(look, size)) {
    const sprite = figuresSprite(sprites, dpr, look.minutes, dark ? palette.unsigned : palette.page, scale);
    whole.put(sprite, -0.5 * scale, (dark ? -3 : 1) * scale);
    return;
  }
  const below = figuresSprite(sprites, dpr, look.minutes, dark ? palette.text : palette[COLOUR[look.level]], scale, fade(palette.page, 0.86));
  whole.put(below, 0, (reachOf(look, size).whole + (look.selected ? 10 : 3) + 10) * scale);
}

/** Radii of a pin's rings; `whole` is the outermost but for the selection's. */
function reachOf(look, size) {
  const shape = shapeReach(look.level, size) + 2;
  const ring = look.fraction > 0 ? shape + RING_GAP : shape;
  const width = look.lit ? 5 : 2;
  return { ring, width, whole: look.unsigned ? ring + 3 + width / 2 : ring };
}

/** One case without its minutes. */
function bodySprite(sprites, dpr, look, size, scale, palette) {
  const step = look.fraction > 0 ? Math.ceil(look.fraction * STEPS) : 0;
  const marks = (look.unsigned ? 1 : 0) + (look.selected ? 2 : 0) + (look.lit ? 4 : 0);
  const key = `pin|${look.level}|${step}|${marks}|${size}|${scale}`;
  const { ring, width, whole } = reachOf(look, size);
  const edge = 2 * (whole + (look.selected ? 12 : 6)) * scale;
  return sprites.get(dpr, key, edge, edge, (context) => {
    context.scale(scale, scale);
    if (step > 0) drawRing(context, ring, RING_WIDTH, step / STEPS, palette[COLOUR[look.level]], fade(palette.page, 0.9));
    if (look.unsigned) {
      drawCircle(context, whole, width + 2, palette.page);
      drawCircle(context, whole, width, palette.unsigned);
    }
    if (look.selected) {
      for (const gap of [4, 8]) {
        drawCircle(context, whole + gap, 4, palette.page);
        drawCircle(context, whole + gap, 2, palette.select);
      }
    }
    drawShape(context, look.level, size, palette);
  });
}

/**
 * @param {import('./sprites.js').Sprites} sprites
 * @param {number} dpr
 * @param {Look} look
 * @param {number} size of the shape on the desk
 * @param {number} scale what everything is multiplied by
 * @param {Object<string, string>} palette
 */
export function pinSprite(sprites, dpr, look, size, scale, palette) {
  const body = bodySprite(sprites, dpr, look, size, scale, palette);
  if (look.minutes === '') return body;
  const key = `timed|${look.level}|${Math.ceil(look.fraction * STEPS)}|${look.unsigned}|${look.selected}|${look.lit}|${look.minutes}|${size}|${scale}`;
  return sprites.compose(dpr, key, EDGE * scale, EDGE * scale, (whole) => {
    whole.put(body, 0, 0);
    putMinutes(whole, sprites, dpr, look, size, scale, palette);
  });
}

/** Levels from the worst to the least, as a chip's bar shows them. */
const WORST_FIRST = [4, 3, 2, 1, 0];

/**
 * How many of each level, as parts of a bar: every level that is there can be seen.
 * @returns {[string, number, number, number, number][]} colour, left, top, width, height
 */
function levelBars(counts, width, palette) {
  const there = WORST_FIRST.filter((level) => counts[level] > 0);
  const total = counts.reduce((sum, count) => sum + count, 0);
  const least = 4;
  const spare = width - there.length * least - (there.length - 1);
  const bars = [];
  let x = -width / 2;
  for (const level of there) {
    const part = least + (spare * counts[level]) / total;
    // Too dark for a panel: never without its white outline.
    if (level === DARK_RED) bars.push([palette.unsigned, x - 1, 8, part + 2, 5]);
    bars.push([palette[COLOUR[level]], x, 9, part, 3]);
    x += part + 1;
  }
  return bars;
}

/** Pixels that an unsigned count reaches beyond its chip's corner. */
const OVER = 9;

/** A chip's box: page casing, panel, and a line in the worst level's colour, white where an urgent one is unsigned. */
function chipBox(context, look, left, top, width, height, palette) {
  context.beginPath();
  context.roundRect(left, top, width, height, 8);
  context.lineWidth = 5;
  context.strokeStyle = palette.page;
  context.stroke();
  context.fillStyle = palette.panel;
  context.fill();
  context.lineWidth = look.unsigned ? 2 : 1.5;
  const line = look.level === DARK_RED ? palette.red : palette[COLOUR[look.level]];
  context.strokeStyle = look.unsigned ? palette.unsigned : fade(line, look.level >= AMBER ? 0.9 : 0.45);
  context.stroke();
  if (look.unsigned) unsignedCount(context, String(look.unsigned), left + width - 2, top + 1, palette);
}

/** How many urgent ones nobody has signed: no chip may hide them. */
function unsignedCount(context, figures, x, y, palette) {
  const width = Math.max(18, textWidth(FIGURES, figures) + 10);
  context.beginPath();
  context.roundRect(x - width / 2, y - 9, width, 18, 9);
  context.lineWidth = 3;
  context.strokeStyle = palette.page;
  context.stroke();
  context.fillStyle = palette.unsigned;
  context.fill();
  context.font = FIGURES;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillStyle = palette.page;
  context.fillText(figures, x, y + 1);
}

/** What stands in a chip: the worst level's count only where that level asks for something, and how many there are. */
function chipWords({ counts, level }) {
  const sum = counts.reduce((all, count) => all + count, 0);
  const worst = level >= AMBER && counts[level] < sum ? String(counts[level]) : '';
  const total = worst ? `/${sum}` : String(sum);
  return { worst, total, bar: counts.filter((count) => count > 0).length > 1, width: 27 + textWidth(FIGURES, worst) + textWidth(FIGURES, total) };
}

/** The worst level's shape at a chip's left. */
function chipShape(context, level, words, width, palette) {
  context.save();
  context.translate(-width / 2 + 15, words.bar ? -2 : 0);
  drawShape(context, level, level === DARK_RED ? 18 : 15, palette);
  context.restore();
}

/** Shape, counts and bar, `width` wide round the origin. */
function chipInside(context, { level, counts }, words, width, palette) {
  const y = words.bar ? -2 : 0;
  chipShape(context, level, words, width, palette);
  for (const [colour, ...box] of words.bar ? levelBars(counts, width - 12, palette) : []) {
    context.fillStyle = colour;
    context.fillRect(...box);
  }
  context.font = FIGURES;
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  const x = -width / 2 + 27;
  if (words.worst) {
    context.fillStyle = level === DARK_RED ? palette.text : palette[COLOUR[level]];
    context.fillText(words.worst, x, y + 1);
  }
  context.fillStyle = words.worst ? palette.second : palette.text;
  context.fillText(words.total, x + textWidth(FIGURES, words.worst), y + 1);
}

/** A chip without its figures and its bar. */
function plateSprite(sprites, dpr, { level, unsigned }, words, width, scale, palette) {
  const room = unsigned ? OVER : 0;
  const key = `chip|${level}|${unsigned}|${words.bar}|${width}|${scale}`;
  return sprites.get(dpr, key, (width + 8 + 2 * room) * scale, (36 + 2 * room) * scale, (context) => {
    context.scale(scale, scale);
    chipBox(context, { level, unsigned }, -width / 2, -14, width, 28, palette);
    chipShape(context, level, words, width, palette);
  });
}

/**
 * The chip of several cases: the worst level's shape, how many have it and how many there are,
 * a bar with a part for each level, and the count of urgent ones that nobody has signed.
 * @param {{level: number, counts: number[], unsigned: number}} look
 */
export function chipSprite(sprites, dpr, look, scale, palette) {
  const { level, counts, unsigned } = look;
  const words = chipWords(look);
  // Whole pixels: few widths, so few plates.
  const width = Math.ceil(words.width + 9);
  const key = `${level}|${counts}|${unsigned}|${scale}`;
  const plate = plateSprite(sprites, dpr, look, words, width, scale, palette);
  return sprites.compose(dpr, key, plate.width, plate.height, (whole) => {
    whole.put(plate, 0, 0);
    for (const [colour, ...box] of words.bar ? levelBars(counts, width - 12, palette) : []) whole.bar(colour, ...box.map((value) => value * scale));
    let x = -width / 2 + 27;
    const figures = (text, colour) => {
      const across = textWidth(FIGURES, text);
      whole.put(figuresSprite(sprites, dpr, text, colour, scale), (x + across / 2) * scale, (words.bar ? -1 : 1) * scale);
      x += across;
    };
    if (words.worst) figures(words.worst, level === DARK_RED ? palette.text : palette[COLOUR[level]]);
    figures(words.total, words.worst ? palette.second : palette.text);
  });
}

/** @returns {number} logical pixels that an area's chip is wide at least */
export const areaChipWidth = (name) => textWidth(AREA_NAME, name) + 20;

/**
 * The chip of an area: its name above the same.
 * @param {{name: string, level: number, counts: number[], unsigned: number}} look
 */
export function areaChipSprite(sprites, dpr, look, scale, palette) {
  const words = chipWords(look);
  const width = Math.max(words.width + 9, areaChipWidth(look.name));
  const key = `area|${look.name}|${look.level}|${look.counts}|${look.unsigned}|${scale}`;
  const room = look.unsigned ? OVER : 0;
  return sprites.get(dpr, key, (width + 8 + 2 * room) * scale, (60 + 2 * room) * scale, (context) => {
    context.scale(scale, scale);
    chipBox(context, look, -width / 2, -26, width, 52, palette);
    context.font = AREA_NAME;
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    context.fillStyle = palette.text;
    context.fillText(look.name, 0, -12);
    context.translate(0, 11);
    chipInside(context, look, words, words.width + 9, palette);
  });
}
