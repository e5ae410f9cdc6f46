"""The scenes of the manual: the same ones each time, and one for every screen."""

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QColor, QImage

from console.domain.place import distance_m
from console.domain.role import SCREENS as PLACES
from console.domain.role import SCREENS_OF, Role
from console.geo.city import load_city
from console.paths import DEFAULT_CITY
from tools.manual.camera import plain
from tools.manual.linkage import UNSIGNED, receivers
from tools.manual.places import HERO, around
from tools.manual.takes import SCREENS


@given(st.integers(0, 10_000), st.floats(0.1, 5))
def test_a_place_is_near_and_always_the_same(number: int, km: float) -> None:
    place = around(HERO, number, km)
    assert place == around(HERO, number, km)
    assert distance_m(HERO, place) <= km * 1_005


def test_every_screen_is_photographed_by_a_role_that_sees_it() -> None:
    assert set(SCREENS) == {*PLACES, "login"}
    for name in PLACES:
        assert name in SCREENS_OF[Role(SCREENS[name].role)]


def test_those_who_are_asked_differ_and_the_unsigned_come_last() -> None:
    city = load_city(DEFAULT_CITY)
    for many in (5, 12):
        asked = receivers(city, many)
        assert len(asked) == many
        assert len({one.assignment for one in asked}) == many
        assert tuple(one.unit for one in asked[-2:]) == UNSIGNED
        assert all(one.unit in city.units for one in asked if one.unit is not None)
        assert all(one.team in city.teams for one in asked if one.team is not None)


def test_a_picture_loses_next_to_nothing() -> None:
    picture = QImage(64, 4, QImage.Format.Format_RGB32)
    for x in range(64):
        for y in range(4):
            picture.setPixelColor(x, y, QColor(4 * x, 255 - 4 * x, (x * 37 + y) % 256))
    kept = plain(picture)
    for x in range(64):
        before, after = picture.pixelColor(x, 1), kept.pixelColor(x, 1)
        pairs = zip(before.getRgb(), after.getRgb(), strict=True)
        assert all(abs(one - other) <= 3 for one, other in pairs)
