"""A drawn ring made tidy; which areas it touches, and whether it lies in the city at all."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from console.domain.place import Position
from console.geo.boundaries import Boundaries

if TYPE_CHECKING:
    from shapely import Polygon


_FEWEST = 3
_OVERSHOT = 0.15
"""A hand that closes a lasso runs past the start by up to this share of the points."""


def tidied(ring: Sequence[Position]) -> tuple[Position, ...]:
    """The open ring without doubled corners, and without the end of a lasso that runs past its start.

    A ring that crosses itself elsewhere stays as it was drawn.
    """
    corners = [p for p, after in zip(ring, (*ring[1:], *ring[:1]), strict=True) if p != after]
    for cut in range(int(len(corners) * _OVERSHOT) + 1):
        kept = corners[: len(corners) - cut]
        if len(kept) >= _FEWEST and _simple(kept):
            return tuple(kept)
    return tuple(corners)


def _simple(corners: Sequence[Position]) -> bool:
    import shapely

    return bool(shapely.LinearRing([(p.lon, p.lat) for p in corners]).is_simple)


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
