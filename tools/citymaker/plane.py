"""A flat plane in metres beside degrees: affine, so that straight lines stay straight both ways."""

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry as Geometry

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

METRES_PER_DEGREE = 111_195.08
"""Metres in one degree of a great circle on the mean earth."""


@dataclass(frozen=True)
class Plane:
    """The plane that touches the city at (lon, lat) degrees; x east, y north, metres."""

    lon: float
    lat: float

    @property
    def scale(self) -> FloatArray:
        """Metres per degree in x and y."""
        return np.array([METRES_PER_DEGREE * np.cos(np.radians(self.lat)), METRES_PER_DEGREE])

    def to_plane(self, geometry: Geometry) -> Geometry:
        """The geometry in degrees (lon, lat) → in metres (x, y)."""
        return shapely.transform(geometry, self.points_to_plane)

    def to_degrees(self, geometry: Geometry) -> Geometry:
        """The geometry in metres (x, y) → in degrees (lon, lat)."""
        return shapely.transform(geometry, self.points_to_degrees)

    def points_to_plane(self, lonlat: FloatArray) -> FloatArray:
        """Points [n, 2] in degrees (lon, lat) → metres (x, y)."""
        return np.asarray((lonlat - [self.lon, self.lat]) * self.scale, dtype=np.float64)

    def points_to_degrees(self, xy: FloatArray) -> FloatArray:
        """Points [n, 2] in metres (x, y) → degrees (lon, lat)."""
        return np.asarray(xy / self.scale + [self.lon, self.lat], dtype=np.float64)
