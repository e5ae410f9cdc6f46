"""The chain recomputed: revs dense, hashes those of the stored rows, links, times and epochs in order."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.exc import DBAPIError, MultipleResultsFound, NoResultFound

from console.central.audit.findings import Finding
from console.central.audit.raw import Unreadable, event_from, rows_in_order
from console.central.ledger import EPOCH_BEGAN, read_head
from console.central.tables import meta
from console.domain.event import EntityKind, Event, entity_ref
from console.wire.codec import event_hash


class Broken(Exception):
    """The chain does not hold; the argument is the `Finding`."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding)
        self.finding = finding


@dataclass(slots=True)
class ChainEnd:
    """Where the chain is whole up to. `day` is the last local day that began, `epochs` those before."""

    rev: int = 0
    hash: str = ""
    at: datetime | None = None
    epoch: str = ""
    day: str = ""
    epochs: set[str] = field(default_factory=set)

    def take(self, event: Event) -> None:
        """Go on to the next event; raises `Broken`."""
        self._check(event)
        self.rev, self.hash, self.at, self.epoch = event.rev, event.hash, event.at, event.epoch
        if event.kind == EntityKind.DAY:
            self.day = event.entity_id

    def _check(self, event: Event) -> None:
        if event.rev != self.rev + 1:
            raise Broken(Finding("missing", self.rev + 1, f"then comes {event.rev}"))
        if event.prev_hash != self.hash:
            raise Broken(Finding("link", event.rev))
        if _hash_of(event) != event.hash:
            raise Broken(Finding("hash", event.rev, f"{event.type} {event.entity}"))
        if event.entity_version != event.rev:
            raise Broken(Finding("version", event.rev))
        if self.at is not None and event.at < self.at:
            raise Broken(Finding("time", event.rev))
        if event.epoch != self.epoch and self.rev > 0:
            self._change_epoch(event)

    def _change_epoch(self, event: Event) -> None:
        """Only a restore changes it, and says so in the event that begins the new one."""
        began = (
            event.type == EPOCH_BEGAN
            and event.entity == entity_ref(EntityKind.LOG, event.epoch)
            and event.note.get("before") == self.epoch
        )
        self.epochs.add(self.epoch)
        if not began or event.epoch in self.epochs:
            raise Broken(Finding("epoch", event.rev, f"{self.epoch} → {event.epoch}"))


def _hash_of(event: Event) -> str:
    try:
        return event_hash(event)
    except (ValueError, TypeError, RecursionError):
        return ""  # what cannot be hashed was never committed


def walk(
    connection: Connection, follow: Callable[[Event], None]
) -> tuple[ChainEnd, Finding | None]:
    """Recompute the whole chain, each good event given to `follow`; its end and what ended it too early."""
    end = ChainEnd()
    try:
        for row in rows_in_order(connection):
            event = _read(row, end.rev + 1)
            end.take(event)
            follow(event)
    except Broken as broken:
        return end, broken.finding
    except DBAPIError as error:  # a text that is no text, where the store does not mind
        if error.connection_invalidated:  # the server has gone: that says nothing of the log
            raise
        return end, Finding("unreadable", end.rev + 1, str(error.orig))
    return end, _wrong_head(connection, end)


def _read(row: Mapping[str, Any], expected: int) -> Event:
    try:
        return event_from(row)
    except Unreadable as error:
        raise Broken(Finding("unreadable", expected, str(error))) from error


def _wrong_head(connection: Connection, end: ChainEnd) -> Finding | None:
    """What the counter's row and the identity say otherwise than the last event."""
    try:
        head = read_head(connection)
    except (NoResultFound, MultipleResultsFound, ValueError, TypeError, OverflowError) as error:
        return Finding("head", end.rev, str(error))
    if (head.rev, head.hash) != (end.rev, end.hash):
        return Finding("head", end.rev, f"the counter says {head.rev}")
    if end.rev > 0 and (head.at, head.day) != (end.at, end.day):
        return Finding("head", end.rev, f"{head.at.isoformat()}, day {head.day!r}")
    epoch = connection.execute(select(meta.c.value).where(meta.c.key == "epoch")).scalar()
    if epoch != end.epoch and end.rev > 0:
        return Finding("identity", end.rev, f"{epoch} instead of {end.epoch}")
    return None
