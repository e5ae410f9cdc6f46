"""Points inside grids and the areas of points, by the city pack's own geometry."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from console.domain.city import City
from console.domain.place import Position
from console.domain.rules.scene import Located
from console.geo.boundaries import Boundaries, load_boundaries
from console.geo.locate import Locator

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

_TRIES = 24
_GOLDEN, _SILVER = 0.6180339887498949, 0.7548776662466927
"""Steps of two low-discrepancy sequences: each next try falls far from the ones before."""


class Geometry:
    """The outlines of one city."""

    def __init__(self, boundaries: Boundaries, city: City) -> None:
        """Nothing is searched before the first question."""
        self._grids = boundaries.grids
        self._locator = Locator(boundaries)
        self._known: dict[Position, Located] = {}
        self._boxes: dict[str, tuple[float, float, float, float, BaseGeometry]] = {}
        self._city = city

    def point_in_grid(self, code: str, u: float, v: float) -> Position:
        """A point (lon, lat) inside the grid, from two numbers between 0 and 1."""
        import shapely

        if code not in self._boxes:
            self._boxes[code] = (*self._grids.bounds(code), self._grids.geometry(code))
        west, south, east, north, outline = self._boxes[code]
        for _ in range(_TRIES):
            lon, lat = west + u * (east - west), south + v * (north - south)
            if shapely.contains_xy(outline, lon, lat):
                return self._remember(code, lon, lat)
            u, v = (u + _GOLDEN) % 1.0, (v + _SILVER) % 1.0
        return self._remember(code, *self._grids.label(code))

    def _remember(self, code: str, lon: float, lat: float) -> Position:
        """Keep which grid the point is in: a search for what was just drawn is not needed."""
        position = Position(round(lon, 6), round(lat, 6))
        grid = self._city.grids[code]
        self._known[position] = Located(
            district=grid.district, town=grid.town, community=grid.community, grid=grid.code
        )
        return position

    def locate(self, position: Position) -> Located:
        """The areas of a point, all None outside the city."""
        known = self._known.get(position)
        if known is not None:
            return known
        found = self._locator.areas_at(position)
        if found is None:
            return Located()
        return Located(
            district=found.district,
            town=found.town,
            community=found.community,
            grid=found.grid,
        )


def load_geometry(folder: Path, city: City, cache: Path | None) -> Geometry:
    """Read the pack in `folder`, or what was compiled from it in `cache`; raises `PackError`."""
    return Geometry(load_boundaries(folder, cache, city.pack_hash), city)
