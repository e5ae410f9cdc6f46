"""A branch and history side by side over the same period: the figures and the cases that went differently."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from console.domain.assignment import Assignment, AssignmentRole
from console.domain.case import TERMINAL, WAITING, Case, CaseState
from console.domain.city import City
from console.domain.event import EntityKind, Event
from console.domain.indicator import (
    INDICATORS,
    CaseFile,
    IndicatorId,
    Period,
    Reading,
    measure,
)
from console.replay.branch import Branch
from console.store.case_files import case_files
from console.store.picture import Picture


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """How long a citizen waited until somebody signed; `ended` is False where nobody has yet."""

    case: str
    lasted: timedelta
    ended: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """One side. `response` is the share answered in 30 minutes, with the cases behind it.

    It counts what was dispatched. A comparison adds to its denominator every case that was never
    dispatched and had waited longer at the end: who dispatches nothing answers nobody in time.
    `waiting` are the cases that nobody had been given at the end.
    `metres` is what all workers covered, in straight lines between positions a minute apart: an
    estimate on both sides, of the recorded tracks where a worker's way is history's and of the
    simulated way where it is not.
    """

    calls: int
    dispatched: int
    waiting: int
    response: Reading
    longest_wait: Wait | None
    returns: int
    metres: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """How one case went on one side: its last lead (codes of unit and worker) and when what happened, UTC."""

    state: CaseState
    unit: str | None = None
    worker: str | None = None
    dispatched_at: datetime | None = None
    acknowledged_at: datetime | None = None
    arrived_at: datetime | None = None
    reported_at: datetime | None = None
    closed_at: datetime | None = None
    returns: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A case that went differently; a side is None where the case is not in its picture (any more)."""

    case: str
    history: Course | None
    branch: Course | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Both sides from `begun` to `until` (UTC domain time)."""

    begun: datetime
    until: datetime
    history: Figures
    branch: Figures
    differences: tuple[Difference, ...]


def compare(branch: Branch) -> Comparison:
    """Everything up to the branch's position."""
    timeline, begun, until = branch.timeline, branch.begun, branch.position
    recording = timeline.recording
    past = timeline.picture_at(until)
    recorded = [recording.events[n] for n in timeline.between(begun, until)]
    city, period = branch.city, Period(begun, until)
    return Comparison(
        begun=begun,
        until=until,
        history=_with_forgotten(
            figures(past, recorded, period, city, recording.tracks.metres(begun, until)),
            past,
            period,
            city,
        ),
        branch=_with_forgotten(
            figures(branch.picture, branch.events, period, city, branch.metres()),
            branch.picture,
            period,
            city,
        ),
        differences=tuple(_differences(past, branch.picture)),
    )


def figures(
    picture: Picture, events: Iterable[Event], period: Period, city: City, metres: float
) -> Figures:
    """One side: `picture` is that of the period's end, `events` those of the period."""
    files = list(case_files(picture))
    counts = _counts(events)
    response = INDICATORS[IndicatorId.RESPONSE]
    return Figures(
        calls=counts["calls"],
        dispatched=counts["dispatched"],
        waiting=sum(file.case.state in WAITING for file in files),
        response=measure(response, files, period, period.end, city.policy),
        longest_wait=max(_waits(files, period), key=lambda wait: wait.lasted, default=None),
        returns=counts["returns"],
        metres=metres,
    )


def _with_forgotten(found: Figures, picture: Picture, period: Period, city: City) -> Figures:
    """The figures, with what was never dispatched and is older than the limit counted as unanswered."""
    oldest = period.end - timedelta(minutes=city.policy.respond_min)
    forgotten = {
        case.id
        for case in picture.cases.values()
        if case.state in WAITING and case.dispatched_at is None and case.received_at < oldest
    }
    denominator = tuple(sorted(forgotten.union(found.response.denominator)))
    return replace(found, response=replace(found.response, denominator=denominator))


def _counts(events: Iterable[Event]) -> Mapping[str, int]:
    counts = {"calls": 0, "dispatched": 0, "returns": 0}
    for event in events:
        if event.kind == EntityKind.CASE:
            counts["calls"] += "id" in event.change
            counts["dispatched"] += event.type == "case.dispatched"
            counts["returns"] += event.change.get("state") == CaseState.RETURN_ASKED
    return counts


def _waits(files: Iterable[CaseFile], period: Period) -> Iterable[Wait]:
    """From the call to the first signature, of the cases that waited within the period."""
    for file in files:
        case = file.case
        signed = min((o.acknowledged_at for o in file.leads if o.acknowledged_at), default=None)
        over = signed or (case.closed_at if case.state in TERMINAL else None)
        if over is None or over >= period.start:
            end = min(over or period.end, period.end)
            yield Wait(case=case.id, lasted=end - case.received_at, ended=over is not None)


def _differences(past: Picture, here: Picture) -> Iterable[Difference]:
    """In the order in which the cases came in."""
    cases = {**past.cases, **here.cases}
    for case in sorted(cases.values(), key=lambda c: (c.received_at, c.id)):
        then, now = _course(past, case.id), _course(here, case.id)
        if then != now:
            yield Difference(case=case.id, history=then, branch=now)


def _course(picture: Picture, case_id: str) -> Course | None:
    case = picture.cases.get(case_id)
    if case is None:
        return None
    # One that waits again has no lead now, whoever gave it back.
    lead = None if case.state in WAITING else _last_lead(picture, case)
    if lead is None:
        return Course(state=case.state, dispatched_at=case.dispatched_at, returns=case.returns)
    return Course(
        state=case.state,
        unit=lead.unit,
        worker=lead.worker,
        dispatched_at=case.dispatched_at,
        acknowledged_at=lead.acknowledged_at,
        arrived_at=lead.arrived_at,
        reported_at=case.reported_at,
        closed_at=case.closed_at,
        returns=case.returns,
    )


def _last_lead(picture: Picture, case: Case) -> Assignment | None:
    leads = [o for o in picture.orders_of(case.id) if o.role is AssignmentRole.LEAD]
    return leads[-1] if leads else None
