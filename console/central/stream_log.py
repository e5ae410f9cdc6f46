"""Who was connected when, and what they were sent last: without it no replay shows what a seat knew."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, insert, update

from console.central.tables import stream_log


@dataclass(slots=True, eq=False)
class Visit:
    """One connected stream; `last_rev` tells what was handed to the network."""

    seat: str
    connected: datetime
    first_rev: int
    last_rev: Callable[[], int]
    disconnected: datetime | None = None
    row: int | None = None


class Written(NamedTuple):
    """A visit as it was written: its row, and whether it had ended by then."""

    visit: Visit
    row: int
    ended: bool


class StreamLog:
    """Visits, written now and then; the lists are only touched by the event loop's thread."""

    def __init__(self) -> None:
        """Nobody is there."""
        self._visits: list[Visit] = []

    def enter(self, seat: str, now: datetime, rev: int, last_rev: Callable[[], int]) -> Visit:
        """A stream begins after `rev`."""
        visit = Visit(seat, now, rev, last_rev)
        self._visits.append(visit)
        return visit

    def pending(self) -> list[Visit]:
        """The visits to write now."""
        return list(self._visits)

    def written(self, rows: Sequence[Written]) -> None:
        """These rows are on the disk; what had ended by then needs no more."""
        for visit, row, ended in rows:
            visit.row = row
            if ended:
                self._visits.remove(visit)


def write(connection: Connection, visits: Sequence[Visit]) -> list[Written]:
    """Bring the rows of these visits up to date; server time, UTC. Hand the result to `written` after the commit."""
    return [_write_one(connection, visit) for visit in visits]


def _write_one(connection: Connection, visit: Visit) -> Written:
    ended = visit.disconnected
    told = {"last_rev": visit.last_rev(), "disconnected": ended}
    if visit.row is not None:
        query = update(stream_log).where(stream_log.c.id == visit.row)
        connection.execute(query.values(**told))
        return Written(visit, visit.row, ended is not None)
    row = {"seat": visit.seat, "connected": visit.connected, "first_rev": visit.first_rev}
    made = connection.execute(insert(stream_log).values(**row, **told).returning(stream_log.c.id))
    return Written(visit, made.scalar_one(), ended is not None)
