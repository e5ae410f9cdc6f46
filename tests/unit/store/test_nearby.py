from dataclasses import replace
from datetime import timedelta

from console.domain.place import Position, distance_m
from console.domain.worker import Fix, WorkerDuty
from console.store.nearby import EBIKE_M_PER_S, SETTING_OUT_S, nearby, nearby_many
from console.store.picture import Picture
from tests.builders import T0, TZ, at, case, order, tiny_city, worker

PLACE = Position(110.32, 20.03)
NORTH = 1 / 111_195
"""Degrees of latitude in a metre."""


def somewhere(metres: float) -> Position:
    return Position(PLACE.lon, PLACE.lat + metres * NORTH)


class Town:
    """Workers put at distances from the case, all on duty and just seen unless said otherwise."""

    def __init__(self) -> None:
        self.city = tiny_city(workers={})
        self.picture = Picture(tz=TZ)
        self.people: dict[str, object] = {}

    def add(
        self,
        name: str,
        metres: float | None,
        *,
        age_s: float = 0,
        load: int = 0,
        on_duty: bool = True,
        grids: tuple[str, ...] = (),
        town: str = "11",
    ) -> None:
        person = worker(name, town=town, grids=grids, home=somewhere(metres or 0))
        self.city = tiny_city(workers={**self.city.workers, name: person})
        self.picture.workers[name] = WorkerDuty(id=name, version=1, on_duty=on_duty, since=T0)
        if metres is not None:
            when = at(30) - timedelta(seconds=age_s)
            self.picture.fixes[name] = Fix(
                worker=name, position=somewhere(metres), fix_at=when, received_at=when
            )
        for number in range(load):
            held = order(id=f"{name}{number}", worker=name)
            self.picture.assignments[held.id] = held
            known = self.picture.of_worker.get(name, ())
            self.picture.of_worker[name] = (*known, held.id)

    def order(self, limit: int = 9, **fields: object) -> list[str]:
        one = case(position=PLACE, grid="1111", **fields)
        found = nearby(one, self.picture, self.city, at(30), limit)
        return [near.worker.id for near in found]


def test_on_duty_first_then_owners_then_the_shortest_way() -> None:
    town = Town()
    town.add("far", 2000)
    town.add("near", 100)
    town.add("owner", 1500, grids=("1111",))
    town.add("asleep", 10, on_duty=False, grids=("1111",))
    assert town.order() == ["owner", "near", "far", "asleep"]


def test_orders_in_hand_make_the_way_longer() -> None:
    town = Town()
    town.add("busy", 100, load=2)
    town.add("free", 900)
    assert town.order() == ["free", "busy"]


def test_an_old_position_and_none_at_all_make_it_longer_too() -> None:
    town = Town()
    town.add("old", 100, age_s=900)
    town.add("fresh", 1200)
    town.add("unknown", None)
    assert town.order() == ["fresh", "old", "unknown"]


def test_a_fresh_position_costs_nothing() -> None:
    town = Town()
    town.add("three_minutes", 100, age_s=180)
    town.add("now", 110)
    assert town.order() == ["three_minutes", "now"]


def test_the_figures_are_those_of_the_case() -> None:
    town = Town()
    town.add("a", 800, age_s=40, load=1)
    (near,) = nearby(case(position=PLACE), town.picture, town.city, at(30), 6)
    assert near.distance_m is not None
    assert near.travel_s is not None
    assert abs(near.distance_m - distance_m(PLACE, somewhere(800))) < 2
    assert near.travel_s == near.distance_m / EBIKE_M_PER_S + SETTING_OUT_S
    assert (near.fix_age_s, near.load) == (40, 1)
    assert near.reasons == ("nearest", "busy")


def test_an_unknown_position_is_never_zero() -> None:
    town = Town()
    town.add("a", None)
    (near,) = nearby(case(position=PLACE), town.picture, town.city, at(30), 6)
    assert (near.distance_m, near.fix_age_s, near.travel_s) == (None, None, None)
    assert "no_position" in near.reasons


def test_a_case_without_a_place_is_given_its_town() -> None:
    town = Town()
    town.add("other", 0, town="12")
    town.add("own", 5000)
    one = case(position=None, grid=None)
    found = nearby(one, town.picture, town.city, at(30), 6)
    assert [near.worker.id for near in found] == ["own", "other"]
    assert all(near.distance_m is None and "no_place" in near.reasons for near in found)


def test_no_more_than_the_limit_and_nobody_without_workers() -> None:
    town = Town()
    assert town.order() == []
    for number in range(8):
        town.add(f"w{number}", 100 * number)
    assert town.order(limit=3) == ["w0", "w1", "w2"]


def test_a_position_from_the_future_is_not_older_than_now() -> None:
    town = Town()
    town.add("early", 100, age_s=-600)
    (near,) = nearby(case(position=PLACE), town.picture, town.city, at(30), 6)
    assert near.fix_age_s == 0


def test_ended_orders_are_no_load() -> None:
    town = Town()
    town.add("a", 100, load=1)
    from console.domain.assignment import AssignmentState

    held = town.picture.assignments["a0"]
    town.picture.assignments["a0"] = replace(held, state=AssignmentState.DONE)
    (near,) = nearby(case(position=PLACE), town.picture, town.city, at(30), 6)
    assert near.load == 0


def test_many_cases_at_once_are_the_same_as_one_by_one() -> None:
    town = Town()
    for number in range(40):
        town.add(
            f"w{number}",
            None if number % 7 == 0 else 37 * number,
            age_s=number * 20,
            load=number % 3,
            on_duty=number % 5 != 0,
            grids=("1111",) if number % 11 == 0 else (),
            town="12" if number % 2 else "11",
        )
    cases = [case(id=f"c{n}", position=somewhere(50 * n), grid="1111") for n in range(150)]
    cases.append(case(id="nowhere", position=None, grid=None))
    many = nearby_many(cases, town.picture, town.city, at(30), 9)
    assert many == [nearby(one, town.picture, town.city, at(30), 9) for one in cases]
    assert len({near.worker.id for found in many for near in found}) > 9


def test_who_has_left_the_city_pack_is_not_looked_at() -> None:
    town = Town()
    town.add("gone", 10, load=1)
    town.add("here", 100)
    staff = {"here": town.city.workers["here"]}
    town.city = tiny_city(workers=staff)
    assert town.order() == ["here"]
