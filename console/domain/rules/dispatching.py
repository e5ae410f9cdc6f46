"""Giving a case to somebody, adding helpers, taking it back."""

from typing import Any

from console.domain.assignment import Assignment, AssignmentRole, AssignmentState
from console.domain.case import OPEN_TO_HELP, WITH_UNIT, Case, CaseState
from console.domain.category import Urgency
from console.domain.clock import response_due
from console.domain.command import Assist, Dispatch, Recall, Redispatch, Register, Remind, Verify
from console.domain.event import Fact
from console.domain.role import Role
from console.domain.rules.intake import register
from console.domain.rules.orders import sent
from console.domain.rules.scene import (
    Decision,
    Refused,
    Scene,
    assignment_fact,
    case_fact,
    lapsed,
    taken_back,
)
from console.domain.timer import Timer


def _check_receiver(case: Case, unit: str | None, worker: str | None, scene: Scene) -> None:
    if unit is None and worker is None:
        raise Refused("no-receiver", "name a unit or a worker")
    if unit is not None and unit not in scene.city.units:
        raise Refused("unknown-unit", f"the city pack has no unit {unit!r}")
    if worker is not None:
        if worker not in scene.city.workers:
            raise Refused("unknown-worker", f"the city pack has no worker {worker!r}")
        if scene.duty is None or not scene.duty.on_duty:
            raise Refused("off-duty", "the worker is not on duty")
        if any(a.active and a.worker == worker for a in scene.assignments):
            raise Refused("already-assigned", "the worker has this case already")
    elif any(a.active and a.unit == unit for a in scene.assignments):
        raise Refused("already-assigned", "the unit has this case already")


def _is_hazard(case: Case, scene: Scene) -> bool:
    subcategory = scene.city.categories.get(case.category)
    return subcategory is not None and subcategory.hazard


def check_lead(case: Case, unit: str, worker: str | None, scene: Scene) -> None:
    """A hazard is led by a unit qualified for it, and no grid worker is its hands."""
    _check_receiver(case, unit, worker, scene)
    if worker is not None and _is_hazard(case, scene):
        raise Refused(
            "hazard", "a grid worker may not handle this hazard; dispatch a qualified unit"
        )
    if not scene.city.qualified(unit, case.category):
        raise Refused("not-qualified", "the unit's duties do not name this hazard")


def order_sent(
    case: Case,
    scene: Scene,
    assignment: str,
    role: AssignmentRole,
    unit: str | None,
    worker: str | None,
    *,
    ruled: bool = False,
) -> tuple[Fact, tuple[Timer, ...]]:
    """The new assignment and the timers that watch it."""
    at = scene.occurred_at
    order = Assignment(
        id=assignment,
        version=0,
        case=case.id,
        role=role,
        state=AssignmentState.SENT,
        urgency=case.urgency,
        unit=unit,
        worker=worker,
        sent_at=at,
        response_due=response_due(at, scene.city.policy),
        announced_at=scene.now if case.urgency is Urgency.URGENT else None,
        ruled=ruled,
    )
    return sent(order, scene)


def verify(command: Verify, scene: Scene) -> Decision:
    """Somebody looks whether it is real."""
    case = scene.need_case(CaseState.RECEIVED, CaseState.VERIFYING)
    _check_receiver(case, None, command.worker, scene)
    fact, timers = order_sent(
        case, scene, command.assignment, AssignmentRole.VERIFY, None, command.worker
    )
    return Decision(
        facts=(fact, case_fact("verifying", case, state=CaseState.VERIFYING)), timers=timers
    )


def dispatch(command: Dispatch, scene: Scene) -> Decision:
    """The case gets its lead; one received only is registered in the same act."""
    if scene.lead() is not None:
        raise Refused("has-lead", "the case has a lead already; replace it with a reason instead")
    case = scene.need_case(CaseState.RECEIVED, CaseState.REGISTERED)
    check_lead(case, command.unit, command.worker, scene)
    facts: tuple[Fact, ...] = ()
    if case.state is CaseState.RECEIVED:
        facts = register(Register(case=case.id), scene).facts
    order, timers = order_sent(
        case, scene, command.assignment, AssignmentRole.LEAD, command.unit, command.worker
    )
    dispatched = case_fact(
        "dispatched",
        case,
        state=CaseState.DISPATCHED,
        lead=command.assignment,
        dispatched_at=case.dispatched_at or scene.occurred_at,
    )
    return Decision(facts=(*facts, order, dispatched), timers=timers)


def assist(command: Assist, scene: Scene) -> Decision:
    """A helper joins a case that has a lead; a guard may come before there is one."""
    if command.guard:
        case = scene.need_case(CaseState.RECEIVED, CaseState.REGISTERED, *OPEN_TO_HELP)
    else:
        case = scene.need_case(*OPEN_TO_HELP)
        if command.worker is not None and _is_hazard(case, scene):
            raise Refused("hazard", "a grid worker may only keep people away from this hazard")
    _check_receiver(case, command.unit, command.worker, scene)
    role = AssignmentRole.GUARD if command.guard else AssignmentRole.ASSIST
    fact, timers = order_sent(case, scene, command.assignment, role, command.unit, command.worker)
    joined = case_fact("assisted", case, {"assignment": command.assignment})
    return Decision(facts=(fact, joined), timers=timers)


def redispatch(command: Redispatch, scene: Scene) -> Decision:
    """Replace the lead in one act, so that the case is never without one."""
    case = scene.need_case(*WITH_UNIT)
    former = scene.lead()
    if former is None:
        raise Refused("no-lead", "the case has no lead to replace")
    if not command.reason.strip():
        raise Refused("reason-needed", "replacing the lead needs a reason")
    _check_ruled(former, scene)
    check_lead(case, command.unit, command.worker, scene)
    order, timers = order_sent(
        case, scene, command.assignment, AssignmentRole.LEAD, command.unit, command.worker
    )
    change = {"state": CaseState.DISPATCHED, "lead": command.assignment} | lapsed(case)
    changed = case_fact("redispatched", case, {"reason": command.reason}, **change)
    return Decision(
        facts=(taken_back(former, scene, command.reason), order, changed), timers=timers
    )


def recall(command: Recall, scene: Scene) -> Decision:
    """Take an order back; a case that loses its lead waits at the centre again."""
    order = scene.need_assignment()
    if not command.reason.strip():
        raise Refused("reason-needed", "taking an order back needs a reason")
    _check_linkage(order, scene)
    _check_ruled(order, scene)
    if order.case is None:
        return Decision(facts=(taken_back(order, scene, command.reason),))
    case = scene.need_case()
    if case.state is CaseState.SUSPENDED and order.role is AssignmentRole.LEAD:
        raise Refused("wrong-state", "the case is suspended; resume it first")
    if case.state is CaseState.RETURN_ASKED and scene.role is Role.DISPATCHER:
        raise Refused("return-asked", "the receiver has asked to return it; that is ruled first")
    facts = [taken_back(order, scene, command.reason)]
    if order.role is AssignmentRole.LEAD:
        back: dict[str, Any] = {
            "state": CaseState.REGISTERED,
            "lead": None,
            "former": None,
            "waiting_since": scene.occurred_at,
        }
        back |= lapsed(case)
        facts.append(case_fact("recalled", case, **back))
    elif scene.last_verifier(order):
        facts.append(case_fact("recalled", case, state=CaseState.RECEIVED))
    return Decision(facts=tuple(facts))


def _check_ruled(order: Assignment, scene: Scene) -> None:
    if order.ruled and scene.role is Role.DISPATCHER:
        raise Refused("ruled", "a chief has decided that it stays here")


def _check_linkage(order: Assignment, scene: Scene) -> None:
    """The emergency seat takes back and reminds those it has called in, nobody else."""
    if scene.role is Role.EMERGENCY and order.role is not AssignmentRole.LINKAGE:
        raise Refused("role", "the emergency seat gives orders of incidents only")


def remind(command: Remind, scene: Scene) -> Decision:
    """A nudge in the log; no clock moves."""
    order = scene.need_assignment()
    _check_linkage(order, scene)
    return Decision(facts=(assignment_fact("reminded", order, {"words": command.words[:200]}),))
