"""Leads ask for more time before the clock turns amber, twice at most, and seldom to park the case."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from console.domain.assignment import Assignment, AssignmentRole, AssignmentState
from console.domain.case import Case, CaseState
from console.domain.category import Urgency
from console.domain.command import Ask
from console.domain.request import Request, RequestKind
from console.field.chance import Chance
from console.field.receivers import Receivers
from console.field.request import REQUEST_REASONS
from console.field.step import Step
from tests.builders import T0, at
from tests.builders import case as make_case
from tests.builders import order as make_order
from tests.unit.field.model_city import model_city

CITY = model_city()
RECEIVERS = Receivers(CITY, Chance(1))
DUE = T0 + timedelta(days=4)
MANY = range(3000)


def held(n: int, **fields: object) -> tuple[Case, Assignment]:
    """A matter of paper that is to be settled in four days, and its lead, who has taken it up."""
    known = {"id": f"C{n}", "category": "1402", "state": CaseState.DISPATCHED, "lead": f"A{n}"}
    order = make_order(
        id=f"A{n}",
        case=f"C{n}",
        unit="B.medicare",
        state=AssignmentState.RESPONDED,
        acknowledged_at=at(3),
        responded_at=at(9),
    )
    return make_case(**(known | {"due_at": DUE} | fields)), order


def asked(now: datetime = T0, **fields: object) -> dict[int, Step]:
    """Who asks for what."""
    found = {}
    for n in MANY:
        step = RECEIVERS.next_step(*held(n, **fields), now)
        if step is not None and isinstance(step.command, Ask):
            found[n] = step
    return found


def of_kind(steps: dict[int, Step], kind: RequestKind) -> dict[int, Step]:
    return {n: step for n, step in steps.items() if step.command.kind is kind}


def test_a_few_ask_for_an_extension_shortly_before_amber() -> None:
    steps = of_kind(asked(), RequestKind.EXTENSION)
    assert 0.015 < len(steps) / len(MANY) < 0.05
    amber = DUE - 0.2 * (DUE - T0)
    for step in steps.values():
        assert amber - timedelta(hours=12) < step.at < amber + timedelta(hours=14)
        assert DUE < step.command.until <= step.at + timedelta(days=30)
        assert step.command.reason in REQUEST_REASONS


def test_very_few_ask_to_park_the_case() -> None:
    steps = of_kind(asked(), RequestKind.SUSPENSION)
    assert 0.002 < len(steps) / len(MANY) < 0.01
    for step in steps.values():
        assert timedelta(days=2) < step.command.until - step.at < timedelta(days=15)
        assert step.command.until.astimezone(CITY.tz).hour == 9


def test_some_ask_a_second_time_and_nobody_a_third() -> None:
    first = of_kind(asked(), RequestKind.EXTENSION)
    later = {"due_at": DUE + timedelta(days=2)}
    second = of_kind(asked(extensions=1, **later), RequestKind.EXTENSION)
    assert 0 < len(first.keys() & second.keys()) < 0.6 * len(first)
    assert asked(extensions=2, **later) == {}


def test_who_was_refused_gets_on_with_it() -> None:
    for n, step in asked().items():
        after = RECEIVERS.next_step(*held(n), step.at + timedelta(minutes=8))
        assert after is not None
        again = after.command
        assert not isinstance(again, Ask) or again.kind is not step.command.kind


def test_an_extension_moves_the_end() -> None:
    moved = 0
    for n, step in of_kind(asked(), RequestKind.EXTENSION).items():
        until = step.command.until
        case, order = held(n, due_at=until, extensions=2)
        after = RECEIVERS.next_step(case, order, step.at)
        assert after is not None
        assert after.at < until + timedelta(hours=14)
        moved += after.at > DUE
    assert moved


@pytest.mark.parametrize(
    "fields",
    [
        {"due_at": T0 + timedelta(hours=8)},
        {"state": CaseState.SUSPENDED},
        {"state": CaseState.REWORK},
        {"request": Request(kind=RequestKind.EXTENSION, assignment="A1", until=DUE, reason="weather", number=1, asked_at=T0)},
    ],
)  # fmt: skip
def test_nothing_is_asked_for(fields: dict[str, object]) -> None:
    assert asked(**fields) == {}


def test_helpers_and_the_urgent_do_not_ask() -> None:
    for n in asked():
        case, order = held(n)
        for other in (
            replace(order, role=AssignmentRole.ASSIST),
            replace(order, urgency=Urgency.URGENT),
        ):
            step = RECEIVERS.next_step(case, other, T0)
            assert step is not None
            assert not isinstance(step.command, Ask)
