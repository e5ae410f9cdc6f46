"""Where to look for an area, from how far away, and what is near it: pure functions."""

import math
from collections.abc import Sequence
from datetime import datetime

from console.domain.place import Position, distance_m

NEAR_M = 4_000.0
"""Teams and places so far round an area are shown."""
_SHARE = 0.7
"""An area takes so much of the map's height when it is looked at."""
_NEAREST, _FARTHEST = 16.5, 9.0
"""Zooms of a house's surroundings and of the whole city."""


def middle(ring: Sequence[Position]) -> Position:
    """The middle of the ring's box."""
    lons, lats = [p.lon for p in ring], [p.lat for p in ring]
    return Position((min(lons) + max(lons)) / 2, (min(lats) + max(lats)) / 2)


def is_near(place: Position, ring: Sequence[Position]) -> bool:
    """Whether the place lies inside or a few kilometres round the ring."""
    centre = middle(ring)
    reach = max(distance_m(centre, corner) for corner in ring)
    return distance_m(centre, place) <= reach + NEAR_M


def fitting_zoom(ring: Sequence[Position], height: int) -> float:
    """The zoom at which the ring fills most of a map `height` pixels high."""
    lons, lats = [p.lon for p in ring], [p.lat for p in ring]
    shrink = math.cos(math.radians(lats[0]))
    span = max(max(lats) - min(lats), (max(lons) - min(lons)) * shrink * 0.5, 1e-4)
    # A world of 256 pixels at zoom 0 is 360 degrees wide; degrees of latitude are stretched.
    zoom = math.log2(max(height, 200) * _SHARE * 360 * shrink / (256 * span))
    return min(max(zoom, _FARTHEST), _NEAREST)


def hours_ago(firsts: dict[str, datetime], now: datetime) -> dict[str, int]:
    """Grid code → whole hours since the first call there."""
    return {grid: max(0, int((now - at).total_seconds() // 3600)) for grid, at in firsts.items()}
