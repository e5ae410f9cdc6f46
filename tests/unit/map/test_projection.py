"""Web Mercator there and back."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.map.projection import to_lonlat, to_world, to_world_many

LON = st.floats(-180, 180)
LAT = st.floats(-85, 85)


@given(LON, LAT)
def test_there_and_back(lon: float, lat: float) -> None:
    assert to_lonlat(*to_world(lon, lat)) == pytest.approx((lon, lat), abs=1e-9)


@given(LON, LAT)
def test_many_is_each(lon: float, lat: float) -> None:
    assert to_world_many(np.array([[lon, lat]]))[0] == pytest.approx(to_world(lon, lat), abs=1e-12)


def test_corners_of_the_square() -> None:
    assert to_world(-180, 85.051128779806) == pytest.approx((0, 0), abs=1e-9)
    assert to_world(180, -90) == pytest.approx((1, 1), abs=1e-9)
