"""A made picture of the shipped city: cases in every state, orders, workers on duty, positions."""

import random
from datetime import UTC, datetime, timedelta

from console.domain.assignment import Assignment, AssignmentRole, AssignmentState
from console.domain.case import Case, CaseState, Channel
from console.domain.category import Urgency
from console.domain.city import City
from console.domain.place import Position
from console.domain.worker import Fix, WorkerDuty
from console.store.picture import Picture

NOW = datetime(2026, 3, 17, 2, 3, 5, tzinfo=UTC)
STREETS = (
    "龙昆北路",
    "海秀东路",
    "国贸路",
    "和平大道",
    "白龙南路",
    "滨海大道",
    "海甸五西路",
    "红城湖路",
)

_STATES = (
    [CaseState.REGISTERED] * 5
    + [CaseState.RECEIVED] * 2
    + [CaseState.DISPATCHED] * 14
    + [CaseState.CHECKING, CaseState.CALLBACK, CaseState.RETURN_ASKED, CaseState.SUSPENDED]
    + [CaseState.CLOSED] * 2
)
_WITH_LEAD = frozenset(_STATES) - {CaseState.REGISTERED, CaseState.RECEIVED}


def make_case(city: City, number: int, state: CaseState, dice: random.Random) -> Case:
    """Case `number`, received within the last hours."""
    grid = dice.choice(list(city.grids.values())[:: max(1, len(city.grids) // 300)])
    category = dice.choice(list(city.categories.values()))
    at = NOW - timedelta(minutes=dice.uniform(0, 26 if state in _STATES[:7] else 300))
    town = city.areas[grid.town]
    placed = dice.random() > 0.08
    return Case(
        id=f"2026031700{number:04d}",
        version=number,
        state=state,
        urgency=category.urgency,
        channel=dice.choice(list(Channel)),
        category=category.code,
        place=f"{town.name}{dice.choice(STREETS)}",
        received_at=at,
        waiting_since=at,
        position=Position(city.centre.lon + dice.uniform(-0.1, 0.1), city.centre.lat)
        if placed
        else None,
        district=grid.district if placed else None,
        town=grid.town if placed else None,
        community=grid.community if placed else None,
        grid=grid.code if placed else None,
        registered_at=at,
        dispatched_at=at + timedelta(minutes=2) if state in _WITH_LEAD else None,
        due_at=at + timedelta(hours=dice.choice((2, 4, 8, 72))),
        lead=f"a{number}" if state in _WITH_LEAD else None,
        former=CaseState.DISPATCHED if state is CaseState.SUSPENDED else None,
        closed_at=NOW if state is CaseState.CLOSED else None,
    )


def make_lead(city: City, case: Case, dice: random.Random) -> Assignment:
    """The case's lead order, in some state that fits."""
    sent = case.received_at + timedelta(minutes=2)
    states = [AssignmentState.SENT, AssignmentState.ACKNOWLEDGED, AssignmentState.ON_SCENE]
    state = dice.choice(states) if case.state is CaseState.DISPATCHED else AssignmentState.DONE
    signed = None if state is AssignmentState.SENT else sent + timedelta(minutes=5)
    return Assignment(
        id=case.lead or "",
        version=1,
        case=case.id,
        role=AssignmentRole.LEAD,
        state=state,
        urgency=case.urgency,
        unit=dice.choice(list(city.units)),
        worker=None,
        sent_at=sent,
        response_due=sent + timedelta(minutes=30),
        announced_at=sent,
        acknowledged_at=signed,
        responded_at=signed if case.urgency is Urgency.URGENT else None,
        overdue=state is AssignmentState.SENT and sent + timedelta(minutes=30) < NOW,
    )


def add_case(picture: Picture, city: City, number: int, state: CaseState, seed: int = 0) -> Case:
    """Put case `number` with its order into the picture."""
    dice = random.Random(f"{seed}/{number}")
    case = make_case(city, number, state, dice)
    picture.cases[case.id] = case
    if case.lead is not None:
        lead = make_lead(city, case, dice)
        picture.assignments[lead.id] = lead
        picture.of_owner[case.id] = (lead.id,)
        if lead.unit is not None:
            picture.of_unit[lead.unit] = (*picture.of_unit.get(lead.unit, ()), lead.id)
    return case


def make_picture(city: City, cases: int, seed: int = 0, state: CaseState | None = None) -> Picture:
    """A picture with so many cases (all in `state` when it is given) and two thirds of the workers on duty."""
    picture = Picture(tz=city.tz, epoch="test", rev=1)
    dice = random.Random(seed)
    for number in range(cases):
        add_case(picture, city, number, state or dice.choice(_STATES), seed)
    for worker in city.workers.values():
        on_duty = dice.random() < 0.66
        picture.workers[worker.id] = WorkerDuty(id=worker.id, version=1, on_duty=on_duty, since=NOW)
        if on_duty and dice.random() < 0.95:
            at = NOW - timedelta(seconds=dice.expovariate(1 / 60))
            home = worker.home
            place = Position(home.lon + dice.gauss(0, 0.004), home.lat + dice.gauss(0, 0.004))
            picture.fixes[worker.id] = Fix(
                worker=worker.id, position=place, fix_at=at, received_at=at
            )
    return picture
