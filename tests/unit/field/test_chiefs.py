"""The people above decide in their own role, late where real ones sit at a console."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest

from console.domain.assignment import AssignmentState
from console.domain.case import Case, CaseState
from console.domain.command import RuleRequest, RuleReturn
from console.domain.request import Request, RequestKind
from console.domain.role import Role
from console.field.chance import Chance
from console.field.chiefs import Chiefs
from console.field.step import Step
from tests.builders import T0, at
from tests.builders import case as make_case
from tests.builders import order as make_order
from tests.unit.field.model_city import model_city

CITY = model_city()
LIVE, MADE = (Chiefs(CITY, Chance(1), attended=attended) for attended in (True, False))
GRID = next(iter(CITY.grids.values()))
MANY = range(400)


def ruled(n: int, chiefs: Chiefs = LIVE, unit: str = "U.power", **fields: object) -> Step:
    """What is ruled about a case whose lead asks to give it back, five minutes after T0."""
    known = {"id": f"C{n}", "category": "1001", "state": CaseState.RETURN_ASKED, "lead": "A1"}
    places = {"district": GRID.district, "town": GRID.town, "waiting_since": at(5)}
    asker = make_order(unit=unit, state=AssignmentState.ACKNOWLEDGED)
    step = chiefs.next_step(make_case(**(known | places | fields)), (asker,))
    assert step is not None
    assert isinstance(step.command, RuleReturn)
    return step


def waits(steps: list[Step], since: float) -> list[float]:
    return sorted((step.at - at(since)) / timedelta(minutes=1) for step in steps)


def test_most_first_returns_are_confirmed_by_the_shift_leader() -> None:
    steps = [ruled(n) for n in MANY]
    assert {step.role for step in steps} == {Role.SHIFT_LEADER}
    assert 0.6 < sum(step.command.confirmed for step in steps) / len(steps) < 0.8
    assert 4 < waits(steps, 5)[200] < 9


def test_second_returns_are_the_duty_chiefs_and_a_real_one_comes_first() -> None:
    live = [ruled(n, returns=1) for n in MANY]
    # The asker is a bureau: only the centre leader can tell it to keep the case.
    roles = {(step.command.confirmed, step.role) for step in live}
    assert roles == {(True, Role.DUTY_CHIEF), (False, Role.CENTRE_LEADER)}
    middle = waits(live, 5)[40:360]
    assert middle[0] > 22
    assert middle[-1] < 48
    made = [ruled(n, MADE, returns=1) for n in MANY]
    assert 8 < waits(made, 5)[200] < 12
    assert waits(made, 5)[-1] < 60
    assert [step.command for step in made] == [step.command for step in live]


def test_a_second_return_stays_goes_back_or_goes_to_a_unit_of_the_district() -> None:
    told = Counter()
    for n in MANY:
        command = ruled(n, returns=1).command
        told[command.confirmed, command.unit] += 1
        assert command.reason
        assert (command.unit is None) == (command.assignment is None)
    assert set(told) == {(False, None), (True, None), (True, f"A.{GRID.town}")}
    assert all(number > 30 for number in told.values())


@pytest.mark.parametrize("fields", [{"category": "0702"}, {"unit": f"A.{GRID.town}"}, {"town": None}])  # fmt: skip
def test_without_a_unit_of_the_district_nothing_is_redirected(fields: dict[str, str]) -> None:
    assert all(ruled(n, returns=1, **fields).command.unit is None for n in MANY)


def asking(n: int, **fields: object) -> Case:
    known = {"kind": RequestKind.EXTENSION, "assignment": "A1", "until": at(9000)}
    known |= {"reason": "weather", "number": 1, "asked_at": at(60)}
    request = Request(**(known | fields))
    return make_case(id=f"C{n}", state=CaseState.DISPATCHED, lead="A1", request=request)


def decided(chiefs: Chiefs = LIVE, **fields: object) -> list[Step]:
    steps = [chiefs.next_step(asking(n, **fields), (make_order(),)) for n in MANY]
    for step in steps:
        assert step is not None
        assert isinstance(step.command, RuleRequest)
        assert step.command.opinion
    granted = sum(step.command.granted for step in steps)
    assert 0.75 < granted / len(steps) < 0.95
    return steps


def test_a_first_extension_is_the_shift_leaders() -> None:
    steps = decided()
    assert {step.role for step in steps} == {Role.SHIFT_LEADER}
    assert 6 < waits(steps, 60)[200] < 10


@pytest.mark.parametrize("fields", [{"number": 2}, {"kind": RequestKind.SUSPENSION}])
def test_the_rest_is_endorsed_late_and_then_granted(fields: dict[str, object]) -> None:
    endorsed = decided(**fields)
    assert {step.role for step in endorsed} == {Role.DUTY_CHIEF}
    assert 29 < waits(endorsed, 60)[200] < 37
    assert 8 < waits(decided(MADE, **fields), 60)[200] < 12
    granted = decided(**fields, endorsed_at=at(90))
    assert {step.role for step in granted} == {Role.CENTRE_LEADER}
    assert 8 < waits(granted, 90)[200] < 12


def test_elsewhere_nobody_decides() -> None:
    assert LIVE.next_step(make_case(state=CaseState.DISPATCHED), ()) is None
    parked = replace(asking(1), state=CaseState.SUSPENDED)
    assert LIVE.next_step(parked, ()) is None
    assert LIVE.next_step(make_case(waiting_since=T0), ()) is None
