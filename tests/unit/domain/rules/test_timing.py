"""What happens because time has passed."""

import pytest

from console.domain.assignment import AssignmentState
from console.domain.category import Urgency
from console.domain.rules import timing
from console.domain.timer import TimeBasis, Timer, TimerKind
from tests.builders import T0, at, order, scene

URGENT = order(urgency=Urgency.URGENT)
ENDED_OR_SIGNED = sorted(set(AssignmentState) - {AssignmentState.SENT})


def timer(kind: TimerKind, step: int = 0) -> Timer:
    return Timer(due=T0, basis=TimeBasis.DOMAIN, kind=kind, entity="assignment:A1", step=step)


def test_the_ladder_climbs_at_three_six_and_ten_minutes_and_ends() -> None:
    step, reached, dues = 1, [], []
    while True:
        decision = timing.escalate(timer(TimerKind.ESCALATE, step), scene(assignment=URGENT))
        reached.append(decision.facts[0].note["to"])
        assert decision.facts[0].change == {"step": step}
        if not decision.timers:
            break
        (following,) = decision.timers
        dues.append(following.due)
        step = following.step
    assert reached == ["grid_head_or_duty_phone", "unit_leader", "duty_chief"]
    assert dues == [at(6), at(10)]


@pytest.mark.parametrize("state", ENDED_OR_SIGNED)
def test_a_signed_or_ended_order_is_not_escalated(state: AssignmentState) -> None:
    signed = order(urgency=Urgency.URGENT, state=state)
    decision = timing.escalate(timer(TimerKind.ESCALATE, 1), scene(assignment=signed))
    assert decision.facts == ()
    assert decision.timers == ()


def test_an_order_is_announced_once_and_not_when_taken_back() -> None:
    announce = timer(TimerKind.ANNOUNCE)
    waiting = order(announced_at=None)
    (fact,) = timing.announce(announce, scene(assignment=waiting)).facts
    assert fact.change == {"announced_at": at(10)}
    recalled = order(announced_at=None, state=AssignmentState.RECALLED)
    for known in (order(), recalled, None):
        assert timing.announce(announce, scene(assignment=known)).facts == ()


def test_after_thirty_minutes_without_an_answer_the_order_is_overdue() -> None:
    due = timer(TimerKind.RESPONSE_DUE)
    (fact,) = timing.response_due(due, scene(assignment=order())).facts
    assert fact.change == {"overdue": True}
    signed = {"state": AssignmentState.ACKNOWLEDGED, "acknowledged_at": at(3)}
    assert timing.response_due(due, scene(assignment=order(**signed))).facts == ()
    urgent = order(urgency=Urgency.URGENT, **signed)
    assert len(timing.response_due(due, scene(assignment=urgent)).facts) == 1
    ended = order(state=AssignmentState.RETURNED)
    assert timing.response_due(due, scene(assignment=ended)).facts == ()
