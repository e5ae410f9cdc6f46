"""Which grid, community, town and district a point lies in."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from console.domain.place import Position
from console.geo.boundaries import Boundaries
from console.geo.plane import FloatArray, LocalPlane

if TYPE_CHECKING:
    from shapely import STRtree

SNAP_M = 300.0
"""A point outside all grids belongs to the nearest one within this distance, metres."""


@dataclass(frozen=True, slots=True)
class Located:
    """The codes of the areas round a point, from the outside in."""

    district: str
    town: str
    community: str
    grid: str


class Locator:
    """Answers for one city; the search tree is built at the first question."""

    def __init__(self, boundaries: Boundaries) -> None:
        self._boundaries = boundaries
        west, south, east, north = boundaries.extent
        self._plane = LocalPlane((west + east) / 2, (south + north) / 2)

    def grid_at(self, position: Position) -> str | None:
        """The grid's code; on a common border the first by code, off the coast the nearest."""
        return self.grids_at(np.array([[position.lon, position.lat]]))[0]

    def areas_at(self, position: Position) -> Located | None:
        """All four levels at the position, None outside the city."""
        grid = self.grid_at(position)
        return None if grid is None else self.areas_of(grid)

    def areas_of(self, grid: str) -> Located:
        """The areas a grid nests in. Raises KeyError for an unknown code."""
        layers = self._boundaries
        community = layers.grids.parents[layers.grids.index[grid]]
        town = layers.communities.parents[layers.communities.index[community]]
        district = layers.towns.parents[layers.towns.index[town]]
        return Located(district, town, community, grid)

    def grids_at(self, lonlat: FloatArray) -> list[str | None]:
        """The grid of each point [n, 2] in degrees (lon, lat); None for one outside the city.

        A point that is not finite is outside.
        """
        points = self._points(lonlat)
        found = np.full(len(points), -1, dtype=np.int64)
        hit, grid = self._tree.query(points, predicate="intersects")
        # From the last code to the first: of several grids at a border the first one stays.
        order = np.argsort(-grid, kind="stable")
        found[hit[order]] = grid[order]
        outside = np.flatnonzero(found < 0)
        near, grid = self._tree.query_nearest(points[outside], max_distance=SNAP_M)
        order = np.argsort(-grid, kind="stable")
        found[outside[near[order]]] = grid[order]
        codes = self._boundaries.grids.codes
        return [None if i < 0 else codes[i] for i in found.tolist()]

    def _points(self, lonlat: FloatArray) -> NDArray[np.object_]:
        import shapely

        metres = self._plane.to_metres(np.asarray(lonlat, dtype=np.float64).reshape(-1, 2))
        lost = np.asarray(~np.isfinite(metres).all(axis=1))
        points = np.asarray(shapely.points(np.where(lost[:, None], 0.0, metres)), dtype=np.object_)
        points[lost] = shapely.Point()
        return points

    @cached_property
    def _tree(self) -> "STRtree":
        import shapely

        grids = self._boundaries.grids
        geometries = grids.geometries_of(self._plane.to_metres(grids.coords))
        shapely.prepare(geometries)
        return shapely.STRtree(geometries)
