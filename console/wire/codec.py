"""Domain objects to JSON and back, strictly: what does not fit the type is refused with its path."""

import hashlib
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any, TypeVar, get_args, get_type_hints

import msgspec
import rfc8785

from console.domain.event import Event

T = TypeVar("T")

MAX_BODY = 256 * 1024
"""Largest command body taken, bytes: a citizen's words are cut long before."""


class BadInput(ValueError):
    """JSON from outside that does not fit; the message names the path and what was expected."""


def decode(data: bytes | str, kind: type[T]) -> T:
    """JSON to `kind`; raises `BadInput`."""
    try:
        return check_times(msgspec.json.decode(data, type=kind))
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        raise BadInput(str(error)) from error


def encode(value: object) -> bytes:
    """Anything the domain knows to compact JSON."""
    return msgspec.json.encode(value)


def from_builtins(value: object, kind: type[T]) -> T:
    """Plain JSON values to `kind`; raises `BadInput`."""
    try:
        return check_times(msgspec.convert(value, kind))
    except (msgspec.ValidationError, ValueError, RecursionError) as error:
        raise BadInput(str(error)) from error


def to_builtins(value: object) -> Any:
    """A domain value as plain JSON values (times as RFC 3339 text in UTC)."""
    return msgspec.to_builtins(value)


def check_times(value: T) -> T:
    """Refuse naive datetimes at any depth of dataclasses, lists and tuples: near a clock they are always wrong."""
    _check(value, "time")
    return value


def _check(value: object, name: str) -> None:
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise BadInput(f"{name}: a time needs its zone, such as 2026-01-31T08:30:00Z")
    elif isinstance(value, list | tuple):
        for item in value:
            _check(item, name)
    else:
        kind: Any = type(value)
        for field_name in _fields_with_times(kind):
            item = getattr(value, field_name)
            # Nearly every field is a good time or nothing: no call for those.
            if item is not None and (type(item) is not datetime or item.tzinfo is None):
                _check(item, field_name)


@cache
def _fields_with_times(kind: type[Any]) -> tuple[str, ...]:
    """Names of the fields that are or may contain a time; the rest need no look at every decode."""
    if not is_dataclass(kind):
        return ()
    hints = get_type_hints(kind)
    return tuple(f.name for f in fields(kind) if _may_hold_time(hints[f.name]))


def _may_hold_time(hint: Any) -> bool:
    if args := get_args(hint):
        return any(_may_hold_time(arg) for arg in args)
    return isinstance(hint, type) and (hint is datetime or bool(_fields_with_times(hint)))


def canonical(value: object) -> bytes:
    """RFC 8785 canonical JSON of plain values."""
    return rfc8785.dumps(value)  # type: ignore[arg-type]


def entity_hash(builtins: Mapping[str, Any]) -> int:
    """First eight bytes of SHA-256 over the entity's compact JSON with sorted keys, unsigned.

    Not RFC 8785: the digest is computed for every change on every console, and the canonical form
    costs twenty times as much (docs/decisions/0003).
    """
    text = msgspec.json.encode(builtins, order="sorted")
    return int.from_bytes(hashlib.sha256(text).digest()[:8], "big")


def event_hash(event: Event) -> str:
    """SHA-256(prev_hash ‖ canonical JSON of the event without its own hash), hexadecimal."""
    body = to_builtins(event)
    prev = body.pop("prev_hash")
    body.pop("hash")
    return hashlib.sha256(prev.encode() + canonical(body)).hexdigest()


def utc(moment: datetime) -> datetime:
    """The same moment in UTC, cut to microseconds as the log keeps it; raises `BadInput` at the ends of time."""
    try:
        return moment.astimezone(UTC)
    except OverflowError as error:
        raise BadInput(f"{moment.isoformat()} is outside the calendar in UTC") from error
