"""Loads what the rules may look at for one command or timer."""

from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import Connection

from console.central import rows
from console.central.ledger import CENTRE_SEAT, Ledger
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
    connection = ledger.connection
    order = _assignment(connection, getattr(command, "assignment", None))
    case_id = getattr(command, "case", None) or (order.case if order is not None else None)
    return Scene(
        city=setting.city,
        work_time=setting.work_time,
        now=ledger.now,
        server_now=ledger.server_now,
        occurred_at=occurred_at,
        actor=actor,
        role=role,
        case=_case(connection, case_id),
        assignments=_orders(connection, case_id),
        assignment=order,
        main=_case(connection, getattr(command, "main", None)),
        duty=_duty(connection, getattr(command, "worker", None)),
        located=located,
    )


def timer_scene(
    setting: Setting, ledger: Ledger, assignment_id: str, occurred_at: datetime
) -> Scene:
    """The scene of a timer that watches an assignment."""
    order = _assignment(ledger.connection, assignment_id)
    case_id = order.case if order is not None else None
    return Scene(
        city=setting.city,
        work_time=setting.work_time,
        now=ledger.now,
        server_now=ledger.server_now,
        occurred_at=occurred_at,
        actor=CENTRE_SEAT,
        role=Role.CENTRE,
        case=_case(ledger.connection, case_id),
        assignments=_orders(ledger.connection, case_id),
        assignment=order,
    )


def position_of(command: Command) -> Position | None:
    """The position whose areas the rules want to know."""
    return command.position if isinstance(command, Accept | PinPlace) else None


def _find(connection: Connection, kind: EntityKind, entity_id: str | None) -> Entity | None:
    if entity_id is None:
        return None
    fields = rows.find(connection, kind, entity_id)
    return entity_of(kind, fields) if fields is not None else None


def _case(connection: Connection, case_id: str | None) -> Case | None:
    return cast("Case | None", _find(connection, EntityKind.CASE, case_id))


def _assignment(connection: Connection, assignment_id: str | None) -> Assignment | None:
    return cast("Assignment | None", _find(connection, EntityKind.ASSIGNMENT, assignment_id))


def _duty(connection: Connection, worker_id: str | None) -> WorkerDuty | None:
    return cast("WorkerDuty | None", _find(connection, EntityKind.WORKER, worker_id))


def _orders(connection: Connection, case_id: str | None) -> tuple[Assignment, ...]:
    if case_id is None:
        return ()
    found = rows.orders_of(connection, case_id)
    return tuple(cast("Assignment", entity_of(EntityKind.ASSIGNMENT, fields)) for fields in found)
