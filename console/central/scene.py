"""Loads what the rules may look at for one command or timer."""

from dataclasses import dataclass
from datetime import datetime
from typing import cast

from console.central.ledger import CENTRE_SEAT, Ledger
from console.central.rows import Entities
from console.domain.assignment import Assignment
from console.domain.case import Case
from console.domain.city import City
from console.domain.clock import WorkTime
from console.domain.command import Accept, Command, PinPlace
from console.domain.event import EntityKind
from console.domain.place import Position
from console.domain.role import Role
from console.domain.rules.scene import Located, Scene
from console.domain.worker import WorkerDuty
from console.store.reducer import Entity, entity_of


@dataclass(frozen=True, slots=True)
class Setting:
    """What is the same for every scene of a city."""

    city: City
    work_time: WorkTime


def scene_of(
    setting: Setting,
    ledger: Ledger,
    command: Command,
    actor: str,
    role: Role,
    occurred_at: datetime,
    located: Located,
) -> Scene:
    """The scene of a command; `occurred_at` is domain time."""
    entities = ledger.entities
    order = _assignment(entities, getattr(command, "assignment", None))
    case_id = getattr(command, "case", None) or (order.case if order is not None else None)
    case = _case(entities, case_id)
    return Scene(
        city=setting.city,
        work_time=setting.work_time,
        now=ledger.now,
        server_now=ledger.server_now,
        occurred_at=occurred_at,
        actor=actor,
        role=role,
        case=case,
        assignments=_orders(entities, case),
        assignment=order,
        main=_case(entities, getattr(command, "main", None)),
        duty=_duty(entities, getattr(command, "worker", None)),
        located=located,
    )


def timer_scene(
    setting: Setting, ledger: Ledger, assignment_id: str, occurred_at: datetime
) -> Scene:
    """The scene of a timer that watches an assignment."""
    order = _assignment(ledger.entities, assignment_id)
    case = _case(ledger.entities, order.case) if order is not None else None
    return Scene(
        city=setting.city,
        work_time=setting.work_time,
        now=ledger.now,
        server_now=ledger.server_now,
        occurred_at=occurred_at,
        actor=CENTRE_SEAT,
        role=Role.CENTRE,
        case=case,
        assignments=_orders(ledger.entities, case),
        assignment=order,
    )


def position_of(command: Command) -> Position | None:
    """The position whose areas the rules want to know."""
    return command.position if isinstance(command, Accept | PinPlace) else None


def _find(entities: Entities, kind: EntityKind, entity_id: str | None) -> Entity | None:
    if entity_id is None:
        return None
    fields = entities.find(kind, entity_id)
    return entity_of(kind, fields) if fields is not None else None


def _case(entities: Entities, case_id: str | None) -> Case | None:
    return cast("Case | None", _find(entities, EntityKind.CASE, case_id))


def _assignment(entities: Entities, assignment_id: str | None) -> Assignment | None:
    return cast("Assignment | None", _find(entities, EntityKind.ASSIGNMENT, assignment_id))


def _duty(entities: Entities, worker_id: str | None) -> WorkerDuty | None:
    return cast("WorkerDuty | None", _find(entities, EntityKind.WORKER, worker_id))


def _orders(entities: Entities, case: Case | None) -> tuple[Assignment, ...]:
    if case is None:
        return ()
    found = entities.orders_of(case.id)
    return tuple(cast("Assignment", entity_of(EntityKind.ASSIGNMENT, fields)) for fields in found)
