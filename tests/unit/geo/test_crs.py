"""Coordinate systems convert there and back."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Transformer

from console.domain.place import Position, distance_m
from console.geo.crs import (
    MERCATOR_MAX_LAT,
    from_mercator,
    gcj02_to_wgs84,
    gcj02_to_wgs84_array,
    to_mercator,
    to_mercator_array,
    wgs84_to_gcj02,
)

_lon, _lat = st.floats(73.7, 134.9), st.floats(18.1, 53.4)


@given(_lon, _lat)
def test_gcj02_round_trip_is_below_a_metre(lon: float, lat: float) -> None:
    back = Position(*gcj02_to_wgs84(*wgs84_to_gcj02(lon, lat)))
    assert distance_m(Position(lon, lat), back) < 0.05


def test_gcj02_at_haikou() -> None:
    here = Position(110.3465, 20.0342)
    lon, lat = wgs84_to_gcj02(here.lon, here.lat)
    east = distance_m(here, Position(lon, here.lat))
    north = distance_m(here, Position(here.lon, lat))
    assert lon > here.lon
    assert lat < here.lat
    assert (east, north) == (pytest.approx(461, abs=5), pytest.approx(220, abs=5))


def test_gcj02_does_not_shift_outside_china() -> None:
    assert wgs84_to_gcj02(2.35, 48.85) == gcj02_to_wgs84(2.35, 48.85) == (2.35, 48.85)


def test_gcj02_of_many_points() -> None:
    points = np.array([[110.3, 20.0], [116.4, 39.9]])
    assert gcj02_to_wgs84_array(points).tolist() == [list(gcj02_to_wgs84(*p)) for p in points]
    assert gcj02_to_wgs84_array(np.empty((0, 2))).shape == (0, 2)


@given(st.floats(-180, 180), st.floats(-85, 85))
def test_mercator_agrees_with_proj(lon: float, lat: float) -> None:
    proj = Transformer.from_crs("EPSG:4326", "EPSG:3857", always_xy=True)
    x, y = to_mercator(lon, lat)
    assert (x, y) == pytest.approx(proj.transform(lon, lat), abs=1e-3)
    assert from_mercator(x, y) == pytest.approx((lon, lat), abs=1e-9)
    assert to_mercator_array(np.array([[lon, lat]]))[0] == pytest.approx((x, y), abs=1e-6)


def test_mercator_is_cut_off_at_the_poles() -> None:
    assert to_mercator(0, 90) == to_mercator(0, MERCATOR_MAX_LAT)
    assert to_mercator_array(np.array([[0.0, -90.0]]))[0, 1] == pytest.approx(
        to_mercator(0, -90)[1]
    )
