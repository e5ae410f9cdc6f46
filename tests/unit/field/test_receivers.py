"""Receivers sign, go, work and sometimes refuse; what they do follows from the order alone."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest

from console.domain.assignment import Assignment, AssignmentRole, AssignmentState
from console.domain.case import Case, CaseState
from console.domain.category import Urgency
from console.domain.command import Acknowledge, Arrive, AskReturn, Report, Respond
from console.field.chance import Chance
from console.field.receivers import RETURN_REASONS, Receivers
from tests.builders import T0, at
from tests.builders import case as make_case
from tests.builders import order as make_order
from tests.unit.field.model_city import model_city

CITY = model_city()
RECEIVERS = Receivers(CITY, Chance(1))
MANY = range(400)


def pair(n: int = 1, category: str = "0602", urgent: bool = False, **fields: object) -> tuple[Case, Assignment]:  # fmt: skip
    """A dispatched case and its lead's order."""
    urgency = Urgency.URGENT if urgent else Urgency.NORMAL
    unit = CITY.categories[category].lead
    case = make_case(
        id=f"C{n}", category=category, state=CaseState.DISPATCHED, urgency=urgency, lead=f"A{n}"
    )
    known = {"id": f"A{n}", "case": f"C{n}", "unit": unit, "urgency": urgency}
    return case, make_order(**(known | fields))


def wait_min(n: int, **fields: object) -> float:
    case, order = pair(n, **fields)
    step = RECEIVERS.next_step(case, order, T0)
    assert step is not None
    assert step.command == Acknowledge(assignment=order.id)
    return (step.at - T0).total_seconds() / 60


def test_nobody_acts_on_an_order_that_was_not_announced() -> None:
    case, order = pair()
    assert RECEIVERS.next_step(case, replace(order, announced_at=None), T0) is None


@pytest.mark.parametrize("state", [s for s in AssignmentState if s.value in ("done", "returned", "recalled", "withdrawn")])  # fmt: skip
def test_an_ended_order_asks_nothing(state: AssignmentState) -> None:
    case, order = pair(state=state)
    assert RECEIVERS.next_step(case, order, T0) is None


def test_most_sign_within_twelve_minutes_and_some_are_late() -> None:
    waits = [wait_min(n) for n in MANY]
    assert sum(1 <= w <= 12 for w in waits) / len(waits) > 0.8
    assert 0.005 < sum(w > 30 for w in waits) / len(waits) < 0.08


def test_urgent_orders_are_signed_fast_but_a_tenth_lets_the_ladder_run() -> None:
    waits = [wait_min(n, category="1001", urgent=True) for n in MANY]
    assert sorted(waits)[len(waits) // 2] < 1.5
    assert 0.05 < sum(w > 3 for w in waits) / len(waits) < 0.18


def test_a_late_announcement_is_answered_after_it() -> None:
    case, order = pair(announced_at=at(50))
    step = RECEIVERS.next_step(case, order, at(50))
    assert step is not None
    assert step.at > at(50)


def test_a_step_does_not_depend_on_when_it_is_asked_for() -> None:
    for n in range(60):
        case, order = pair(n)
        assert RECEIVERS.next_step(case, order, T0) == RECEIVERS.next_step(case, order, at(200))
        again = Receivers(CITY, Chance(1)).next_step(case, order, T0)
        assert again == RECEIVERS.next_step(case, order, T0)


def walk(case: Case, order: Assignment, travel: float = 0.0) -> list[tuple[type, float]]:
    """All steps of an undisturbed order as (command, minutes after T0)."""
    told = []
    while (step := RECEIVERS.next_step(case, order, T0, travel)) is not None:
        told.append((type(step.command), (step.at - T0).total_seconds() / 60))
        kind = type(step.command)
        if kind is Acknowledge:
            changed = {"state": AssignmentState.ACKNOWLEDGED, "acknowledged_at": step.at}
        elif kind is Respond:
            changed = {"state": AssignmentState.RESPONDED, "responded_at": step.at}
        elif kind is Arrive:
            changed = {"state": AssignmentState.ON_SCENE, "arrived_at": step.at}
        else:
            return told
        order = replace(order, **changed)
    return told


def test_an_urgent_case_is_signed_reached_and_reported_in_order() -> None:
    for n in range(80):
        told = walk(*pair(n, category="0902", urgent=True))
        if told[-1][0] is AskReturn:
            continue
        assert [kind for kind, _ in told] == [Acknowledge, Respond, Arrive, Report]
        moments = [minutes for _, minutes in told]
        assert moments == sorted(moments)
        assert moments[-1] < 240


def test_a_matter_of_paper_is_not_visited() -> None:
    told = walk(*pair(3, category="1402"))
    assert Arrive not in [kind for kind, _ in told]


def test_the_hands_need_the_way() -> None:
    case, order = pair(5, "0101", unit="A.D0T0", worker="W0001")
    near = dict(walk(case, order, travel=0.0))
    far = dict(walk(case, order, travel=1800.0))
    assert far[Arrive] - near[Arrive] == pytest.approx(30, abs=0.1)


def test_most_work_is_done_before_its_deadline_and_some_is_late() -> None:
    late = 0
    done = 0
    for n in MANY:
        case, order = pair(n)
        told = walk(replace(case, due_at=T0 + timedelta(days=2)), order)
        if told[-1][0] is Report:
            done += 1
            late += told[-1][1] > 2 * 24 * 60
    assert 0.005 < late / done < 0.12


def asked_back(returns: int, **fields: object) -> list[str]:
    """The reasons of those who give back an order they have signed for."""
    reasons = []
    for n in MANY:
        case, order = pair(n, state=AssignmentState.ACKNOWLEDGED, acknowledged_at=at(3), **fields)
        step = RECEIVERS.next_step(replace(case, returns=returns), order, T0)
        if step is not None and isinstance(step.command, AskReturn):
            reasons.append(step.command.reason)
    return reasons


def test_a_few_first_orders_are_given_back_with_a_reason_of_the_list() -> None:
    asked = asked_back(0)
    assert 0.02 < len(asked) / len(MANY) < 0.09
    assert set(asked) <= set(RETURN_REASONS)


def test_second_orders_are_given_back_more_often_and_third_ones_never() -> None:
    assert 0.07 < len(asked_back(1)) / len(MANY) < 0.18
    assert 0.25 < len(asked_back(1, unit="B.tax")) / len(MANY) < 0.45
    assert asked_back(2, unit="B.tax") == []


def test_what_a_chief_has_ruled_is_kept() -> None:
    assert asked_back(1, unit="B.tax", ruled=True) == []


def test_who_is_steady_gives_nothing_back() -> None:
    for n in range(60):
        case, order = pair(n, unit="B.tax", state=AssignmentState.ACKNOWLEDGED, acknowledged_at=at(3))  # fmt: skip
        step = RECEIVERS.next_step(case, order, T0, steady=True)
        assert step is not None
        assert isinstance(step.command, Respond)


def test_what_was_parked_too_long_is_done_soon_after_and_not_at_once() -> None:
    case, order = pair(4, state=AssignmentState.RESPONDED, acknowledged_at=at(3), responded_at=at(9))  # fmt: skip
    much_later = T0 + timedelta(days=9)
    step = RECEIVERS.next_step(replace(case, returns=2), order, much_later)
    assert step is not None
    assert much_later < step.at < much_later + timedelta(hours=3)
    assert step == RECEIVERS.next_step(replace(case, returns=2), order, step.at)


def test_the_wrong_unit_gives_back_far_more() -> None:
    kinds: Counter[type] = Counter()
    for n in MANY:
        case, order = pair(n, unit="B.tax", state=AssignmentState.ACKNOWLEDGED, acknowledged_at=at(3))  # fmt: skip
        step = RECEIVERS.next_step(case, order, T0)
        assert step is not None
        kinds[type(step.command)] += 1
    assert kinds[AskReturn] > 0.4 * len(MANY)


def test_a_refused_return_is_not_asked_again() -> None:
    for n in MANY:
        case, order = pair(n, unit="B.tax", state=AssignmentState.ACKNOWLEDGED, acknowledged_at=at(3))  # fmt: skip
        step = RECEIVERS.next_step(replace(case, waiting_since=at(9)), order, T0)
        assert step is not None
        assert isinstance(step.command, Respond)


@pytest.mark.parametrize("state", [CaseState.RETURN_ASKED, CaseState.SUSPENDED, CaseState.CHECKING])
def test_a_lead_waits_while_the_case_is_not_with_it(state: CaseState) -> None:
    case, order = pair(state=AssignmentState.ACKNOWLEDGED, acknowledged_at=at(2))
    assert RECEIVERS.next_step(replace(case, state=state), order, T0) is None


def test_rework_is_reported_some_time_after_it_was_asked_for() -> None:
    case, order = pair(state=AssignmentState.ACKNOWLEDGED, acknowledged_at=at(2))
    case = replace(case, state=CaseState.REWORK, reworks=1)
    step = RECEIVERS.next_step(case, order, at(60))
    assert step is not None
    assert step.command == Report(assignment=order.id)
    assert step.at >= at(60)


def test_ordinary_work_waits_for_the_morning_but_urgent_work_does_not() -> None:
    night = T0 + timedelta(hours=14)  # midnight in the city
    for n in range(40):
        case, order = pair(n, category="0602", sent_at=night, announced_at=night)
        order = replace(order, state=AssignmentState.ACKNOWLEDGED, acknowledged_at=night)
        step = RECEIVERS.next_step(replace(case, returns=2), order, night)
        assert step is not None
        assert 7 <= step.at.astimezone(CITY.tz).hour < 21
        case, order = pair(n, category="1001", urgent=True, sent_at=night, announced_at=night)
        order = replace(order, state=AssignmentState.ACKNOWLEDGED, acknowledged_at=night)
        step = RECEIVERS.next_step(replace(case, returns=2), order, night)
        assert step is not None
        assert step.at - night < timedelta(hours=1)


def test_a_verification_finds_most_matters_real() -> None:
    found = []
    for n in MANY:
        case, order = pair(n, role=AssignmentRole.VERIFY, state=AssignmentState.ON_SCENE, arrived_at=at(9))  # fmt: skip
        step = RECEIVERS.next_step(replace(case, state=CaseState.VERIFYING), order, T0)
        assert step is not None
        assert isinstance(step.command, Report)
        found.append(step.command.real)
    assert 0.9 < sum(found) / len(found) < 1
