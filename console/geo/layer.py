"""One layer of outlines as flat arrays: what the map draws and what shapely is made from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int32]


@dataclass(frozen=True, kw_only=True)
class Layer:
    """Features in code order, WGS 84 degrees (lon, lat).

    `coords` [n, 2] holds all rings, each closed, outer ones anticlockwise and holes clockwise.
    Ring r is `coords[ring_offsets[r]:ring_offsets[r + 1]]`; feature f has the rings
    `feature_offsets[f]` to `feature_offsets[f + 1]`. A feature may have several polygons:
    `part_offsets` are the rings at which polygons begin, `multi_offsets` the polygons at which
    features begin. `labels` [features, 2] is a point well inside each. `parents` is the code of
    the area one level up, `names` a name where the pack's layer bears one, "" where there is none.
    """

    codes: list[str]
    parents: list[str]
    names: list[str]
    coords: FloatArray
    ring_offsets: IntArray
    part_offsets: IntArray
    multi_offsets: IntArray
    labels: FloatArray

    @cached_property
    def feature_offsets(self) -> IntArray:
        """Feature → its first ring; one more entry than features."""
        return self.part_offsets[self.multi_offsets]

    @cached_property
    def index(self) -> dict[str, int]:
        """Code → place of the feature in the layer."""
        return {code: i for i, code in enumerate(self.codes)}

    @cached_property
    def geometries(self) -> NDArray[np.object_]:
        """The features as shapely multipolygons, in degrees."""
        return self.geometries_of(self.coords)

    def geometries_of(self, coords: FloatArray) -> NDArray[np.object_]:
        """The features made from other coordinates in the same order, say in metres."""
        import shapely

        offsets = (self.ring_offsets, self.part_offsets, self.multi_offsets)
        made = shapely.from_ragged_array(shapely.GeometryType.MULTIPOLYGON, coords, offsets)
        return np.asarray(made, dtype=np.object_)

    def geometry(self, code: str) -> BaseGeometry:
        """The outline of one feature, in degrees. Raises KeyError for an unknown code."""
        found: BaseGeometry = self.geometries[self.index[code]]
        return found

    def bounds(self, code: str) -> tuple[float, float, float, float]:
        """West, south, east, north of one feature in degrees. Raises KeyError for an unknown code."""
        i = self.index[code]
        first, last = self.feature_offsets[i], self.feature_offsets[i + 1]
        points = self.coords[self.ring_offsets[first] : self.ring_offsets[last]]
        (west, south), (east, north) = points.min(axis=0), points.max(axis=0)
        return float(west), float(south), float(east), float(north)

    def label(self, code: str) -> tuple[float, float]:
        """(lon, lat) of a point well inside one feature. Raises KeyError for an unknown code."""
        lon, lat = self.labels[self.index[code]]
        return float(lon), float(lat)


def make_layer(
    codes: list[str], parents: list[str], names: list[str], geometries: NDArray[np.object_]
) -> Layer:
    """The layer of valid polygons and multipolygons in degrees, sorted by code."""
    import shapely

    if not codes:
        return _no_features()
    order = sorted(range(len(codes)), key=lambda i: codes[i])
    turned = shapely.orient_polygons(geometries[order])
    whole = [
        shapely.MultiPolygon(shapely.get_parts(geometry).tolist()) for geometry in turned.tolist()
    ]
    _, coords, (rings, parts, multi) = shapely.to_ragged_array(whole)
    return Layer(
        codes=[codes[i] for i in order],
        parents=[parents[i] for i in order],
        names=[names[i] for i in order],
        coords=np.ascontiguousarray(coords, dtype=np.float64),
        ring_offsets=rings.astype(np.int32),
        part_offsets=parts.astype(np.int32),
        multi_offsets=multi.astype(np.int32),
        labels=_labels(np.asarray(whole, dtype=np.object_)),
    )


def _no_features() -> Layer:
    """A layer a pack may leave out."""
    none = np.zeros(1, dtype=np.int32)
    points = np.empty((0, 2))
    return Layer(
        codes=[], parents=[], names=[], coords=points, ring_offsets=none, part_offsets=none,
        multi_offsets=none, labels=points,
    )  # fmt: skip


def _labels(geometries: NDArray[np.object_]) -> FloatArray:
    """The middle of the largest circle that fits into each feature."""
    import shapely

    size = np.sqrt(shapely.area(geometries))
    radii = shapely.maximum_inscribed_circle(geometries, tolerance=np.maximum(size * 0.02, 1e-7))
    return np.asarray(shapely.get_coordinates(shapely.get_point(radii, 0)), dtype=np.float64)
