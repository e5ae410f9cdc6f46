'use strict';
/**
 * The same movement for every page that is measured: two seconds of panning in a wide circle,
 * a zoom, and so on, in and out again. Counts the time between two animation frames.
 *
 * `mover` has home(), begin(), pan(dx, dy), end() and zoom(steps), as a hand and a wheel would do it.
 * A second after home() the counting begins.
 */
window.animate = async (mover, seconds) => {
  mover.home();
  await new Promise((rested) => setTimeout(rested, 1000));
  return new Promise((done) => move(mover, seconds, done));
};

function move(mover, seconds, done) {
  const ZOOMS = [1, 1, -1, -1];
  const PAN_MS = 1600;
  const ZOOM_MS = 600;
  /** Pixels a millisecond, and how wide the circle is: it stays over the city. */
  const SPEED = 0.7;
  const TURN_MS = 450;
  const found = { pan: [], zoom: [] };
  const began = performance.now();
  let last = began;
  let phase = 'pan';
  let phaseBegan = began;
  let turns = 0;
  mover.begin();
  const frame = () => {
    const now = performance.now();
    const delta = now - last;
    found[phase].push(delta);
    last = now;
    if (now - began > seconds * 1000) {
      if (phase === 'pan') mover.end();
      done(found);
      return;
    }
    if (phase === 'pan') {
      const turn = (now - began) / TURN_MS;
      mover.pan(Math.round(Math.cos(turn) * SPEED * delta), Math.round(Math.sin(turn) * SPEED * delta));
      if (now - phaseBegan > PAN_MS) {
        mover.end();
        mover.zoom(ZOOMS[turns % ZOOMS.length]);
        turns += 1;
        phase = 'zoom';
        phaseBegan = now;
      }
    } else if (now - phaseBegan > ZOOM_MS) {
      mover.begin();
      phase = 'pan';
      phaseBegan = now;
    }
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}

/** A Leaflet map, moved as its own drag handler and its wheel handler move it. */
window.leafletMover = (map, centre, zoom) => ({
  home() { map.setView(centre, zoom, { animate: false }); },
  begin() { map.fire('movestart').fire('dragstart'); },
  pan(dx, dy) {
    map._rawPanBy(L.point(dx, dy));
    map.fire('move').fire('drag');
  },
  end() { map.fire('moveend').fire('dragend'); },
  zoom(steps) { map.setZoomAround(map.getSize().divideBy(2).add([60, 40]), map.getZoom() + steps); },
});

/** One sheet larger than the page: what a map is to the browser, without a map. */
window.sheetMover = (sheet) => {
  const at = { x: 0, y: 0, scale: 1 };
  const place = () => { sheet.style.transform = `translate3d(${at.x}px, ${at.y}px, 0) scale(${at.scale})`; };
  return {
    home() {
      Object.assign(at, { x: 0, y: 0, scale: 1 });
      place();
    },
    begin() { sheet.style.transition = 'none'; },
    pan(dx, dy) {
      at.x -= dx;
      at.y -= dy;
      place();
    },
    end() {},
    zoom(steps) {
      sheet.style.transition = 'transform 0.25s cubic-bezier(0,0,0.25,1)';
      at.scale *= 2 ** (steps / 2);
      place();
    },
  };
};
