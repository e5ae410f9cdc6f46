"""The receiver says "not mine", and somebody decides while a clock runs."""

from typing import Any

from console.domain.assignment import AssignmentRole, AssignmentState
from console.domain.case import WITH_UNIT, CaseState
from console.domain.command import AskReturn, RuleReturn
from console.domain.role import Role
from console.domain.rules.handling import on_behalf
from console.domain.rules.scene import Decision, Refused, Scene, assignment_fact, case_fact


def ask_return(command: AskReturn, scene: Scene) -> Decision:
    """The lead asks to give the case back; a helper simply leaves."""
    order = scene.need_assignment()
    case = scene.need_case()
    if not command.reason.strip():
        raise Refused("reason-needed", "returning a case needs a reason")
    if order.role is not AssignmentRole.LEAD:
        change: dict[str, Any] = {"state": AssignmentState.RETURNED, "ended_at": scene.occurred_at}
        change |= {"return_reason": command.reason} | on_behalf(scene)
        left = assignment_fact("returned", order, **change)
        if not scene.last_verifier(order):
            return Decision(facts=(left,))
        return Decision(facts=(left, case_fact("unverified", case, state=CaseState.RECEIVED)))
    if case.state not in WITH_UNIT:
        raise Refused("wrong-state", f"the case is {case.state.value}")
    asked = assignment_fact("return_asked", order, return_reason=command.reason, **on_behalf(scene))
    waits = case_fact(
        "return_asked",
        case,
        {"reason": command.reason},
        state=CaseState.RETURN_ASKED,
        former=case.state,
        waiting_since=scene.occurred_at,
    )
    return Decision(facts=(asked, waits))


def rule_return(command: RuleReturn, scene: Scene) -> Decision:
    """Confirmed: back to the centre. Refused: the asker keeps it and its clock never stopped."""
    case = scene.need_case(CaseState.RETURN_ASKED)
    order = scene.lead()
    if order is None:
        raise Refused("no-lead", "nobody has asked")
    if case.returns > 0 and scene.role is Role.SHIFT_LEADER:
        raise Refused("needs-duty-chief", "a second return is ruled by the duty chief")
    note = {"reason": command.reason}
    if not command.confirmed:
        kept = assignment_fact("return_refused", order, note, return_reason=None)
        back = case_fact("return_refused", case, note, state=case.former, former=None)
        return Decision(facts=(kept, back))
    ended = {"state": AssignmentState.RETURNED, "ended_at": scene.occurred_at}
    given_back = assignment_fact("returned", order, note, **ended)
    waits = case_fact(
        "returned",
        case,
        note,
        state=CaseState.REGISTERED,
        former=None,
        lead=None,
        returns=case.returns + 1,
        waiting_since=scene.occurred_at,
    )
    return Decision(facts=(given_back, waits))
