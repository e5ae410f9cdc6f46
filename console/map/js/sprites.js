'use strict';
/** Pictures drawn once and stamped many times, kept by key; some are put together of others. */

/** When so many, or so many pixels, are new, those that have not been asked for since the last time are forgotten. */
const MOST = 800;
/** As many as a screen of 3840×2160 has; a wall's pictures are large, and each count makes another. */
const MOST_PIXELS = 3840 * 2160;
/** The same for what is put together: a list of places, no picture of its own. */
const MOST_COMPOSED = 3000;

export const FONT = '"Noto Sans CJK SC","Microsoft YaHei","PingFang SC",sans-serif';

/**
 * @typedef {object} Sprite
 * @property {?ImageBitmap} canvas null where it is put together
 * @property {Part[]} parts what it is put together of, lowest first; empty where it is one picture
 * @property {number} width logical pixels
 * @property {number} height
 * @property {number} across device pixels
 * @property {number} down
 *
 * @typedef {{sprite: Sprite, x: number, y: number}|{colour: string, x: number, y: number, across: number, down: number}} Part
 *   a picture or a bar of one colour; x, y of its left upper corner in device pixels from the whole's
 */

/**
 * Contexts to draw pictures with, used again and again: one for each picture leaves garbage among
 * the bitmaps that are kept, and the renderer grows by 1 MiB for 10,000 events.
 */
const spare = [];

/** A sprite of one picture, drawn when it is first put somewhere. */
class Drawn {
  constructor(dpr, width, height, draw) {
    this.parts = [];
    this.across = Math.ceil(width * dpr);
    this.down = Math.ceil(height * dpr);
    this.width = this.across / dpr;
    this.height = this.down / dpr;
    this._dpr = dpr;
    this._draw = draw;
    this._bitmap = null;
  }

  get canvas() {
    if (this._draw) {
      const context = spare.pop() || new OffscreenCanvas(1, 1).getContext('2d');
      const { canvas } = context;
      // A new size makes it as new.
      canvas.width = this.across;
      canvas.height = this.down;
      context.setTransform(this._dpr, 0, 0, this._dpr, this.across / 2, this.down / 2);
      this._draw(context);
      spare.push(context);
      // A bitmap takes a fifth of a canvas's memory.
      this._bitmap = canvas.transferToImageBitmap();
      this._draw = null;
    }
    return this._bitmap;
  }
}

/** What is kept by key: what nobody asks for any more is forgotten in time. */
class Kept {
  /** @param {number} most when so many, @param {number} mostPixels or so many pixels are new, the older are forgotten */
  constructor(most, mostPixels) {
    this._most = most;
    this._mostPixels = mostPixels;
    this.clear();
  }

  clear() {
    this._new = new Map();
    this._older = new Map();
    this._pixels = 0;
  }

  /** @returns {Iterable<string>} those asked for since the older were set aside */
  keys() {
    return this._new.keys();
  }

  /** @param {string} key @param {() => Sprite} make */
  get(key, make) {
    const kept = this._new.get(key);
    if (kept) return kept;
    if (this._new.size > this._most || this._pixels > this._mostPixels) {
      this._older = this._new;
      this._new = new Map();
      this._pixels = 0;
    }
    const found = this._older.get(key) || make();
    this._new.set(key, found);
    this._pixels += found.across * found.down;
    return found;
  }
}

export class Sprites {
  constructor() {
    this._kept = new Kept(MOST, MOST_PIXELS);
    this._composed = new Kept(MOST_COMPOSED, Infinity);
    this._dpr = 0;
    /** Raised when all pictures are void. */
    this.era = 0;
  }

  /** Forget all pictures: the colours or the words have changed. */
  clear() {
    this._kept.clear();
    this._composed.clear();
    this.era += 1;
  }

  /**
   * @param {number} dpr
   * @param {string} key names everything the picture depends on
   * @param {number} width logical pixels
   * @param {number} height
   * @param {(context: CanvasRenderingContext2D) => void} draw origin in the picture's middle
   * @returns {Sprite}
   */
  get(dpr, key, width, height, draw) {
    this._for(dpr);
    return this._kept.get(key, () => new Drawn(dpr, width, height, draw));
  }

  /**
   * Put together of pictures that many share: making one of its own takes about three times as long as stamping its parts.
   * @param {number} dpr
   * @param {string} key names everything it depends on
   * @param {number} width logical pixels
   * @param {number} height
   * @param {(composer: Composer) => void} compose
   * @returns {Sprite}
   */
  compose(dpr, key, width, height, compose) {
    this._for(dpr);
    return this._composed.get(key, () => {
      const composer = new Composer(dpr, Math.ceil(width * dpr), Math.ceil(height * dpr));
      compose(composer);
      return composer.sprite;
    });
  }

  _for(dpr) {
    if (dpr === this._dpr) return;
    this.clear();
    this._dpr = dpr;
  }
}

/** Puts a sprite together; places are logical pixels from its middle. */
class Composer {
  constructor(dpr, across, down) {
    this._dpr = dpr;
    this.sprite = { canvas: null, parts: [], width: across / dpr, height: down / dpr, across, down };
  }

  /** @param {Sprite} sprite with its middle there */
  put(sprite, x, y) {
    const { across, down } = this.sprite;
    const left = Math.round(across / 2 + x * this._dpr - sprite.across / 2);
    const top = Math.round(down / 2 + y * this._dpr - sprite.down / 2);
    this.sprite.parts.push({ sprite, x: left, y: top });
  }

  /** @param {string} colour of a bar whose left upper corner is there */
  bar(colour, x, y, width, height) {
    const { across, down } = this.sprite;
    const at = (value, size) => Math.round(size / 2 + value * this._dpr);
    const [left, top] = [at(x, across), at(y, down)];
    this.sprite.parts.push({ colour, x: left, y: top, across: at(x + width, across) - left, down: at(y + height, down) - top });
  }
}

/** Put a sprite on a canvas whose pixels are the device's. @param {number} x left edge, device pixels @param {number} y top */
export function put(context, sprite, x, y) {
  if (sprite.canvas) {
    context.drawImage(sprite.canvas, x, y);
    return;
  }
  for (const part of sprite.parts) {
    if (part.sprite) {
      context.drawImage(part.sprite.canvas, x + part.x, y + part.y);
    } else {
      context.fillStyle = part.colour;
      context.fillRect(x + part.x, y + part.y, part.across, part.down);
    }
  }
}

/** Stamp a sprite with its middle at (x, y) in logical pixels, on whole device pixels so that it stays sharp. */
export function stamp(context, view, sprite, x, y) {
  context.setTransform(1, 0, 0, 1, 0, 0);
  put(context, sprite, Math.round((x - sprite.width / 2) * view.dpr), Math.round((y - sprite.height / 2) * view.dpr));
  context.setTransform(view.dpr, 0, 0, view.dpr, 0, 0);
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
