"""Reads the log: ranges for gap filling, replay and slow streams, and the history of one case or incident."""

from sqlalchemy import Connection, select

from console.central.ledger import event_of
from console.central.tables import assignments, events
from console.domain.event import EntityKind, Event, entity_ref

HISTORY_LIMIT = 1000
"""Events of one history that are read at most, the newest."""


def between(connection: Connection, first: int, last: int, limit: int) -> list[Event]:
    """Events `first` to `last`, inclusive, at most `limit` of them."""
    query = select(events).where(events.c.rev.between(first, last)).order_by(events.c.rev)
    return [event_of(row) for row in connection.execute(query.limit(limit))]


def history(connection: Connection, owner: str) -> list[Event]:
    """The events of a case or an incident and of its assignments, oldest first."""
    orders = select(assignments.c.id).where(assignments.c.case_id == owner)
    refs = [entity_ref(kind, owner) for kind in (EntityKind.CASE, EntityKind.INCIDENT)]
    refs += [entity_ref(EntityKind.ASSIGNMENT, o) for o in connection.execute(orders).scalars()]
    about = events.c.entity.in_(refs)
    query = select(events).where(about).order_by(events.c.rev.desc()).limit(HISTORY_LIMIT)
    return [event_of(row) for row in connection.execute(query)][::-1]
