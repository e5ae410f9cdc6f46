"""A footprint is a simple ring; inside is inside, also by another's geometry."""

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from shapely.geometry import Point, Polygon

from console.domain.footprint import centre, contains, crosses_itself, fault
from console.domain.place import Position

SQUARE = [
    Position(110.0, 20.0),
    Position(110.2, 20.0),
    Position(110.2, 20.2),
    Position(110.0, 20.2),
]
CORNER = st.builds(Position, st.floats(110.0, 110.5), st.floats(20.0, 20.5))


def circle(points: int, radius: float = 0.01) -> list[Position]:
    turn = 2 * math.pi / points
    return [
        Position(110.3 + radius * math.cos(n * turn), 20.0 + radius * math.sin(n * turn))
        for n in range(points)
    ]


def test_a_plain_ring_has_no_fault() -> None:
    assert fault(SQUARE) is None
    assert fault(circle(48)) is None
    assert fault(SQUARE[::-1]) is None, "either way round"


@pytest.mark.parametrize(
    ("ring", "code"),
    [
        ([SQUARE[0], SQUARE[2], SQUARE[1], SQUARE[3]], "footprint-crosses-itself"),
        (SQUARE[:2], "footprint-too-small"),
        ([SQUARE[0]] * 5, "footprint-too-small"),
        ([], "footprint-too-small"),
        ([Position(1, 1), Position(2, 2), Position(3, 3)], "footprint-crosses-itself"),
        ([Position(100, 20), Position(110, 20), Position(110, 30)], "footprint-too-wide"),
        (circle(401), "footprint-too-fine"),
    ],
)
def test_what_is_no_footprint(ring: list[Position], code: str) -> None:
    if code == "footprint-crosses-itself" and len(ring) == 3:
        assert fault(ring) == "footprint-too-small", "a line encloses nothing"
    else:
        assert fault(ring) == code


@given(st.lists(CORNER, min_size=3, max_size=9, unique=True))
def test_simple_is_what_shapely_calls_valid(ring: list[Position]) -> None:
    polygon = Polygon([(p.lon, p.lat) for p in ring])
    assume(polygon.area > 1e-6)
    assert crosses_itself(ring) is not polygon.is_valid


@given(st.integers(3, 60), CORNER)
def test_inside_is_what_shapely_calls_inside(points: int, where: Position) -> None:
    ring = circle(points, 0.1)
    polygon = Polygon([(p.lon, p.lat) for p in ring])
    spot = Point(where.lon, where.lat)
    assume(polygon.exterior.distance(spot) > 1e-9)
    assert contains(ring, where) is polygon.contains(spot)


def test_the_centre_of_a_square() -> None:
    middle = centre(SQUARE)
    assert (middle.lon, middle.lat) == pytest.approx((110.1, 20.1))
