"""Web Mercator as fractions of the world square: x and y run 0 to 1, y southwards."""

import math

import numpy as np
import numpy.typing as npt

TILE = 256
"""Pixels of the world's edge at zoom 0, as Leaflet counts."""
MAX_LAT = 85.051128779806
"""Degrees of latitude where the square ends."""


def to_world(lon: float, lat: float) -> tuple[float, float]:
    """(lon, lat) in WGS 84 degrees → (x, y) in fractions of the world square."""
    lat = max(-MAX_LAT, min(MAX_LAT, lat))
    y = 0.5 - math.log(math.tan(math.pi / 4 + math.radians(lat) / 2)) / (2 * math.pi)
    return lon / 360 + 0.5, y


def to_lonlat(x: float, y: float) -> tuple[float, float]:
    """(x, y) in fractions of the world square → (lon, lat) in WGS 84 degrees."""
    lat = math.degrees(2 * math.atan(math.exp((0.5 - y) * 2 * math.pi)) - math.pi / 2)
    return (x - 0.5) * 360, lat


def to_world_many(lonlat: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """An (n, 2) array of (lon, lat) degrees → an (n, 2) array of world fractions."""
    lat = np.radians(np.clip(lonlat[:, 1], -MAX_LAT, MAX_LAT))
    y = 0.5 - np.log(np.tan(np.pi / 4 + lat / 2)) / (2 * np.pi)
    return np.column_stack([lonlat[:, 0] / 360 + 0.5, y])
