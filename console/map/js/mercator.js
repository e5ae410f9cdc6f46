'use strict';
/** Web Mercator as fractions of the world square, as projection.py has it. */

/** Pixels of the world's edge at zoom 0. */
export const TILE = 256;

/** @param {number} lon degrees @returns {number} 0 to 1, eastwards */
export function worldX(lon) {
  return lon / 360 + 0.5;
}

/** @param {number} lat degrees @returns {number} 0 to 1, southwards */
export function worldY(lat) {
  return 0.5 - Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360)) / (2 * Math.PI);
}

/**
 * The part of the world that one canvas shows.
 * @typedef {object} View
 * @property {number} zoom
 * @property {number} scale pixels of the whole world's edge
 * @property {number} left world pixels at the canvas's left edge
 * @property {number} top
 * @property {number} width logical pixels
 * @property {number} height
 * @property {number} dpr device pixels for one logical pixel
 * @property {{left: number, top: number, right: number, bottom: number}} frame the visible part
 */
