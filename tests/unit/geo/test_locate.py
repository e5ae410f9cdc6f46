"""Point → grid agrees with asking every polygon, and a point off the coast finds its grid."""

import math

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from console.domain.place import Position
from console.geo.boundaries import Boundaries
from console.geo.locate import SNAP_M, Located, Locator
from console.geo.plane import LocalPlane


@pytest.fixture(scope="module")
def locator(boundaries: Boundaries) -> Locator:
    return Locator(boundaries)


@settings(max_examples=200, deadline=None)
@given(lon=st.floats(110.10, 110.73), lat=st.floats(19.50, 20.14))
def test_agrees_with_brute_force(
    boundaries: Boundaries, locator: Locator, lon: float, lat: float
) -> None:
    point = shapely.Point(lon, lat)
    inside = np.flatnonzero(shapely.intersects(boundaries.grids.geometries, point))
    found = locator.grid_at(Position(lon, lat))
    if len(inside):
        assert found == boundaries.grids.codes[inside[0]]
        return
    plane = LocalPlane(lon, lat)
    coast = shapely.transform(boundaries.districts.geometries, plane.to_metres)
    away = shapely.distance(coast, shapely.Point(0, 0)).min()
    if found is None:
        assert away > SNAP_M * 0.99
    else:
        assert away < SNAP_M * 1.01


def test_every_label_finds_its_own_grid(boundaries: Boundaries, locator: Locator) -> None:
    assert locator.grids_at(boundaries.grids.labels) == boundaries.grids.codes


def test_a_common_corner_belongs_to_the_first_by_code(
    boundaries: Boundaries, locator: Locator
) -> None:
    grids = boundaries.grids
    corners = grids.coords[::97]
    for corner, found in zip(corners, locator.grids_at(corners), strict=True):
        touching = shapely.dwithin(grids.geometries, shapely.Point(corner), 1e-9)
        codes = [grids.codes[i] for i in np.flatnonzero(touching)]
        assert found in codes


def test_all_levels(locator: Locator) -> None:
    found = locator.areas_at(Position(110.3465, 20.0342))
    assert isinstance(found, Located)
    assert found.grid.startswith(found.community)
    assert found.community.startswith(found.town)
    assert found.town.startswith(found.district)
    assert locator.areas_of(found.grid) == found
    with pytest.raises(KeyError):
        locator.areas_of("nowhere")


def test_off_the_coast(boundaries: Boundaries, locator: Locator) -> None:
    north = Position(110.366688, 20.091364)  # the northern cape of the real district
    per_degree = 111_195.0
    assert locator.grid_at(Position(north.lon, north.lat + 250 / per_degree)) == locator.grid_at(
        north
    )
    assert locator.grid_at(Position(north.lon, north.lat + 350 / per_degree)) is None
    assert locator.areas_at(Position(116.4, 39.9)) is None


def test_many_at_once(locator: Locator) -> None:
    assert locator.grids_at(np.empty((0, 2))) == []
    mixed = np.array([[110.3465, 20.0342], [0.0, 0.0], [math.nan, 20.0], [math.inf, 20.0]])
    found = locator.grids_at(mixed)
    assert found[0] == locator.grid_at(Position(110.3465, 20.0342))
    assert found[1:] == [None, None, None]
