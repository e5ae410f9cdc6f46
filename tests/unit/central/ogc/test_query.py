"""What is read from a query, and that nothing else gets through."""

import math
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request

from console.central.ogc.query import (
    DEFAULT_LIMIT,
    MAX_LIMIT,
    OF_DOCUMENT,
    Box,
    Query,
    Span,
    check_parameters,
    read_boxes,
    read_query,
    read_span,
)
from console.central.problems import Problem

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
ONE = datetime(2026, 6, 1, 13, tzinfo=UTC)


def asked(query: str) -> Request:
    return Request({"type": "http", "query_string": query.encode(), "headers": []})


def test_nothing_asked_is_the_first_page() -> None:
    assert read_query(asked("")) == Query(limit=DEFAULT_LIMIT)
    assert read_query(asked("f=json&limit=7&after=C-1")) == Query(limit=7, after="C-1")
    assert read_query(asked("limit=99999999999999999999")).limit == MAX_LIMIT


@pytest.mark.parametrize(
    "query",
    [
        "limit=0",
        "limit=-1",
        "limit=",
        "limit=1.5",
        "limit=٣",
        "limit=1&limit=2",
        "f=html",
        "bbox-crs=x",
        "Limit=1",
        "bbox=1,2,3",
        "bbox=1,2,3,4,5",
        "bbox=",
        "bbox=a,b,c,d",
        "bbox=nan,0,1,1",
        "bbox=0,0,inf,1",
        "bbox=1e400,0,1,1",
        "bbox=0,2,1,1",
        "bbox=20,110,21,111",
        "bbox=0,0,5,1,1,4",
        "datetime=",
        "datetime=/",
        "datetime=../..",
        "datetime=2026-06-01",
        "datetime=2026-06-01T12:00:00",
        "datetime=2026-13-01T12:00:00Z",
        "datetime=0001-01-01T00:00:00%2B14:00",
        "datetime=2026-06-01T13:00:00Z/2026-06-01T12:00:00Z",
        "datetime=2026-06-01T12:00:00Z/2026-06-01T13:00:00Z/..",
        "datetime=now",
    ],
)
def test_what_is_wrong_is_refused(query: str) -> None:
    with pytest.raises(Problem) as refused:
        read_query(asked(query))
    assert refused.value.status == 400
    assert query.partition("=")[0] in refused.value.detail


def test_a_document_takes_no_page() -> None:
    check_parameters(asked("f=json"), OF_DOCUMENT)
    with pytest.raises(Problem):
        check_parameters(asked("limit=1"), OF_DOCUMENT)


def test_a_box_has_four_or_six_numbers() -> None:
    assert read_boxes("110,20,111,21") == (Box(110, 20, 111, 21),)
    assert read_boxes("110, 20, -5, 111, 21, 9") == (Box(110, 20, 111, 21),)


def test_a_box_may_span_the_antimeridian() -> None:
    west, east = read_boxes("170,-10,-170,10")
    query = Query(boxes=(west, east))
    assert query.finds(175, 0)
    assert query.finds(-175, 0)
    assert query.finds(180, 0)
    assert query.finds(-180, 0)
    assert not query.finds(0, 0)
    assert not query.finds(169.9, 0)


def test_an_interval_may_be_open() -> None:
    noon = NOON.isoformat()
    assert read_span("2026-06-01T12:00:00Z") == Span(NOON, NOON)
    assert read_span("2026-06-01T20:00:00+08:00") == Span(NOON, NOON)
    assert read_span("2026-06-01t12:00:00.0z/..") == Span(NOON, None)
    assert read_span(f"/{noon}") == Span(None, NOON)
    assert read_span(f"{noon}/") == Span(NOON, None)
    assert read_span(f"{noon}/{ONE.isoformat()}") == Span(NOON, ONE)


def test_ends_belong_to_an_interval() -> None:
    assert Span(NOON, ONE).meets(ONE, None)
    assert Span(ONE, ONE).meets(NOON, ONE)
    assert Span(ONE, None).meets(NOON, None)
    assert not Span(ONE, None).meets(NOON, NOON)
    assert not Span(None, NOON).meets(ONE, ONE)


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    for read in (read_boxes, read_span):
        with suppress(Problem):
            read(text)


LON = st.floats(-180, 180)
LAT = st.floats(-90, 90)


@given(LON, LAT, LON, LAT, LON, LAT)
def test_a_box_holds_what_lies_between_its_edges(
    west: float, south: float, east: float, north: float, lon: float, lat: float
) -> None:
    south, north = min(south, north), max(south, north)
    query = Query(boxes=read_boxes(f"{west},{south},{east},{north}"))
    across = west > east
    inside = (lon >= west or lon <= east) if across else west <= lon <= east
    assert query.finds(lon, lat) == (inside and south <= lat <= north)
    assert not math.isnan(west)
