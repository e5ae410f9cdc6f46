"""The log's rows exactly as they are stored, so that nothing an edit left behind is smoothed over."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

import msgspec
from sqlalchemy import Connection, column, select, table

from console.central.columns import from_microseconds
from console.central.tables import events
from console.domain.event import Event
from console.domain.role import Role

RAW = table("events", *(column(c.name) for c in events.columns))
"""The table without its types: integers and texts."""

AT_ONCE = 1000
"""Rows in memory at a time."""

Row = Mapping[str, Any]
"""A stored row by its columns' names."""

_NUMBERS = ("rev", "entity_version")
_MOMENTS = ("at", "occurred_at")
_JSON = ("change", "note")


class Unreadable(ValueError):
    """A row that no centre has written; the message names the column."""


def rows_in_order(connection: Connection) -> Iterator[Row]:
    """Every row of the log by rev, whatever the first one is; a page at a time."""
    query = select(RAW).order_by(RAW.c.rev).limit(AT_ONCE)
    page = connection.execute(query).mappings().all()
    while page:
        yield from cast("Sequence[Row]", page)
        page = connection.execute(query.where(RAW.c.rev > page[-1]["rev"])).mappings().all()


def event_from(row: Mapping[str, Any]) -> Event:
    """The event of a stored row; raises `Unreadable`."""
    fields = {name: _value(name, value) for name, value in row.items()}
    return Event(**fields)


def _value(name: str, value: Any) -> Any:
    try:
        if name in _NUMBERS or name in _MOMENTS:
            number = _exactly(int, value)
            return from_microseconds(number) if name in _MOMENTS else number
        text = _exactly(str, value)
        if name in _JSON:
            return plain(text)
        return Role(text) if name == "role" else text
    except (ValueError, TypeError, OverflowError, RecursionError) as error:
        raise Unreadable(f"{name}: {error}") from error


def _exactly(kind: type[Any], value: Any) -> Any:
    if type(value) is not kind:
        raise Unreadable(f"{type(value).__name__} instead of {kind.__name__}")
    return value


def plain(text: str) -> dict[str, Any]:
    """A stored JSON object; raises `ValueError` where it is not written as the centre writes it.

    A text that says the same with other blanks, or a field twice, was not written by a centre.
    """
    value = msgspec.json.decode(text)
    if not isinstance(value, dict):
        raise ValueError("not an object")
    if msgspec.json.encode(value).decode() != text:
        raise ValueError("not written by a centre")
    return value
