"""Check, call-back, rework and close."""

from typing import Any

from console.domain.assignment import Assignment, AssignmentRole, AssignmentState
from console.domain.case import Case, CaseState
from console.domain.command import CallBack, Check
from console.domain.event import Fact
from console.domain.rules.scene import (
    Decision,
    Refused,
    Scene,
    all_taken_back,
    assignment_fact,
    case_fact,
    settled,
)


def _last_lead(case: Case, scene: Scene) -> Assignment | None:
    for order in scene.assignments:
        if order.id == case.lead and order.role is AssignmentRole.LEAD:
            return order
    return None


def _rework(kind: str, case: Case, scene: Scene, **change: Any) -> tuple[Fact, ...]:
    """Back to the same lead, which counts as having acknowledged: it knows the case."""
    order = _last_lead(case, scene)
    if order is None:
        raise Refused("no-lead", "there is nobody to do it again")
    again = assignment_fact("reopened", order, state=AssignmentState.ACKNOWLEDGED, ended_at=None)
    back = case_fact(
        kind,
        case,
        state=CaseState.REWORK,
        reworks=case.reworks + 1,
        reported_at=None,
        # The next round's calls are counted anew: three without an answer, not three in all.
        calls=0,
        **change,
    )
    return (again, back)


def check(command: Check, scene: Scene) -> Decision:
    """Passed: on to the call-back. Not passed: rework."""
    case = scene.need_case(CaseState.CHECKING)
    if command.passed:
        return Decision(facts=(case_fact("checked", case, state=CaseState.CALLBACK),))
    return Decision(facts=_rework("check_failed", case, scene))


def call_back(command: CallBack, scene: Scene) -> Decision:
    """Ask the citizen: solved closes, not solved is rework, three calls without an answer close as not reached."""
    case = scene.need_case(CaseState.CALLBACK)
    calls = case.calls + 1
    if not command.reached:
        if calls < scene.city.policy.callback_tries:
            return Decision(facts=(case_fact("called", case, calls=calls),))
        change: dict[str, Any] = {"reached": False, "solved": None, "satisfied": None}
    elif command.solved is False:
        told = {"reached": True, "solved": False, "satisfied": command.satisfied}
        return Decision(facts=_rework("not_solved", case, scene, **told))
    else:
        change = {"reached": True, "solved": command.solved, "satisfied": command.satisfied}
    change |= settled(case, scene.occurred_at)
    closed = case_fact(
        "closed", case, state=CaseState.CLOSED, closed_at=scene.occurred_at, calls=calls, **change
    )
    return Decision(facts=(*all_taken_back(scene, "case-ended"), closed))
