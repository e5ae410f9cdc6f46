"""Outlines become GeoJSON with every digit, and a box finds what it touches."""

import json

import numpy as np
import shapely

from console.central.ogc.feature import About
from console.central.ogc.outlines import Outlines, geometry_of
from console.central.ogc.query import Box, Query
from console.geo.layer import Layer, make_layer
from console.wire.codec import encode

RING = shapely.box(0, 0, 3, 3) - shapely.box(1, 1, 2, 2)
PAIR = shapely.MultiPolygon([shapely.box(5, 0, 6.123456789012345, 1), shapely.box(7, 0, 8, 1)])
LAYER = make_layer(["b", "a"], ["x", "x"], ["", ""], np.array([PAIR, RING], dtype=object))


def outlines(layer: Layer = LAYER) -> Outlines:
    about = About("areas", "Areas", "")
    return Outlines(about, lambda: layer, lambda: (0, 0, 8, 3), lambda code: {"code": code})


def test_holes_and_parts_and_digits_stay() -> None:
    for code, true in (("a", RING), ("b", PAIR)):
        text = json.dumps(geometry_of(LAYER, LAYER.index[code]))
        read = shapely.from_geojson(text)
        assert read.geom_type == "MultiPolygon"
        assert shapely.equals(read, true)
        assert set(map(tuple, shapely.get_coordinates(read))) == set(
            map(tuple, shapely.get_coordinates(true))
        )


def test_outer_rings_run_anticlockwise() -> None:
    outer, hole = geometry_of(LAYER, LAYER.index["a"])["coordinates"][0]
    assert shapely.LinearRing(outer).is_ccw
    assert not shapely.LinearRing(hole).is_ccw


def found(*boxes: Box) -> list[str]:
    page = outlines().page(Query(boxes=boxes))
    assert page.matched == len(page.features)
    return [json.loads(encode(feature))["id"] for feature in page.features]


def test_a_box_finds_outlines_not_their_frames() -> None:
    assert found(Box(0.5, 0.5, 0.6, 0.6)) == ["a"]
    assert found(Box(1.2, 1.2, 1.8, 1.8)) == [], "the hole is not the area"
    assert found(Box(6.5, 0, 6.9, 1)) == [], "between the two parts"
    assert found(Box(3, 3, 4, 4)) == ["a"], "a corner touches"
    assert found(Box(7, 0, 180, 1), Box(-180, 0, 0, 1)) == ["a", "b"]


def test_pages_follow_each_other() -> None:
    first = outlines().page(Query(limit=1))
    assert (first.matched, first.last) == (2, "a")
    second = outlines().page(Query(limit=1, after="a"))
    assert (second.matched, second.last, len(second.features)) == (2, None, 1)
    assert outlines().page(Query(after="zz")).features == []


def test_the_layer_is_read_once() -> None:
    reads: list[int] = []

    def load() -> Layer:
        reads.append(1)
        return LAYER

    source = Outlines(About("a", "", ""), load, lambda: (0, 0, 8, 3), lambda code: {})
    assert source.find("a") is not None
    assert source.find("nobody") is None
    source.page(Query())
    assert len(reads) == 1
