"""The receiver says "not mine", and somebody decides while a clock runs."""

from typing import Any

from console.domain.assignment import Assignment, AssignmentRole, AssignmentState
from console.domain.case import WITH_UNIT, Case, CaseState
from console.domain.command import AskReturn, RuleReturn
from console.domain.event import Fact
from console.domain.role import Role
from console.domain.rules.dispatching import check_lead, order_sent
from console.domain.rules.handling import on_behalf
from console.domain.rules.scene import (
    Decision,
    Refused,
    Scene,
    assignment_fact,
    case_fact,
    lapsed,
)


def ask_return(command: AskReturn, scene: Scene) -> Decision:
    """The lead asks to give the case back; a helper simply leaves."""
    order = scene.need_assignment()
    if not command.reason.strip():
        raise Refused("reason-needed", "returning a case needs a reason")
    if order.ruled:
        raise Refused("ruled", "a chief has decided that it stays here")
    if order.role is not AssignmentRole.LEAD:
        change: dict[str, Any] = {"state": AssignmentState.RETURNED, "ended_at": scene.occurred_at}
        change |= {"return_reason": command.reason} | on_behalf(scene)
        left = assignment_fact("returned", order, **change)
        if order.case is None:
            return Decision(facts=(left,))
        case = scene.need_case()
        if not scene.last_verifier(order):
            return Decision(facts=(left,))
        return Decision(facts=(left, case_fact("unverified", case, state=CaseState.RECEIVED)))
    case = scene.need_case(*WITH_UNIT)
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
    """Confirmed: back to the centre, or at once to another unit. Refused: the asker keeps it for good."""
    case = scene.need_case(CaseState.RETURN_ASKED)
    order = scene.lead()
    if order is None:
        raise Refused("no-lead", "nobody has asked")
    second = case.returns > 0
    if second and scene.role in (Role.SHIFT_LEADER, Role.FIELD):
        raise Refused("needs-duty-chief", "a second return is ruled by the duty chief")
    if command.unit is not None and scene.role is Role.FIELD:
        raise Refused("needs-duty-chief", "the field gives a case to nobody else")
    if (second or command.unit is not None) and not command.reason.strip():
        raise Refused("opinion-needed", "a ruling needs an opinion")
    if scene.role is Role.DUTY_CHIEF and _beyond(command, order, case, scene):
        raise Refused("needs-centre-leader", "a unit outside the district: the centre leader rules")
    note = {"reason": command.reason}
    if not command.confirmed:
        # Whoever has been told to keep it is not asked again; its clock never stopped.
        stays = {"return_reason": None, "ruled": second or order.ruled}
        kept = assignment_fact("return_refused", order, note, **stays)
        back = case_fact("return_refused", case, note, state=case.former, former=None)
        return Decision(facts=(kept, back))
    ended = {"state": AssignmentState.RETURNED, "ended_at": scene.occurred_at}
    given_back = assignment_fact("returned", order, note, **ended)
    change: dict[str, Any] = {"former": None, "returns": case.returns + 1} | lapsed(case)
    if command.unit is not None:
        return _redirected(command, command.unit, case, given_back, change, scene)
    change |= {"state": CaseState.REGISTERED, "lead": None, "waiting_since": scene.occurred_at}
    return Decision(facts=(given_back, case_fact("returned", case, note, **change)))


def _redirected(
    command: RuleReturn,
    unit: str,
    case: Case,
    given_back: Fact,
    change: dict[str, Any],
    scene: Scene,
) -> Decision:
    """改由…承办: after a second return the new lead is under the chief's order and cannot give it back."""
    if command.assignment is None:
        raise Refused("bad-id", "assignment: the new order needs an id")
    check_lead(case, unit, None, scene)
    lead = AssignmentRole.LEAD
    ruled = case.returns > 0
    sent, timers = order_sent(case, scene, command.assignment, lead, unit, None, ruled=ruled)
    change |= {"state": CaseState.DISPATCHED, "lead": command.assignment}
    note = {"reason": command.reason, "unit": unit}
    return Decision(
        facts=(given_back, sent, case_fact("ruled", case, note, **change)), timers=timers
    )


def _beyond(command: RuleReturn, asker: Assignment, case: Case, scene: Scene) -> bool:
    """Whether a duty chief would bind a unit that is not of the case's district."""
    bound = command.unit
    if not command.confirmed:
        # Refusing a first return settles nothing for good: the unit may ask again.
        bound = asker.unit if case.returns > 0 else None
    return bound is not None and not scene.city.of_district(bound, case.district)
