'use strict';
/** Pictures drawn once and stamped many times, kept by key. */

/** When so many are new, those that have not been asked for since the last time are forgotten. */
const MOST = 800;

export const FONT = '"Noto Sans CJK SC","Microsoft YaHei","PingFang SC",sans-serif';

function make(dpr, width, height, draw) {
  const canvas = new OffscreenCanvas(Math.ceil(width * dpr), Math.ceil(height * dpr));
  const context = canvas.getContext('2d');
  context.setTransform(dpr, 0, 0, dpr, canvas.width / 2, canvas.height / 2);
  draw(context);
  const [across, down] = [canvas.width / dpr, canvas.height / dpr];
  // A bitmap takes a fifth of a canvas's memory.
  return { canvas: canvas.transferToImageBitmap(), width: across, height: down };
}

export class Sprites {
  constructor() {
    this._kept = new Map();
    this._older = new Map();
    this._dpr = 0;
    /** Raised when all pictures are void. */
    this.era = 0;
  }

  /** Forget all pictures: the colours or the words have changed. */
  clear() {
    this._kept.clear();
    this._older.clear();
    this.era += 1;
  }

  /**
   * @param {number} dpr
   * @param {string} key names everything the picture depends on
   * @param {number} width logical pixels
   * @param {number} height
   * @param {(context: CanvasRenderingContext2D) => void} draw origin in the picture's middle
   * @returns {{canvas: ImageBitmap, width: number, height: number}}
   */
  get(dpr, key, width, height, draw) {
    if (dpr !== this._dpr) {
      this.clear();
      this._dpr = dpr;
    }
    const kept = this._kept.get(key);
    if (kept) return kept;
    if (this._kept.size > MOST) {
      this._older = this._kept;
      this._kept = new Map();
    }
    const sprite = this._older.get(key) || make(dpr, width, height, draw);
    this._kept.set(key, sprite);
    return sprite;
  }
}

/** Stamp a sprite with its middle at (x, y), on whole device pixels so that it stays sharp. */
export function stamp(context, view, sprite, x, y) {
  const left = Math.round((x - sprite.width / 2) * view.dpr) / view.dpr;
  const top = Math.round((y - sprite.height / 2) * view.dpr) / view.dpr;
  context.drawImage(sprite.canvas, left, top, sprite.width, sprite.height);
}

const ruler = document.createElement('canvas').getContext('2d');
const widths = new Map();

/** @param {string} font @param {string} text @returns {number} logical pixels */
export function textWidth(font, text) {
  const key = `${font}|${text}`;
  let width = widths.get(key);
  if (width === undefined) {
    if (widths.size > 20000) widths.clear();
    ruler.font = font;
    width = ruler.measureText(text).width;
    widths.set(key, width);
  }
  return width;
}
