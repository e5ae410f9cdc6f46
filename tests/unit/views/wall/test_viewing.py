import pytest

from console.views.wall.viewing import pixel_pitch, smallest_type

WALL_98 = (2170.0, 1220.0)


def test_five_metres_from_98_inches_in_4k_is_70_pixels() -> None:
    pitch = pixel_pitch(WALL_98, (3840, 2160))
    assert round(smallest_type(5, pitch)) == 70


def test_coarser_pixels_need_fewer_of_them() -> None:
    assert round(smallest_type(5, pixel_pitch(WALL_98, (1920, 1080)))) == 35


@pytest.mark.parametrize("told", [(0, 0), (203.2, 203.2), (508, 286), (1e6, 1e6)])
def test_a_size_that_is_no_walls_counts_as_98_inches(told: tuple[float, float]) -> None:
    assert pixel_pitch(told, (3840, 2160)) == pytest.approx(0.565, abs=0.001)


def test_a_display_without_pixels_divides_by_nothing() -> None:
    assert pixel_pitch((0, 0), (0, 0)) > 0
