"""What a chief can do with a decision that waits: the command, and why it may not be given."""

import uuid
from enum import StrEnum

from console.domain.city import City
from console.domain.command import Command, JudgeReply, RuleRequest, RuleReturn
from console.domain.event import EntityKind, entity_ref
from console.domain.role import Role
from console.domain.unit import Unit
from console.store.decisions import DecisionKind, Waiting
from console.views.stage import Stage

RETURNS = (DecisionKind.FIRST_RETURN, DecisionKind.RETURN)


class Act(StrEnum):
    """Agree, refuse, or let another unit do it (returns only)."""

    AGREE = "agree"
    REFUSE = "refuse"
    REDIRECT = "redirect"


def operation_of(kind: DecisionKind) -> str:
    """Which operation of `domain.role` decides it."""
    if kind in RETURNS:
        return "rule_return"
    return "judge_reply" if kind is DecisionKind.REPLY else "rule_request"


def why_not(waiting: Waiting, act: Act, stage: Stage) -> str | None:
    """Why this seat may not do it, in the user's language; None when it may."""
    refused = stage.why_not(operation_of(waiting.kind), case=waiting.case)
    if refused is not None:
        return refused
    code = _needs(waiting, act, stage.role, stage.city)
    return stage.texts(f"problem.{code}") if code is not None else None


def _needs(waiting: Waiting, act: Act, role: Role, city: City) -> str | None:
    chiefs_own = waiting.kind in (
        DecisionKind.RETURN,
        DecisionKind.EXTENSION,
        DecisionKind.SUSPENSION,
    )
    if role is Role.SHIFT_LEADER and chiefs_own:
        return "needs-duty-chief"
    if role is not Role.DUTY_CHIEF:
        return None
    if waiting.endorsed and act is Act.AGREE:
        return "needs-centre-leader"
    binds_asker = waiting.kind is DecisionKind.RETURN and act is Act.REFUSE
    if binds_asker and not city.of_district(waiting.unit, waiting.case.district):
        return "needs-centre-leader"
    return None


def only_endorses(waiting: Waiting, role: Role) -> bool:
    """Whether agreeing passes it on to the centre leader, who grants it."""
    asked = (DecisionKind.EXTENSION, DecisionKind.SUSPENSION)
    return role is Role.DUTY_CHIEF and waiting.kind in asked


def why_not_to(waiting: Waiting, unit: Unit, stage: Stage) -> str:
    """Why the case may not be given to the unit; "" when it may."""
    city, case = stage.city, waiting.case
    if unit.code == waiting.unit:
        return stage.texts("duty.asked_itself")
    if not city.qualified(unit.code, case.category):
        return stage.texts("problem.not-qualified")
    inside = city.of_district(unit.code, case.district)
    if stage.role is Role.DUTY_CHIEF and not inside:
        return stage.texts("problem.needs-centre-leader")
    return ""


def command_of(waiting: Waiting, act: Act, opinion: str, unit: str | None = None) -> Command:
    """The command of an act; `unit` is who gets it (REDIRECT)."""
    case, agreed = waiting.case.id, act is not Act.REFUSE
    if waiting.kind in RETURNS:
        order = uuid.uuid4().hex if unit is not None else None
        return RuleReturn(case=case, confirmed=agreed, reason=opinion, unit=unit, assignment=order)
    if waiting.kind is DecisionKind.REPLY:
        return JudgeReply(case=case, accepted=agreed, words=opinion)
    return RuleRequest(case=case, granted=agreed, opinion=opinion)


def seen(waiting: Waiting) -> dict[str, int | dict[str, str]]:
    """The version that the chief saw."""
    return {entity_ref(EntityKind.CASE, waiting.case.id): waiting.case.version}
