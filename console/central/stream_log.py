"""Who was connected when, and what they were sent last: without it no replay shows what a seat knew."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, update

from console.central.tables import stream_log


@dataclass(slots=True)
class Visit:
    """One connected stream; `last_rev` tells what was handed to the network."""

    seat: str
    connected: datetime
    first_rev: int
    last_rev: Callable[[], int]
    disconnected: datetime | None = None
    row: int | None = None


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
        """The visits to write now; those that have ended are handed out for the last time."""
        visits = self._visits
        self._visits = [visit for visit in visits if visit.disconnected is None]
        return visits


def write(connection: Connection, visits: list[Visit]) -> None:
    """Bring the rows of these visits up to date; server time, UTC."""
    for visit in visits:
        told = {"last_rev": visit.last_rev(), "disconnected": visit.disconnected}
        if visit.row is None:
            row = {"seat": visit.seat, "connected": visit.connected, "first_rev": visit.first_rev}
            made = connection.execute(
                insert(stream_log).values(**row, **told).returning(stream_log.c.id)
            )
            visit.row = made.scalar_one()
        else:
            query = update(stream_log).where(stream_log.c.id == visit.row)
            connection.execute(query.values(**told))
