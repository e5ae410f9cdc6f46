"""From the picture to what the map shows of a case or a worker."""

from console.domain.assignment import Assignment, AssignmentState
from console.domain.case import TERMINAL, Case, CaseState, life_state
from console.domain.category import Urgency
from console.domain.city import City
from console.domain.clock import Clock, holder_clock
from console.domain.worker import Fix, WorkerKind
from console.i18n import Texts
from console.map.pins import CasePin, Countdown, WorkerPin
from console.store.picture import Picture
from console.tables.case_words import holder_words


def _countdown(clock: Clock | None) -> Countdown | None:
    if clock is None:
        return None
    return Countdown(clock.start.timestamp(), clock.due.timestamp(), clock.amber)


def _citizen(case: Case, city: City) -> Countdown | None:
    """From the call to the handling deadline."""
    if case.due_at is None:
        return None
    policy = city.policy
    return Countdown(case.received_at.timestamp(), case.due_at.timestamp(), policy.amber_handling)


def _unsigned(lead: Assignment | None) -> bool:
    return lead is not None and lead.state is AssignmentState.SENT


def case_pin(case: Case, picture: Picture, city: City, texts: Texts) -> CasePin | None:
    """The case's pin; None for one that is over or has no place (those are counted beside the map)."""
    if case.position is None or case.state in TERMINAL:
        return None
    lead = picture.lead(case)
    subcategory = city.categories.get(case.category)
    category = texts.pick(subcategory.name, subcategory.name_en) if subcategory else case.category
    return CasePin(
        id=case.id,
        position=case.position,
        holder=_countdown(holder_clock(case, lead, city.policy)),
        citizen=_citizen(case, city),
        urgent=case.urgency is Urgency.URGENT,
        unsigned=_unsigned(lead),
        suspended=case.state is CaseState.SUSPENDED,
        category=category,
        place=case.place,
        state=texts(f"state.{life_state(case, lead).value}"),
        holder_name=holder_words(case, lead, city, texts),
    )


def worker_pin(fix: Fix, picture: Picture, city: City, texts: Texts) -> WorkerPin | None:
    """The worker's pin; None for somebody the city pack does not know."""
    worker = city.workers.get(fix.worker)
    if worker is None:
        return None
    duty = picture.workers.get(fix.worker)
    return WorkerPin(
        id=worker.id,
        position=fix.position,
        seen_at=fix.fix_at.timestamp(),
        name=texts.pick(worker.name, worker.name_en),
        inspector=worker.kind is WorkerKind.INSPECTOR,
        on_duty=duty is not None and duty.on_duty,
        load=picture.load_of_worker(worker.id),
        note=city.area_name(worker.town, texts.lang),
    )


def grid_load(picture: Picture) -> dict[str, int]:
    """Open cases per grid."""
    load: dict[str, int] = {}
    for case in picture.cases.values():
        if case.grid is not None and case.state not in TERMINAL:
            load[case.grid] = load.get(case.grid, 0) + 1
    return load
