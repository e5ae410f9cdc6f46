"""GCJ-02 tiles as rectangles: what is left of the shift, in pixels, at every zoom and in several cities."""

import math

import numpy as np
import pytest

from console.domain.place import Position
from console.geo.crs import wgs84_to_gcj02
from console.tiles.shift import shift_at, true_box, true_place, world_of

CITIES = {
    "Haikou": (110.3465, 20.0342),
    "Beijing": (116.4, 39.9),
    "Urumqi": (87.6, 43.8),
    "Harbin": (126.6, 45.8),
}
MOST_PX = 0.6
_ABOUT = 0.3
"""Degrees round the middle of a city."""


def residual_px(zoom: int, lon: float, lat: float, looks: int = 12) -> float:
    """The worst distance between where a tile's points are drawn and where they belong."""
    side = 2**zoom
    random = np.random.default_rng(zoom)
    worst = 0.0
    for dlon, dlat in random.uniform(-_ABOUT, _ABOUT, (looks, 2)):
        x, y = world_of(lon + dlon, lat + dlat)
        column, row = int(x * side), int(y * side)
        left, top, right, bottom = true_box(zoom, column, row)
        for u in np.linspace(0, 1, 5):
            for v in np.linspace(0, 1, 5):
                tx, ty = true_place((column + u) / side, (row + v) / side)
                drawn = left + (right - left) * u, top + (bottom - top) * v
                worst = max(worst, math.dist((tx, ty), drawn) * side * 256)
    return worst


@pytest.mark.parametrize("city", CITIES)
def test_less_than_a_pixel_is_left_at_any_zoom(city: str) -> None:
    assert max(residual_px(zoom, *CITIES[city]) for zoom in range(8, 21)) < MOST_PX


def test_neighbours_share_their_edges() -> None:
    here, east, south = true_box(15, 26427, 14522), true_box(15, 26428, 14522), true_box(15, 26427, 14523)  # fmt: skip
    assert here[2] == east[0]
    assert here[3] == south[1]


def test_a_place_comes_back_to_itself() -> None:
    lon, lat = CITIES["Haikou"]
    shown = world_of(*wgs84_to_gcj02(lon, lat))
    assert math.dist(true_place(*shown), world_of(lon, lat)) * 40_075_017 < 0.01


def test_the_shift_of_the_city_is_hundreds_of_metres() -> None:
    dx, dy = shift_at(Position(*CITIES["Haikou"]))
    metres = 40_075_017 * math.cos(math.radians(CITIES["Haikou"][1]))
    assert 430 < dx * metres < 490
    assert 200 < dy * metres < 240
