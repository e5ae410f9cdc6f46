"""The entity rows beside the log: each holds the entity's fields and whether the picture shows it."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Table, insert, select, update

from console.central.tables import assignments, cases, workers
from console.domain.assignment import ENDED, AssignmentState
from console.domain.case import TERMINAL, CaseState
from console.domain.event import EntityKind

Fields = dict[str, Any]

_TABLES: Mapping[str, Table] = {
    EntityKind.CASE: cases,
    EntityKind.ASSIGNMENT: assignments,
    EntityKind.WORKER: workers,
}
_TERMINAL = [state.value for state in TERMINAL]


def find(connection: Connection, kind: str, entity_id: str) -> Fields | None:
    """The entity's JSON fields, None when there is none."""
    table = _TABLES[kind]
    found: Fields | None = connection.execute(
        select(table.c.body).where(table.c.id == entity_id)
    ).scalar_one_or_none()
    return found


def version(connection: Connection, kind: str, entity_id: str) -> int:
    """Rev of the entity's last change, 0 when there is none."""
    table = _TABLES.get(kind)
    if table is None:
        return 0
    found: int | None = connection.execute(
        select(table.c.version).where(table.c.id == entity_id)
    ).scalar_one_or_none()
    return found or 0


def orders_of(connection: Connection, case_id: str) -> list[Fields]:
    """All assignments of a case, oldest first."""
    query = select(assignments.c.body).where(assignments.c.case_id == case_id)
    return list(connection.execute(query.order_by(assignments.c.created)).scalars())


def create(connection: Connection, kind: str, fields: Fields) -> None:
    """A new entity; it is in the picture from its first event."""
    row = _columns(kind, fields) | {
        "id": fields["id"],
        "created": fields["version"],
        "in_picture": True,
    }
    connection.execute(insert(_TABLES[kind]), row)


def change(connection: Connection, kind: str, fields: Fields) -> None:
    """A changed entity; a case answered at once leaves the picture as `store.Picture` drops it."""
    table = _TABLES[kind]
    connection.execute(
        update(table).where(table.c.id == fields["id"]).values(_columns(kind, fields))
    )
    if kind == EntityKind.CASE and fields["state"] == CaseState.ANSWERED:
        _drop(connection, [fields["id"]])


def drop_ended(connection: Connection) -> None:
    """A new day: cases that ended leave the picture with their assignments."""
    ended = select(cases.c.id).where(cases.c.in_picture, cases.c.state.in_(_TERMINAL))
    gone = list(connection.execute(ended).scalars())
    for start in range(0, len(gone), 500):
        _drop(connection, gone[start : start + 500])


def _drop(connection: Connection, case_ids: list[str]) -> None:
    out = {"in_picture": False}
    connection.execute(update(cases).where(cases.c.id.in_(case_ids)).values(out))
    connection.execute(update(assignments).where(assignments.c.case_id.in_(case_ids)).values(out))


def in_picture(connection: Connection, kind: str) -> list[Fields]:
    """Every entity of a kind that the picture shows, oldest first."""
    table = _TABLES[kind]
    query = select(table.c.body).where(table.c.in_picture).order_by(table.c.created)
    return list(connection.execute(query).scalars())


def _columns(kind: str, fields: Fields) -> Fields:
    columns: Fields = {"version": fields["version"], "body": fields}
    if kind == EntityKind.WORKER:
        return columns | {"state": "on_duty" if fields["on_duty"] else "off_duty"}
    columns["state"] = fields["state"]
    if kind == EntityKind.ASSIGNMENT:
        columns |= {name: fields[name] for name in ("unit", "worker", "role")}
        columns["case_id"] = fields["case"]
        columns["active"] = AssignmentState(fields["state"]) not in ENDED
    return columns
