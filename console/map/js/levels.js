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

/** @param {?Countdown} clock @param {number} now @param {number} darkFactor @returns {number} until when the level of now stays as it is, epoch seconds */
export function changeAfter(clock, now, darkFactor) {
  if (!clock) return Infinity;
  const { start, due, amber } = clock;
  const span = due - start;
  // A second before: what is asked for then is worked out anew, so no rounding can make it late.
  const changes = span > 0 ? [due - amber * span, due, due + (darkFactor - 1) * span] : [due];
  return Math.min(...changes.map((at) => (at > now ? Math.max(now, at - 1) : Infinity)));
}

/** @param {Countdown} clock @param {number} now @returns {number} whole minutes, negative when overdue */
export function minutesLeft(clock, now) {
  return Math.ceil((clock.due - now) / 60);
}

/**
 * Minutes in figures; from 100 on in hours, from two days on in days.
 * @param {number} minutes
 * @param {{minutes: string, hours: string, days: string}} units texts with {n}
 */
function inUnits(minutes, units) {
  const sign = minutes < 0 ? '−' : '';
  const size = Math.abs(minutes);
  if (size < 100) return units.minutes.replace('{n}', sign + size);
  if (size < 48 * 60) return units.hours.replace('{n}', sign + Math.floor(size / 60));
  return units.days.replace('{n}', sign + Math.floor(size / 1440));
}

/** Minutes as short as a pin needs: "42", "−7", "3h". */
export function figures(minutes, words) {
  return inUnits(minutes, { minutes: '{n}', hours: `{n}${words.hours_mark}`, days: `{n}${words.days_mark}` });
}

/** Minutes with their unit, for a card. */
export function minutesInWords(minutes, words) {
  return inUnits(minutes, words);
}
