"""The page, built once by folium: its map, one element per live layer, no address outside our scheme."""

import hashlib
import re
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from console.domain.place import Position
from console.map.scheme import ORIGIN

if TYPE_CHECKING:
    from folium import Figure, Map

START_ZOOM = 11
MIN_ZOOM = 8
MAX_ZOOM = 18

_INLINE = re.compile(r"<(script|style)>(.*?)</\1>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class BuiltPage:
    """The HTML, and the Content-Security-Policy that it carries."""

    html: str
    policy: str


def build_page(centre: Position) -> BuiltPage:
    """Build the page; imports folium (about a second), so callers keep the result (page_cache.py)."""
    from console.map.layers.areas import AreasLayer
    from console.map.layers.badges import BadgesLayer
    from console.map.layers.basemap import BasemapLayer
    from console.map.layers.cases import CasesLayer
    from console.map.layers.footprints import FootprintsLayer
    from console.map.layers.grids import GridsLayer
    from console.map.layers.heat import HeatLayer
    from console.map.layers.hours import HoursLayer
    from console.map.layers.live import Boot, PolicyTag
    from console.map.layers.names import NamesLayer
    from console.map.layers.pen import PenLayer
    from console.map.layers.places import PlacesLayer
    from console.map.layers.targets import TargetsLayer
    from console.map.layers.teams import TeamsLayer
    from console.map.layers.workers import WorkersLayer

    page = _bare_map(centre)
    page.add_child(Boot())
    lowest_first = (
        *(AreasLayer(), BasemapLayer(), HeatLayer(), GridsLayer(), HoursLayer()),
        *(FootprintsLayer(), PlacesLayer(), WorkersLayer(), TeamsLayer(), CasesLayer()),
        *(NamesLayer(), BadgesLayer(), TargetsLayer(), PenLayer()),
    )
    for layer in lowest_first:
        page.add_child(layer)
    root = cast("Figure", page.get_root())
    policy = content_policy(root.render())
    # In the page, not in a header: QtWebEngine writes header values in lower case, hashes too.
    root.header.add_child(PolicyTag(policy), name="policy", index=0)
    return BuiltPage(root.render(), policy)


def _bare_map(centre: Position) -> "Map":
    import folium

    class OfflineMap(folium.Map):
        """folium's map with Leaflet from our scheme; own lists, so that other maps keep theirs."""

        default_js = [("leaflet", ORIGIN + "/leaflet.js")]
        default_css = [("leaflet_css", ORIGIN + "/leaflet.css")]

    page = OfflineMap(
        location=(centre.lat, centre.lon),
        zoom_start=START_ZOOM,
        tiles=None,
        zoom_control=False,
        attribution_control=False,
        zoom_snap=0.25,
        zoom_delta=0.5,
        wheel_px_per_zoom_level=90,
        inertia=False,
    )
    page._id = "baton"
    # folium's own arguments of these names speak of tiles only.
    page.options.update(min_zoom=MIN_ZOOM, max_zoom=MAX_ZOOM)
    return page


def content_policy(html: str) -> str:
    """Our own files and exactly the inline scripts and styles of this HTML; nothing else."""
    hashes: dict[str, list[str]] = {"script": [], "style": []}
    for kind, body in _INLINE.findall(html):
        digest = b64encode(hashlib.sha256(body.encode()).digest()).decode("ascii")
        hashes[kind].append(" 'sha256-" + digest + "'")
    sources: Mapping[str, str] = {
        "default-src": "'none'",
        "script-src": ORIGIN + "".join(hashes["script"]),
        "style-src": ORIGIN + "".join(hashes["style"]),
        "connect-src": ORIGIN,
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    return "; ".join(name + " " + allowed for name, allowed in sources.items())
