"""Which areas may be put on the map."""

import pytest

from console.domain.footprint import MOST_POINTS
from console.domain.place import Position
from console.map.footprint import Footprint

SQUARE = [Position(110, 20), Position(111, 20), Position(111, 21), Position(110, 21)]


def area(ring: list[Position]) -> Footprint:
    return Footprint(id="i1", ring=ring, label="内涝")


@pytest.mark.parametrize("count", [0, 1, 2, MOST_POINTS + 1])
def test_too_few_or_too_many_points_are_refused(count: int) -> None:
    with pytest.raises(ValueError, match="ring"):
        area([Position(110, 20)] * count)


def test_ring_of_other_things_is_refused() -> None:
    with pytest.raises(ValueError, match="position"):
        area([(110, 20), (111, 20), (111, 21)])  # type: ignore[list-item]


def test_row_is_flat() -> None:
    assert area(SQUARE[:3]).row() == ["i1", [110, 20, 111, 20, 111, 21], "内涝", 0]
