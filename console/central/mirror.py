"""This process's mirror of the picture, fed only by committed events in rev order."""

import logging
import threading
from collections.abc import Sequence
from typing import TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from console.central import positions, rows, volumes
from console.central.database import Database
from console.central.ledger import Head, read_head
from console.domain.assignment import Assignment
from console.domain.case import Case
from console.domain.event import Event
from console.domain.handover import Handover
from console.domain.incident import Incident
from console.domain.roster import Turn
from console.domain.worker import Fix, WorkerDuty
from console.store.picture import Picture
from console.store.reducer import KIND_OF
from console.wire.codec import from_builtins
from console.wire.frames import SCHEMA, DomainClock, Snapshot

log = logging.getLogger(__name__)

T = TypeVar("T")


class Mirror:
    """A `Picture` that several threads may use."""

    def __init__(self, database: Database, epoch: str, tz: ZoneInfo, clock: DomainClock) -> None:
        """Load it from the rows. `clock` is the last `clock.set`."""
        self._database = database
        self._epoch = epoch
        self._tz = tz
        self._lock = threading.Lock()
        with database.reading() as connection:
            self._picture = load(connection, epoch, tz, clock)

    def apply(self, events: Sequence[Event]) -> tuple[int, int]:
        """Follow committed events; (rev, digest) after them."""
        with self._lock:
            try:
                self._picture.apply(events)
            except Exception:
                # The log is right and the mirror is not: read the rows again rather than stop.
                log.exception("the mirror could not follow the log; it is loaded anew")
                self._reload()
            return self._picture.rev, self._picture.digest

    def _reload(self) -> None:
        clock = self._picture.clock
        assert clock is not None
        fixes = self._picture.fixes
        with self._database.reading() as connection:
            self._picture = load(connection, self._epoch, self._tz, clock)
        self._picture.put_fixes(fixes.values())

    def put_fixes(self, fixes: Sequence[Fix]) -> set[str]:
        """Take positions; the workers whose position is newer now."""
        with self._lock:
            return self._picture.put_fixes(fixes).fixes

    def fixes(self, workers: set[str] | None = None) -> list[Fix]:
        """The latest position of these workers, of all when not given."""
        with self._lock:
            known = self._picture.fixes
            if workers is None:
                return list(known.values())
            return [known[worker] for worker in workers if worker in known]

    def fork(self) -> Picture:
        """A copy at one rev."""
        with self._lock:
            return self._picture.fork()


def load(connection: Connection, epoch: str, tz: ZoneInfo, clock: DomainClock) -> Picture:
    """The picture as the rows tell it, the same as one that has followed the log."""
    head: Head = read_head(connection)
    page = Snapshot(
        schema=SCHEMA,
        epoch=epoch,
        rev=head.rev,
        city="",
        clock=clock,
        day=volumes.live_day(connection, head.day),
        page=0,
        pages=1,
        digest="",
        cases=_all(connection, Case),
        assignments=_all(connection, Assignment),
        workers=_all(connection, WorkerDuty),
        incidents=_all(connection, Incident),
        turns=_all(connection, Turn),
        handovers=_all(connection, Handover),
        fixes=positions.latest(connection),
    )
    return Picture.from_snapshot([page], tz)


def _all(connection: Connection, kind: type[T]) -> list[T]:
    """Every entity of a type that the picture shows."""
    return [from_builtins(fields, kind) for fields in rows.in_picture(connection, KIND_OF[kind])]
