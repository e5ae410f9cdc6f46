"""A flood that many call about becomes an incident, and is led to its end without anybody at a console."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from functools import cache
from itertools import pairwise

import pytest

from console.domain import footprint
from console.domain.assignment import AssignmentState
from console.domain.case import Case, CaseState
from console.domain.command import Attach, CallIn, StartIncident
from console.domain.event import Event
from console.domain.incident import Incident, IncidentState
from console.domain.place import Position, distance_m
from console.domain.role import Role
from console.field import emergency
from console.field.bursts import FLOODS, STREET_FLOOD
from console.field.calls import calls_of_day
from console.field.chance import Chance
from console.field.driver import Driver
from console.field.emergency import Emergency
from console.field.offline import Offline
from console.field.people import People
from console.field.rehearsal import rehearse
from console.field.step import Step
from console.store.picture import Picture
from console.wire.commands import Answer, Envelope
from tests.builders import T0, at
from tests.builders import case as make_case
from tests.unit.field.model_city import CENTRE, point_in_grid
from tests.unit.field.rehearsing import CITY, DAY, HERE_RING, hour, offline

SEAT = Emergency(CITY, Chance(1), {T0.astimezone(CITY.tz).date()})
GRID = next(iter(CITY.grids.values()))
MIDDLE = Position(CENTRE.lon + 0.02, CENTRE.lat + 0.02)


def flooded(n: int, minute: float = 0, **fields: object) -> Case:
    """A case of a flood, a few steps from the others."""
    known = {"id": f"C{n}", "category": STREET_FLOOD, "state": CaseState.REGISTERED}
    places = {"district": GRID.district, "town": GRID.town, "received_at": at(minute)}
    place = Position(MIDDLE.lon + n * 0.0005, MIDDLE.lat)
    return make_case(**(known | places | {"position": place} | fields))


def picture_of(cases: Sequence[Case], *incidents: Incident) -> Picture:
    picture = Picture(tz=CITY.tz)
    picture.cases.update({case.id: case for case in cases})
    picture.incidents.update({incident.id: incident for incident in incidents})
    return picture


def incident(ident: str = "I1", **fields: object) -> Incident:
    known = {"state": IncidentState.CONFIRMED, "name": "内涝", "footprint": HERE_RING}
    known |= {"district": "D0", "started_at": T0, "started_by": "seat"}
    return Incident(**({"id": ident, "version": 1} | known | fields))


def step_of(cases: Sequence[Case], *incidents: Incident, seat: Emergency = SEAT) -> Step | None:
    """What follows from the last case."""
    return seat.with_case(cases[-1], picture_of(cases, *incidents))


GATHERED = [flooded(n, n) for n in range(emergency.GATHERED)]


def test_enough_cases_near_each_other_make_an_incident() -> None:
    step = step_of(GATHERED)
    assert step is not None
    assert step.role is Role.EMERGENCY
    assert isinstance(step.command, StartIncident)
    assert set(step.command.cases) == {case.id for case in GATHERED}
    assert step.command.name == CITY.areas[GRID.town].name + "内涝积水"
    assert timedelta() < step.at - GATHERED[-1].received_at < timedelta(minutes=10)
    ring = step.command.footprint
    assert footprint.fault(ring) is None
    middle = footprint.centre(ring)
    assert all(1190 < distance_m(middle, corner) < 1210 for corner in ring)
    assert step_of(GATHERED) == step


FAR = Position(MIDDLE.lon + 0.03, MIDDLE.lat)


@pytest.mark.parametrize(
    "change",
    [
        {"received_at": at(-70)},
        {"position": FAR},
        {"position": None},
        {"category": "0101"},
        {"state": CaseState.CLOSED},
        {"incident": "I0"},
    ],
)
def test_a_case_too_few_makes_none(change: dict[str, object]) -> None:
    assert step_of([replace(GATHERED[0], **change), *GATHERED[1:]]) is None


def test_none_is_started_on_another_day_too_near_or_once_too_often() -> None:
    assert step_of(GATHERED, seat=Emergency(CITY, Chance(1), ())) is None
    ended = {"state": IncidentState.ENDED, "ended_at": at(-10)}
    assert step_of(GATHERED, incident(**ended)) is None
    far = tuple(Position(p.lon + 0.2, p.lat) for p in HERE_RING)
    assert isinstance(step_of(GATHERED, incident(footprint=far)).command, StartIncident)
    both = (incident("I1", footprint=far, **ended), incident("I2", footprint=far, **ended))
    assert step_of(GATHERED, *both) is None


def test_a_later_case_of_the_place_joins() -> None:
    step = step_of([flooded(1, 30)], incident())
    assert step is not None
    assert step.command == Attach(case="C1", incident="I1")
    assert at(30) < step.at < at(50)
    assert step_of([flooded(1, 30, incident="I1")], incident()) is None
    assert step_of([flooded(1, 30, category="0101")], incident()) is None
    assert step_of([flooded(1, 30, position=FAR)], incident()) is None


def test_town_district_those_on_duty_and_one_crew_are_called_in() -> None:
    cases = [replace(case, incident="I1") for case in GATHERED]
    step = SEAT.with_incident(incident(), picture_of(cases, incident()))
    assert step is not None
    assert isinstance(step.command, CallIn)
    units = [asked.unit for asked in step.command.asked if asked.unit is not None]
    assert units == [f"A.{GRID.town}", f"A.{GRID.district}", "U.drain", "B.water", "B.flood"]
    assert len({asked.assignment for asked in step.command.asked}) == len(step.command.asked)


def test_an_incident_of_people_is_left_to_them() -> None:
    nobody = Emergency(CITY, Chance(1), ())
    assert nobody.with_incident(incident(), picture_of(GATHERED, incident())) is None


# A whole storm day


class Storm:
    """A storm day in which nobody sits at a console."""

    def __init__(self, seed: int) -> None:
        self.centre: Offline = offline()
        self.refused: list[tuple[str, str | None]] = []
        calls = calls_of_day(CITY, DAY, 2600, seed, point_in_grid, storm=True)
        people = People(CITY, Chance(seed), point_in_grid)
        driver = Driver(
            CITY,
            seed,
            people,
            lambda day: calls if day == DAY else (),
            share=0,
            expecting=False,
            attended=False,
            storms={DAY},
        )
        rehearse(driver, self.centre, hour(0), hour(24), self._hear)
        self.events = self.centre.take()
        self.incidents = list(self.centre.picture.incidents.values())

    def _hear(self, envelope: Envelope, answer: Answer) -> None:
        if not answer.committed and envelope.type != "assist":
            self.refused.append((envelope.type, answer.problem))

    def of(self, incident: Incident) -> list[Event]:
        return [event for event in self.events if event.entity_id == incident.id]


@cache
def storm(seed: int) -> Storm:
    return Storm(seed)


SEEDS = pytest.mark.parametrize("seed", [1, 2, 3])


@SEEDS
def test_a_storm_day_has_an_incident_or_two_and_nothing_is_refused(seed: int) -> None:
    lived = storm(seed)
    assert 1 <= len(lived.incidents) <= emergency.MOST_A_DAY
    assert lived.refused == []
    for event in lived.events:
        if event.type.startswith("incident.") or event.type == "case.attached":
            assert event.role is Role.EMERGENCY


@SEEDS
def test_an_incident_is_led_from_its_start_to_its_final_report(seed: int) -> None:
    lived = storm(seed)
    over = [one for one in lived.incidents if one.started_at < hour(20)]
    assert over
    for one in over:
        kinds = Counter(event.type for event in lived.of(one))
        told = [e.note["kind"] for e in lived.of(one) if e.type == "incident.reported"]
        assert kinds["incident.called_in"] == kinds["incident.ended"] == 1
        assert told == ["first", *["follow_up"] * (len(told) - 2), "final"]
        assert len(told) >= 4
        assert one.ended_at is not None
        assert timedelta(hours=2) < one.ended_at - one.started_at < timedelta(hours=4.5)
        assert one.report_due is None
        assert one.review is not None
        assert one.review.lessons


@SEEDS
def test_reports_upward_are_never_late(seed: int) -> None:
    policy = CITY.policy
    for one in storm(seed).incidents:
        moments = [e.occurred_at for e in storm(seed).of(one) if e.type == "incident.reported"]
        assert moments[0] - one.started_at < timedelta(minutes=policy.first_report_min)
        for before, after in pairwise(moments):
            assert after - before < timedelta(minutes=policy.follow_up_min)


@SEEDS
def test_those_called_in_came_and_nobody_is_left_under_way(seed: int) -> None:
    picture = storm(seed).centre.picture
    for one in storm(seed).incidents:
        orders = list(picture.orders_of(one.id))
        assert 4 <= len(orders) <= 6
        assert sum(order.team is not None for order in orders) <= 1
        if one.ended_at is not None:
            assert {o.state for o in orders} <= {AssignmentState.DONE, AssignmentState.WITHDRAWN}
            assert sum(order.arrived_at is not None for order in orders) >= len(orders) - 1


@SEEDS
def test_its_cases_are_floods_inside_its_footprint(seed: int) -> None:
    picture = storm(seed).centre.picture
    for one in storm(seed).incidents:
        cases = picture.cases_of(one.id)
        assert len(cases) >= emergency.GATHERED - 1
        for case in cases:
            assert case.category in FLOODS
            assert case.position is not None
            assert footprint.contains(one.footprint, case.position)


def test_the_same_storm_is_the_same() -> None:
    assert Storm(1).events == storm(1).events
