"""Square kilometres agree with the polygons' own area on an equal-area projection, and add up."""

import numpy as np
import pytest
import shapely

from console.geo.boundaries import Boundaries
from console.geo.plane import LocalPlane
from console.geo.square import square_km


def test_each_grid_agrees_with_its_polygon_on_a_plane(boundaries: Boundaries) -> None:
    found = square_km(boundaries.grids)
    for code in boundaries.grids.codes[::400]:
        lon, lat = boundaries.grids.label(code)
        flat = shapely.transform(boundaries.grids.geometry(code), LocalPlane(lon, lat).to_metres)
        assert found[code] == pytest.approx(flat.area / 1e6, rel=2e-3)


def test_the_grids_of_a_district_sum_to_it(boundaries: Boundaries) -> None:
    districts, grids = square_km(boundaries.districts), square_km(boundaries.grids)
    for code in boundaries.districts.codes:
        parts = sum(area for grid, area in grids.items() if grid.startswith(code))
        assert parts == pytest.approx(districts[code], rel=1e-3)
    assert 2000 < sum(districts.values()) < 2600  # Haikou has about 2,290 km² of land
    assert np.all(np.array(list(grids.values())) > 0)
