"""Which areas a drawn ring touches, and whether it lies in the city at all."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from console.domain.place import Position
from console.geo.boundaries import Boundaries

if TYPE_CHECKING:
    from shapely import Polygon


def touched_towns(boundaries: Boundaries, ring: Sequence[Position]) -> list[str]:
    """Codes of the towns that share area with a simple open ring of (lon, lat), the largest share first."""
    import shapely

    shared = shapely.area(shapely.intersection(boundaries.towns.geometries, _polygon(ring)))
    order = np.argsort(-shared, kind="stable")
    return [boundaries.towns.codes[i] for i in order.tolist() if shared[i] > 0]


def in_city(boundaries: Boundaries, ring: Sequence[Position]) -> bool:
    """Whether a simple open ring of (lon, lat) shares any area with the city's districts."""
    import shapely

    return bool(shapely.intersects(boundaries.districts.geometries, _polygon(ring)).any())


def _polygon(ring: Sequence[Position]) -> "Polygon":
    import shapely

    return shapely.Polygon([(point.lon, point.lat) for point in ring])
