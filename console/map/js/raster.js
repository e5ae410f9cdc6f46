'use strict';
/**
 * Fills thousands of areas in few colours into one pixel buffer, row by row: five to ten times as
 * fast as a canvas does it. Edges are not smoothed; neighbours share them without gap or overlap.
 */

/** Edges of one area that a row of pixels may cross. */
const CROSSINGS = 64;
/** Device pixels of the edge of one block: a canvas is filled block by block. */
const BLOCK = 512;

const canvas = new OffscreenCanvas(BLOCK, BLOCK);
const brush = canvas.getContext('2d');
const image = new ImageData(BLOCK, BLOCK);
const pixels = new Uint32Array(image.data.buffer);
const crossed = new Float32Array(BLOCK * CROSSINGS);
const counts = new Uint8Array(BLOCK);

/** @param {string} colour `#rrggbb` or `rgb(r,g,b)` @returns {number} opaque, as a pixel's four bytes */
function pixelOf(colour) {
  const [r, g, b] = colour.startsWith('#')
    ? [1, 3, 5].map((from) => parseInt(colour.slice(from, from + 2), 16))
    : colour.match(/\d+/g).map(Number);
  return new Uint32Array(new Uint8ClampedArray([r, g, b, 255]).buffer)[0];
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {import('./mercator.js').View} view
 * @param {import('./geometry.js').Layer} layer
 * @param {import('./geometry.js').Placement} at
 * @param {[string, number[]][]} fills colour (opaque) and the features that have it
 */
export function fillAreas(context, view, layer, at, fills) {
  const { dpr, dirty } = view;
  const [across, down] = [Math.round(view.width * dpr), Math.round(view.height * dpr)];
  const inked = fills.map(([colour, features]) => [pixelOf(colour), features]);
  context.save();
  context.setTransform(1, 0, 0, 1, 0, 0);
  for (let top = 0; top < down; top += BLOCK) {
    for (let left = 0; left < across; left += BLOCK) {
      if (dirty && !dirty.meets(left, top, left + BLOCK, top + BLOCK)) continue;
      const place = { scale: at.scale * dpr, dx: at.dx * dpr - left, dy: at.dy * dpr - top };
      if (!fillBlock(layer, place, inked)) continue;
      brush.putImageData(image, 0, 0);
      context.drawImage(canvas.transferToImageBitmap(), left, top);
    }
  }
  context.restore();
}

/** @returns {boolean} whether anything lies in the block */
function fillBlock(layer, place, inked) {
  const { boxes } = layer;
  const { scale, dx, dy } = place;
  let any = false;
  for (const [pixel, features] of inked) {
    for (const i of features) {
      if (boxes[4 * i] * scale + dx > BLOCK || boxes[4 * i + 1] * scale + dy > BLOCK) continue;
      if (boxes[4 * i + 2] * scale + dx < 0 || boxes[4 * i + 3] * scale + dy < 0) continue;
      if (!any) pixels.fill(0);
      any = true;
      fillOne(layer, i, place, pixel);
    }
  }
  return any;
}

/** One area by the even-odd rule: a pixel belongs to it when its middle does. */
function fillOne(layer, i, { scale, dx, dy }, pixel) {
  const { points, rings, features } = layer;
  let lowest = BLOCK;
  let highest = 0;
  for (let r = features[i]; r < features[i + 1]; r += 1) {
    const end = rings[r + 1];
    let ax = points[2 * end - 2] * scale + dx;
    let ay = points[2 * end - 1] * scale + dy;
    for (let p = rings[r]; p < end; p += 1) {
      const bx = points[2 * p] * scale + dx;
      const by = points[2 * p + 1] * scale + dy;
      // Always from above downwards, so that neighbours find the very same crossings.
      const down = ay < by;
      const [fromY, toY] = down ? [ay, by] : [by, ay];
      const first = Math.max(0, Math.ceil(fromY - 0.5));
      const last = Math.min(BLOCK, Math.ceil(toY - 0.5));
      if (first < last) {
        const [fromX, toX] = down ? [ax, bx] : [bx, ax];
        const slope = (toX - fromX) / (toY - fromY);
        let x = fromX + (first + 0.5 - fromY) * slope;
        if (first < lowest) lowest = first;
        if (last > highest) highest = last;
        for (let row = first; row < last; row += 1) {
          if (counts[row] < CROSSINGS) {
            // Put in order at once: they are few.
            const base = row * CROSSINGS;
            let k = counts[row];
            while (k > 0 && crossed[base + k - 1] > x) {
              crossed[base + k] = crossed[base + k - 1];
              k -= 1;
            }
            crossed[base + k] = x;
            counts[row] += 1;
          }
          x += slope;
        }
      }
      ax = bx;
      ay = by;
    }
  }
  for (let row = lowest; row < highest; row += 1) {
    const base = row * CROSSINGS;
    for (let k = 0; k + 1 < counts[row]; k += 2) {
      const from = Math.max(0, Math.ceil(crossed[base + k] - 0.5));
      const to = Math.min(BLOCK, Math.ceil(crossed[base + k + 1] - 0.5));
      if (to > from) pixels.fill(pixel, row * BLOCK + from, row * BLOCK + to);
    }
    counts[row] = 0;
  }
}
