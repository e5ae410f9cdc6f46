"""The entity rows beside the log: each holds the entity's fields and whether the picture shows it."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Insert, Select, Table, Update, bindparam, insert, select, update

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


def _find(table: Table) -> Select[Any]:
    return select(table.c.body).where(table.c.id == bindparam("wanted"))


def _update(table: Table) -> Update:
    kept = {"id", "created", "in_picture"}
    values: Fields = {c.name: bindparam(f"new_{c.name}") for c in table.c if c.name not in kept}
    return update(table).where(table.c.id == bindparam("wanted")).values(values)


# Made once: building a statement costs more than running it.
_FIND: Mapping[str, Select[Any]] = {kind: _find(table) for kind, table in _TABLES.items()}
_INSERT: Mapping[str, Insert] = {kind: insert(table) for kind, table in _TABLES.items()}
_UPDATE: Mapping[str, Update] = {kind: _update(table) for kind, table in _TABLES.items()}
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

    def find(self, kind: str, entity_id: str) -> Fields | None:
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
        fields = self.find(kind, entity_id)
        return 0 if fields is None else int(fields["version"])

    def orders_of(self, case_id: str) -> list[Fields]:
        """All assignments of a case, oldest first; as flushed."""
        return list(self._connection.execute(_ORDERS, {"wanted": case_id}).scalars())

    def put(self, kind: str, fields: Fields) -> None:
        """A new or changed entity."""
        key = (str(kind), fields["id"])
        new = self._changed.get(key, self.find(kind, fields["id"]) is None)
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
        row = _columns(kind, fields) | {
            "id": fields["id"],
            "created": fields["version"],
            "in_picture": not _answered(kind, fields),
        }
        self._connection.execute(_INSERT[kind], row)

    def _change(self, kind: str, fields: Fields) -> None:
        """A case answered at once leaves the picture as `store.Picture` drops it."""
        row = {f"new_{name}": value for name, value in _columns(kind, fields).items()}
        self._connection.execute(_UPDATE[kind], row | {"wanted": fields["id"]})
        if _answered(kind, fields):
            _drop(self._connection, [fields["id"]])


def drop_ended(connection: Connection) -> None:
    """A new day: cases that ended leave the picture with their assignments."""
    ended = select(cases.c.id).where(cases.c.in_picture, cases.c.state.in_(_TERMINAL))
    gone = list(connection.execute(ended).scalars())
    for start in range(0, len(gone), 500):
        _drop(connection, gone[start : start + 500])


def _drop(connection: Connection, case_ids: list[str]) -> None:
    connection.execute(update(cases).where(cases.c.id.in_(case_ids)).values(_OUT))
    connection.execute(update(assignments).where(assignments.c.case_id.in_(case_ids)).values(_OUT))


def in_picture(connection: Connection, kind: str) -> list[Fields]:
    """Every entity of a kind that the picture shows, oldest first."""
    table = _TABLES[kind]
    query = select(table.c.body).where(table.c.in_picture).order_by(table.c.created)
    return list(connection.execute(query).scalars())


def _answered(kind: str, fields: Fields) -> bool:
    return kind == EntityKind.CASE and fields["state"] == CaseState.ANSWERED


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
