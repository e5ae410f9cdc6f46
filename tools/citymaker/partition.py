"""Splits a polygon into cells round seeds: Voronoi in the bent plane, clipped, each in one piece."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import shapely
from shapely import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry as Geometry

from tools.citymaker.density import Density
from tools.citymaker.plane import FloatArray, IntArray
from tools.citymaker.warp import Warp

_SAMPLES_PER_CELL = 90
_ROUNDS = 16
_BENDS_PER_EDGE = 8
_BEND_M = (40.0, 220.0)


def parts_of(geometry: Geometry) -> list[Polygon]:
    """The polygons the geometry is made of."""
    return [part for part in shapely.get_parts(geometry) if isinstance(part, Polygon)]


def largest_remainder(weights: Sequence[float], total: int, least: int) -> list[int]:
    """Whole shares of `total` in proportion to the weights, each at least `least`."""
    spare = total - least * len(weights)
    if spare < 0:
        raise ValueError(f"{total} cannot give {len(weights)} shares of at least {least}")
    exact = np.asarray(weights, dtype=float) / sum(weights) * spare
    shares = np.floor(exact).astype(int)
    first = np.argsort(-(exact - shares), kind="stable")[: spare - int(shares.sum())]
    shares[first] += 1
    return [int(share) + least for share in shares]


class Splitter:
    """Splits polygons (metres) with one density and one bending, repeatably for one generator."""

    def __init__(self, density: Density, warp: Warp, rng: np.random.Generator) -> None:
        self._density, self._warp, self._rng = density, warp, rng

    def weight(self, polygon: Geometry) -> float:
        """How many grids the density wants in the polygon."""
        return self._density.mean(polygon, self._rng) * polygon.area / 1e6

    def split(self, polygon: Geometry, count: int) -> list[Geometry]:
        """`count` cells that fill the polygon, smaller where the density is high."""
        pieces = parts_of(polygon)
        if count == 1:
            return [polygon]
        if len(pieces) > 1 and count >= len(pieces):
            shares = largest_remainder([self.weight(piece) for piece in pieces], count, 1)
            return [
                cell
                for piece, share in zip(pieces, shares, strict=True)
                for cell in self.split(piece, share)
            ]
        samples = self._warp.bend(
            self._density.sample(polygon, count * _SAMPLES_PER_CELL, self._rng)
        )
        cells = self._around(polygon, _settle(samples, count, self._rng), np.arange(count))
        while len(cells) < count:  # a seed fell outside a bay of the polygon
            widest = max(range(len(cells)), key=lambda i: (self.weight(cells[i]), i))
            cells.extend(self.split(cells.pop(widest), 2))
        return cells

    def towns(self, polygon: Geometry, seeds: FloatArray, owners: IntArray) -> list[Geometry]:
        """One cell for each owner 0, 1, …: the union of the cells of its seeds [n, 2] in metres.

        An island goes whole to the nearest seed's owner. Raises ValueError when an owner's seeds
        all lie outside the polygon.
        """
        mainland, *islands = sorted(parts_of(polygon), key=lambda part: -part.area)
        cells = self._around(mainland, self._warp.bend(seeds), owners)
        if len(cells) != owners.max() + 1:
            raise ValueError("a town's centre lies outside its district")
        for island in islands:
            away = ((seeds - island.centroid.coords[0]) ** 2).sum(axis=1)
            owner = int(owners[int(np.argmin(away))])
            cells[owner] = MultiPolygon([*parts_of(cells[owner]), island])
        return cells

    def _around(self, polygon: Geometry, seeds: FloatArray, owners: IntArray) -> list[Geometry]:
        """The cells of bent-plane seeds, united by owner; an owner without a face gets none."""
        faces = self._faces(polygon, seeds)
        inner = np.array([face.representative_point().coords[0] for face in faces])
        own: dict[int, list[Polygon]] = {}
        for face, point in zip(faces, self._warp.bend(inner), strict=True):
            nearest = int(np.argmin(((seeds - point) ** 2).sum(axis=1)))
            own.setdefault(int(owners[nearest]), []).append(face)
        return _one_piece_each(
            {owner: parts_of(shapely.unary_union(own[owner])) for owner in sorted(own)}
        )

    def _faces(self, polygon: Geometry, seeds: FloatArray) -> list[Polygon]:
        low, high = seeds.min(axis=0), seeds.max(axis=0)
        corners = self._warp.bend(np.array(shapely.get_coordinates(polygon)))
        low, high = np.minimum(low, corners.min(axis=0)), np.maximum(high, corners.max(axis=0))
        room = shapely.box(*(low - 5000), *(high + 5000))
        web = shapely.voronoi_polygons(shapely.MultiPoint(seeds), extend_to=room, only_edges=True)
        lines = [self._unbent(line) for line in _two_point_lines(web)]
        noded = shapely.unary_union([*lines, polygon.boundary])
        faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(noded).tolist()))
        shapely.prepare(polygon)
        return [face for face in faces if polygon.contains(face.representative_point())]

    def _unbent(self, line: Geometry) -> Geometry:
        step = min(max(line.length / _BENDS_PER_EDGE, _BEND_M[0]), _BEND_M[1])
        bent = shapely.get_coordinates(shapely.segmentize(line, step))
        grown = shapely.LineString(self._warp.unbend(bent))
        return shapely.simplify(grown, max(1.5, min(15.0, line.length * 0.012)))


def _two_point_lines(web: Geometry) -> list[Geometry]:
    """Each straight piece of the web by itself, so that nodes keep their place when it bends."""
    lines: list[Geometry] = []
    for line in shapely.get_parts(web):
        points = shapely.get_coordinates(line)
        lines.extend(shapely.LineString(pair) for pair in pairwise(points))
    return lines


def _settle(samples: FloatArray, count: int, rng: np.random.Generator) -> FloatArray:
    """Lloyd's rounds: seeds move to the middle of the samples nearest to them."""
    seeds = samples[np.sort(rng.choice(len(samples), size=count, replace=False))].copy()
    for _ in range(_ROUNDS):
        dx = samples[:, 0, None] - seeds[None, :, 0]
        dy = samples[:, 1, None] - seeds[None, :, 1]
        nearest = np.argmin(dx * dx + dy * dy, axis=1)
        held = np.bincount(nearest, minlength=count)
        for axis in (0, 1):
            sums = np.bincount(nearest, weights=samples[:, axis], minlength=count)
            seeds[:, axis] = np.where(held > 0, sums / np.maximum(held, 1), seeds[:, axis])
    return seeds


def _one_piece_each(own: dict[int, list[Polygon]]) -> list[Geometry]:
    """Each owner keeps its largest piece; a cut-off one joins the neighbour it touches most."""
    cells: dict[int, Geometry] = {}
    loose: list[tuple[int, Polygon]] = []
    for owner, pieces in own.items():
        cells[owner], *others = sorted(pieces, key=lambda piece: -piece.area)
        loose.extend((owner, piece) for piece in others)
    while loose:
        rest = [pair for pair in loose if not _join(cells, pair[1])]
        if len(rest) == len(loose):  # islands: no neighbour by land, they stay with their owner
            for owner, face in rest:
                cells[owner] = MultiPolygon([*parts_of(cells[owner]), face])
            break
        loose = rest
    return [cells[owner] for owner in sorted(cells)]


def _join(cells: dict[int, Geometry], face: Polygon) -> bool:
    """Give the face to the cell with the longest common border; False if none touches it."""
    common = {
        owner: shapely.length(shapely.intersection(cell.boundary, face.boundary))
        for owner, cell in cells.items()
        if cell.intersects(face)
    }
    best = max(common, key=lambda owner: (common[owner], -owner), default=None)
    if best is None or common[best] <= 0:
        return False
    cells[best] = shapely.union(cells[best], face)
    return True
