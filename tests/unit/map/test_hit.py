"""Which pin a drop is on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.place import Position
from console.map.fan import MARGIN, open_fan
from console.map.hit import MOST, NOTHING, RADIUS, Hit, Standing, Viewport, hit_test
from console.map.pins import Kind, WorkerPin
from tests.map.pins import worker

VIEW = Viewport(110.2, 19.9, 110.5, 20.1, 900, 640)
PIXEL_X = st.floats(0, 900)
PIXEL_Y = st.floats(0, 640)


def at(pin_id: str, x: float, y: float) -> WorkerPin:
    """A worker whose pin stands on that pixel."""
    return worker(pin_id, position=VIEW.to_position(x, y))


def standing(*pins: WorkerPin) -> Standing:
    found = Standing()
    for pin in pins:
        found.put(Kind.WORKER, pin)
    return found


@given(PIXEL_X, PIXEL_Y)
def test_pixel_there_and_back(x: float, y: float) -> None:
    assert VIEW.to_pixel(VIEW.to_position(x, y)) == pytest.approx((x, y), abs=1e-6)


def test_corners_are_the_bounds() -> None:
    place = VIEW.to_position(0, 0)
    assert (place.lon, place.lat) == pytest.approx((110.2, 20.1))
    assert VIEW.to_pixel(Position(110.5, 19.9)) == pytest.approx((900, 640))


@given(PIXEL_X, PIXEL_Y, st.floats(0, 2 * RADIUS), st.floats(0, 2 * RADIUS))
def test_hit_is_within_the_radius(x: float, y: float, dx: float, dy: float) -> None:
    away = (dx**2 + dy**2) ** 0.5
    hit = hit_test(VIEW, standing(at("w1", x + dx, y + dy)), x, y)
    if away < RADIUS - 0.01:
        assert hit == Hit(Kind.WORKER, "w1")
    elif away > RADIUS + 0.01:
        assert hit == NOTHING


def test_nearest_of_two_wins() -> None:
    pins = standing(at("far", 320, 300), at("near", 300, 305))
    assert hit_test(VIEW, pins, 300, 300).id == "near"


def test_two_on_one_spot_are_a_crowd() -> None:
    pins = standing(at("w2", 303, 300), at("w1", 300, 300), at("w3", 321, 300))
    hit = hit_test(VIEW, pins, 300, 300)
    assert hit.id is None
    assert set(hit.crowd) == {(Kind.WORKER, "w1"), (Kind.WORKER, "w2")}


@given(st.integers(2, 40))
def test_every_member_of_a_fan_can_be_reached(count: int) -> None:
    crowd = tuple((Kind.WORKER, f"w{i}") for i in range(count))
    fan = open_fan(crowd, 400, 300)
    assert fan.at(400, 300) is None
    for member in fan.members:
        assert fan.at(member.x, member.y) == member
        assert fan.holds(member.x, member.y)
    assert not fan.holds(400 + fan.radius + MARGIN + 1, 300)
    assert {member.id for member in fan.members} == {pin_id for _, pin_id in crowd}


@given(st.lists(st.tuples(st.sampled_from("abcdefgh"), st.integers(0, 900), st.booleans())))
def test_standing_is_what_was_put_and_not_taken(steps: list[tuple[str, int, bool]]) -> None:
    found, expected = Standing(), dict[str, int]()
    for name, x, here in steps:
        if here:
            found.put(Kind.WORKER, at(name, x, 300))
            expected[name] = x
        else:
            found.take(Kind.WORKER, name)
            expected.pop(name, None)
    assert sorted(pin_id for _, pin_id in found) == sorted(expected)
    for name, x in expected.items():
        hit = hit_test(VIEW, found, x, 300)
        assert (Kind.WORKER, name) in hit.crowd or hit.id == name


def test_of_a_flood_on_one_spot_the_nearest_are_the_crowd() -> None:
    pins = [at(f"w{i}", 300 + i / 1000, 300) for i in range(1000)]
    hit = hit_test(VIEW, standing(*pins), 300, 300)
    assert {pin_id for _, pin_id in hit.crowd} == {f"w{i}" for i in range(MOST)}
