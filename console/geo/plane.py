"""Degrees ↔ metres on a flat plane that touches the city: exact enough within one city.

The error against the ellipsoid is below 0.6 % of a distance within 100 km of the origin.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from console.domain.place import EARTH_RADIUS_M

FloatArray = NDArray[np.float64]

METRES_PER_DEGREE = math.radians(EARTH_RADIUS_M)
"""Metres in one degree of latitude."""


@dataclass(frozen=True, slots=True)
class LocalPlane:
    """x east and y north in metres from (lon, lat) degrees (equirectangular)."""

    lon: float
    lat: float

    def to_metres(self, lonlat: FloatArray) -> FloatArray:
        """Points [n, 2] in degrees (lon, lat) → metres (x, y)."""
        east = METRES_PER_DEGREE * math.cos(math.radians(self.lat))
        return np.asarray((lonlat - (self.lon, self.lat)) * (east, METRES_PER_DEGREE))
