"""The whole picture drawn again after a zoom, and one changed case, beside QGIS and plain folium."""

import time
from dataclasses import replace
from typing import Any

from PySide6.QtWebEngineCore import QWebEnginePage

from benchmarks.load.figures import spread
from benchmarks.mapping import plain, qgis
from benchmarks.mapping.load import fill
from benchmarks.mapping.scene import Scene
from benchmarks.mapping.session import SIZE, Session, ask, promised
from console.map.widget import MapWidget

ZOOMS = (11.5, 12.5, 13.5, 14.5, 13.5, 12.5)
CHANGES = 40
FOLIUM_CASES = 10_000
"""Plain folium is not asked for more: at a hundred thousand it builds for minutes."""

_DRAWN = """(() => { const ours = Object.values(baton.app.surfaces);
const began = performance.now(); baton.app.map.setView([20.03, 110.34], ZOOM, {animate: false});
while (ours.some((one) => !one.isReady())) for (const one of ours) if (!one.isReady()) one._work();
for (const one of ours) for (const { there, context } of one.picture.sheets) if (there) context.getImageData(0, 0, 1, 1);
return performance.now() - began; })()"""
"""All of land and pins that is in sight, not by and by as the page does it; reading a pixel makes the browser draw at once what it would draw later."""
_OURS = "() => Object.values(baton.app.surfaces).every((one) => one.isReady())"
_FRAME = """(() => new Promise((done) => { const began = performance.now(); const ready = READY;
MAP.setView([20.03, 110.34], ZOOM, {animate: false});
const look = () => { if (!ready()) requestAnimationFrame(look);
  else requestAnimationFrame(() => setTimeout(() => done(performance.now() - began), 0)); };
requestAnimationFrame(look);
}))()"""
_WATCH = """(() => { window.drawnAt = {}; const now = () => performance.timeOrigin + performance.now();
document.addEventListener('baton:in', (event) => {
  for (const id of event.detail.match(/"X-[0-9]+"/g) || []) {
    baton.app.surfaces.live.once('painted', () => requestAnimationFrame(() => { drawnAt[JSON.parse(id)] = now(); }));
  } }); })(); 0"""


def measure(session: Session, cases: int, seconds: float) -> dict[str, Any]:
    """Milliseconds of drawing and until the frame is through; one change; QGIS for the drawing, folium for both."""
    scene = Scene(session.city, session.boundaries, cases)
    widget = session.make_map()
    drawn: list[bool] = []
    widget.first_pins_drawn.connect(lambda: drawn.append(True))
    fill(scene, widget)
    session.until(lambda: bool(drawn))
    page = widget.view.page()
    found: dict[str, Any] = {"cases": cases, "change_ms": _changes(session, widget, scene)}
    found["frame_ms"] = _frames(session, page, "baton.app.map", _OURS)
    drawing = []
    for zoom in ZOOMS * 3:
        session.wait(0.4)
        drawing.append((zoom, float(ask(session, page, _DRAWN.replace("ZOOM", str(zoom))))))
    found["drawing_ms"] = spread([ms for _, ms in drawing])
    found["drawing_by_zoom_ms"] = qgis.by_zoom(drawing)
    widget.shut_down()
    found["qgis"] = _qgis(session, scene, found["drawing_ms"]["median"])
    if cases <= FOLIUM_CASES:
        found["folium"] = _folium(session, scene)
    return found


def _qgis(session: Session, scene: Scene, ours: float) -> dict[str, Any] | str:
    """QGIS's redraw, and how many times as long as `ours` (milliseconds) it takes."""
    lat, lon = plain.CENTRE
    view = {"size": SIZE, "centre": (lon, lat), "zooms": ZOOMS}
    found = qgis.measure(scene, session.city, session.boundaries, view)
    if found is None:
        return "not installed"
    for picture in found["features"]:
        found[f"{picture}_ratio"] = round(found[f"{picture}_ms"]["median"] / ours, 2)
    return found


def _changes(session: Session, widget: MapWidget, scene: Scene) -> dict[str, float]:
    """From `update_cases` until the frame with the change has begun."""
    page = widget.view.page()
    page.runJavaScript(_WATCH, 0)
    session.wait(1)
    some = list(scene.cases.values())[:CHANGES]
    told: dict[str, float] = {}
    for number, case in enumerate(some):
        name = f"X-{number}"
        told[name] = time.time() * 1000
        widget.update_cases([replace(case, id=name)], [])
        session.wait(0.15)
    drawn: dict[str, float] = ask(session, page, "drawnAt")
    return spread([drawn[name] - at for name, at in told.items() if name in drawn])


def _frames(session: Session, page: QWebEnginePage, name: str, ready: str) -> dict[str, float]:
    found = []
    for zoom in ZOOMS:
        script = _FRAME.replace("MAP", name).replace("READY", ready).replace("ZOOM", str(zoom))
        found.append(float(promised(session, page, script)))
    return spread(found)


def _folium(session: Session, scene: Scene) -> dict[str, Any]:
    began = time.perf_counter()
    url = plain.build(scene, session.boundaries, session.folder / "plain.html")
    built = time.perf_counter()
    view = session.make_page(url)
    ask(session, view.page(), "map_plain.getZoom()")
    shown = time.perf_counter()
    frames = _frames(session, view.page(), "map_plain", "() => true")
    view.close()
    return {
        "build_s": round(built - began, 2),
        "load_s": round(shown - built, 2),
        "rebuild_ms": round(1000 * (shown - began)),
        "frame_ms": frames,
    }
