"""Reads the log: ranges for gap filling, replay and slow streams, and one case's history."""

from sqlalchemy import Connection, or_, select

from console.central.ledger import event_of
from console.central.tables import assignments, events
from console.domain.event import EntityKind, Event, entity_ref

HISTORY_LIMIT = 1000
"""Events of one case that are read at most, the newest."""


def between(connection: Connection, first: int, last: int, limit: int) -> list[Event]:
    """Events `first` to `last`, inclusive, at most `limit` of them."""
    query = select(events).where(events.c.rev.between(first, last)).order_by(events.c.rev)
    return [event_of(row) for row in connection.execute(query.limit(limit))]


def history(connection: Connection, case_id: str) -> list[Event]:
    """The events of a case and of its assignments, oldest first."""
    prefix = entity_ref(EntityKind.ASSIGNMENT, "")
    orders = select(assignments.c.id).where(assignments.c.case_id == case_id)
    refs = [prefix + order for order in connection.execute(orders).scalars()]
    about = or_(events.c.entity == entity_ref(EntityKind.CASE, case_id), events.c.entity.in_(refs))
    query = select(events).where(about).order_by(events.c.rev.desc()).limit(HISTORY_LIMIT)
    return [event_of(row) for row in connection.execute(query)][::-1]
