"""What a holder asks for and who may grant it: a later deadline, or to park the case until a review date."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from console.domain.assignment import AssignmentRole, AssignmentState
from console.domain.case import TERMINAL, WITH_UNIT, Case, CaseState
from console.domain.command import Ask, MarkHard, Resume, RuleRequest
from console.domain.event import EntityKind, entity_ref
from console.domain.request import Request, RequestKind
from console.domain.role import Role
from console.domain.rules.scene import Decision, Refused, Scene, case_fact
from console.domain.timer import TimeBasis, Timer, TimerKind


def ask(command: Ask, scene: Scene) -> Decision:
    """The lead asks; until somebody has decided its clocks run on."""
    order = scene.need_assignment()
    case = scene.need_case(*WITH_UNIT)
    if order.role is not AssignmentRole.LEAD:
        raise Refused("only-the-lead", "only the lead may ask for more time")
    if order.state is AssignmentState.SENT:
        raise Refused("sign-first", "who asks for more time has signed for the case")
    if case.request is not None:
        raise Refused("request-open", "the case has a request that nobody has decided")
    if not command.reason.strip():
        raise Refused("reason-needed", "a request needs a reason")
    earliest = scene.occurred_at
    if command.kind is RequestKind.EXTENSION and case.due_at is not None:
        earliest = max(earliest, case.due_at)
    latest = scene.occurred_at + timedelta(days=scene.city.policy.extension_days_max)
    if not earliest < command.until <= max(latest, earliest + timedelta(days=1)):
        raise Refused("bad-until", f"until: after {earliest.isoformat()}, by {latest.isoformat()}")
    request = Request(
        kind=command.kind,
        assignment=order.id,
        until=command.until,
        reason=command.reason,
        number=case.extensions + 1,
        asked_at=scene.occurred_at,
    )
    return Decision(facts=(case_fact("asked", case, request=request),))


def rule_request(command: RuleRequest, scene: Scene) -> Decision:
    """The first extension is the shift leader's; the rest the duty chief endorses, the centre leader grants."""
    case = scene.need_case(*WITH_UNIT)
    request = case.request
    if request is None:
        raise Refused("no-request", "there is nothing to decide")
    if not command.opinion.strip():
        raise Refused("opinion-needed", "a ruling needs an opinion")
    if scene.role is Role.SHIFT_LEADER and not request.first_standard:
        raise Refused("needs-duty-chief", "only a first extension is granted by the shift leader")
    if scene.role is Role.DUTY_CHIEF and request.first_standard:
        raise Refused("needs-shift-leader", "a first extension is the shift leader's")
    note = {"opinion": command.opinion, "kind": request.kind.value}
    if not command.granted:
        return Decision(facts=(case_fact("request_refused", case, note, request=None),))
    if scene.role is Role.DUTY_CHIEF:
        if request.endorsed_at is not None:
            raise Refused("needs-centre-leader", "it is endorsed; the centre leader grants it")
        endorsed = replace(request, endorsed_at=scene.occurred_at)
        return Decision(facts=(case_fact("request_endorsed", case, note, request=endorsed),))
    return _granted(case, request, note)


def _granted(case: Case, request: Request, note: dict[str, str]) -> Decision:
    if request.kind is RequestKind.EXTENSION:
        change: dict[str, Any] = {"due_at": request.until, "due_provisional": False}
        change |= {"extensions": case.extensions + 1, "request": None}
        return Decision(facts=(case_fact("extended", case, note, **change),))
    parked: dict[str, Any] = {"state": CaseState.SUSPENDED, "former": case.state}
    parked |= {"review_at": request.until, "request": None}
    review = Timer(
        due=request.until,
        basis=TimeBasis.DOMAIN,
        kind=TimerKind.REVIEW_DUE,
        entity=entity_ref(EntityKind.CASE, case.id),
    )
    return Decision(facts=(case_fact("suspended", case, note, **parked),), timers=(review,))


def resume(command: Resume, scene: Scene) -> Decision:
    """A parked case goes on before its review date."""
    case = scene.need_case(CaseState.SUSPENDED)
    return Decision(
        facts=(case_fact("resumed", case, {"reason": command.reason}, **_goes_on(case)),)
    )


def review_due(timer: Timer, scene: Scene) -> Decision:
    """The review date has come: a case that is still parked goes on by itself."""
    case = scene.case
    if case is None or case.state is not CaseState.SUSPENDED or case.review_at != timer.due:
        return Decision(facts=())
    return Decision(facts=(case_fact("resumed", case, {"reason": "review"}, **_goes_on(case)),))


def _goes_on(case: Case) -> dict[str, Any]:
    return {"state": case.former or CaseState.DISPATCHED, "former": None, "review_at": None}


def mark_hard(command: MarkHard, scene: Scene) -> Decision:
    """A 疑难件 is solved the same day or carries a written opinion."""
    case = scene.need_case()
    if case.state in TERMINAL:
        raise Refused("wrong-state", f"the case is {case.state.value}")
    if case.hard == command.hard:
        return Decision(facts=())
    return Decision(facts=(case_fact("marked", case, hard=command.hard),))
