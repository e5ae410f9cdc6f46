"""Follows the log to its end, whoever wrote it: this process or another one on the same database."""

from collections.abc import Sequence

from console.central import log_reader
from console.central.clock import ENTITY, CityClock
from console.central.database import Database
from console.central.mirror import Mirror
from console.central.tail import Tail
from console.domain.event import EntityKind, Event, entity_ref
from console.wire.codec import from_builtins
from console.wire.frames import DomainClock

_AT_ONCE = 1000
_CLOCK = entity_ref(EntityKind.CLOCK, ENTITY)


class LogForked(Exception):
    """The log in the database is not the one that this process has followed: it was restored."""


class Follower:
    """Brings mirror, clock and tail along, strictly in rev order. Call it from the writer's thread."""

    def __init__(self, database: Database, mirror: Mirror, tail: Tail, clock: CityClock) -> None:
        """Begins where the mirror was loaded."""
        self._database = database
        self._mirror = mirror
        self._tail = tail
        self._clock = clock
        picture = mirror.fork()
        self._epoch, self._rev = picture.epoch, picture.rev
        self._hash = self._hash_at(self._rev)

    def _hash_at(self, rev: int) -> str:
        with self._database.reading() as connection:
            found = log_reader.between(connection, rev, rev, 1)
        return found[0].hash if found else ""

    def publish(self, events: Sequence[Event]) -> None:
        """Follow what this process has just committed, and what others committed before it."""
        if events[0].rev == self._rev + 1:
            self._take(events)
        else:
            self.catch_up()

    def catch_up(self) -> None:
        """Follow whatever is new; raises `LogForked`."""
        while new := self._after(self._rev):
            self._take(new)

    def _after(self, rev: int) -> list[Event]:
        """The next events; the one at `rev` itself must still be the one that was followed."""
        with self._database.reading() as connection:
            found = log_reader.between(connection, max(rev, 1), rev + _AT_ONCE, _AT_ONCE + 1)
        if rev == 0:
            return found
        if not found or found[0].hash != self._hash:
            raise LogForked(f"rev {rev} is not what it was: the database was restored")
        return found[1:]

    def _take(self, events: Sequence[Event]) -> None:
        if events[0].prev_hash != self._hash:
            raise LogForked(f"rev {events[0].rev} does not follow what was read before")
        if events[-1].epoch != self._epoch:
            raise LogForked(f"rev {events[-1].rev} begins epoch {events[-1].epoch}")
        rev, digest = self._mirror.apply(events)
        self._rev, self._hash = events[-1].rev, events[-1].hash
        if rev > self._rev:  # it was loaded anew, at a later state
            events = [*events, *self._after(self._rev)][: rev - events[0].rev + 1]
            self._rev, self._hash = events[-1].rev, events[-1].hash
        for event in events:
            if event.entity == _CLOCK:
                self._clock.set(from_builtins(event.change, DomainClock))
        self._tail.publish(events, digest)
