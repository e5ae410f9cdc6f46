'use strict';
/** Hatching: slanting lines as a pattern that stays with the land when the map is moved. */

/**
 * @param {CanvasRenderingContext2D} context
 * @param {import('./sprites.js').Sprites} sprites
 * @param {import('./mercator.js').View} view
 * @param {{colour: string, gap: number, width: number}} look
 * @returns {CanvasPattern}
 */
export function hatching(context, sprites, view, { colour, gap, width }) {
  // The tile is a whole number of device pixels: else a seam shows at every edge.
  const edge = Math.max(4, Math.round(gap * Math.SQRT2 * view.dpr));
  const key = `hatch|${colour}|${edge}|${width}`;
  const tile = sprites.get(view.dpr, key, edge / view.dpr, edge / view.dpr, (c) => {
    const half = edge / view.dpr / 2;
    c.strokeStyle = colour;
    c.lineWidth = width;
    c.beginPath();
    for (const shift of [-2 * half, 0, 2 * half]) {
      c.moveTo(-2 * half + shift, 2 * half);
      c.lineTo(2 * half + shift, -2 * half);
    }
    c.stroke();
  });
  const pattern = context.createPattern(tile.canvas, 'repeat');
  const offset = (value) => Math.round((((-value * view.dpr) % edge) + edge) % edge) / view.dpr;
  pattern.setTransform(new DOMMatrix([1 / view.dpr, 0, 0, 1 / view.dpr, offset(view.left), offset(view.top)]));
  return pattern;
}
