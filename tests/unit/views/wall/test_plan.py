from math import hypot

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.views.wall.plan import ROW, ROWS, SMALLEST, Box, Plan, plan
from console.views.wall.viewing import smallest_type


def boxes(made: Plan) -> list[Box]:
    below = [box for box in made.bottom_boxes() if box is not None]
    return [made.top, made.map, made.urgent, *below]


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


FOUR_K = 3840, 2160
AT_FIVE_METRES = {
    inches: smallest_type(5, inches * 25.4 / hypot(*FOUR_K)) for inches in (46, 55, 65, 75, 98)
}


@pytest.mark.parametrize(("inches", "least"), AT_FIVE_METRES.items())
def test_the_map_keeps_its_share_on_every_4k_display_at_five_metres(
    inches: int, least: float
) -> None:
    made = plan(*FOUR_K, least)
    assert made.map.width >= 0.45 * 3840
    assert made.map.height >= 0.548 * 2160
    assert made.px(SMALLEST) >= 0.6 * least


def test_46_inches_at_five_metres_give_up_chiefs_then_rows_then_some_type() -> None:
    least = AT_FIVE_METRES[46]
    made = plan(*FOUR_K, least)
    assert made.bottom_boxes()[2] is None
    assert made.two_lines
    assert made.rows == 2
    assert 0.6 < made.readable(least) < 0.7


def test_98_inches_at_five_metres_give_up_nothing() -> None:
    least = AT_FIVE_METRES[98]
    made = plan(*FOUR_K, least)
    assert made.bottom_boxes()[2] is not None
    assert made.rows == 6
    assert made.readable(least) == 1


def test_rows_and_lines_fold_before_type_shrinks() -> None:
    far = plan(*FOUR_K, 95)
    assert far.px(SMALLEST) == 95
    assert far.two_lines
    assert 1 <= far.rows < 6


def test_from_very_far_the_map_gives_way_before_type_is_below_its_share() -> None:
    made = plan(*FOUR_K, 175)
    assert made.px(SMALLEST) == round(0.6 * 175)
    assert made.map.height < 0.55 * 2160
    assert made.rows >= 1


@pytest.mark.parametrize(("width", "height"), [(1080, 1920), (2160, 3840)])
def test_an_upright_wall_has_its_rows_below_the_map(width: int, height: int) -> None:
    made = plan(width, height, 20)
    assert made.map.width == made.urgent.width == width
    assert made.urgent.y > made.map.y
    assert made.map.height >= made.urgent.height - 1


def test_a_very_wide_wall_gives_the_map_the_rest() -> None:
    made = plan(5760, 1080, 35)
    assert made.urgent.width == 640
    assert made.map.width > 4500


SIZES = [(1920, 1080), (3840, 2160), (3840, 1080), (5120, 1440), (7680, 2160), (1080, 1920)]
SIZES += [(2160, 3840), (2560, 1080)]


@pytest.mark.parametrize("size", SIZES)
@given(share=st.floats(0.2, 3))
def test_type_is_as_large_as_asked_while_anything_can_still_fold(
    size: tuple[int, int], share: float
) -> None:
    least = share * min(size) * SMALLEST / 2160
    made = plan(*size, least)
    if made.px(SMALLEST) < int(least):
        # Nothing is left to fold: the map has its least share, or a region its least size.
        narrow = made.unit >= 0.999 * size[0] / made.shape.least[0]
        low = made.rows == 1 or made.map.height <= 0.57 * size[1]
        assert narrow or low or made.map.width <= 0.47 * size[0]


@pytest.mark.parametrize("size", [(3840, 1080), (5120, 1440), (7680, 2160)])
def test_a_very_wide_wall_has_its_figures_beside_a_tall_map(size: tuple[int, int]) -> None:
    width, height = size
    made = plan(width, height, height * SMALLEST / 2160)
    assert made.shape.flanked
    assert made.rows == 6
    assert made.map.height > 0.85 * height
    assert made.map.width > 0.6 * width
    calls, share, chiefs = made.bottom_boxes()
    assert chiefs is not None
    assert calls.x == share.x == chiefs.x == 0
    assert calls.y < share.y < chiefs.y
