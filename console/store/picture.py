"""The picture: open cases and incidents, their assignments, who is on duty and where, at one rev of the log."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from console.domain.assignment import Assignment, AssignmentRole
from console.domain.case import Case, CaseState
from console.domain.event import UNPICTURED, EntityKind, Event
from console.domain.handover import Handover
from console.domain.incident import Incident
from console.domain.roster import Turn
from console.domain.worker import Fix, WorkerDuty
from console.store.changes import ChangeSet
from console.store.leaving import leaves, midnight
from console.store.reducer import ENTITY_TYPES, KIND_OF, Entity, entity_of, evolve
from console.store.volumes import counted
from console.wire.codec import entity_hash, from_builtins, to_builtins
from console.wire.frames import DayVolumes, DomainClock, Snapshot

_MOD = 2**64

_KEPT_IN: Mapping[str, str] = {
    EntityKind.CASE: "cases",
    EntityKind.ASSIGNMENT: "assignments",
    EntityKind.WORKER: "workers",
    EntityKind.INCIDENT: "incidents",
    EntityKind.TURN: "turns",
    EntityKind.HANDOVER: "handovers",
}
"""Entity kind → the picture's field that holds its entities."""


def _copied(day: DayVolumes) -> DayVolumes:
    """The same counts in lists of their own: a picture counts on in place."""
    return DayVolumes(day=day.day, calls=[*day.calls], answered=[*day.answered], cases=[*day.cases])


@dataclass(slots=True)
class Picture:
    """State at `rev` of `epoch`. Fork with `fork`; entities are frozen and so can be shared.

    `digest` is the sum modulo 2**64 of the entities' hashes. `tz` tells which local day an event
    belongs to. `unknown` counts event types this program does not know.
    """

    tz: ZoneInfo
    epoch: str = ""
    rev: int = 0
    digest: int = 0
    clock: DomainClock | None = None
    day: DayVolumes = field(default_factory=lambda: DayVolumes(day=""))
    cases: dict[str, Case] = field(default_factory=dict)
    assignments: dict[str, Assignment] = field(default_factory=dict)
    workers: dict[str, WorkerDuty] = field(default_factory=dict)
    incidents: dict[str, Incident] = field(default_factory=dict)
    turns: dict[str, Turn] = field(default_factory=dict)
    handovers: dict[str, Handover] = field(default_factory=dict)
    fixes: dict[str, Fix] = field(default_factory=dict)
    of_owner: dict[str, tuple[str, ...]] = field(default_factory=dict)
    of_worker: dict[str, tuple[str, ...]] = field(default_factory=dict)
    of_unit: dict[str, tuple[str, ...]] = field(default_factory=dict)
    unknown: int = 0

    @classmethod
    def from_snapshot(cls, pages: Iterable[Snapshot], tz: ZoneInfo) -> "Picture":
        """The picture of all pages of one snapshot."""
        picture = cls(tz=tz)
        for page in pages:
            picture.epoch, picture.rev = page.epoch, page.rev
            picture.clock, picture.day = page.clock, _copied(page.day)
            entities: list[Entity] = [*page.cases, *page.assignments, *page.workers]
            entities += [*page.incidents, *page.turns, *page.handovers]
            for entity in entities:
                picture._put(entity)
            picture.put_fixes(page.fixes)
        return picture

    def fork(self) -> "Picture":
        """An independent copy at the same rev; also a checkpoint."""
        return Picture(
            tz=self.tz,
            epoch=self.epoch,
            rev=self.rev,
            digest=self.digest,
            clock=self.clock,
            day=_copied(self.day),
            cases=dict(self.cases),
            assignments=dict(self.assignments),
            workers=dict(self.workers),
            incidents=dict(self.incidents),
            turns=dict(self.turns),
            handovers=dict(self.handovers),
            fixes=dict(self.fixes),
            of_owner=dict(self.of_owner),
            of_worker=dict(self.of_worker),
            of_unit=dict(self.of_unit),
            unknown=self.unknown,
        )

    def apply(self, events: Iterable[Event]) -> ChangeSet:
        """Apply events in order; each must be the next one (`ValueError` otherwise)."""
        changes = ChangeSet()
        for event in events:
            if event.rev != self.rev + 1:
                raise ValueError(f"event {event.rev} does not follow {self.rev}")
            self._apply_one(event, changes)
            self.rev = event.rev
        return changes

    def _apply_one(self, event: Event, changes: ChangeSet) -> None:
        if event.kind == EntityKind.CLOCK:
            self.clock = from_builtins(event.change, DomainClock)
            changes.clock = True
        elif event.kind == EntityKind.DAY:
            self._begin_day(event, changes)
        elif event.kind in ENTITY_TYPES:
            before = self.find(event.kind, event.entity_id)
            if before is None and "id" not in event.change:
                # It left the picture on an earlier day; the log still knows it.
                changes.events.append(event)
                return
            fields = evolve(to_builtins(before) if before is not None else None, event)
            after = entity_of(event.kind, fields)
            self._put(after)
            changes.add(after)
            self._count(event, before, after, changes)
            if isinstance(after, Case) and after.state is CaseState.ANSWERED:
                self._drop_case(after.id, changes)
        elif event.kind not in UNPICTURED:
            self.unknown += 1
        changes.events.append(event)

    def find(self, kind: str, entity_id: str) -> Entity | None:
        """The entity, None when it is not in the picture."""
        return self._kept(kind).get(entity_id)

    def _kept(self, kind: str) -> dict[str, Any]:
        """Where entities of a kind are kept, by id."""
        kept: dict[str, Any] = getattr(self, _KEPT_IN[kind])
        return kept

    def _put(self, entity: Entity) -> None:
        kept = self._kept(KIND_OF[type(entity)])
        self._swap_digest(kept.get(entity.id), entity)
        if isinstance(entity, Assignment) and entity.id not in kept:
            self._index(entity)
        kept[entity.id] = entity

    def _index(self, order: Assignment) -> None:
        for index, key in self._indices(order):
            index[key] = (*index.get(key, ()), order.id)

    def _indices(self, order: Assignment) -> list[tuple[dict[str, tuple[str, ...]], str]]:
        """The indices that name an order, each with its key there."""
        found = [(self.of_owner, order.owner)]
        if order.worker is not None:
            found.append((self.of_worker, order.worker))
        if order.unit is not None:
            found.append((self.of_unit, order.unit))
        return found

    def _swap_digest(self, before: Entity | None, after: Entity | None) -> None:
        if before is not None:
            self.digest = (self.digest - entity_hash(to_builtins(before))) % _MOD
        if after is not None:
            self.digest = (self.digest + entity_hash(to_builtins(after))) % _MOD

    def _count(
        self, event: Event, before: Entity | None, after: Entity, changes: ChangeSet
    ) -> None:
        """Volumes follow from the life of cases, by the local hour in which it happened."""
        if not isinstance(after, Case):
            return
        hour = self._hour_today(event.occurred_at)
        if hour is None:
            return
        for what in counted(before, after):
            getattr(self.day, what)[hour] += 1
            changes.volumes = True

    def _hour_today(self, moment: datetime) -> int | None:
        local = moment.astimezone(self.tz)
        return local.hour if local.date().isoformat() == self.day.day else None

    def _begin_day(self, event: Event, changes: ChangeSet) -> None:
        """A new local day: what is over leaves the picture (see leaving.py)."""
        self.day = DayVolumes(day=event.entity_id)
        begins = midnight(event.entity_id, self.tz)
        for case in [c for c in self.cases.values() if leaves(c, begins)]:
            self._drop_case(case.id, changes)
        for kind in (EntityKind.INCIDENT, EntityKind.TURN, EntityKind.HANDOVER):
            for entity in [e for e in self._kept(kind).values() if leaves(e, begins)]:
                self._drop(kind, entity, changes)
        changes.volumes = True

    def _drop(self, kind: EntityKind, entity: Entity, changes: ChangeSet) -> None:
        self._swap_digest(self._kept(kind).pop(entity.id), None)
        changes.add(entity)
        self._drop_orders(entity.id, changes)

    def _drop_case(self, case_id: str, changes: ChangeSet) -> None:
        self._swap_digest(self.cases.pop(case_id), None)
        changes.cases.discard(case_id)
        changes.removed_cases.add(case_id)
        self._drop_orders(case_id, changes)

    def _drop_orders(self, owner: str, changes: ChangeSet) -> None:
        for assignment_id in self.of_owner.get(owner, ()):
            gone = self.assignments.pop(assignment_id)
            self._swap_digest(gone, None)
            changes.assignments.discard(assignment_id)
            changes.removed_assignments.add(assignment_id)
            if gone.worker is not None:
                changes.workers.add(gone.worker)
            for index, key in self._indices(gone):
                self._unindex(index, key, gone.id)

    @staticmethod
    def _unindex(index: dict[str, tuple[str, ...]], key: str, assignment_id: str) -> None:
        rest = tuple(known for known in index.get(key, ()) if known != assignment_id)
        if rest:
            index[key] = rest
        else:
            index.pop(key, None)

    def put_fixes(self, fixes: Iterable[Fix]) -> ChangeSet:
        """Take newer positions; an older one than known is dropped."""
        changes = ChangeSet()
        for fix in fixes:
            known = self.fixes.get(fix.worker)
            if known is None or fix.fix_at >= known.fix_at:
                self.fixes[fix.worker] = fix
                changes.fixes.add(fix.worker)
        return changes

    def lead(self, case: Case) -> Assignment | None:
        """The case's lead assignment, ended or not."""
        return self.assignments.get(case.lead) if case.lead is not None else None

    def cases_of(self, incident: str) -> list[Case]:
        """The cases that belong to an incident, oldest first."""
        found = (case for case in self.cases.values() if case.incident == incident)
        return sorted(found, key=lambda case: case.received_at)

    def orders_of(self, owner: str) -> Iterator[Assignment]:
        """All assignments of a case or an incident, oldest first."""
        orders = [self.assignments[a] for a in self.of_owner.get(owner, ())]
        yield from sorted(orders, key=lambda order: order.sent_at)

    def all_turns(self) -> Iterator[Turn]:
        """The turns of the roster that were set in the log."""
        yield from self.turns.values()

    def load_of_worker(self, worker_id: str) -> int:
        """How many active assignments a worker has in hand."""
        orders = (self.assignments[a] for a in self.of_worker.get(worker_id, ()))
        return sum(order.active for order in orders)

    def load_of_unit(self, unit: str) -> tuple[int, int]:
        """Active leads of a unit, and how many of them are overdue for response."""
        orders = [self.assignments[a] for a in self.of_unit.get(unit, ())]
        leads = [o for o in orders if o.active and o.role is AssignmentRole.LEAD]
        return len(leads), sum(o.overdue and o.answered_at is None for o in leads)
