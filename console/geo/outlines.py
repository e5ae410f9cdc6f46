"""A layer as it was read, and the checks each of its features has to pass by itself."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from console.domain.place import EARTH_RADIUS_M, Position
from console.geo.problem import Problems

FAR_M = 2_000_000.0
"""A vertex farther than this from the city's centre is a mistake in the coordinates."""


@dataclass(frozen=True)
class Outlines:
    """The features of one file in WGS 84 degrees; `parents` is None where the file has none."""

    file: str
    codes: list[str]
    parents: list[str] | None
    names: list[str]
    geometries: NDArray[np.object_]


def check_outlines(outlines: Outlines, centre: Position, problems: Problems) -> None:
    """Note codes that are missing or stand twice, and outlines that are no valid polygons nearby."""
    seen: set[str] = set()
    for i, code in enumerate(outlines.codes):
        if not code:
            problems.add(outlines.file, f"#{i + 1}", "code", "没有代码", "has no code")
        elif code in seen:
            problems.add(
                outlines.file, code, "code", "这个代码出现了两次", "this code stands twice"
            )
        seen.add(code)
        fault = _fault(outlines.geometries[i], centre)
        if fault is not None:
            problems.add(outlines.file, code or f"#{i + 1}", "geometry", *fault)


def _fault(geometry: object, centre: Position) -> tuple[str, str] | None:
    """What is wrong with one outline, in Chinese and English."""
    import shapely

    if not isinstance(geometry, shapely.Polygon | shapely.MultiPolygon) or geometry.is_empty:
        return "不是面（Polygon 或 MultiPolygon）", "is not a polygon"
    points = shapely.get_coordinates(geometry)
    if not np.isfinite(points).all():
        return "坐标中有 NaN 或无穷大", "has coordinates that are NaN or infinite"
    if (np.abs(points) > (180, 90)).any():
        return "坐标超出经纬度范围，是否写反或坐标系声明有误？", "has coordinates that are not (lon, lat) in degrees; are they swapped, or is the declared crs wrong?"  # fmt: skip
    away = np.radians(np.abs(points - (centre.lon, centre.lat)).max()) * EARTH_RADIUS_M
    if away > FAR_M:
        return f"距城市中心 {away / 1000:.0f} 公里", f"lies {away / 1000:.0f} km from the city's centre"  # fmt: skip
    if not geometry.is_valid:
        reason = shapely.is_valid_reason(geometry)
        return f"几何无效：{reason}", f"is not valid: {reason}"
    return None


def check_codes(
    outlines: Outlines, parents: Mapping[str, str], table: str, problems: Problems
) -> None:
    """Note features the table does not have, rows without a feature, parents that disagree."""
    for i, code in enumerate(outlines.codes):
        if not code:
            continue
        if code not in parents:
            problems.add(outlines.file, code, "code", f"不在 {table} 中", f"is not in {table}")
        elif outlines.parents is not None and outlines.parents[i] != parents[code]:
            own, told = outlines.parents[i], parents[code]
            problems.add(outlines.file, code, "parent", f"这里是“{own}”，{table} 中是“{told}”", f'is "{own}" here and "{told}" in {table}')  # fmt: skip
    for code in sorted(set(parents) - set(outlines.codes)):
        problems.add(outlines.file, code, "geometry", f"{table} 中有，但这里没有图形", f"stands in {table} but has no outline here")  # fmt: skip
