'use strict';
/** Levels and minutes of a countdown: the same rule as domain/clock.py, run every second in the page. */

export const SUSPENDED = 0;
export const GREEN = 1;
export const AMBER = 2;
export const RED = 3;
export const DARK_RED = 4;

/** Level → its colour's name in the palette. */
export const COLOUR = ['suspended', 'green', 'amber', 'red', 'dark_red'];

/**
 * @typedef {{start: number, due: number, amber: number}} Countdown epoch seconds; fraction
 */

/** @param {Countdown} clock @param {number} now @returns {number} 1 at the start, negative after the deadline */
export function fractionLeft(clock, now) {
  const span = clock.due - clock.start;
  const left = clock.due - now;
  if (span > 0) return left / span;
  return left > 0 ? 1 : -1;
}

/** @param {?Countdown} clock @param {number} now @param {number} darkFactor @returns {number} level */
export function levelOf(clock, now, darkFactor) {
  if (!clock) return GREEN;
  const left = fractionLeft(clock, now);
  if (left > clock.amber) return GREEN;
  if (left > 0) return AMBER;
  return left <= 1 - darkFactor ? DARK_RED : RED;
}

/** @param {Countdown} clock @param {number} now @returns {number} whole minutes, negative when overdue */
export function minutesLeft(clock, now) {
  return Math.ceil((clock.due - now) / 60);
}

/**
 * Minutes in figures; from 100 on in hours, from two days on in days.
 * @param {number} minutes
 * @param {{hours_mark: string, days_mark: string}} words
 */
export function figures(minutes, words) {
  const sign = minutes < 0 ? '−' : '';
  const size = Math.abs(minutes);
  if (size < 100) return sign + size;
  if (size < 48 * 60) return sign + Math.floor(size / 60) + words.hours_mark;
  return sign + Math.floor(size / 1440) + words.days_mark;
}
