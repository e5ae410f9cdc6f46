"""The command envelope: what travels to `POST /v1/commands` and lies in the outbox."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from console.domain.command import COMMAND_TYPES, OPERATION_OF, Command
from console.wire.codec import BadInput, from_builtins, to_builtins


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """One intention. `key` is its idempotency key (a UUID made at the gesture).

    `expect` maps `kind:id` to the version the operator saw, or to `{"after": key}` for an own
    earlier command. `occurred_at` is domain time, absent for "now"; `expires_at` is real server
    time after which it must not be committed any more.
    """

    key: str
    type: str
    body: dict[str, Any]
    expect: dict[str, int | dict[str, str]] = field(default_factory=dict)
    occurred_at: datetime | None = None
    expires_at: datetime | None = None


def wrap(
    command: Command,
    key: str,
    expect: Mapping[str, int | dict[str, str]] | None = None,
    occurred_at: datetime | None = None,
    expires_at: datetime | None = None,
) -> Envelope:
    """An envelope around a command."""
    return Envelope(
        key=key,
        type=OPERATION_OF[type(command)],
        body=to_builtins(command),
        expect=dict(expect or {}),
        occurred_at=occurred_at,
        expires_at=expires_at,
    )


def unwrap(envelope: Envelope) -> Command:
    """The command in an envelope; raises `BadInput` for an unknown type or a body that does not fit."""
    kind = COMMAND_TYPES.get(envelope.type)
    if kind is None:
        raise BadInput(f"type: unknown command {envelope.type[:40]!r}")
    return from_builtins(envelope.body, kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the centre says to one command. `status` is the HTTP status of PROTOCOL.md's table.

    201/200: `first_rev`–`rev` are its events (equal bounds reversed when it changed nothing).
    Else `problem` is the kebab-case code, `detail` English words, `current` the versions found.
    """

    key: str
    status: int
    first_rev: int | None = None
    rev: int | None = None
    replayed: bool = False
    problem: str | None = None
    detail: str | None = None
    current: dict[str, int] = field(default_factory=dict)

    @property
    def committed(self) -> bool:
        """Whether the centre holds it."""
        return self.status in (200, 201)
