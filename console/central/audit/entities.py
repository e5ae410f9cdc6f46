"""The entity rows against the log: each is folded anew from its events, by the reducer that all share."""

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

import msgspec
from sqlalchemy import (
    BooleanClauseList,
    ColumnElement,
    Connection,
    Table,
    and_,
    column,
    literal,
    or_,
    select,
    table,
)

from console.central.audit.findings import Finding
from console.central.audit.raw import AT_ONCE, RAW, Row, Unreadable, event_from, plain
from console.central.rows import TABLES, columns_of
from console.central.tables import events
from console.domain.event import EntityKind, Event
from console.store.picture import Picture
from console.store.reducer import evolve

_ROWS_AT_ONCE = 200
_UNREADABLE = (Unreadable, ValueError, TypeError, KeyError, AttributeError)

_RAW_ROWS = {
    kind: table(t.name, *(column(c.name) for c in t.columns)) for kind, t in TABLES.items()
}


@dataclass(frozen=True, slots=True)
class Folded:
    """An entity as its events make it; `created` is the rev of its first command's last event."""

    kind: str
    id: str
    created: int
    fields: Mapping[str, Any]


def wrong_rows(connection: Connection) -> Iterator[Finding]:
    """Rows that are not what the log says, rows that are missing, rows without events."""
    entities = _folded(connection)
    for kind, several in itertools.groupby(entities, lambda found: found.kind):
        while some := list(itertools.islice(several, _ROWS_AT_ONCE)):
            yield from _compared(connection, kind, some)
    for kind, rows in TABLES.items():
        yield from _extra(connection, kind, rows)


def _folded(connection: Connection) -> Iterator[Folded]:
    """Every entity that has rows, one at a time; the log is read in the order of its index by entity."""
    for entity, several in itertools.groupby(_by_entity(connection), lambda row: row["entity"]):
        kind, _, name = entity.partition(":")
        if kind not in TABLES:
            continue
        if found := fold(kind, name, _readable(several)):
            yield found


def fold(kind: str, name: str, history: Iterable[Event]) -> Folded | None:
    """An entity made anew from its events; None when it has none."""
    fields: dict[str, Any] | None = None
    created, first = 0, ""
    for event in history:
        first = first or event.command_id
        if fields is None or (event.command_id == first and created == fields["version"]):
            created = event.rev
        fields = evolve(fields, event)
    return None if fields is None else Folded(kind, name, created, fields)


def _readable(rows: Iterable[Mapping[str, Any]]) -> Iterator[Event]:
    """The chain's own walk tells of those that cannot be read."""
    for row in rows:
        try:
            yield event_from(row)
        except Unreadable:
            continue


def _by_entity(connection: Connection) -> Iterator[Mapping[str, Any]]:
    query = select(RAW).order_by(RAW.c.entity, RAW.c.rev).limit(AT_ONCE)
    page = connection.execute(query).mappings().all()
    while page:
        yield from cast("Sequence[Row]", page)
        behind = query.where(_behind(page[-1]["entity"], page[-1]["rev"]))
        page = connection.execute(behind).mappings().all()


def _behind(entity: str, rev: int) -> ColumnElement[bool] | BooleanClauseList:
    """Written so that both databases use the index for it."""
    return and_(RAW.c.entity >= entity, or_(RAW.c.entity > entity, RAW.c.rev > rev))


def _compared(connection: Connection, kind: str, wanted: list[Folded]) -> Iterator[Finding]:
    raw = _RAW_ROWS[kind]
    query = select(raw).where(raw.c.id.in_([one.id for one in wanted]))
    rows = {row["id"]: row for row in cast("Iterable[Row]", connection.execute(query).mappings())}
    for one in wanted:
        about = f"{kind}:{one.id}"
        row = rows.get(one.id)
        if row is None:
            yield Finding("entity-missing", one.created, about)
        elif differs := _difference(kind, one, row):
            yield Finding("entity", int(one.fields["version"]), f"{about}: {differs}")


def _difference(kind: str, one: Folded, row: Mapping[str, Any]) -> str:
    """The first column that is not what it should be, nothing for a good row."""
    try:
        expected = columns_of(kind, dict(one.fields))
        expected |= {"id": one.id, "created": one.created}
        if _sorted(plain(row["body"])) != _sorted(expected.pop("body")):
            return "body"
    except _UNREADABLE as error:
        return f"body: {error}"
    wrong = (name for name, value in expected.items() if not _same(value, row[name]))
    return next(wrong, "" if row["in_picture"] in (0, 1) else "in_picture")


def _same(expected: Any, stored: Any) -> bool:
    """SQLite keeps a truth as 0 or 1."""
    if isinstance(expected, bool):
        return type(stored) in (bool, int) and stored == expected
    return type(stored) is type(expected) and bool(stored == expected)


def _sorted(value: Any) -> bytes:
    return msgspec.json.encode(value, order="sorted")


def _extra(connection: Connection, kind: str, rows: Table) -> Iterator[Finding]:
    has_events = select(events.c.rev).where(events.c.entity == literal(f"{kind}:") + rows.c.id)
    query = select(rows.c.id).where(~has_events.exists()).limit(_ROWS_AT_ONCE)
    for name in connection.execute(query).scalars():
        yield Finding("entity-extra", None, f"{kind}:{name}")


def wrongly_shown(
    connection: Connection, picture: Picture, kinds: Iterable[str]
) -> Iterator[Finding]:
    """Rows that the picture shows and should not, or the other way round; `picture` followed the log."""
    kept: Mapping[str, Mapping[str, object]] = {
        EntityKind.CASE: picture.cases,
        EntityKind.ASSIGNMENT: picture.assignments,
        EntityKind.WORKER: picture.workers,
        EntityKind.INCIDENT: picture.incidents,
        EntityKind.TURN: picture.turns,
        EntityKind.HANDOVER: picture.handovers,
    }
    for kind in kinds:
        rows = TABLES[kind]
        shown = set(connection.execute(select(rows.c.id).where(rows.c.in_picture)).scalars())
        for name in sorted(shown ^ kept[kind].keys()):
            yield Finding("in-picture", None, f"{kind}:{name}")
