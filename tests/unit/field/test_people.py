"""Workers move as people do."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from console.domain.place import Position, distance_m
from console.field.chance import Chance
from console.field.people import FASTEST_MPS, Errand, People, between, travel_s
from tests.unit.field.model_city import model_city, point_in_grid

T0 = datetime(2026, 6, 3, 1, 0, tzinfo=UTC)
CITY = model_city()
PEOPLE = People(CITY, Chance(1), point_in_grid)
WORKERS = sorted(CITY.workers)
moments = st.integers(0, 8 * 3600).map(lambda s: T0 + timedelta(seconds=s))


@st.composite
def errands(draw: st.DrawFn) -> list[Errand]:
    """Up to four ways to cases, one after the other, the last perhaps not ended."""
    found: list[Errand] = []
    start = T0
    for _ in range(draw(st.integers(0, 4))):
        start += timedelta(seconds=draw(st.integers(1, 4000)))
        end = start + timedelta(seconds=draw(st.integers(0, 5000)))
        there = Position(110.34 + draw(st.floats(0, 0.07)), 20.02 + draw(st.floats(0, 0.06)))
        found.append(Errand(start=start, destination=there, end=end))
        start = end
    if found and draw(st.booleans()):
        last = found.pop()
        found.append(Errand(start=last.start, destination=last.destination, end=None))
    return found


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(WORKERS), moments, st.integers(1, 60), errands())
def test_nobody_is_faster_than_an_e_bike(
    worker: str, now: datetime, seconds: int, ways: list[Errand]
) -> None:
    person = CITY.workers[worker]
    here = PEOPLE.position(person, now, ways).position
    there = PEOPLE.position(person, now + timedelta(seconds=seconds), ways).position
    assert distance_m(here, there) <= FASTEST_MPS * seconds * 1.01 + 0.5


@given(st.sampled_from(WORKERS), moments)
@settings(max_examples=40, deadline=None)
def test_a_position_depends_on_the_moment_alone(worker: str, now: datetime) -> None:
    fresh = People(CITY, Chance(1), point_in_grid)
    assert fresh.position(CITY.workers[worker], now) == PEOPLE.position(CITY.workers[worker], now)


def test_a_round_stays_near_the_own_grids_and_is_walked() -> None:
    person = CITY.workers["W0000"]
    seen = [PEOPLE.position(person, T0 + timedelta(minutes=m)) for m in range(480)]
    assert all(distance_m(s.position, person.home) < 2500 for s in seen)
    assert any(s.moving for s in seen)
    assert any(not s.moving for s in seen)
    assert len({s.position for s in seen}) > 20


def test_people_do_not_set_out_all_at_once() -> None:
    moving = [
        sum(PEOPLE.position(w, T0 + timedelta(minutes=m)).moving for w in CITY.workers.values())
        for m in range(20)
    ]
    assert max(moving) < len(CITY.workers) / 2
    assert min(moving) > 0


def test_an_errand_ends_at_the_case_when_the_way_is_done() -> None:
    person = CITY.workers["W0003"]
    start = PEOPLE.position(person, T0).position
    case = between(start, Position(start.lon + 0.02, start.lat), 1.0)
    errand = Errand(start=T0, destination=case, end=None)
    needed = travel_s(start, case)
    half = PEOPLE.position(person, T0 + timedelta(seconds=needed / 2), [errand])
    assert half.moving
    assert abs(distance_m(half.position, case) - distance_m(start, case) / 2) < 5
    there = PEOPLE.position(person, T0 + timedelta(seconds=needed + 1), [errand])
    assert not there.moving
    assert distance_m(there.position, case) < 0.1


def test_after_an_errand_the_round_goes_on_as_if_nothing_had_been() -> None:
    person = CITY.workers["W0003"]
    away = Errand(start=T0, destination=CITY.centre, end=T0 + timedelta(minutes=30))
    later = T0 + timedelta(hours=4)
    assert PEOPLE.position(person, later, [away]) == PEOPLE.position(person, later)


def test_some_telephones_are_silent_for_minutes() -> None:
    silent, total = 0, 0
    for worker in CITY.workers.values():
        for minute in range(0, 480, 5):
            silent += not PEOPLE.has_signal(worker, T0 + timedelta(minutes=minute))
            total += 1
    assert 0.01 < silent / total < 0.08


def test_a_worker_without_grids_looks_round_near_home() -> None:
    from dataclasses import replace

    person = replace(CITY.workers["W0001"], id="X1", grids=())
    seen = [PEOPLE.position(person, T0 + timedelta(minutes=5 * m)).position for m in range(60)]
    assert all(distance_m(p, person.home) < 1500 for p in seen)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(WORKERS), moments, st.floats(0, 1), errands())
def test_who_stands_stays_until_they_said(
    worker: str, now: datetime, part: float, ways: list[Errand]
) -> None:
    person = CITY.workers[worker]
    here = PEOPLE.position(person, now, ways)
    if not here.moving:
        assert here.until >= now
        until = min(here.until, now + timedelta(hours=3))
        there = PEOPLE.position(person, now + (until - now) * part, ways)
        assert distance_m(here.position, there.position) < 0.01
