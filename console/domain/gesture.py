"""What dropping X on Y does: one verb and one command, the same for mouse, keyboard and menu."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from console.domain.assignment import Assignment, AssignmentRole
from console.domain.case import OPEN_TO_HELP, TERMINAL, WAITING, Case, CaseState
from console.domain.city import City
from console.domain.command import Assist, Command, Dispatch, LinkRepeat, Recall, Verify
from console.domain.unit import Unit
from console.domain.worker import Worker, WorkerDuty


class Verb(StrEnum):
    """The word that stands on the card and in the menu."""

    VERIFY = "verify"
    DISPATCH = "dispatch"
    DISPATCH_TOWN = "dispatch_town"
    ASSIST = "assist"
    GUARD = "guard"
    RECALL = "recall"
    LINK = "link"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gesture:
    """What a drop would do. With `refusal` (a problem code) it does nothing; `lead` is a unit proposed beside."""

    verb: Verb
    command: Command | None = None
    refusal: str | None = None
    lead: str | None = None

    @property
    def allowed(self) -> bool:
        """Whether a drop here does something."""
        return self.command is not None


def _lead(orders: Iterable[Assignment]) -> Assignment | None:
    for order in orders:
        if order.active and order.role is AssignmentRole.LEAD:
            return order
    return None


def proposed_lead(case: Case, city: City) -> str | None:
    """The unit that the category names, `@town` and `@district` meaning the case's own."""
    subcategory = city.categories.get(case.category)
    if subcategory is None:
        return None
    area = {"@town": case.town, "@district": case.district}
    if subcategory.lead in area:
        unit = city.unit_of_area.get(area[subcategory.lead] or "")
        return unit.code if unit is not None else None
    return subcategory.lead if subcategory.lead in city.units else None


def is_hazard(case: Case, city: City) -> bool:
    """Whether a grid worker may only look and keep people away."""
    subcategory = city.categories.get(case.category)
    return subcategory is not None and subcategory.hazard


def on_unit(
    case: Case,
    orders: Iterable[Assignment],
    unit: Unit,
    city: City,
    *,
    new_id: str,
    assist: bool = False,
) -> Gesture:
    """A case on a unit: it leads; where there is a lead already (or with Ctrl) it assists."""
    orders = tuple(orders)
    verb = Verb.ASSIST if assist or _lead(orders) is not None else Verb.DISPATCH
    if case.state in TERMINAL:
        return Gesture(verb=verb, refusal="wrong-state")
    if any(order.active and order.unit == unit.code for order in orders):
        return Gesture(verb=verb, refusal="already-assigned")
    if verb is Verb.DISPATCH:
        if case.state not in (CaseState.RECEIVED, CaseState.REGISTERED):
            return Gesture(verb=verb, refusal="wrong-state")
        if not city.qualified(unit.code, case.category):
            return Gesture(verb=verb, refusal="not-qualified")
        return Gesture(verb=verb, command=Dispatch(case=case.id, assignment=new_id, unit=unit.code))
    if case.state not in OPEN_TO_HELP:
        return Gesture(verb=verb, refusal="no-lead" if case.state in WAITING else "wrong-state")
    return Gesture(verb=verb, command=Assist(case=case.id, assignment=new_id, unit=unit.code))


def on_worker(
    case: Case,
    orders: Iterable[Assignment],
    worker: Worker,
    duty: WorkerDuty | None,
    city: City,
    *,
    new_id: str,
    assist: bool = False,
) -> Gesture:
    """A case on a worker (or a worker on a case): verify, the town leads with the worker as hands, assist, or guard."""
    orders = tuple(orders)
    hazard = is_hazard(case, city)
    verb = _verb_on_worker(case, orders, hazard=hazard, assist=assist)
    if case.state in TERMINAL:
        return Gesture(verb=verb, refusal="wrong-state")
    if duty is None or not duty.on_duty:
        return Gesture(verb=verb, refusal="off-duty")
    if any(order.active and order.worker == worker.id for order in orders):
        return Gesture(verb=verb, refusal="already-assigned")
    if verb is Verb.VERIFY:
        command: Command = Verify(case=case.id, assignment=new_id, worker=worker.id)
        return Gesture(verb=verb, command=command)
    if verb is Verb.DISPATCH_TOWN:
        if case.state is not CaseState.REGISTERED:
            return Gesture(verb=verb, refusal="wrong-state")
        town = city.unit_of_area.get(worker.town)
        if town is None:
            return Gesture(verb=verb, refusal="unknown-unit")
        command = Dispatch(case=case.id, assignment=new_id, unit=town.code, worker=worker.id)
        return Gesture(verb=verb, command=command)
    allowed = (*OPEN_TO_HELP, CaseState.RECEIVED, CaseState.REGISTERED)
    if case.state not in (allowed if verb is Verb.GUARD else OPEN_TO_HELP):
        return Gesture(verb=verb, refusal="wrong-state")
    guard = verb is Verb.GUARD
    command = Assist(case=case.id, assignment=new_id, worker=worker.id, guard=guard)
    lead = proposed_lead(case, city) if guard and _lead(orders) is None else None
    return Gesture(verb=verb, command=command, lead=lead)


def _verb_on_worker(
    case: Case, orders: tuple[Assignment, ...], *, hazard: bool, assist: bool
) -> Verb:
    if hazard:
        return Verb.GUARD
    if case.state in (CaseState.RECEIVED, CaseState.VERIFYING):
        return Verb.VERIFY
    if assist or _lead(orders) is not None:
        return Verb.ASSIST
    return Verb.DISPATCH_TOWN


def on_queue(case: Case, orders: Iterable[Assignment], *, reason: str) -> Gesture:
    """An own case in hand back on the queue: take the lead's order back; needs a reason."""
    lead = _lead(orders)
    if lead is None:
        return Gesture(verb=Verb.RECALL, refusal="no-lead")
    if case.state is CaseState.RETURN_ASKED:
        return Gesture(verb=Verb.RECALL, refusal="return-asked")
    if not reason.strip():
        return Gesture(verb=Verb.RECALL, refusal="reason-needed")
    return Gesture(verb=Verb.RECALL, command=Recall(assignment=lead.id, reason=reason))


def on_case(case: Case, main: Case) -> Gesture:
    """A case on a case: the dragged one becomes the repeat of the other."""
    if case.id == main.id or main.repeat_of == case.id:
        return Gesture(verb=Verb.LINK, refusal="repeat-of-itself")
    if case.repeat_of == main.id:
        return Gesture(verb=Verb.LINK, refusal="already-done")
    return Gesture(verb=Verb.LINK, command=LinkRepeat(case=case.id, main=main.id))
