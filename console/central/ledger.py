"""One writer transaction's book-keeping: facts become events, rows follow, the head moves on."""

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, insert, select, update

from console.central import rows, timer_rows, volumes
from console.central.clock import ENTITY, at, real
from console.central.problems import Problem
from console.central.tables import counter, events
from console.domain.case import Case
from console.domain.event import UNPICTURED, EntityKind, Event, Fact, entity_ref
from console.domain.role import Role
from console.domain.rules import Decision, Refused
from console.store.reducer import change_of, entity_of, evolve
from console.store.volumes import counted
from console.wire.codec import event_hash, from_builtins, to_builtins
from console.wire.frames import DomainClock

_HEAD = select(counter)
_LOCKED_HEAD = _HEAD.with_for_update()
_INSERT_EVENTS = insert(events)

EPOCH_BEGAN = "epoch.began"
"""Type of the event that begins a restored log's new life."""

LAST_REV = 2**53 - 1
"""The greatest rev: the last whole number that every reader of JSON, and RFC 8785, knows exactly."""

CENTRE_SEAT = "centre"
"""Actor of what the centre does itself."""


@dataclass(frozen=True, slots=True)
class Head:
    """The log's end: last rev and hash, latest server and domain time, the local day that has begun.

    `clock` is the last `clock.set`, None before the first; `kept_at` the server time at which
    `domain_at` was noted.
    """

    rev: int
    hash: str
    at: datetime
    domain_at: datetime
    day: str
    clock: DomainClock | None
    kept_at: datetime | None


@dataclass(frozen=True, slots=True)
class Signature:
    """Who causes an event, and by which command."""

    actor: str
    role: Role
    command_id: str


def read_head(connection: Connection, *, lock: bool = False) -> Head:
    """The log's end as committed; `lock` keeps every other writer waiting until the transaction ends."""
    row = connection.execute(_LOCKED_HEAD if lock else _HEAD).one()
    clock = None if row.clock is None else from_builtins(row.clock, DomainClock)
    return Head(row.rev, row.hash, row.at, row.domain_at, row.day, clock, row.kept_at)


def begin_log(connection: Connection, now: datetime) -> None:
    """The head of a log that has no event yet; does nothing where there is one."""
    if connection.execute(select(counter.c.rev)).first() is None:
        row = {"id": 1, "rev": 0, "hash": "", "at": now, "domain_at": now, "day": ""}
        connection.execute(insert(counter), row)


class Ledger:
    """Appends to the log within one transaction; call `finish` before the commit.

    `server_now` is server time (never before the last event's), `now` domain time; both stand
    still during the transaction. `events` are those appended so far.
    """

    def __init__(self, connection: Connection, epoch: str, tz: ZoneInfo, wall: datetime) -> None:
        """Lock the head, and begin the local day if midnight has passed."""
        self.connection = connection
        self.entities = rows.Entities(connection)
        self.head = read_head(connection, lock=True)
        self.events: list[Event] = []
        self.server_now = max(wall, self.head.at)
        self.clock = self.head.clock or real(self.server_now)
        self.now = at(self.clock, self.server_now)
        self._epoch = epoch
        self._tz = tz
        self._counts: Counter[volumes.Slot] = Counter()
        self.begin_day()

    def begin_day(self) -> None:
        """Commit `day.began` when the city's date is not the one that has begun; also after a clock was set."""
        day = self.now.astimezone(self._tz).date().isoformat()
        if day == self.head.day:
            return
        signature = Signature(CENTRE_SEAT, Role.CENTRE, f"day:{day}")
        self.append("day.began", entity_ref(EntityKind.DAY, day), {}, signature)
        self.head = replace(self.head, day=day)
        rows.drop_ended(self.connection, day, self._tz)
        volumes.forget_imported(self.connection, day)
        timer_rows.set_midnight(self.connection, day, self._tz, signature.command_id)

    def set_clock(self, clock: DomainClock, signature: Signature) -> None:
        """Commit a new clock; what follows in this transaction happens on it."""
        self.clock = clock
        self.now = at(clock, self.server_now)
        self.head = replace(self.head, domain_at=self.now, clock=clock)
        ref = entity_ref(EntityKind.CLOCK, ENTITY)
        self.append("clock.set", ref, to_builtins(clock), signature)
        self.begin_day()

    def record(
        self, decision: Decision, signature: Signature, occurred_at: datetime
    ) -> tuple[int, int]:
        """Append a decision's facts and timers; (first rev, last rev), reversed when it changes nothing."""
        first = self.head.rev + 1
        for fact in decision.facts:
            self._append_fact(fact, signature, occurred_at)
        self.entities.flush()
        timer_rows.add(self.connection, decision.timers, signature.command_id)
        return first, self.head.rev

    def _append_fact(self, fact: Fact, signature: Signature, occurred_at: datetime) -> None:
        if fact.kind in UNPICTURED:
            ref = entity_ref(fact.kind, fact.id)
            self.append(fact.type, ref, {}, signature, occurred_at, to_builtins(fact.note))
            return
        before = self.entities.fields(fact.kind, fact.id)
        if fact.created is not None and before is not None:
            raise Refused(
                f"{fact.kind.value}-exists", f"{fact.kind.value} {fact.id} exists already"
            )
        ref = entity_ref(fact.kind, fact.id)
        event = self.append(
            fact.type, ref, change_of(fact), signature, occurred_at, to_builtins(fact.note)
        )
        fields = evolve(before, event)
        self.entities.put(fact.kind, fields)
        if fact.kind is EntityKind.CASE:
            self._count(before, fields, occurred_at)

    def _count(
        self, before: Mapping[str, Any] | None, after: Mapping[str, Any], when: datetime
    ) -> None:
        kind = EntityKind.CASE.value
        was = entity_of(kind, before) if before is not None else None
        became = entity_of(kind, after)
        assert isinstance(became, Case)
        for what in counted(was, became):
            local = when.astimezone(self._tz)
            self._counts[volumes.Slot(local.date().isoformat(), local.hour, what)] += 1

    def append(
        self,
        kind: str,
        entity: str,
        change: Mapping[str, Any],
        signature: Signature,
        occurred_at: datetime | None = None,
        note: Mapping[str, Any] | None = None,
    ) -> Event:
        """The next event of the chain; `occurred_at` is domain time, now when not given.

        Raises `Problem` ("log-full") where revs end: they never begin anew.
        """
        if self.head.rev >= LAST_REV:
            raise Problem(503, "log-full", f"the log ends at {LAST_REV}")
        happened = occurred_at or self.now
        event = Event(
            rev=self.head.rev + 1,
            epoch=self._epoch,
            at=self.server_now,
            occurred_at=happened,
            actor=signature.actor,
            role=signature.role,
            command_id=signature.command_id,
            type=kind,
            entity=entity,
            entity_version=self.head.rev + 1,
            change=change,
            note=note or {},
            prev_hash=self.head.hash,
        )
        event = replace(event, hash=event_hash(event))
        self.events.append(event)
        domain_at = max(self.head.domain_at, self.now)
        self.head = replace(
            self.head, rev=event.rev, hash=event.hash, at=event.at, domain_at=domain_at
        )
        return event

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """All of what is recorded inside, or (when it raises) nothing of it."""
        head, length, counts = self.head, len(self.events), self._counts.copy()
        try:
            with self.connection.begin_nested():
                yield
        except BaseException:
            self.head, self._counts = head, counts
            del self.events[length:]
            self.entities.forget()
            raise

    def finish(self) -> None:
        """Write the events, the counts and the head."""
        if self.events:
            self.connection.execute(_INSERT_EVENTS, [_row(event) for event in self.events])
        volumes.add(self.connection, self._counts)
        head = self.head
        self.connection.execute(
            update(counter).values(
                rev=head.rev,
                hash=head.hash,
                at=head.at,
                domain_at=head.domain_at,
                day=head.day,
                clock=None if head.clock is None else to_builtins(head.clock),
            )
        )


def _row(event: Event) -> dict[str, Any]:
    return {
        "rev": event.rev,
        "epoch": event.epoch,
        "at": event.at,
        "occurred_at": event.occurred_at,
        "actor": event.actor,
        "role": event.role.value,
        "command_id": event.command_id,
        "type": event.type,
        "entity": event.entity,
        "entity_version": event.entity_version,
        "change": event.change,
        "note": event.note,
        "prev_hash": event.prev_hash,
        "hash": event.hash,
    }


def event_of(row: Any) -> Event:
    """A row of the log as an event."""
    fields = dict(row._mapping)
    fields["role"] = Role(fields["role"])
    return Event(**fields)
