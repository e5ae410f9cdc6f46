"""The city's boundaries as small binary files that the page reads as typed arrays.

One file per layer, little-endian:

    uint32   length of the header in bytes
    header   UTF-8 JSON, padded with spaces so that the arrays begin at a multiple of 8:
             {"origin": [x, y], "features": n, "rings": m, "points": p, "codes": [...],
              "names": [...]}
    float32  2p: points as world fractions (projection.py) minus `origin`
    int32    m + 1: where each ring begins, in points
    int32    n + 1: where each feature begins, in rings
    float32  2n: where each feature's label stands, in the same units as the points
    float32  4n: each feature's box: left, top, right, bottom

Offsets from an origin in the city keep float32 exact to a hundredth of a pixel at zoom 18.
"""

import json

import numpy as np

from console.geo.layer import FloatArray, IntArray, Layer
from console.map.projection import to_world_many

LAYERS = ("neighbours", "districts", "towns", "communities", "grids")
"""Names of the layers a city has, in drawing order; also the file names without `.bin`."""


def encode_layer(layer: Layer, origin: tuple[float, float]) -> bytes:
    """The layer in the format above; `origin` in world fractions."""
    points = to_world_many(layer.coords) - np.asarray(origin)
    labels = to_world_many(layer.labels) - np.asarray(origin)
    rings = np.asarray(layer.ring_offsets, dtype="<i4")
    features = np.asarray(layer.feature_offsets, dtype="<i4")
    header = {
        "origin": origin,
        "features": len(features) - 1,
        "rings": len(rings) - 1,
        "points": len(points),
        "codes": layer.codes,
        "names": layer.names,
    }
    text = json.dumps(header, ensure_ascii=False).encode()
    text += b" " * (-(4 + len(text)) % 8)
    arrays = (
        points.astype("<f4"),
        rings,
        features,
        labels.astype("<f4"),
        _boxes(points, rings, features).astype("<f4"),
    )
    return b"".join([len(text).to_bytes(4, "little"), text, *(a.tobytes() for a in arrays)])


def _boxes(points: FloatArray, rings: IntArray, features: IntArray) -> FloatArray:
    """One (left, top, right, bottom) per feature."""
    if len(features) < 2:
        return np.empty((0, 4))
    starts = rings[features[:-1]]
    return np.column_stack(
        [np.minimum.reduceat(points, starts), np.maximum.reduceat(points, starts)]
    )
