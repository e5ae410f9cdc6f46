"""What the receiver does: acknowledge, respond, arrive, report; and who is on duty."""

from typing import Any

from console.domain.assignment import Assignment, AssignmentRole, AssignmentState
from console.domain.case import WITH_UNIT, Case, CaseState
from console.domain.command import Acknowledge, Arrive, Report, Respond, SetDuty
from console.domain.event import EntityKind, Fact
from console.domain.role import Role
from console.domain.rules.scene import (
    Decision,
    Refused,
    Scene,
    assignment_fact,
    case_fact,
    lapsed,
)
from console.domain.worker import WorkerDuty

_ORDER = (
    AssignmentState.SENT,
    AssignmentState.ACKNOWLEDGED,
    AssignmentState.RESPONDED,
    AssignmentState.ON_SCENE,
)
_MOMENT = {
    AssignmentState.ACKNOWLEDGED: "acknowledged_at",
    AssignmentState.RESPONDED: "responded_at",
    AssignmentState.ON_SCENE: "arrived_at",
}


def on_behalf(scene: Scene) -> dict[str, Any]:
    """What records that a seat did it for the receiver."""
    return {} if scene.role is Role.FIELD else {"on_behalf": True}


def _advance(scene: Scene, target: AssignmentState) -> Decision:
    """Move forward, never back; a step skipped by the receiver still counts as acknowledged."""
    order = scene.need_assignment()
    if _ORDER.index(order.state) >= _ORDER.index(target):
        raise Refused("already-done", f"the assignment is {order.state.value} already")
    change: dict[str, Any] = {"state": target} | on_behalf(scene)
    for moment in ("acknowledged_at", _MOMENT[target]):
        # The first time stands, also when rework brings the holder here again.
        if getattr(order, moment) is None:
            change[moment] = scene.occurred_at
    if order.announced_at is None:
        change["announced_at"] = scene.now
    kind = "arrived" if target is AssignmentState.ON_SCENE else target.value
    return Decision(facts=(assignment_fact(kind, order, **change),))


def acknowledge(command: Acknowledge, scene: Scene) -> Decision:
    """The receiver signs for it."""
    return _advance(scene, AssignmentState.ACKNOWLEDGED)


def respond(command: Respond, scene: Scene) -> Decision:
    """The receiver spoke to the citizen or set out."""
    return _advance(scene, AssignmentState.RESPONDED)


def arrive(command: Arrive, scene: Scene) -> Decision:
    """The receiver is on the scene."""
    return _advance(scene, AssignmentState.ON_SCENE)


def _case_after_report(case: Case, order: Assignment, command: Report, scene: Scene) -> Fact | None:
    if order.role is AssignmentRole.VERIFY and case.state is CaseState.VERIFYING:
        return case_fact("verified", case, {"real": command.real}, state=CaseState.RECEIVED)
    if order.role is not AssignmentRole.LEAD:
        return None
    if case.state not in WITH_UNIT:
        raise Refused("wrong-state", f"the case is {case.state.value}")
    subcategory = scene.city.categories.get(case.category)
    checked = subcategory is not None and subcategory.check
    state = CaseState.CHECKING if checked else CaseState.CALLBACK
    change: dict[str, Any] = {"state": state, "reported_at": scene.occurred_at} | lapsed(case)
    return case_fact("reported", case, **change)


def report(command: Report, scene: Scene) -> Decision:
    """The work is done: the lead's report moves the case on to check or call-back."""
    order = scene.need_assignment()
    change: dict[str, Any] = {"state": AssignmentState.DONE, "ended_at": scene.occurred_at}
    change |= on_behalf(scene)
    if order.acknowledged_at is None:
        change["acknowledged_at"] = scene.occurred_at
    if order.responded_at is None and order.arrived_at is None:
        change["responded_at"] = scene.occurred_at
    facts = [assignment_fact("done", order, **change)]
    if order.case is None:
        return Decision(facts=tuple(facts))
    moved = _case_after_report(scene.need_case(), order, command, scene)
    return Decision(facts=(*facts, moved) if moved else tuple(facts))


def set_duty(command: SetDuty, scene: Scene) -> Decision:
    """A worker goes on or off duty; saying it twice changes nothing."""
    if command.worker not in scene.city.workers:
        raise Refused("unknown-worker", f"the city pack has no worker {command.worker!r}")
    change: dict[str, Any] = {"on_duty": command.on_duty, "since": scene.occurred_at}
    if scene.duty is None:
        duty = WorkerDuty(id=command.worker, version=0, **change)
        return Decision(facts=(_duty_fact(command.worker, created=duty),))
    if scene.duty.on_duty == command.on_duty:
        return Decision(facts=())
    return Decision(facts=(_duty_fact(command.worker, change=change),))


def _duty_fact(worker: str, **what: Any) -> Fact:
    return Fact(type="worker.duty", kind=EntityKind.WORKER, id=worker, **what)
