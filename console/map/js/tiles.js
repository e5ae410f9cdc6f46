'use strict';
/**
 * The pictures of one base map: those in sight are asked of Python under our own scheme, kept as
 * bitmaps with their final look, and given up when they are out of sight.
 */

/** Bitmaps kept at least, and for one that is wanted: those of the last zooms stand in for new ones. */
const KEPT_LEAST = 96;
const KEPT_SHARE = 2.5;
const SIDE = 256;

/**
 * @typedef {object} Tile
 * @property {?ImageBitmap} picture null where the base map has none
 * @property {number[]} box where it lies: left, top, right, bottom in world fractions
 * @property {boolean} failed whether something of it is to be asked for again
 */

/** @param {number} z @param {number} x @param {number} y */
const nameOf = (z, x, y) => `${z}/${x}/${y}`;

export class Tiles {
  /**
   * @param {{id: string, layers: number, filter: string}} source words.py
   * @param {(tile: Tile) => void} arrived called when a picture is there
   */
  constructor(source, arrived) {
    this._source = source;
    this._arrived = arrived;
    /** @type {Map<string, Tile>} in the order of last use */
    this._kept = new Map();
    /** @type {Map<string, AbortController>} */
    this._asked = new Map();
  }

  /** @returns {?Tile} */
  get(z, x, y) {
    return this._kept.get(nameOf(z, x, y)) || null;
  }

  /** @returns {number} how many are on their way */
  get waiting() {
    return this._asked.size;
  }

  /** Make exactly these the tiles that are wanted, the most wanted last. @param {number[][]} places */
  want(places) {
    const names = new Set(places.map((place) => nameOf(...place)));
    for (const [name, control] of this._asked) {
      if (names.has(name)) continue;
      this._asked.delete(name);
      control.abort();
    }
    for (const place of places) {
      const name = nameOf(...place);
      const kept = this._kept.get(name);
      if (kept) {
        this._kept.delete(name);
        this._kept.set(name, kept);
      }
      if (!this._asked.has(name) && (!kept || kept.again)) this._ask(name, place);
    }
    this._letGo(Math.max(KEPT_LEAST, places.length * KEPT_SHARE));
  }

  /** What failed is asked for when it is wanted next. @returns {boolean} whether there is any */
  again() {
    let any = false;
    for (const tile of this._kept.values()) {
      if (tile.failed) tile.again = any = true;
    }
    return any;
  }

  close() {
    for (const control of this._asked.values()) control.abort();
    this._asked.clear();
    this._letGo(0);
  }

  _letGo(most) {
    for (const [name, tile] of this._kept) {
      if (this._kept.size <= most) return;
      this._kept.delete(name);
      if (tile.picture) tile.picture.close();
    }
  }

  async _ask(name, place) {
    const control = new AbortController();
    this._asked.set(name, control);
    let tile;
    try {
      tile = await this._fetch(place, control.signal);
    } catch {
      tile = { picture: null, box: boxOf(place), failed: true };
    }
    // Not ours any more: given up, or asked for anew.
    if (this._asked.get(name) !== control) {
      if (tile.picture) tile.picture.close();
      return;
    }
    this._asked.delete(name);
    const before = this._kept.get(name);
    if (before && before.picture && !tile.picture && tile.failed) Object.assign(before, { again: false });
    else this._keep(name, tile, before);
  }

  _keep(name, tile, before) {
    if (before && before.picture) before.picture.close();
    this._kept.set(name, tile);
    if (!tile.failed || tile.picture) this._arrived(tile);
  }

  /** @returns {Promise<Tile>} all layers of one tile on each other, in the look of the base map */
  async _fetch([z, x, y], signal) {
    const { id, layers } = this._source;
    const answers = await Promise.all(Array.from({ length: layers }, (_, layer) =>
      fetch(`baton://map/tile/${id}/${layer}/${z}/${x}/${y}`, { signal }).then(read)));
    const pictures = answers.filter((answer) => answer.bitmap).map((answer) => answer.bitmap);
    const box = answers.find((answer) => answer.box)?.box || boxOf([z, x, y]);
    const failed = answers.some((answer) => answer.failed);
    return { picture: pictures.length > 0 ? this._compose(pictures) : null, box, failed };
  }

  /** The look is given once here: as a filter over the map it would cost each frame. */
  _compose(pictures) {
    const side = Math.max(SIDE, pictures[0].width);
    const canvas = new OffscreenCanvas(side, side);
    const context = canvas.getContext('2d');
    context.filter = this._source.filter;
    for (const picture of pictures) {
      context.drawImage(picture, 0, 0, side, side);
      picture.close();
    }
    return canvas.transferToImageBitmap();
  }
}

/** @returns {number[]} where a tile of Web Mercator lies */
function boxOf([z, x, y]) {
  const side = 2 ** z;
  return [x / side, y / side, (x + 1) / side, (y + 1) / side];
}

/** @param {Response} answer endpoint.py */
async function read(answer) {
  const state = answer.headers.get('X-Baton-Tile');
  const place = answer.headers.get('X-Baton-Place');
  const box = place ? place.split(' ').map(Number) : null;
  if (state !== 'picture') return { bitmap: null, box, failed: state === 'failed' };
  try {
    return { bitmap: await createImageBitmap(await answer.blob()), box, failed: false };
  } catch (error) {
    if (error.name === 'AbortError') throw error;
    // Its beginning was a picture's, the rest is not.
    return { bitmap: null, box, failed: false };
  }
}
