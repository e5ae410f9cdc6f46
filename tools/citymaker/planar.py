"""From loose cells to one planar map: every border point shared by all cells that meet there."""

from collections.abc import Sequence

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry as Geometry

DECIMALS = 7
"""Decimals of a degree in the pack: 1 cm. With 6 the rounding of border points that lie on a
district's outline would by itself cost more than the 5,000 m² of gap and overlap allowed."""


def planar_cells(cells: Sequence[Geometry]) -> list[Geometry]:
    """The cells (degrees) with all borders noded together on the 1e-7° raster, in their order.

    Raises ValueError when a cell vanishes or the result is no valid coverage.
    """
    lines = shapely.unary_union([cell.boundary for cell in cells], grid_size=10.0**-DECIMALS)
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(lines).tolist()))
    faces = shapely.transform(faces, lambda points: np.round(points, DECIMALS))
    inner = shapely.point_on_surface(faces)
    hit, cell_of = shapely.STRtree(list(cells)).query(inner, predicate="within")
    own: list[list[Geometry]] = [[] for _ in cells]
    for face, cell in zip(hit, cell_of, strict=True):
        own[cell].append(faces[face])
    if not all(own):
        raise ValueError("a cell vanished when the borders were noded")
    exact = [shapely.coverage_union_all(pieces) for pieces in own]
    exact = [parts[0] if len(parts := shapely.get_parts(cell)) == 1 else cell for cell in exact]
    if not shapely.coverage_is_valid(exact):
        raise ValueError("the cells do not fit together: not a valid coverage")
    return exact


def unite(cells: Sequence[Geometry]) -> Geometry:
    """The union of planar cells; every vertex of theirs on its outline is kept."""
    united = shapely.coverage_union_all(list(cells))
    parts = shapely.get_parts(united)
    return parts[0] if len(parts) == 1 else united
