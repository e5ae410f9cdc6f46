"""What a picture is waiting for: its timers, for whoever takes it over in the middle of a day."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from console.domain.assignment import Assignment
from console.domain.case import Case, CaseState
from console.domain.city import Policy
from console.domain.event import EntityKind, entity_ref
from console.domain.incident import Incident, IncidentState
from console.domain.ladder import next_rung
from console.domain.timer import TimeBasis, Timer, TimerKind
from console.store.picture import Picture


def pending(picture: Picture, policy: Policy) -> Iterator[Timer]:
    """Timers of orders, cases and incidents, on domain time; those that are overdue already too."""
    for order in picture.assignments.values():
        if order.active:
            yield from _of_order(order, policy)
    for case in picture.cases.values():
        yield from _of_case(case)
    for incident in picture.incidents.values():
        yield from _of_incident(incident, policy)


def _of_order(order: Assignment, policy: Policy) -> Iterator[Timer]:
    ref = entity_ref(EntityKind.ASSIGNMENT, order.id)
    if order.announced_at is None:
        yield _timer(order.sent_at + timedelta(seconds=policy.announce_s), TimerKind.ANNOUNCE, ref)
    rung = next_rung(order, policy)
    if rung is not None:
        yield _timer(rung.at, TimerKind.ESCALATE, ref, rung.step)
    if order.answered_at is None and not order.overdue:
        yield _timer(order.response_due, TimerKind.RESPONSE_DUE, ref)


def _of_case(case: Case) -> Iterator[Timer]:
    ref = entity_ref(EntityKind.CASE, case.id)
    if case.state is CaseState.SUSPENDED and case.review_at is not None:
        yield _timer(case.review_at, TimerKind.REVIEW_DUE, ref)
    watched = case.supervision
    if watched is not None and watched.awaits_reply and not watched.overdue:
        yield _timer(watched.reply_due, TimerKind.SUPERVISION_DUE, ref)


def _of_incident(incident: Incident, policy: Policy) -> Iterator[Timer]:
    if incident.state is IncidentState.STARTED and not incident.unconfirmed:
        due = incident.started_at + timedelta(minutes=policy.confirm_incident_min)
        yield _timer(due, TimerKind.CONFIRM_DUE, entity_ref(EntityKind.INCIDENT, incident.id))


def _timer(due: datetime, kind: TimerKind, entity: str, step: int = 0) -> Timer:
    return Timer(due=due, basis=TimeBasis.DOMAIN, kind=kind, entity=entity, step=step)
