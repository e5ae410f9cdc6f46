"""Builds what the rules may look at for a command or a timer; the centre and a centre without a server share it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from console.domain import footprint
from console.domain.assignment import Assignment
from console.domain.case import Case
from console.domain.city import City
from console.domain.clock import WorkTime
from console.domain.command import (
    Accept,
    CallIn,
    Command,
    HandOver,
    PinPlace,
    SetFootprint,
    SetTurn,
    StartIncident,
)
from console.domain.event import EntityKind
from console.domain.incident import Incident
from console.domain.place import Position
from console.domain.role import Role
from console.domain.roster import Turn
from console.domain.rules.scene import Located, Scene
from console.domain.timer import Timer
from console.domain.worker import WorkerDuty
from console.store.reducer import Entity

Locate = Callable[[Position], Located]
"""Position (WGS 84, lon lat) → the areas it lies in, all None outside the city."""

CORNERS_ASKED = 24
"""So many corners of a footprint are tried when its middle lies in no district, as in a bay."""


class Source(Protocol):
    """Where entities are read: a picture, or the rows of a transaction."""

    def find(self, kind: str, entity_id: str) -> Entity | None:
        """The entity, None when there is none."""

    def orders_of(self, owner: str) -> Iterable[Assignment]:
        """All assignments of a case or an incident, oldest first."""

    def all_turns(self) -> Iterable[Turn]:
        """The turns of the roster that were set in the log."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What is the same for every scene of a city."""

    city: City
    work_time: WorkTime


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """When and by whom: `now` and `occurred_at` are domain time, `server_now` real time, aware UTC."""

    now: datetime
    server_now: datetime
    occurred_at: datetime
    actor: str
    role: Role


def scene_of(
    setting: Setting, source: Source, command: Command, moment: Moment, located: Located
) -> Scene:
    """The scene of a command; `located` are the areas of its place (see `places_of`)."""
    look = _Look(source)
    order = look.assignment(getattr(command, "assignment", None))
    case = look.case(_case_id(command, order))
    incident = look.incident(_incident_id(command, order))
    cases = look.cases(command)
    return _scene(
        setting,
        moment,
        case=case,
        assignments=look.orders(case or incident),
        assignment=order,
        main=look.case(getattr(command, "main", None)),
        duty=look.duty(getattr(command, "worker", None)),
        incident=incident,
        cases=cases,
        incidents=look.incidents(cases),
        duties=look.duties(command),
        turns=tuple(source.all_turns()) if isinstance(command, SetTurn | HandOver) else (),
        located=located,
    )


def timer_scene(setting: Setting, source: Source, timer: Timer, moment: Moment) -> Scene:
    """The scene of a timer that watches an assignment, a case or an incident."""
    kind, _, entity_id = timer.entity.partition(":")
    look = _Look(source)
    order = look.assignment(entity_id) if kind == EntityKind.ASSIGNMENT else None
    case = look.case(entity_id if kind == EntityKind.CASE else order.case if order else None)
    incident = look.incident(entity_id if kind == EntityKind.INCIDENT else None)
    return _scene(
        setting,
        moment,
        case=case,
        assignments=look.orders(case or incident),
        assignment=order,
        incident=incident,
    )


def _scene(setting: Setting, moment: Moment, **found: Any) -> Scene:
    return Scene(
        city=setting.city,
        work_time=setting.work_time,
        now=moment.now,
        server_now=moment.server_now,
        occurred_at=moment.occurred_at,
        actor=moment.actor,
        role=moment.role,
        **found,
    )


def _case_id(command: Command, order: Assignment | None) -> str | None:
    if isinstance(command, StartIncident):
        # Cases and incidents own orders under their ids: one may not take the other's.
        return command.incident
    named: str | None = getattr(command, "case", None)
    return named or (order.case if order is not None else None)


def _incident_id(command: Command, order: Assignment | None) -> str | None:
    if isinstance(command, Accept):
        return command.case
    named: str | None = getattr(command, "incident", None)
    return named or (order.incident if order is not None else None)


class _Look:
    """Finds entities by id; None finds nothing."""

    def __init__(self, source: Source) -> None:
        self._source = source

    def case(self, case_id: str | None) -> Case | None:
        found = self._source.find(EntityKind.CASE, case_id) if case_id else None
        return found if isinstance(found, Case) else None

    def assignment(self, assignment_id: str | None) -> Assignment | None:
        found = self._source.find(EntityKind.ASSIGNMENT, assignment_id) if assignment_id else None
        return found if isinstance(found, Assignment) else None

    def incident(self, incident_id: str | None) -> Incident | None:
        found = self._source.find(EntityKind.INCIDENT, incident_id) if incident_id else None
        return found if isinstance(found, Incident) else None

    def duty(self, worker: str | None) -> WorkerDuty | None:
        found = self._source.find(EntityKind.WORKER, worker) if worker else None
        return found if isinstance(found, WorkerDuty) else None

    def orders(self, owner: Case | Incident | None) -> tuple[Assignment, ...]:
        return () if owner is None else tuple(self._source.orders_of(owner.id))

    def cases(self, command: Command) -> tuple[Case, ...]:
        if not isinstance(command, StartIncident):
            return ()
        found = (self.case(case_id) for case_id in dict.fromkeys(command.cases))
        return tuple(case for case in found if case is not None)

    def incidents(self, cases: Iterable[Case]) -> dict[str, Incident]:
        found = (self.incident(case.incident) for case in cases)
        return {incident.id: incident for incident in found if incident is not None}

    def duties(self, command: Command) -> dict[str, WorkerDuty]:
        if not isinstance(command, CallIn):
            return {}
        found = (self.duty(asked.worker) for asked in command.asked)
        return {duty.id: duty for duty in found if duty is not None}


def places_of(command: Command) -> tuple[Position, ...]:
    """Where the command is about, the best first; the first that lies in a district counts."""
    if isinstance(command, Accept | PinPlace):
        return () if command.position is None else (command.position,)
    if isinstance(command, StartIncident | SetFootprint) and command.footprint:
        ring = command.footprint
        step = max(1, len(ring) // CORNERS_ASKED)
        return (footprint.centre(ring), *ring[::step])
    return ()


def first_in_city(locate: Locate, places: Iterable[Position]) -> Located:
    """The areas of the first place that lies in a district, nothing where none does."""
    found = (locate(place) for place in places)
    return next((areas for areas in found if areas.district is not None), Located())
