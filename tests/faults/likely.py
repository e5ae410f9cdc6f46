"""A guess at what the rules would allow next: what fits the state of some case or incident."""

from collections.abc import Mapping, Sequence

from console.domain.assignment import Assignment, AssignmentRole
from console.domain.case import TERMINAL, Case, CaseState
from console.domain.command import Command
from console.store.picture import Picture
from tests.faults.acts import MAKERS, Desk

_HELD = ("acknowledge", "respond", "arrive", "report", "report", "report", "ask", "ask_return")
_FITTING: Mapping[CaseState, Sequence[str]] = {
    CaseState.RECEIVED: ("register", "verify", "dispatch", "dispatch", "answer", "transfer"),
    CaseState.VERIFYING: ("report", "ask_return", "recall"),
    CaseState.REGISTERED: ("dispatch", "dispatch", "dispatch", "transfer", "reject"),
    CaseState.DISPATCHED: (*_HELD, "assist", "redispatch", "recall", "remind"),
    CaseState.REWORK: (*_HELD, "redispatch"),
    CaseState.RETURN_ASKED: ("rule_return",),
    CaseState.CHECKING: ("check",),
    CaseState.CALLBACK: ("call_back",),
    CaseState.SUSPENDED: ("resume", "mark_hard"),
}
_OF_INCIDENTS = ("confirm_incident", "call_in", "attach", "set_footprint", "note_incident")
_OF_INCIDENTS += ("record_level", "report_upward", "end_incident")


def likely(desk: Desk) -> Command:
    """A command of which the rules will probably approve: what fits the state of some case or incident."""
    some = [case for case in desk.picture.cases.values() if case.state not in TERMINAL][-4:]
    if desk.picture.incidents and desk.yes(0.2):
        return MAKERS[desk.rnd.choice(_OF_INCIDENTS)](desk)
    if not some:
        return MAKERS[desk.rnd.choice(("accept", "set_duty", "accept"))](desk)
    case = desk.rnd.choice(some)
    kinds = list(_FITTING.get(case.state, ("remind",)))
    if case.request is not None:
        kinds += ["rule_request"] * 4
    watched = case.supervision
    if watched is None:
        kinds += ["supervise"] if desk.yes(0.1) else []
    elif watched.open:
        kinds += ["reply_supervision" if watched.awaits_reply else "judge_reply"] * 3
    if case.incident is not None:
        kinds += ["detach"]
    return _about(desk, case, desk.rnd.choice(kinds))


def _about(desk: Desk, case: Case, kind: str) -> Command:
    """A command of this kind about this case and its own orders."""
    orders = desk.picture.of_owner.get(case.id, ())
    own = [desk.picture.assignments[order] for order in orders]
    narrow = Picture(tz=desk.picture.tz)
    narrow.cases = {case.id: case}
    narrow.assignments = {order.id: order for order in _meant(own, kind)}
    narrow.incidents = desk.picture.incidents
    return MAKERS[kind](Desk(narrow, desk.rnd, desk.step, desk.now))


def _meant(orders: list[Assignment], kind: str) -> list[Assignment]:
    """Active ones; what only a lead may ask is asked by the lead."""
    active = [order for order in orders if order.active]
    if kind in ("ask", "ask_return"):
        leads = [order for order in active if order.role is AssignmentRole.LEAD]
        return leads or active
    return active
