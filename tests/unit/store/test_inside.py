from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from console.domain.case import CaseState
from console.domain.city import City
from console.domain.footprint import contains, fault
from console.domain.incident import Incident, IncidentState
from console.domain.place import Place, PlaceKind, Position, distance_m
from console.domain.unit import Team
from console.store.inside import (
    Footprint,
    cases_inside,
    circle,
    concerned,
    first_calls,
    look_inside,
    matters,
    repeats_inside,
)
from console.store.picture import Picture
from tests.builders import (
    BUREAU,
    DISTRICT,
    GAS,
    GAS_WORKS,
    NOISE,
    POLICE,
    RUBBISH,
    T0,
    TOWN,
    TZ,
    at,
    case,
    duty,
    fix,
    tiny_city,
)

MIDDLE = Position(110.32, 20.03)
AWAY = Position(110.42, 20.03)
RING = circle(MIDDLE, 500)


def place(name: str, position: Position) -> Place:
    return Place(
        id=name, kind=PlaceKind.SCHOOL, name=name, name_en=name, position=position, synthetic=True
    )


def incident(**fields: object) -> Incident:
    known: dict[str, object] = {
        "id": "i1",
        "version": 1,
        "state": IncidentState.CONFIRMED,
        "name": "事件",
        "footprint": RING,
        "district": "1",
        "started_at": at(10),
        "started_by": "seat-1",
    }
    return Incident(**(known | fields))  # type: ignore[arg-type]


def picture_of(*cases: object) -> Picture:
    picture = Picture(tz=TZ)
    for one in cases:
        picture.cases[one.id] = one  # type: ignore[attr-defined]
    return picture


def city_with(position: Position) -> City:
    team = Team(
        code="M2",
        unit=GAS_WORKS,
        name="二队",
        name_en="Crew 2",
        size=4,
        position=position,
        phone="",
    )
    known = tiny_city()
    return tiny_city(teams={**known.teams, "M2": team}, places=(place("学校", position),))


def test_a_circle_is_a_good_footprint_of_its_radius() -> None:
    assert fault(RING) is None
    assert {round(distance_m(MIDDLE, corner)) for corner in RING} <= {499, 500, 501}


POSITIONS = st.builds(Position, st.floats(110.3, 110.34), st.floats(20.01, 20.05))


@given(points=st.lists(POSITIONS, max_size=20), radius=st.floats(50, 3000))
def test_many_points_are_answered_like_each_alone(points: list[Position], radius: float) -> None:
    ring = circle(MIDDLE, radius)
    alone = [point for point in points if contains(ring, point)]
    assert Footprint(ring).pick(points, lambda point: point) == alone


def test_nothing_is_inside_of_nothing_and_nothing_without_a_place_is_inside() -> None:
    assert Footprint(()).pick([MIDDLE], lambda point: point) == []
    assert Footprint(RING).pick([None, MIDDLE], lambda point: point) == [MIDDLE]


def test_open_cases_inside_newest_first() -> None:
    picture = picture_of(
        case(id="old", position=MIDDLE),
        case(id="new", position=MIDDLE, received_at=at(5)),
        case(id="away", position=AWAY),
        case(id="lost", position=None),
        case(id="over", position=MIDDLE, state=CaseState.CLOSED),
    )
    assert [c.id for c in cases_inside(Footprint(RING), picture)] == ["new", "old"]


def test_workers_on_duty_teams_and_places_inside() -> None:
    picture = picture_of()
    for worker, position, on in (("W1", MIDDLE, True), ("W2", AWAY, True), ("W9", MIDDLE, False)):
        picture.fixes[worker] = replace(fix(worker), position=position)
        picture.workers[worker] = duty(worker, on_duty=on)
    inside = look_inside(RING, picture, city_with(MIDDLE))
    assert inside.workers == ("W1",)
    assert [team.code for team in inside.teams] == ["M2"]
    assert [p.name for p in inside.places] == ["学校"]
    away = look_inside(RING, picture, city_with(AWAY))
    assert (away.teams, away.places) == ((), ())


def test_units_that_lead_come_first_then_duties_then_areas() -> None:
    cases = [case(id="a", category=GAS), case(id="b", category=GAS), case(id="c", category=NOISE)]
    found = concerned(cases, tiny_city())
    assert [(one.unit, one.reason, one.cases) for one in found] == [
        (GAS_WORKS, "lead", 2),
        (BUREAU, "lead", 1),
        (POLICE, "duty", 0),
        (DISTRICT, "district", 0),
        (TOWN, "town", 0),
    ]


def test_an_empty_footprint_concerns_its_own_town_and_district() -> None:
    assert [one.unit for one in concerned([], tiny_city(), ["11"])] == [DISTRICT, TOWN]
    assert concerned([], tiny_city(), ["unknown"]) == []


def test_repeats_are_proposed_by_category_or_burst_since_the_start() -> None:
    picture = picture_of(
        case(id="main", category=GAS, kin="k", incident="i1", received_at=T0),
        case(id="same", category=GAS, received_at=at(11)),
        case(id="kin", category=RUBBISH, kin="k", received_at=at(12)),
        case(id="other", category=NOISE, received_at=at(12)),
        case(id="before", category=GAS, received_at=at(9)),
        case(id="away", category=GAS, position=AWAY, received_at=at(12)),
        case(id="elsewhere", category=GAS, incident="i2", received_at=at(12)),
    )
    picture.incidents["i2"] = incident(id="i2")
    assert [c.id for c in repeats_inside(incident(), picture)] == ["kin", "same"]
    picture.incidents["i2"] = incident(id="i2", state=IncidentState.ENDED)
    assert "elsewhere" in [c.id for c in repeats_inside(incident(), picture)], "that one is over"


def test_matters_are_bursts_or_the_same_thing_in_the_same_grid() -> None:
    cases = [
        case(id="3", kin="k", received_at=at(3)),
        case(id="1", kin="k", received_at=at(1)),
        case(id="2", grid="g", received_at=at(2)),
        case(id="4", grid="g", received_at=at(4)),
        case(id="5", grid="h", received_at=at(5)),
        case(id="6", grid=None, received_at=at(6)),
        case(id="7", grid=None, received_at=at(7)),
    ]
    found = [[c.id for c in group] for group in matters(cases)]
    assert found == [["7"], ["6"], ["5"], ["2", "4"], ["1", "3"]]


def test_no_call_is_lost_in_the_folding() -> None:
    cases = [case(id=str(n), kin=f"k{n % 3}", received_at=at(n)) for n in range(20)]
    assert sorted(c.id for group in matters(cases) for c in group) == sorted(c.id for c in cases)


def test_the_first_call_of_each_grid() -> None:
    cases = [
        case(id="1", grid="g", received_at=at(9)),
        case(id="2", grid="g", received_at=at(3)),
        case(id="3", grid=None),
    ]
    assert first_calls(cases) == {"g": at(3)}
