'use strict';
/** Lengths, sizes and thinning of drawn rings; points are world fractions {x, y}. */

/** Metres round the equator of the sphere that Web Mercator stands for. */
const EQUATOR_M = 2 * Math.PI * 6378137;

/** @param {number} y world fraction @returns {number} metres for one world fraction there */
export function metresPerUnit(y) {
  const lat = 2 * Math.atan(Math.exp((0.5 - y) * 2 * Math.PI)) - Math.PI / 2;
  return EQUATOR_M * Math.cos(lat);
}

/** @returns {number} metres between two near points */
export function distance(a, b) {
  return Math.hypot(a.x - b.x, a.y - b.y) * metresPerUnit((a.y + b.y) / 2);
}

/** @param {{x: number, y: number}[]} ring open @returns {number} square metres */
export function areaOf(ring) {
  if (ring.length < 3) return 0;
  const origin = ring[0];
  let twice = 0;
  let middle = 0;
  ring.forEach((point, i) => {
    const next = ring[(i + 1) % ring.length];
    twice += (point.x - origin.x) * (next.y - origin.y) - (next.x - origin.x) * (point.y - origin.y);
    middle += point.y / ring.length;
  });
  return (Math.abs(twice) / 2) * metresPerUnit(middle) ** 2;
}

/** Not the area being 0: the two halves of a bow tie cancel out. @returns {boolean} whether all lie on one line */
export function isFlat(ring) {
  const [origin] = ring;
  return ring.every((point, i) => {
    const next = ring[(i + 1) % ring.length];
    return (point.x - origin.x) * (next.y - origin.y) === (next.x - origin.x) * (point.y - origin.y);
  });
}

/** @returns {{x: number, y: number}[]} `count` points round the centre, clockwise from the north */
export function circleRing(centre, edge, count) {
  const radius = Math.hypot(edge.x - centre.x, edge.y - centre.y);
  return Array.from({ length: count }, (_, i) => {
    const turn = (2 * Math.PI * i) / count;
    return { x: centre.x + radius * Math.sin(turn), y: centre.y - radius * Math.cos(turn) };
  });
}

/** Distance of a point from the stretch between two others. */
function offLine(p, a, b) {
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  const long = dx * dx + dy * dy;
  const t = long === 0 ? 0 : Math.min(1, Math.max(0, ((p.x - a.x) * dx + (p.y - a.y) * dy) / long));
  return Math.hypot(p.x - a.x - t * dx, p.y - a.y - t * dy);
}

/** Douglas and Peucker, with a list instead of recursion: a trace may have thousands of points. */
function thinned(points, tolerance) {
  const keep = new Set([0, points.length - 1]);
  const open = [[0, points.length - 1]];
  while (open.length > 0) {
    const [first, last] = open.pop();
    let far = 0;
    let at = -1;
    for (let i = first + 1; i < last; i += 1) {
      const off = offLine(points[i], points[first], points[last]);
      if (off > far) {
        far = off;
        at = i;
      }
    }
    if (far <= tolerance) continue;
    keep.add(at);
    open.push([first, at], [at, last]);
  }
  return points.filter((_, i) => keep.has(i));
}

/** @returns {{x: number, y: number}[]} at most `most` points, none moved; `tolerance` in world fractions to begin with */
export function simplified(points, tolerance, most) {
  let ring = thinned(points, tolerance);
  for (let wider = tolerance * 1.5; ring.length > most; wider *= 1.5) ring = thinned(points, wider);
  return ring;
}

/** @param {number} metres @returns {string} "850 m", "1.20 km" */
export function lengthText(metres) {
  if (metres < 1000) return `${Math.round(metres)} m`;
  return `${(metres / 1000).toFixed(metres < 10000 ? 2 : 1)} km`;
}

/** @param {number} squareMetres @returns {string} "8500 m²", "1.20 km²" */
export function areaText(squareMetres) {
  if (squareMetres < 100000) return `${Math.round(squareMetres)} m²`;
  const km = squareMetres / 1e6;
  return `${km.toFixed(km < 10 ? 2 : 1)} km²`;
}
