"""A worker sets out from where they are, a team from its place, a unit from the middle of its area."""

import pytest

from console.domain import footprint
from console.domain.assignment import Assignment
from console.domain.command import Asked, CallIn, Respond, SetDuty, StartIncident
from console.domain.place import Position, distance_m
from console.domain.role import Role
from console.field.chance import Chance
from console.field.errands import destination_of, errands_of
from console.field.people import People
from console.field.ways import Ways
from console.store.picture import Picture
from console.wire.commands import wrap
from tests.unit.field.model_city import CENTRE, point_in_grid
from tests.unit.field.rehearsing import CITY, HERE_RING, hour, offline

PEOPLE = People(CITY, Chance(1), point_in_grid)
WAYS = Ways(CITY, PEOPLE)
MIDDLE = footprint.centre(HERE_RING)
ASKED = (
    Asked(assignment="team", team="T0"),
    Asked(assignment="bureau", unit="B.fire"),
    Asked(assignment="town", unit="A.D0T0"),
    Asked(assignment="worker", worker="W0000"),
)


def sent(*, under_way: bool = True) -> Picture:
    """An incident at ten, four receivers asked, all of them under way at once."""
    centre = offline()
    commands = [
        SetDuty(worker="W0000", on_duty=True),
        StartIncident(incident="I1", name="内涝", footprint=HERE_RING),
        CallIn(incident="I1", asked=ASKED),
    ]
    if under_way:
        commands += [Respond(assignment=asked.assignment) for asked in ASKED]
    for n, command in enumerate(commands):
        role = Role.EMERGENCY if isinstance(command, StartIncident | CallIn) else Role.FIELD
        [answer], _ = centre.send([wrap(command, f"k{n}")], hour(10), role)
        assert answer.committed, answer
    return centre.picture


def seconds(which: str) -> float:
    picture = sent()
    return WAYS.seconds(picture, picture.assignments[which])


def kmh(which: str, start: Position) -> float:
    """Speed along streets that are 1.3 times as long as the line."""
    return distance_m(start, MIDDLE) * 1.3 / seconds(which) * 3.6


def test_each_travels_at_its_own_speed_from_its_own_place() -> None:
    assert kmh("team", CITY.teams["T0"].position) == pytest.approx(40)
    assert kmh("bureau", CENTRE) == pytest.approx(30)
    here = PEOPLE.position(CITY.workers["W0000"], hour(10)).position
    assert kmh("worker", here) == pytest.approx(13.5)


def test_a_town_sets_out_from_where_its_workers_live() -> None:
    homes = [w.home for w in CITY.workers.values() if w.town == "D0T0"]
    lon, lat = (sum(xs) / len(homes) for xs in zip(*((p.lon, p.lat) for p in homes), strict=True))
    assert kmh("town", Position(lon, lat)) == pytest.approx(30)


def test_nobody_travels_before_they_set_out() -> None:
    picture = sent(under_way=False)
    assert all(WAYS.seconds(picture, order) == 0 for order in orders(picture))


def orders(picture: Picture) -> list[Assignment]:
    return list(picture.orders_of("I1"))


def test_the_way_leads_to_the_middle_of_the_footprint() -> None:
    picture = sent()
    assert {destination_of(picture, order) for order in orders(picture)} == {MIDDLE}
    [errand] = errands_of(picture, "W0000")
    assert errand.destination == MIDDLE
    assert errand.start == hour(10)
    assert errand.end is None
