"""Coordinate systems, converted at the edges only: inside the product everything is WGS 84.

GCJ-02 is the shifted system of Chinese map services, by `prcoords` (CC0); at Haikou a point's
GCJ-02 coordinates lie about 461 m east and 220 m south of its WGS 84 ones. Web Mercator is
EPSG:3857, metres on the sphere of the WGS 84 equator. Order is always (lon, lat) and (x, y).
"""

import math

import numpy as np
import prcoords
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]

MERCATOR_RADIUS_M = 6_378_137.0
"""Radius of the Web Mercator sphere in metres."""

MERCATOR_MAX_LAT = 85.05112877980659
"""Degrees; nearer to the poles the projection is cut off."""


def wgs84_to_gcj02(lon: float, lat: float) -> tuple[float, float]:
    """WGS 84 degrees → GCJ-02 degrees; outside China the two are the same."""
    if not prcoords.sanity_in_china_p(prcoords.Coords(lat, lon)):
        return lon, lat
    shifted = prcoords.wgs_gcj((lat, lon), check_china=False)
    return float(shifted.lon), float(shifted.lat)


def gcj02_to_wgs84(lon: float, lat: float) -> tuple[float, float]:
    """GCJ-02 degrees → WGS 84 degrees, iterated to below a millimetre; outside China unchanged."""
    if not prcoords.sanity_in_china_p(prcoords.Coords(lat, lon)):
        return lon, lat
    true = prcoords.gcj_wgs_bored((lat, lon), check_china=False)
    return float(true.lon), float(true.lat)


def gcj02_to_wgs84_array(lonlat: FloatArray) -> FloatArray:
    """Points [n, 2] in GCJ-02 degrees → WGS 84 degrees."""
    converted = [gcj02_to_wgs84(float(lon), float(lat)) for lon, lat in lonlat]
    return np.array(converted, dtype=np.float64).reshape(-1, 2)


def to_mercator(lon: float, lat: float) -> tuple[float, float]:
    """WGS 84 degrees → Web Mercator metres; latitudes beyond ±85.05° are cut off there."""
    kept = min(max(lat, -MERCATOR_MAX_LAT), MERCATOR_MAX_LAT)
    y = math.log(math.tan(math.pi / 4 + math.radians(kept) / 2))
    return MERCATOR_RADIUS_M * math.radians(lon), MERCATOR_RADIUS_M * y


def from_mercator(x: float, y: float) -> tuple[float, float]:
    """Web Mercator metres → WGS 84 degrees."""
    lat = 2 * math.atan(math.exp(y / MERCATOR_RADIUS_M)) - math.pi / 2
    return math.degrees(x / MERCATOR_RADIUS_M), math.degrees(lat)


def to_mercator_array(lonlat: FloatArray) -> FloatArray:
    """Points [n, 2] in WGS 84 degrees → Web Mercator metres."""
    lat = np.radians(np.clip(lonlat[:, 1], -MERCATOR_MAX_LAT, MERCATOR_MAX_LAT))
    x = np.radians(lonlat[:, 0])
    return MERCATOR_RADIUS_M * np.stack([x, np.log(np.tan(np.pi / 4 + lat / 2))], axis=1)
