"""What a rule may look at, what it decides, and how it refuses."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from console.domain.assignment import Assignment, AssignmentRole, AssignmentState
from console.domain.case import Case, CaseState
from console.domain.city import City
from console.domain.clock import WorkTime
from console.domain.command import Private
from console.domain.event import EntityKind, Fact
from console.domain.incident import Incident
from console.domain.place import Position
from console.domain.role import Role
from console.domain.roster import Turn
from console.domain.timer import Timer
from console.domain.worker import WorkerDuty


class Refused(Exception):
    """A rule forbids it: `code` names the problem for people and programs, `detail` says what is in the way."""

    def __init__(self, code: str, detail: str = "") -> None:
        """Keep the code (kebab-case, stable) and an English detail."""
        super().__init__(detail or code)
        self.code = code
        self.detail = detail


@dataclass(frozen=True, slots=True, kw_only=True)
class Located:
    """The areas a position lies in, None where it lies in none."""

    district: str | None = None
    town: str | None = None
    community: str | None = None
    grid: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """All that the rules may know.

    `now` is domain time and `server_now` real time, both aware UTC; `occurred_at` (domain, never
    after `now`) is when it happened; `assignments` are those of `case`; `main` the other case of a
    link; `located` the areas of the command's position. For an incident `assignments` are its
    orders; `cases` are those a command names in a list, `incidents` those they belong to, `duties` the workers it names in one;
    `turns` all turns of the roster in the log.
    """

    city: City
    work_time: WorkTime
    now: datetime
    server_now: datetime
    occurred_at: datetime
    actor: str
    role: Role
    case: Case | None = None
    assignments: tuple[Assignment, ...] = ()
    assignment: Assignment | None = None
    main: Case | None = None
    duty: WorkerDuty | None = None
    incident: Incident | None = None
    cases: tuple[Case, ...] = ()
    incidents: Mapping[str, Incident] = field(default_factory=dict)
    duties: Mapping[str, WorkerDuty] = field(default_factory=dict)
    turns: tuple[Turn, ...] = ()
    located: Located = field(default_factory=Located)

    def need_case(self, *states: CaseState) -> Case:
        """The case, which must be in one of the states (any when none is named)."""
        if self.case is None:
            raise Refused("unknown-case", "there is no such case")
        if states and self.case.state not in states:
            raise Refused("wrong-state", f"the case is {self.case.state.value}")
        return self.case

    def need_incident(self) -> Incident:
        """The incident, open or ended."""
        if self.incident is None:
            raise Refused("unknown-incident", "there is no such incident")
        return self.incident

    def need_assignment(self) -> Assignment:
        """The assignment, which must still be active."""
        if self.assignment is None:
            raise Refused("unknown-assignment", "there is no such assignment")
        if not self.assignment.active:
            raise Refused("assignment-ended", f"the assignment is {self.assignment.state.value}")
        return self.assignment

    def lead(self) -> Assignment | None:
        """The active lead of the case."""
        for assignment in self.assignments:
            if assignment.active and assignment.role is AssignmentRole.LEAD:
                return assignment
        return None

    def last_verifier(self, order: Assignment) -> bool:
        """Whether, without this order, nobody would be looking whether the case is real."""
        if order.role is not AssignmentRole.VERIFY or self.need_case().state is not (
            CaseState.VERIFYING
        ):
            return False
        others = (a for a in self.assignments if a.id != order.id and a.active)
        return all(a.role is not AssignmentRole.VERIFY for a in others)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What is to be committed in one transaction."""

    facts: tuple[Fact, ...]
    timers: tuple[Timer, ...] = ()
    private: Private | None = None


def case_fact(kind: str, case: Case, note: Mapping[str, Any] | None = None, **change: Any) -> Fact:
    """A fact that changes a case."""
    return Fact(
        type=f"case.{kind}", kind=EntityKind.CASE, id=case.id, change=change, note=note or {}
    )


def assignment_fact(
    kind: str, assignment: Assignment, note: Mapping[str, Any] | None = None, **change: Any
) -> Fact:
    """A fact that changes an assignment."""
    return Fact(
        type=f"assignment.{kind}",
        kind=EntityKind.ASSIGNMENT,
        id=assignment.id,
        change=change,
        note=note or {},
    )


def taken_back(order: Assignment, scene: Scene, reason: str) -> Fact:
    """A fact that ends an order by the centre: recalled before it was signed for, else withdrawn."""
    recalled = order.state is AssignmentState.SENT
    state = AssignmentState.RECALLED if recalled else AssignmentState.WITHDRAWN
    return assignment_fact(
        state.value, order, {"reason": reason}, state=state, ended_at=scene.occurred_at
    )


def settled(case: Case, at: datetime) -> dict[str, Any]:
    """The change that ends what was still asked of a case that ends: its request and its supervision."""
    change = lapsed(case)
    if case.supervision is not None and case.supervision.open:
        change["supervision"] = replace(case.supervision, closed_at=at)
    return change


def lapsed(case: Case) -> dict[str, Any]:
    """The change that ends an open request of a case that its holder loses."""
    return {} if case.request is None else {"request": None}


def all_taken_back(scene: Scene, reason: str) -> tuple[Fact, ...]:
    """Facts that end every order of a case or incident that ends: nobody is left working on it."""
    return tuple(taken_back(order, scene, reason) for order in scene.assignments if order.active)


def located_fields(position: Position | None, located: Located) -> dict[str, Any]:
    """The fields of a case that say where it is."""
    return {
        "position": position,
        "district": located.district,
        "town": located.town,
        "community": located.community,
        "grid": located.grid,
    }
