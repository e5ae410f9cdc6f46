"""What the page may send as a ring, and which tool it belongs to."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.place import Position
from console.map.drawing import Drawing, checked_ring

RING = [Position(110, 20), Position(111, 20), Position(111, 21)]


class Heard:
    """What a drawing said, in order."""

    def __init__(self, drawing: Drawing) -> None:
        self.words: list[object] = []
        drawing.drawn.connect(self.words.append)
        drawing.ended.connect(lambda: self.words.append("ended"))


@given(st.lists(st.one_of(st.floats(), st.integers(), st.text(), st.none(), st.booleans())))
def test_whatever_comes_is_a_ring_or_none(numbers: list[object]) -> None:
    ring = checked_ring(numbers)
    assert ring is None or len(ring) == len(numbers) // 2 >= 3


@given(st.lists(st.tuples(st.floats(-180, 180), st.floats(-90, 90)), min_size=3, max_size=400))
def test_good_ring_is_itself(points: list[tuple[float, float]]) -> None:
    ring = checked_ring([n for point in points for n in point])
    assert ring == [Position(*point) for point in points]


@pytest.mark.parametrize(
    "bad",
    [math.nan, math.inf, 181, "110", None, True, 10**400],
    ids=["nan", "inf", "far", "text", "none", "true", "huge"],
)
def test_one_bad_number_voids_the_ring(bad: object) -> None:
    assert checked_ring([110, 20, 111, 20, bad, 21]) is None


def test_ring_ends_the_drawing() -> None:
    drawing = Drawing()
    heard = Heard(drawing)
    drawing.take("lasso")
    drawing.finish(drawing.serial, RING)
    assert heard.words == [RING, "ended"]
    drawing.finish(drawing.serial, RING)
    drawing.put_down()
    assert heard.words == [RING, "ended"]


def test_another_tool_takes_over_and_late_words_of_the_first_are_void() -> None:
    drawing = Drawing()
    heard = Heard(drawing)
    drawing.take("circle")
    first = drawing.serial
    drawing.take("polygon")
    drawing.finish(first, RING)
    drawing.cancelled(first)
    assert heard.words == []
    assert drawing.tool == "polygon"
    drawing.cancelled(drawing.serial)
    assert heard.words == ["ended"]


def test_unknown_tool_changes_nothing() -> None:
    drawing = Drawing()
    drawing.take("circle")
    with pytest.raises(ValueError, match="spray"):
        drawing.take("spray")
    assert drawing.tool == "circle"
