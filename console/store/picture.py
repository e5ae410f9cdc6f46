"""The picture: every open case, its assignments, who is on duty and where, at one rev of the log."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from console.domain.assignment import Assignment, AssignmentRole
from console.domain.case import TERMINAL, Case, CaseState
from console.domain.event import EntityKind, Event
from console.domain.worker import Fix, WorkerDuty
from console.store.changes import ChangeSet
from console.store.reducer import ENTITY_TYPES, Entity, entity_of, evolve
from console.store.volumes import counted
from console.wire.codec import entity_hash, from_builtins, to_builtins
from console.wire.frames import DayVolumes, DomainClock, Snapshot

_MOD = 2**64


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
    fixes: dict[str, Fix] = field(default_factory=dict)
    of_case: dict[str, tuple[str, ...]] = field(default_factory=dict)
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
            fixes=dict(self.fixes),
            of_case=dict(self.of_case),
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
        else:
            self.unknown += 1
        changes.events.append(event)

    def find(self, kind: str, entity_id: str) -> Entity | None:
        """The entity, None when it is not in the picture."""
        if kind == EntityKind.CASE:
            return self.cases.get(entity_id)
        if kind == EntityKind.ASSIGNMENT:
            return self.assignments.get(entity_id)
        return self.workers.get(entity_id)

    def _put(self, entity: Entity) -> None:
        if isinstance(entity, Case):
            self._swap_digest(self.cases.get(entity.id), entity)
            self.cases[entity.id] = entity
        elif isinstance(entity, Assignment):
            self._swap_digest(self.assignments.get(entity.id), entity)
            if entity.id not in self.assignments:
                self._index(entity)
            self.assignments[entity.id] = entity
        else:
            self._swap_digest(self.workers.get(entity.id), entity)
            self.workers[entity.id] = entity

    def _index(self, assignment: Assignment) -> None:
        self.of_case[assignment.case] = (*self.of_case.get(assignment.case, ()), assignment.id)
        if assignment.worker is not None:
            known = self.of_worker.get(assignment.worker, ())
            self.of_worker[assignment.worker] = (*known, assignment.id)
        if assignment.unit is not None:
            known = self.of_unit.get(assignment.unit, ())
            self.of_unit[assignment.unit] = (*known, assignment.id)

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
        """A new local day: what ended before it leaves the picture."""
        self.day = DayVolumes(day=event.entity_id)
        for case in [c for c in self.cases.values() if c.state in TERMINAL]:
            self._drop_case(case.id, changes)
        changes.volumes = True

    def _drop_case(self, case_id: str, changes: ChangeSet) -> None:
        self._swap_digest(self.cases.pop(case_id), None)
        changes.cases.discard(case_id)
        changes.removed_cases.add(case_id)
        for assignment_id in self.of_case.pop(case_id, ()):
            gone = self.assignments.pop(assignment_id)
            self._swap_digest(gone, None)
            changes.assignments.discard(assignment_id)
            changes.removed_assignments.add(assignment_id)
            if gone.worker is not None:
                changes.workers.add(gone.worker)
                self._unindex(self.of_worker, gone.worker, gone.id)
            if gone.unit is not None:
                self._unindex(self.of_unit, gone.unit, gone.id)

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

    def orders_of(self, case_id: str) -> Iterator[Assignment]:
        """All assignments of a case, oldest first."""
        orders = [self.assignments[a] for a in self.of_case.get(case_id, ())]
        yield from sorted(orders, key=lambda order: order.sent_at)

    def load_of_worker(self, worker_id: str) -> int:
        """How many active assignments a worker has in hand."""
        orders = (self.assignments[a] for a in self.of_worker.get(worker_id, ()))
        return sum(order.active for order in orders)

    def load_of_unit(self, unit: str) -> tuple[int, int]:
        """Active leads of a unit, and how many of them are overdue for response."""
        orders = [self.assignments[a] for a in self.of_unit.get(unit, ())]
        leads = [o for o in orders if o.active and o.role is AssignmentRole.LEAD]
        return len(leads), sum(o.overdue and o.answered_at is None for o in leads)
