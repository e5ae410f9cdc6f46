"""Checks that outlines fit together: no overlap on a level, and each inside its parent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from console.domain.place import Position
from console.geo.outlines import Outlines
from console.geo.plane import LocalPlane
from console.geo.problem import Problems

if TYPE_CHECKING:
    from shapely import MultiPolygon, Polygon

    Polygonal = Polygon | MultiPolygon

OVERLAP_M2 = 1.0
"""Two features of one level may share no more than this."""

OUTSIDE_SHARE, OUTSIDE_M2 = 0.01, 1000.0
"""A feature may stick out of its parent by one of these two, whichever is larger."""

GAP_SHARE = 0.005
"""The children of a parent may leave this share of it uncovered without a warning."""


def in_metres(outlines: Outlines, centre: Position) -> NDArray[np.object_]:
    """The outlines on a plane in metres."""
    import shapely

    plane = LocalPlane(centre.lon, centre.lat)
    return np.asarray(shapely.transform(outlines.geometries, plane.to_metres), dtype=np.object_)


def check_coverage(
    outlines: Outlines, metres: NDArray[np.object_], problems: Problems, warnings: Problems
) -> None:
    """Overlaps are problems, with both features named; borders that merely differ are a warning."""
    import shapely

    if shapely.coverage_is_valid(metres):
        return
    one, two = shapely.STRtree(metres).query(metres, predicate="intersects")
    once = one < two
    one, two = one[once], two[once]
    common = shapely.area(shapely.intersection(metres[one], metres[two]))
    deep = np.flatnonzero(common > OVERLAP_M2)
    for i in deep.tolist():
        a, b, area = outlines.codes[one[i]], outlines.codes[two[i]], common[i]
        problems.add(outlines.file, a, "geometry", f"与 {b} 重叠 {area:.0f} 平方米", f"overlaps {b} by {area:.0f} m²")  # fmt: skip
    if not len(deep):
        loose = int((~shapely.is_empty(shapely.coverage_invalid_edges(metres))).sum())
        warnings.add(outlines.file, "", "geometry", f"{loose} 个图形与邻居的边界不完全一致", f"{loose} features do not share their borders exactly with their neighbours")  # fmt: skip


def check_nesting(
    outlines: Outlines,
    metres: NDArray[np.object_],
    parent_of: Mapping[str, str],
    parents: Mapping[str, Polygonal],
    problems: Problems,
    warnings: Problems,
) -> None:
    """A child outside its parent is a problem; a parent with a gap between its children a warning.

    `parents` is code → outline in metres.
    """
    import shapely

    around = np.array([parents[parent_of[code]] for code in outlines.codes], dtype=np.object_)
    area, outside = shapely.area(metres), shapely.area(shapely.difference(metres, around))
    covered: dict[str, float] = dict.fromkeys(parents, 0.0)
    for i, code in enumerate(outlines.codes):
        parent = parent_of[code]
        covered[parent] += area[i] - outside[i]
        if outside[i] > max(OUTSIDE_M2, OUTSIDE_SHARE * area[i]):
            problems.add(outlines.file, code, "geometry", f"有 {outside[i]:.0f} 平方米在上级 {parent} 之外", f"has {outside[i]:.0f} m² outside its parent {parent}")  # fmt: skip
    for parent, share in covered.items():
        whole = float(shapely.area(parents[parent]))
        if whole - share > GAP_SHARE * whole:
            warnings.add(outlines.file, parent, "geometry", f"{parent} 内有 {whole - share:.0f} 平方米没有覆盖", f"leaves {whole - share:.0f} m² of {parent} uncovered")  # fmt: skip
