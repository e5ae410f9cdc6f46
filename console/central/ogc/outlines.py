"""Districts, towns and grids: JSON made once from the city's boundaries, found by a search tree."""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from threading import Lock
from typing import TYPE_CHECKING, Any

import msgspec

from console.central.ogc.feature import About, Bounds, Extent, Feature, Page
from console.central.ogc.paging import page_of
from console.central.ogc.query import Box, Query
from console.wire.codec import encode

if TYPE_CHECKING:
    from shapely import STRtree

    from console.geo.layer import Layer

Properties = Callable[[str], dict[str, Any]]
"""Code of an area → its properties."""


class Outlines:
    """A layer of the city pack. It is valid at any time: a `datetime` leaves nothing out."""

    def __init__(
        self,
        about: About,
        load: "Callable[[], Layer]",
        bounds: Callable[[], Bounds],
        properties: Properties,
    ) -> None:
        """`load` may take a second; it is called at the first question."""
        self.about = about
        self._load = load
        self._bounds = bounds
        self._properties = properties
        self._lock = Lock()

    def extent(self) -> Extent:
        """The city's extent."""
        return Extent(self._bounds())

    def page(self, query: Query) -> Page:
        """Areas whose outline meets a box."""
        made = self._ready()
        codes = made.layer.codes if query.boxes is None else made.within(query.boxes)
        return page_of(codes, query.after, query.limit, made.raw.__getitem__)

    def find(self, feature: str) -> Feature | None:
        """One area."""
        return self._ready().features.get(feature)

    def _ready(self) -> "_Made":
        # One thread makes it: two that begin at once would do the work twice.
        with self._lock:
            return self._made

    @cached_property
    def _made(self) -> "_Made":
        return _Made(self._load(), self._properties)


class _Made:
    """What a layer has become: features, their JSON, a tree of their outlines."""

    def __init__(self, layer: "Layer", properties: Properties) -> None:
        self.layer = layer
        self.features = {
            code: Feature(
                id=code,
                geometry=msgspec.Raw(encode(geometry_of(layer, place))),
                properties=properties(code),
            )
            for place, code in enumerate(layer.codes)
        }
        self.raw: Mapping[str, msgspec.Raw] = {
            code: msgspec.Raw(encode(feature)) for code, feature in self.features.items()
        }
        self.tree = _tree(layer)

    def within(self, boxes: Sequence[Box]) -> list[str]:
        """Codes, sorted, of the outlines that meet one of the boxes."""
        import shapely

        found: set[int] = set()
        for box in boxes:
            area = shapely.box(box.west, box.south, box.east, box.north)
            found.update(self.tree.query(area, predicate="intersects").tolist())
        return [self.layer.codes[place] for place in sorted(found)]


def _tree(layer: "Layer") -> "STRtree":
    import shapely

    return shapely.STRtree(layer.geometries)


def geometry_of(layer: "Layer", place: int) -> dict[str, Any]:
    """The outline of one feature as a GeoJSON MultiPolygon, with all the digits of the pack."""
    polygons = []
    for part in range(layer.multi_offsets[place], layer.multi_offsets[place + 1]):
        first, last = layer.part_offsets[part], layer.part_offsets[part + 1]
        bounds = layer.ring_offsets[first : last + 1].tolist()
        rings = pairwise(bounds)
        polygons.append([layer.coords[a:b].tolist() for a, b in rings])
    return {"type": "MultiPolygon", "coordinates": polygons}
