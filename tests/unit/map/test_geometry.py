"""The boundary files can be read back by the rules of their own format."""

import json

import numpy as np
import pytest

from console.geo.layer import Layer
from console.map.geometry import LAYERS, encode_layer
from console.map.projection import to_world
from tests.map.fakes import boxes, fake_boundaries

ORIGIN = to_world(110.33, 19.95)


def decode(data: bytes) -> tuple[dict[str, object], list[np.ndarray]]:
    length = int.from_bytes(data[:4], "little")
    assert (4 + length) % 8 == 0
    header = json.loads(data[4 : 4 + length])
    n, m, p = header["features"], header["rings"], header["points"]
    at = 4 + length
    arrays = []
    for kind, count in (
        ("<f4", 2 * p),
        ("<i4", m + 1),
        ("<i4", n + 1),
        ("<f4", 2 * n),
        ("<f4", 4 * n),
    ):
        arrays.append(np.frombuffer(data, kind, count, at))
        at += 4 * count
    assert at == len(data)
    return header, arrays


@pytest.mark.parametrize("name", LAYERS)
def test_round_trip_is_exact_to_a_hundredth_of_a_pixel(name: str) -> None:
    layer: Layer = getattr(fake_boundaries(), name)
    header, (points, rings, features, labels, _) = decode(encode_layer(layer, ORIGIN))
    assert header["codes"] == layer.codes
    assert (rings == layer.ring_offsets).all()
    assert (features == layer.feature_offsets).all()
    deepest = 256 * 2**18
    for got, wanted in ((points, layer.coords), (labels, layer.labels)):
        there = np.array([to_world(lon, lat) for lon, lat in wanted]) - ORIGIN
        assert np.abs(got.reshape(-1, 2) - there).max() * deepest < 0.05


def test_boxes_hold_their_points() -> None:
    layer = fake_boundaries().grids
    _, (points, rings, features, _, found) = decode(encode_layer(layer, ORIGIN))
    for i, (left, top, right, bottom) in enumerate(found.reshape(-1, 4)):
        own = points.reshape(-1, 2)[rings[features[i]] : rings[features[i + 1]]]
        assert own[:, 0].min() == left
        assert own[:, 1].min() == top
        assert own[:, 0].max() == right
        assert own[:, 1].max() == bottom


def test_layer_without_features() -> None:
    header, arrays = decode(encode_layer(boxes([], []), ORIGIN))
    assert header["features"] == 0
    assert [len(a) for a in arrays] == [0, 1, 1, 0, 0]
