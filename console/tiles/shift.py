"""Where a tile drawn in GCJ-02 lies on a map of WGS 84.

The shift differs from place to place (at Haikou by some 20 m over 15 km), within a tile hardly.
So each tile is moved and stretched as a rectangle: its edges go to the middle of where its corners
belong. What is left is below 0.5 pixels at any zoom in China's cities (test_shift.py measures it;
figures in docs/decisions/0020-base-maps.md), so the pictures need not be drawn anew.
"""

import math
from functools import lru_cache

from console.domain.place import Position
from console.geo.crs import (
    MERCATOR_RADIUS_M,
    from_mercator,
    gcj02_to_wgs84,
    to_mercator,
    wgs84_to_gcj02,
)

_EDGE_M = 2 * math.pi * MERCATOR_RADIUS_M
"""Metres of the world square's edge."""
Box = tuple[float, float, float, float]
"""Left, top, right, bottom in fractions of the world square, y southwards."""


def world_of(lon: float, lat: float) -> tuple[float, float]:
    """WGS 84 degrees → fractions of the world square."""
    x, y = to_mercator(lon, lat)
    return x / _EDGE_M + 0.5, 0.5 - y / _EDGE_M


def true_place(x: float, y: float) -> tuple[float, float]:
    """A point of the GCJ-02 picture → where it lies in WGS 84; both fractions of the world square."""
    lon, lat = from_mercator((x - 0.5) * _EDGE_M, (0.5 - y) * _EDGE_M)
    return world_of(*gcj02_to_wgs84(lon, lat))


@lru_cache(maxsize=4096)
def true_box(zoom: int, column: int, row: int) -> Box:
    """Where the picture of a GCJ-02 tile belongs in WGS 84."""
    side = 2**zoom
    west, east, north, south = column / side, (column + 1) / side, row / side, (row + 1) / side
    nw, ne, sw, se = (true_place(x, y) for y in (north, south) for x in (west, east))
    return (nw[0] + sw[0]) / 2, (nw[1] + ne[1]) / 2, (ne[0] + se[0]) / 2, (sw[1] + se[1]) / 2


def shift_at(place: Position) -> tuple[float, float]:
    """How far the GCJ-02 picture of a place lies from its true one, fractions of the world square."""
    x, y = world_of(place.lon, place.lat)
    shown = world_of(*wgs84_to_gcj02(place.lon, place.lat))
    return shown[0] - x, shown[1] - y
