'use strict';
/** Elements with text; text goes in as text, never as markup. */

/**
 * @param {string} tag
 * @param {string} name class
 * @param {?Element} parent
 * @param {string} [text]
 */
export function element(tag, name, parent, text) {
  const made = document.createElement(tag);
  made.className = name;
  if (text !== undefined) made.textContent = text;
  if (parent) parent.append(made);
  return made;
}

/**
 * A box on the map that keeps the pointer to itself.
 * @param {object} app main.js
 * @param {string} name class
 */
export function control(app, name) {
  const box = element('div', `baton-control ${name}`, app.map.getContainer());
  L.DomEvent.disableClickPropagation(box);
  L.DomEvent.disableScrollPropagation(box);
  return box;
}

/**
 * A small canvas with a picture in its middle, for legend and card.
 * @param {Element} parent
 * @param {number} width logical pixels
 * @param {number} height
 * @param {(context: CanvasRenderingContext2D) => void} draw
 */
export function picture(parent, width, height, draw) {
  const canvas = element('canvas', 'baton-picture', parent);
  const dpr = window.devicePixelRatio || 1;
  canvas.width = Math.round(width * dpr);
  canvas.height = Math.round(height * dpr);
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  const context = canvas.getContext('2d');
  context.setTransform(dpr, 0, 0, dpr, canvas.width / 2, canvas.height / 2);
  draw(context);
  return canvas;
}
