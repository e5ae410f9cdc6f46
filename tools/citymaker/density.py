"""Where people live: the wanted number of grids per square kilometre at any point."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry as Geometry

from tools.citymaker.plane import FloatArray


@dataclass(frozen=True)
class Hill:
    """A rounded hill of density: centre in metres, height in grids/km², radius in metres."""

    x: float
    y: float
    height: float
    radius: float


class Density:
    """The open country's density with a hill on it for each town and built-up part."""

    def __init__(self, country: float, hills: Iterable[Hill]) -> None:
        self._country = country
        self._hills = tuple(hills)

    def at(self, xy: FloatArray) -> FloatArray:
        """Grids per km² at the points [n, 2] in metres."""
        total = np.full(len(xy), self._country)
        for hill in self._hills:
            squared = (xy[:, 0] - hill.x) ** 2 + (xy[:, 1] - hill.y) ** 2
            total += hill.height * np.exp(-squared / (2 * hill.radius**2))
        return total

    def mean(self, polygon: Geometry, rng: np.random.Generator) -> float:
        """The mean density over the polygon, grids per km², from 400 random points."""
        return float(self.at(scatter(polygon, 400, rng)).mean())

    def sample(self, polygon: Geometry, count: int, rng: np.random.Generator) -> FloatArray:
        """`count` points [n, 2] in the polygon, more of them where the density is high."""
        points = scatter(polygon, count * 6, rng)
        chance = self.at(points)
        chosen = rng.choice(len(points), size=count, replace=False, p=chance / chance.sum())
        return points[np.sort(chosen)]


def scatter(polygon: Geometry, count: int, rng: np.random.Generator) -> FloatArray:
    """`count` points [n, 2] spread evenly at random over the polygon."""
    shapely.prepare(polygon)
    low_x, low_y, high_x, high_y = polygon.bounds
    found: list[FloatArray] = []
    missing = count
    while missing > 0:
        points = rng.uniform((low_x, low_y), (high_x, high_y), (max(64, missing * 2), 2))
        inside = points[shapely.contains_xy(polygon, points[:, 0], points[:, 1])][:missing]
        found.append(inside)
        missing -= len(inside)
    return np.concatenate(found)
