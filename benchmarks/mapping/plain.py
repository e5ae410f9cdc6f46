"""The reference that everybody has: the same picture as plain folium, built anew for every change."""

from pathlib import Path

import folium
from PySide6.QtCore import QUrl

from benchmarks.mapping.scene import Scene
from console.geo.boundaries import Boundaries
from console.map.files import leaflet_file

CENTRE = (20.03, 110.34)


def build(scene: Scene, boundaries: Boundaries, file: Path) -> QUrl:
    """Write the page: a circle a case, a polygon a grid, a circle a worker, on folium's canvas."""

    class LocalMap(folium.Map):
        """folium's map with Leaflet from this machine, so that no network is measured."""

        default_js = [("leaflet", leaflet_file("leaflet.js").as_uri())]
        default_css = [("leaflet_css", leaflet_file("leaflet.css").as_uri())]

    page = LocalMap(CENTRE, zoom_start=11, tiles=None, prefer_canvas=True, zoom_snap=0.25)
    page._id = "plain"
    for ring in _rings(boundaries):
        folium.Polygon(ring, weight=1, color="#3A4E62", fill=True, fill_color="#1B2A38").add_to(
            page
        )
    for worker in scene.workers.values():
        at = (worker.position.lat, worker.position.lon)
        folium.CircleMarker(at, radius=4, color="#A7B6C4", fill=True).add_to(page)
    for case in scene.cases.values():
        at = (case.position.lat, case.position.lon)
        folium.CircleMarker(at, radius=8, color="#35C184", fill=True).add_to(page)
    page.save(str(file))
    return QUrl.fromLocalFile(str(file))


def _rings(boundaries: Boundaries) -> list[list[tuple[float, float]]]:
    """Each grid's outer ring as (lat, lon)."""
    layer = boundaries.grids
    starts = layer.feature_offsets[:-1]
    rings = ((layer.ring_offsets[s], layer.ring_offsets[s + 1]) for s in starts)
    return [[(lat, lon) for lon, lat in layer.coords[a:b].tolist()] for a, b in rings]
