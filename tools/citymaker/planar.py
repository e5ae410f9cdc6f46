"""From loose cells to one planar map: every border point shared by all cells that meet there."""

from collections.abc import Sequence

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry as Geometry

from tools.citymaker.plane import FloatArray

DECIMALS = 7
"""Decimals of a degree of a cell's node: 1 cm."""

OUTLINE_DECIMALS = 9
"""Decimals of a node on a district's outline: 0.1 mm. Over 600 km of outline, nodes that are
rounded to a decimetre would add up to more than the 5,000 m² of gap and overlap allowed."""


def planar_cells(cells: Sequence[Geometry], outlines: Sequence[Geometry]) -> list[Geometry]:
    """The cells (degrees) with all borders noded together on the 1e-7° raster, in their order.

    Nodes that the raster has moved off one of the outlines are put back onto it. Raises ValueError when a cell vanishes or the result is no valid coverage.
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
    exact = _onto(outlines, exact)
    exact = [parts[0] if len(parts := shapely.get_parts(cell)) == 1 else cell for cell in exact]
    if not shapely.coverage_is_valid(exact):
        raise ValueError("the cells do not fit together: not a valid coverage")
    return exact


def _onto(outlines: Sequence[Geometry], cells: Sequence[Geometry]) -> list[Geometry]:
    """The cells with the nodes of their common rim moved onto the outline that they fill."""
    moved: dict[tuple[float, float], FloatArray] = {}
    inner = shapely.point_on_surface(list(cells))
    for outline in outlines:
        shapely.prepare(outline)
        filling = [
            cell for cell, point in zip(cells, inner, strict=True) if outline.contains(point)
        ]
        border = outline.boundary
        for node in shapely.get_coordinates(unite(filling)):
            way = shapely.shortest_line(border, shapely.Point(node))
            there = np.round(shapely.get_coordinates(way)[0], OUTLINE_DECIMALS)
            moved.setdefault(tuple(node), there)
    return [
        shapely.transform(
            cell, lambda xy: np.array([moved.get(tuple(point), point) for point in xy])
        )
        for cell in cells
    ]


def unite(cells: Sequence[Geometry]) -> Geometry:
    """The union of planar cells; every vertex of theirs on its outline is kept."""
    united = shapely.coverage_union_all(list(cells))
    parts = shapely.get_parts(united)
    return parts[0] if len(parts) == 1 else united
