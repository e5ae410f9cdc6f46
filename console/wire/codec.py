"""Domain objects to JSON and back, strictly: what does not fit the type is refused with its path."""

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, TypeVar

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
    except (msgspec.ValidationError, ValueError) as error:
        raise BadInput(str(error)) from error


def to_builtins(value: object) -> Any:
    """A domain value as plain JSON values (times as RFC 3339 text in UTC)."""
    return msgspec.to_builtins(value)


def check_times(value: T) -> T:
    """Refuse naive datetimes anywhere directly in a dataclass: near a clock they are always wrong."""
    for name in getattr(value, "__dataclass_fields__", ()):
        moment = getattr(value, name)
        if isinstance(moment, datetime) and moment.tzinfo is None:
            raise BadInput(f"{name}: a time needs its zone, such as 2026-01-31T08:30:00Z")
    return value


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
    """The same moment in UTC, cut to microseconds as the log keeps it."""
    return moment.astimezone(UTC)
