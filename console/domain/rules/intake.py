"""From the call to the registered case."""

from datetime import UTC
from typing import Any

from console.domain.case import Case, CaseState
from console.domain.category import Subcategory, Urgency
from console.domain.command import Accept, Answer, LinkRepeat, PinPlace, Register, Reject, Transfer
from console.domain.event import EntityKind, Fact
from console.domain.place import public_place
from console.domain.rules.scene import (
    Decision,
    Refused,
    Scene,
    all_taken_back,
    case_fact,
    located_fields,
    settled,
)

_OPEN_TO_INTAKE = (CaseState.RECEIVED, CaseState.VERIFYING, CaseState.REGISTERED)


def _subcategory(code: str, scene: Scene) -> Subcategory:
    found = scene.city.categories.get(code)
    if found is None:
        raise Refused("unknown-category", f"the city pack has no subcategory {code!r}")
    return found


def accept(command: Accept, scene: Scene) -> Decision:
    """Take a call in; answer it at once or register it in the same act where asked."""
    if scene.case is not None or scene.incident is not None:
        raise Refused("case-exists", "a case or an incident with this id exists already")
    subcategory = _subcategory(command.category, scene)
    at = scene.occurred_at
    case = Case(
        id=command.case,
        version=0,
        state=CaseState.RECEIVED,
        urgency=command.urgency or subcategory.urgency,
        channel=command.channel,
        category=command.category,
        place=public_place(command.private.address),
        received_at=at,
        waiting_since=at,
        due_at=command.due_at.astimezone(UTC) if command.due_at is not None else None,
        kin=command.kin,
        has_photo=command.has_photo,
        source_ref=command.source_ref,
        **located_fields(command.position, scene.located),
    )
    facts = [Fact(type="case.received", kind=EntityKind.CASE, id=case.id, created=case)]
    if command.answered:
        facts.append(_answered(case, scene))
    elif command.register:
        facts.append(_registered(case, subcategory, scene))
    return Decision(facts=tuple(facts), private=command.private)


def pin_place(command: PinPlace, scene: Scene) -> Decision:
    """Fix where the case is."""
    case = scene.need_case()
    change = located_fields(command.position, scene.located)
    return Decision(facts=(case_fact("placed", case, **change),))


def _registered(case: Case, subcategory: Subcategory, scene: Scene) -> Fact:
    at = scene.occurred_at
    change: dict[str, Any] = {"state": CaseState.REGISTERED, "registered_at": at}
    if case.due_at is None:
        amount, unit = subcategory.deadline, subcategory.deadline_unit
        deadline = scene.work_time.deadline(at, amount, unit)
        change |= {"due_at": deadline.due, "due_provisional": deadline.provisional}
    return case_fact("registered", case, **change)


def register(command: Register, scene: Scene) -> Decision:
    """Open the case: fix class, urgency and handling deadline."""
    case = scene.need_case(CaseState.RECEIVED, CaseState.VERIFYING)
    subcategory = _subcategory(command.category or case.category, scene)
    fact = _registered(case, subcategory, scene)
    change = dict(fact.change) | {"category": subcategory.code}
    if command.urgency is not None:
        change["urgency"] = command.urgency
    return Decision(facts=(case_fact("registered", case, **change),))


def _answered(case: Case, scene: Scene) -> Fact:
    change: dict[str, Any] = {"state": CaseState.ANSWERED, "closed_at": scene.occurred_at}
    return case_fact("answered", case, **change, **settled(case, scene.occurred_at))


def answer(command: Answer, scene: Scene) -> Decision:
    """Answered at once: nothing leaves the centre."""
    case = scene.need_case(CaseState.RECEIVED)
    return Decision(facts=(*all_taken_back(scene, "case-ended"), _answered(case, scene)))


def transfer(command: Transfer, scene: Scene) -> Decision:
    """Handed to another service."""
    case = scene.need_case(*_OPEN_TO_INTAKE)
    change: dict[str, Any] = {"state": CaseState.TRANSFERRED, "closed_at": scene.occurred_at}
    change |= settled(case, scene.occurred_at)
    gone = case_fact("transferred", case, {"service": command.service}, **change)
    return Decision(facts=(*all_taken_back(scene, "case-ended"), gone))


def reject(command: Reject, scene: Scene) -> Decision:
    """Not for this line."""
    case = scene.need_case(*_OPEN_TO_INTAKE)
    if not command.reason.strip():
        raise Refused("reason-needed", "rejecting a case needs a reason")
    change: dict[str, Any] = {"state": CaseState.REJECTED, "closed_at": scene.occurred_at}
    change |= settled(case, scene.occurred_at)
    gone = case_fact("rejected", case, {"reason": command.reason}, **change)
    return Decision(facts=(*all_taken_back(scene, "case-ended"), gone))


def link_repeat(command: LinkRepeat, scene: Scene) -> Decision:
    """A repeat is usually an escalation: link it and make the main case urgent, never hide it."""
    case = scene.need_case()
    main = scene.main
    if main is None:
        raise Refused("unknown-case", "there is no such main case")
    if main.id == case.id or main.repeat_of == case.id:
        raise Refused("repeat-of-itself", "a case cannot be the repeat of itself")
    if case.repeat_of == main.id:
        raise Refused("already-done", "it is linked to that case already")
    linked = case_fact("linked", case, repeat_of=main.id)
    raised = case_fact("repeated", main, {"by": case.id}, urgency=Urgency.URGENT)
    return Decision(facts=(linked, raised))
