import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.views.wall.plan import ROW, ROWS, SMALLEST, Box, Plan, plan


def boxes(made: Plan) -> list[Box]:
    return [made.top, made.map, made.urgent, *made.bottom_boxes()]


def touch(a: Box, b: Box) -> bool:
    beside = a.x + a.width <= b.x or b.x + b.width <= a.x
    above = a.y + a.height <= b.y or b.y + b.height <= a.y
    return not (beside or above)


@given(st.integers(640, 8000), st.integers(640, 8000), st.floats(8, 300))
def test_regions_fit_any_wall_and_never_overlap(width: int, height: int, least: float) -> None:
    made = plan(width, height, least)
    found = boxes(made)
    for box in found:
        assert box.width > 0
        assert box.height > 0
        assert box.x >= 0
        assert box.x + box.width <= width
        assert box.y >= 0
        assert box.y + box.height <= height
    assert not any(touch(a, b) for n, a in enumerate(found) for b in found[n + 1 :])
    assert 1 <= made.rows <= ROWS
    assert made.rows * made.row_height <= made.urgent.height


@given(st.integers(640, 8000), st.integers(640, 8000), st.floats(8, 120), st.floats(1, 2))
def test_type_never_shrinks_when_people_stand_farther_away(
    width: int, height: int, least: float, farther: float
) -> None:
    near, far = plan(width, height, least), plan(width, height, least * farther)
    assert far.unit >= near.unit * 0.999


def test_a_4k_wall_at_five_metres_is_the_drawn_one() -> None:
    made = plan(3840, 2160, 70)
    assert made.unit == 1
    assert made.rows == 6
    assert not made.two_lines
    assert made.top == Box(0, 0, 3840, 240)
    assert made.urgent.width == 1280
    assert made.row_height == ROW
    assert made.bottom == Box(0, 1880, 3840, 280)


def test_half_the_pixels_are_half_the_sizes() -> None:
    made = plan(1920, 1080, 35)
    assert made.unit == 0.5
    assert made.rows == 6
    assert made.px(SMALLEST) == 36


def test_rows_and_lines_fold_before_type_shrinks() -> None:
    far = plan(3840, 2160, 100)
    assert far.px(SMALLEST) == 100
    assert far.two_lines
    assert 1 <= far.rows < 6


def test_type_shrinks_only_when_nothing_is_left_to_fold() -> None:
    made = plan(3840, 2160, 500)
    assert made.rows == 1
    assert made.two_lines
    assert SMALLEST < made.px(SMALLEST) < 500


@pytest.mark.parametrize(("width", "height"), [(1080, 1920), (2160, 3840)])
def test_an_upright_wall_has_its_rows_below_the_map(width: int, height: int) -> None:
    made = plan(width, height, 20)
    assert made.map.width == made.urgent.width == width
    assert made.urgent.y > made.map.y
    assert made.map.height >= made.urgent.height - 1


def test_a_very_wide_wall_gives_the_map_the_rest() -> None:
    made = plan(5760, 1080, 35)
    assert made.urgent.width == 640
    assert made.map.width > 5000
