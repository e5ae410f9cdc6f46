"""What a chief hands over: the differences between the shift's beginning and now, one by one."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from console.domain.assignment import Assignment
from console.domain.case import Case, CaseState
from console.domain.city import City
from console.domain.clock import Level, case_level, holder_clock
from console.domain.event import EntityKind, Event, entity_ref
from console.domain.handover import LineKind
from console.store.picture import Picture
from console.store.reducer import entity_of, evolve
from console.store.scope import Scope
from console.store.watch import open_cases

SILENCE = timedelta(hours=2)
AHEAD = timedelta(hours=12)
"""A holder's silence is worth a line only where the case falls due within the next shift."""
NEW = "new"
"""Stands for the level of a case that came in during the shift."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One line to be accepted or refused; `before` and `after` are codes.

    COLOUR: levels (`green`, ..., or `NEW`). PROMISED: the moment before and now (ISO 8601, UTC,
    "" for none). ASKED: "" and `return`, `extension` or `suspension`. SILENT: the order's state
    and when its holder was last heard of (ISO 8601, UTC).
    """

    kind: LineKind
    case: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Then:
    """A case and its lead as they stood when the shift began; None where there was none."""

    case: Case | None
    lead: Assignment | None


def touched(picture: Picture, scope: Scope, since: datetime) -> list[str]:
    """Ids of the scope's open cases that may have changed since: their histories must be read.

    A case with no sign of a change stood then as it stands now.
    """
    return [c.id for c in open_cases(picture, scope) if _may_have_changed(c, picture, since)]


def _may_have_changed(case: Case, picture: Picture, since: datetime) -> bool:
    if case.received_at >= since:
        return False
    if case.returns or case.reworks or case.extensions or case.calls or case.supervision:
        return True
    if case.request or case.state in (CaseState.SUSPENDED, CaseState.RETURN_ASKED):
        return True
    lead = picture.lead(case)
    if lead is not None and case.waiting_since > lead.sent_at:
        # A return was asked and refused; when it was refused only the history tells.
        return True
    moments = [case.waiting_since, case.registered_at, case.dispatched_at, case.reported_at]
    for order in picture.orders_of(case.id):
        moments += [order.sent_at, order.acknowledged_at, order.responded_at]
        moments += [order.arrived_at, order.ended_at]
    return any(moment is not None and moment >= since for moment in moments)


def is_whole(history: Sequence[Event], case_id: str) -> bool:
    """Whether it tells the case from its creation on; the centre cuts very long ones at their beginning."""
    ref = entity_ref(EntityKind.CASE, case_id)
    return any(event.entity == ref and "id" in event.change for event in history)


def as_it_was(history: Sequence[Event], case_id: str, since: datetime) -> Then:
    """The case at the shift's beginning, from its whole history (oldest first); raises `BadInput`."""
    fields: dict[str, dict[str, Any]] = {}
    for event in history:
        if event.occurred_at < since and event.kind in (EntityKind.CASE, EntityKind.ASSIGNMENT):
            fields[event.entity] = evolve(fields.get(event.entity), event)
    found = fields.get(entity_ref(EntityKind.CASE, case_id))
    case = entity_of(EntityKind.CASE, found) if found is not None else None
    if not isinstance(case, Case):
        return Then(None, None)
    led = fields.get(entity_ref(EntityKind.ASSIGNMENT, case.lead or ""))
    lead = entity_of(EntityKind.ASSIGNMENT, led) if led is not None else None
    return Then(case, lead if isinstance(lead, Assignment) else None)


def differences(
    picture: Picture,
    city: City,
    scope: Scope,
    since: datetime,
    now: datetime,
    histories: Mapping[str, Sequence[Event]],
) -> list[Difference]:
    """All lines of the scope, by kind and within a kind the most pressing first.

    `histories` are those of the `touched` cases; one that is missing or not whole counts as not changed.
    """
    found: list[tuple[int, datetime, Difference]] = []
    for case in open_cases(picture, scope):
        then = _then(case, picture, since, histories)
        level = case_level(case, picture.lead(case), city.policy, now)
        for line in _of_case(case, then, picture, city, since, now):
            found.append((-level, case.received_at, line))
    kinds = list(LineKind)
    found.sort(key=lambda entry: (kinds.index(entry[2].kind), *entry[:2], entry[2].case))
    return [line for *_, line in found]


def _then(
    case: Case, picture: Picture, since: datetime, histories: Mapping[str, Sequence[Event]]
) -> Then:
    if case.received_at >= since:
        return Then(None, None)
    history = histories.get(case.id)
    if history and is_whole(history, case.id):
        return as_it_was(history, case.id, since)
    return Then(case, picture.lead(case))


def _of_case(
    case: Case, then: Then, picture: Picture, city: City, since: datetime, now: datetime
) -> Iterator[Difference]:
    lead = picture.lead(case)
    level = case_level(case, lead, city.policy, now)
    before = None if then.case is None else case_level(then.case, then.lead, city.policy, since)
    if _worth_a_line(before, level):
        was = NEW if before is None else before.name.lower()
        yield _line(LineKind.COLOUR, case, was, level.name.lower())
    yield from _promised(case, then.case, since)
    asked = "return" if case.state is CaseState.RETURN_ASKED else None
    if asked is None and case.request is not None:
        asked = case.request.kind.value
    if asked is not None:
        yield _line(LineKind.ASKED, case, "", asked)
    heard = _silent_since(case, lead, city, since, now)
    if heard is not None and lead is not None:
        yield _line(LineKind.SILENT, case, lead.state.value, heard.isoformat())


def _worth_a_line(before: Level | None, now: Level) -> bool:
    """New ones only when red; others that changed to or from something that asks for attention."""
    if before is None:
        return now >= Level.RED
    return before is not now and (now >= Level.AMBER or before >= Level.RED)


def _promised(case: Case, then: Case | None, since: datetime) -> Iterator[Difference]:
    if case.extensions > (then.extensions if then is not None else 0):
        due = then.due_at if then is not None else None
        yield _line(LineKind.PROMISED, case, _iso(due), _iso(case.due_at))
    watched = case.supervision
    if watched is not None and watched.awaits_reply and watched.opened_at >= since:
        yield _line(LineKind.PROMISED, case, "", _iso(watched.reply_due))
    reviewed = then.review_at if then is not None else None
    if case.state is CaseState.SUSPENDED and case.review_at != reviewed:
        yield _line(LineKind.PROMISED, case, _iso(reviewed), _iso(case.review_at))


def _silent_since(
    case: Case, lead: Assignment | None, city: City, since: datetime, now: datetime
) -> datetime | None:
    """When the holder was last heard of (an unsigned order: when it was sent), if that is too long ago."""
    if lead is None or not lead.active or case.state is not CaseState.DISPATCHED:
        return None
    clock = holder_clock(case, lead, city.policy)
    if clock is None or clock.due > now + AHEAD:
        return None
    signs = (lead.sent_at, lead.acknowledged_at, lead.responded_at, lead.arrived_at)
    heard = max(moment for moment in signs if moment is not None)
    quiet = now - heard
    whole_shift = heard < since and quiet >= timedelta(minutes=city.policy.respond_min)
    return heard if quiet >= SILENCE or whole_shift else None


def _line(kind: LineKind, case: Case, before: str, after: str) -> Difference:
    return Difference(kind=kind, case=case.id, before=before, after=after)


def _iso(moment: datetime | None) -> str:
    return moment.isoformat() if moment is not None else ""
