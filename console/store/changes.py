"""What a batch of events changed, so that each view refreshes only what it shows."""

from dataclasses import dataclass, field

from console.domain.assignment import Assignment
from console.domain.case import Case
from console.domain.event import Event
from console.domain.handover import Handover
from console.domain.incident import Incident
from console.domain.roster import Turn
from console.domain.worker import WorkerDuty


@dataclass(slots=True)
class ChangeSet:
    """Ids by kind, of incidents, turns and handovers also those that left the picture.

    `everything` means: read the whole picture anew (after a snapshot).
    """

    cases: set[str] = field(default_factory=set)
    removed_cases: set[str] = field(default_factory=set)
    assignments: set[str] = field(default_factory=set)
    removed_assignments: set[str] = field(default_factory=set)
    workers: set[str] = field(default_factory=set)
    fixes: set[str] = field(default_factory=set)
    incidents: set[str] = field(default_factory=set)
    turns: set[str] = field(default_factory=set)
    handovers: set[str] = field(default_factory=set)
    volumes: bool = False
    clock: bool = False
    everything: bool = False
    events: list[Event] = field(default_factory=list)

    def add(self, entity: Case | Assignment | WorkerDuty | Incident | Turn | Handover) -> None:
        """Note that an entity changed; a changed assignment changes its case's or incident's look too."""
        match entity:
            case Case():
                self.cases.add(entity.id)
                self.removed_cases.discard(entity.id)
            case Assignment():
                self._add_order(entity)
            case WorkerDuty():
                self.workers.add(entity.id)
            case Incident():
                self.incidents.add(entity.id)
            case Turn():
                self.turns.add(entity.id)
            case Handover():
                self.handovers.add(entity.id)

    def _add_order(self, order: Assignment) -> None:
        self.assignments.add(order.id)
        self.removed_assignments.discard(order.id)
        if order.case is not None:
            self.cases.add(order.case)
        if order.incident is not None:
            self.incidents.add(order.incident)
        if order.worker is not None:
            self.workers.add(order.worker)

    def merge(self, other: "ChangeSet") -> None:
        """Take a later batch's changes in."""
        self.cases = (self.cases - other.removed_cases) | other.cases
        self.removed_cases = (self.removed_cases - other.cases) | other.removed_cases
        self.assignments = (self.assignments - other.removed_assignments) | other.assignments
        self.removed_assignments = (
            self.removed_assignments - other.assignments
        ) | other.removed_assignments
        self.workers |= other.workers
        self.fixes |= other.fixes
        self.incidents |= other.incidents
        self.turns |= other.turns
        self.handovers |= other.handovers
        self.volumes = self.volumes or other.volumes
        self.clock = self.clock or other.clock
        self.everything = self.everything or other.everything
        self.events.extend(other.events)

    def __bool__(self) -> bool:
        """Whether anything changed."""
        cases, orders = (
            (self.cases, self.removed_cases),
            (self.assignments, self.removed_assignments),
        )
        ids = (
            *cases,
            *orders,
            self.workers,
            self.fixes,
            self.incidents,
            self.turns,
            self.handovers,
        )
        return any(ids) or self.volumes or self.clock or self.everything or bool(self.events)
