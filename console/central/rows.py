"""The entity rows beside the log: each holds the entity's fields and whether the picture shows it."""

from collections.abc import Mapping
from typing import Any, cast
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Insert, Select, Table, Update, bindparam, insert, select, update

from console.central.tables import (
    assignments,
    cases,
    handovers,
    incidents,
    turns,
    workers,
)
from console.domain.assignment import ENDED, Assignment, AssignmentState
from console.domain.case import TERMINAL, CaseState
from console.domain.event import EntityKind
from console.domain.roster import Turn
from console.store.leaving import leaves, midnight
from console.store.reducer import Entity, entity_of

Fields = dict[str, Any]

TABLES: Mapping[str, Table] = {
    EntityKind.CASE: cases,
    EntityKind.ASSIGNMENT: assignments,
    EntityKind.WORKER: workers,
    EntityKind.INCIDENT: incidents,
    EntityKind.TURN: turns,
    EntityKind.HANDOVER: handovers,
}
_TERMINAL = [state.value for state in TERMINAL]


def _find(table: Table) -> Select[Any]:
    return select(table.c.body).where(table.c.id == bindparam("wanted"))


def _update(table: Table) -> Update:
    kept = {"id", "created", "in_picture"}
    values: Fields = {c.name: bindparam(f"new_{c.name}") for c in table.c if c.name not in kept}
    return update(table).where(table.c.id == bindparam("wanted")).values(values)


# Made once: building a statement costs more than running it.
_FIND: Mapping[str, Select[Any]] = {kind: _find(table) for kind, table in TABLES.items()}
_INSERT: Mapping[str, Insert] = {kind: insert(table) for kind, table in TABLES.items()}
_UPDATE: Mapping[str, Update] = {kind: _update(table) for kind, table in TABLES.items()}
_ORDERS = (
    select(assignments.c.body)
    .where(assignments.c.case_id == bindparam("wanted"))
    .order_by(assignments.c.created)
)
_OUT = {"in_picture": False}


class Entities:
    """What one transaction reads and changes: each entity is read once, and written once by `flush`."""

    def __init__(self, connection: Connection) -> None:
        """Nothing is read yet."""
        self._connection = connection
        self._known: dict[tuple[str, str], Fields | None] = {}
        self._changed: dict[tuple[str, str], bool] = {}

    def find(self, kind: str, entity_id: str) -> Entity | None:
        """The entity, None when there is none."""
        fields = self.fields(kind, entity_id)
        return None if fields is None else entity_of(kind, fields)

    def fields(self, kind: str, entity_id: str) -> Fields | None:
        """The entity's JSON fields, None when there is none (of a kind without rows: always)."""
        key = (str(kind), entity_id)
        if key not in self._known:
            statement = _FIND.get(kind)
            self._known[key] = (
                None
                if statement is None
                else self._connection.execute(statement, {"wanted": entity_id}).scalar_one_or_none()
            )
        return self._known[key]

    def version(self, kind: str, entity_id: str) -> int:
        """Rev of the entity's last change, 0 when there is none."""
        fields = self.fields(kind, entity_id)
        return 0 if fields is None else int(fields["version"])

    def orders_of(self, owner: str) -> list[Assignment]:
        """All assignments of a case or an incident, oldest first; as flushed."""
        found = self._connection.execute(_ORDERS, {"wanted": owner}).scalars()
        return [cast("Assignment", entity_of(EntityKind.ASSIGNMENT, fields)) for fields in found]

    def all_turns(self) -> list[Turn]:
        """The turns of the roster that were set in the log and are not long over; as flushed."""
        found = in_picture(self._connection, EntityKind.TURN)
        return [cast("Turn", entity_of(EntityKind.TURN, fields)) for fields in found]

    def put(self, kind: str, fields: Fields) -> None:
        """A new or changed entity."""
        key = (str(kind), fields["id"])
        new = self._changed.get(key, self.fields(kind, fields["id"]) is None)
        self._known[key] = fields
        self._changed[key] = new

    def flush(self) -> None:
        """Write what was put, in the order in which it was first put."""
        for (kind, entity_id), new in self._changed.items():
            fields = self._known[kind, entity_id]
            assert fields is not None
            if new:
                self._create(kind, fields)
            else:
                self._change(kind, fields)
        self._changed.clear()

    def forget(self) -> None:
        """Go back to what the database says."""
        self._known.clear()
        self._changed.clear()

    def _create(self, kind: str, fields: Fields) -> None:
        """It is in the picture from its first event, unless it was answered in the same act."""
        row = columns_of(kind, fields) | {
            "id": fields["id"],
            "created": fields["version"],
            "in_picture": not _answered(kind, fields),
        }
        self._connection.execute(_INSERT[kind], row)

    def _change(self, kind: str, fields: Fields) -> None:
        """A case answered at once leaves the picture as `store.Picture` drops it."""
        row = {f"new_{name}": value for name, value in columns_of(kind, fields).items()}
        self._connection.execute(_UPDATE[kind], row | {"wanted": fields["id"]})
        if _answered(kind, fields):
            _drop(self._connection, cases, [fields["id"]])


def drop_ended(connection: Connection, day: str, tz: ZoneInfo) -> None:
    """A new local day: what is over leaves the picture with its assignments, as `store.leaving` says."""
    ended = select(cases.c.id).where(cases.c.in_picture, cases.c.state.in_(_TERMINAL))
    gone = list(connection.execute(ended).scalars())
    for start in range(0, len(gone), 500):
        _drop(connection, cases, gone[start : start + 500])
    begins = midnight(day, tz)
    for kind in (EntityKind.INCIDENT, EntityKind.TURN, EntityKind.HANDOVER):
        there = (entity_of(kind, fields) for fields in in_picture(connection, kind))
        over = [entity.id for entity in there if leaves(entity, begins)]
        _drop(connection, TABLES[kind], over)


def _drop(connection: Connection, table: Table, ids: list[str]) -> None:
    connection.execute(update(table).where(table.c.id.in_(ids)).values(_OUT))
    if table in (cases, incidents):
        orders = update(assignments).where(assignments.c.case_id.in_(ids))
        connection.execute(orders.values(_OUT))


def in_picture(connection: Connection, kind: str) -> list[Fields]:
    """Every entity of a kind that the picture shows, oldest first."""
    table = TABLES[kind]
    query = select(table.c.body).where(table.c.in_picture).order_by(table.c.created)
    return list(connection.execute(query).scalars())


def _answered(kind: str, fields: Fields) -> bool:
    return kind == EntityKind.CASE and fields["state"] == CaseState.ANSWERED


def columns_of(kind: str, fields: Fields) -> Fields:
    """What an entity's row holds beside its id, its first rev and whether the picture shows it."""
    columns: Fields = {"version": fields["version"], "body": fields}
    if kind == EntityKind.WORKER:
        return columns | {"state": "on_duty" if fields["on_duty"] else "off_duty"}
    # A turn of the roster and a handover are what they are: they have no state.
    columns["state"] = fields.get("state", "")
    if kind == EntityKind.ASSIGNMENT:
        columns |= {name: fields[name] for name in ("unit", "worker", "role")}
        columns["case_id"] = fields["case"] or fields["incident"]
        columns["active"] = AssignmentState(fields["state"]) not in ENDED
    return columns
