"""The city's boundaries as small binary files that the page reads as typed arrays.

One file per layer, little-endian:

    uint32   length of the header in bytes
    header   UTF-8 JSON, padded with spaces so that the arrays begin at a multiple of 8:
             {"origin": [x, y], "features": n, "rings": m, "points": p, "codes": [...]}
    float32  2p: points as world fractions (projection.py) minus `origin`
    int32    m + 1: where each ring begins, in points
    int32    n + 1: where each feature begins, in rings
    float32  2n: where each feature's label stands, in the same units as the points
    float32  4n: each feature's box: left, top, right, bottom

Offsets from an origin in the city keep float32 exact to a hundredth of a pixel at zoom 18.
"""

import json
from collections.abc import Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

from console.map.projection import to_world_many

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]

LAYERS = ("neighbours", "districts", "towns", "communities", "grids")
"""Names of the layers a city has, in drawing order; also the file names without `.bin`."""


class LayerLike(Protocol):
    """Polygons as arrays: points in (lon, lat) degrees, ring offsets in points, feature offsets in rings."""

    @property
    def codes(self) -> Sequence[str]:
        """One code per feature."""

    @property
    def coords(self) -> Floats:
        """(p, 2) float64, (lon, lat)."""

    @property
    def ring_offsets(self) -> Ints:
        """m + 1 offsets into `coords`."""

    @property
    def feature_offsets(self) -> Ints:
        """n + 1 offsets into the rings."""


def encode_layer(layer: LayerLike, origin: tuple[float, float]) -> bytes:
    """The layer in the format above; `origin` in world fractions."""
    points = to_world_many(np.asarray(layer.coords, dtype=np.float64)) - np.asarray(origin)
    rings = np.asarray(layer.ring_offsets, dtype="<i4")
    features = np.asarray(layer.feature_offsets, dtype="<i4")
    header = {
        "origin": list(origin),
        "features": len(features) - 1,
        "rings": len(rings) - 1,
        "points": len(points),
        "codes": list(layer.codes),
    }
    text = json.dumps(header, ensure_ascii=False).encode()
    text += b" " * (-(4 + len(text)) % 8)
    arrays = (
        points.astype("<f4"),
        rings,
        features,
        _label_points(points, rings, features).astype("<f4"),
        _boxes(points, rings, features).astype("<f4"),
    )
    return b"".join([np.uint32(len(text)).tobytes(), text, *(a.tobytes() for a in arrays)])


def _boxes(points: Floats, rings: Ints, features: Ints) -> Floats:
    """One (left, top, right, bottom) per feature."""
    if len(features) < 2:
        return np.empty((0, 4))
    starts = rings[features[:-1]]
    return np.column_stack(
        [np.minimum.reduceat(points, starts), np.maximum.reduceat(points, starts)]
    )


def _label_points(points: Floats, rings: Ints, features: Ints) -> Floats:
    """One point well inside each feature's largest ring."""
    labels = np.zeros((len(features) - 1, 2))
    for i in range(len(features) - 1):
        outlines = [points[rings[r] : rings[r + 1]] for r in range(features[i], features[i + 1])]
        largest = max(outlines, key=lambda ring: abs(_signed_area(ring)))
        labels[i] = _inner_point(largest)
    return labels


def _signed_area(ring: Floats) -> float:
    x, y = (ring - ring[0]).T
    return float(np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y)) / 2


def _centroid(ring: Floats) -> Floats:
    base = ring[0]
    x, y = (ring - base).T
    cross = x * np.roll(y, -1) - np.roll(x, -1) * y
    total = cross.sum()
    if total == 0:
        return np.asarray(ring.mean(axis=0))
    cx = ((x + np.roll(x, -1)) * cross).sum() / (3 * total)
    cy = ((y + np.roll(y, -1)) * cross).sum() / (3 * total)
    return np.asarray(base + np.array([cx, cy]))


def _inner_point(ring: Floats, steps: int = 20) -> Floats:
    """The centroid of a plain shape; for a ragged one the sampled inner point farthest from the outline."""
    if len(ring) < 24:
        return _centroid(ring)
    low, high = ring.min(axis=0), ring.max(axis=0)
    axes = [np.linspace(low[k], high[k], steps + 2)[1:-1] for k in (0, 1)]
    grid = np.stack(np.meshgrid(*axes), axis=-1).reshape(-1, 2)
    inside = grid[_inside(grid, ring)]
    if not len(inside):
        return _centroid(ring)
    gaps = np.linalg.norm(inside[:, None, :] - ring[None, :, :], axis=2).min(axis=1)
    return np.asarray(inside[int(gaps.argmax())])


def _inside(samples: Floats, ring: Floats) -> npt.NDArray[np.bool_]:
    """Even-odd rule for every sample at once."""
    after = np.roll(ring, -1, axis=0)
    x, y = samples[:, :1], samples[:, 1:]
    straddles = (ring[:, 1] > y) != (after[:, 1] > y)
    rise = after[:, 1] - ring[:, 1]
    slope = np.divide(after[:, 0] - ring[:, 0], rise, out=np.zeros_like(rise), where=rise != 0)
    left = x < ring[:, 0] + (y - ring[:, 1]) * slope
    return np.asarray((straddles & left).sum(axis=1) % 2 == 1)
