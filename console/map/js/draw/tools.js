'use strict';
/**
 * What each tool does with the pointer. A trace is {points, cursor, pressed}: points as world
 * fractions, cursor where the pointer is. A tool says 'done' when the area is whole.
 */

import { circleRing, simplified } from './measure.js';

const CIRCLE_POINTS = 48;
const LASSO_POINTS = 200;
const POLYGON_POINTS = 200;
/** A trace by hand is not kept finer than this many pixels, nor longer than this many points. */
const LASSO_STEP = 3;
const TRACE_POINTS = 4000;
/** Pixels: nearer than this is the same point. */
const SAME = 5;
/** Pixels round the first point in which a click closes the polygon. */
const CLOSE = 11;
/** Pixels: a smaller circle or loop is a slip of the hand. */
const SLIP = 8;

/** @returns {number} pixels between two points at this scale */
const pixels = (a, b, scale) => Math.hypot(a.x - b.x, a.y - b.y) * scale;

const circle = {
  hint: 'draw_circle',
  down(trace, at) {
    trace.points = [at];
  },
  move(trace) {
    return trace;
  },
  up(trace, at, scale) {
    if (trace.points.length === 1 && pixels(trace.points[0], at, scale) >= SLIP) return 'done';
    trace.points = [];
    return '';
  },
  ring(trace) {
    const [centre] = trace.points;
    return centre && trace.cursor ? circleRing(centre, trace.cursor, CIRCLE_POINTS) : [];
  },
};

const polygon = {
  hint: 'draw_polygon',
  /** A press on the first point closes, and one on the last: the second of a double click. */
  down(trace, at, scale) {
    const { points } = trace;
    const last = points[points.length - 1];
    const again = last !== undefined && pixels(last, at, scale) < SAME;
    if (points.length >= 3 && (again || pixels(points[0], at, scale) <= CLOSE)) return 'done';
    if (points.length < POLYGON_POINTS && !again) points.push(at);
    return '';
  },
  move(trace) {
    return trace;
  },
  up() {
    return '';
  },
  ring(trace, whole) {
    if (whole || !trace.cursor || trace.points.length === 0) return trace.points;
    return [...trace.points, trace.cursor];
  },
};

const lasso = {
  hint: 'draw_lasso',
  down(trace, at) {
    trace.points = [at];
  },
  move(trace, at, scale) {
    const { points, pressed } = trace;
    if (!pressed || points.length === 0 || points.length >= TRACE_POINTS) return;
    if (pixels(points[points.length - 1], at, scale) >= LASSO_STEP) points.push(at);
  },
  up(trace, at, scale) {
    const reach = Math.max(0, ...trace.points.map((point) => pixels(point, trace.points[0], scale)));
    if (trace.points.length >= 3 && reach >= SLIP) return 'done';
    trace.points = [];
    return '';
  },
  ring(trace, whole, scale) {
    return whole ? simplified(trace.points, 1.5 / scale, LASSO_POINTS) : trace.points;
  },
};

export const TOOLS = { circle, polygon, lasso };
