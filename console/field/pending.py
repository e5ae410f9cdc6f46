"""What a picture is waiting for: the timers of its orders, for whoever takes it over in the middle of a day."""

from collections.abc import Iterator
from datetime import timedelta

from console.domain.assignment import Assignment
from console.domain.city import Policy
from console.domain.event import EntityKind, entity_ref
from console.domain.ladder import next_rung
from console.domain.timer import TimeBasis, Timer, TimerKind
from console.store.picture import Picture


def pending(picture: Picture, policy: Policy) -> Iterator[Timer]:
    """Timers of every active order, on domain time; those that are overdue already too."""
    for order in picture.assignments.values():
        if order.active:
            yield from _of_order(order, policy)


def _of_order(order: Assignment, policy: Policy) -> Iterator[Timer]:
    ref = entity_ref(EntityKind.ASSIGNMENT, order.id)
    if order.announced_at is None:
        due = order.sent_at + timedelta(seconds=policy.announce_s)
        yield Timer(due=due, basis=TimeBasis.DOMAIN, kind=TimerKind.ANNOUNCE, entity=ref)
    rung = next_rung(order, policy)
    if rung is not None:
        yield Timer(
            due=rung.at,
            basis=TimeBasis.DOMAIN,
            kind=TimerKind.ESCALATE,
            entity=ref,
            step=rung.step,
        )
    if order.answered_at is None and not order.overdue:
        yield Timer(
            due=order.response_due,
            basis=TimeBasis.DOMAIN,
            kind=TimerKind.RESPONSE_DUE,
            entity=ref,
        )
