"""The simulated seats leave enough for people and take the right unit."""

from dataclasses import replace
from datetime import timedelta

import pytest

from console.domain.case import Case, CaseState
from console.domain.category import Urgency
from console.domain.command import Assist, CallBack, Check, Dispatch, Register
from console.domain.unit import UnitKind
from console.field.centre import HUMAN_MINUTES, Centre
from console.field.chance import Chance
from tests.builders import T0, at
from tests.builders import case as make_case
from tests.builders import order as make_order
from tests.unit.field.model_city import model_city

CITY = model_city()
CENTRE = Centre(CITY, Chance(1))
GRID = next(iter(CITY.grids.values()))
MANY = range(400)


def waiting(n: int, category: str = "0101", **fields: object) -> Case:
    places = {"district": GRID.district, "town": GRID.town, "grid": GRID.code}
    known = {"id": f"C{n}", "category": category, "urgency": CITY.categories[category].urgency}
    return make_case(**(known | places | fields))


def everybody(_: str) -> bool:
    return True


def nobody(_: str) -> bool:
    return False


def dispatched(case: Case, on_duty=everybody) -> tuple[Dispatch, float]:
    step = CENTRE.next_step(case, (), T0, on_duty)
    assert step is not None
    assert isinstance(step.command, Dispatch)
    return step.command, (step.at - T0).total_seconds() / 60


def test_cases_wait_long_enough_for_people_to_take_them() -> None:
    waits = sorted(dispatched(waiting(n))[1] for n in MANY)
    assert 7 < sum(waits) / len(waits) < 14
    assert sum(w >= HUMAN_MINUTES for w in waits) / len(waits) > 0.25
    assert 0.03 < sum(w > 15 for w in waits) / len(waits) < 0.25


def test_an_urgent_case_goes_out_in_a_minute_or_two() -> None:
    waits = sorted(dispatched(waiting(n, "1001"))[1] for n in MANY)
    assert waits[len(waits) // 2] < 3
    assert 0.02 < sum(w > 3 for w in waits) / len(waits) < 0.2


def test_the_share_left_for_people_is_a_setting() -> None:
    patient = Centre(CITY, Chance(1), share=1.0)
    steps = [patient.next_step(waiting(n), (), T0, everybody) for n in MANY]
    assert all(s is not None and s.at >= T0 + timedelta(minutes=HUMAN_MINUTES) for s in steps)


def test_a_case_that_was_only_received_is_registered_first() -> None:
    case = waiting(1, state=CaseState.RECEIVED, registered_at=None)
    step = CENTRE.next_step(case, (), T0, everybody)
    assert step is not None
    assert step.command == Register(case="C1")


def test_the_unit_is_the_one_whose_duty_it_is() -> None:
    units = [dispatched(waiting(n, "1001"))[0].unit for n in MANY]
    assert units.count("U.power") / len(units) > 0.95
    town = f"A.{GRID.town}"
    units = [dispatched(waiting(n, "0101"))[0].unit for n in MANY]
    assert 0.93 < units.count(town) / len(units) < 1


@pytest.mark.parametrize("category", sorted(CITY.categories))
def test_no_order_is_one_the_rules_forbid(category: str) -> None:
    for n in range(60):
        for case in (
            waiting(n, category),
            waiting(n, category, returns=1),
            waiting(n, category, town=None, district=None, grid=None, position=None),
        ):
            order, _ = dispatched(case)
            assert order.unit in CITY.units
            if case.town is not None:
                assert CITY.qualified(order.unit, category)
            if CITY.categories[category].hazard:
                assert order.worker is None


def test_a_worker_of_the_grid_is_the_hands_of_the_town() -> None:
    orders = [dispatched(waiting(n, "0101"))[0] for n in MANY]
    hands = [order.worker for order in orders if order.worker]
    assert 0.3 < len(hands) / len(orders) < 0.6
    assert all(GRID.code in CITY.workers[w].grids for w in hands)
    assert all(CITY.units[o.unit].kind is UnitKind.TOWN for o in orders if o.worker)
    assert all(dispatched(waiting(n, "0101"), nobody)[0].worker is None for n in range(50))


def test_somebody_guards_some_hazards() -> None:
    lead = make_order(unit="U.power")
    guards = 0
    for n in MANY:
        case = waiting(n, "1002", state=CaseState.DISPATCHED, dispatched_at=at(2), lead="A1")
        step = CENTRE.next_step(case, (lead,), T0, everybody)
        if step is not None:
            assert isinstance(step.command, Assist)
            assert step.command.guard
            assert CENTRE.next_step(case, (lead, lead), T0, everybody) is None
            guards += 1
    assert 0.25 < guards / len(MANY) < 0.45


def test_after_a_confirmed_return_another_unit_gets_it() -> None:
    first, _ = dispatched(waiting(1, "0602"))
    second, _ = dispatched(waiting(1, "0602", returns=1))
    assert second.unit != first.unit
    assert second.unit == "B.urban"
    third, _ = dispatched(waiting(1, "0602", returns=2))
    assert third.unit == first.unit


def test_checks_and_call_backs_seldom_end_in_rework() -> None:
    failed = unsolved = reached = 0
    for n in MANY:
        checking = waiting(n, state=CaseState.CHECKING, reported_at=at(30))
        step = CENTRE.next_step(checking, (), T0, everybody)
        assert step is not None
        assert isinstance(step.command, Check)
        failed += not step.command.passed
        step = CENTRE.next_step(replace(checking, state=CaseState.CALLBACK), (), T0, everybody)
        assert step is not None
        assert isinstance(step.command, CallBack)
        reached += step.command.reached
        unsolved += step.command.solved is False
    assert 0.02 < (failed + unsolved) / len(MANY) < 0.07
    assert 0.8 < reached / len(MANY) < 0.95


def test_citizens_are_not_rung_up_at_night() -> None:
    night = T0 + timedelta(hours=13)
    for n in range(50):
        case = waiting(n, state=CaseState.CALLBACK, reported_at=night)
        step = CENTRE.next_step(case, (), T0, everybody)
        assert step is not None
        assert 7 <= step.at.astimezone(CITY.tz).hour < 21


@pytest.mark.parametrize("state", [CaseState.CLOSED, CaseState.SUSPENDED, CaseState.VERIFYING, CaseState.REWORK])  # fmt: skip
def test_elsewhere_the_centre_waits(state: CaseState) -> None:
    assert CENTRE.next_step(waiting(1, state=state), (), T0, everybody) is None


def test_steps_do_not_depend_on_when_they_are_asked_for() -> None:
    for n in range(50):
        case = waiting(n, urgency=Urgency.NORMAL)
        assert CENTRE.next_step(case, (), T0, everybody) == CENTRE.next_step(case, (), at(99), everybody)  # fmt: skip
