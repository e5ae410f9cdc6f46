"""Stored answers: what was said to an idempotency key, so that a retry hears the same."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, insert, select, update

from console.central.hygiene import is_id
from console.central.tables import commands, events
from console.domain.event import EntityKind, entity_ref
from console.wire.codec import from_builtins, to_builtins
from console.wire.commands import Answer, Envelope

_AT_ONCE = 500
_INSERT = insert(commands)

ERASED = ""
"""Stands for the hash of a body of which nothing may be left."""


def body_hash(envelope: Envelope) -> str:
    """SHA-256 of an envelope whatever the order of its members, hexadecimal."""
    return hashlib.sha256(msgspec.json.encode(envelope, order="sorted")).hexdigest()


def forget_bodies(connection: Connection, case_id: str) -> None:
    """Drop the hashes of what was sent about a case: a telephone number could be guessed by them.

    Its keys are still done once only; whatever body comes with one hears the first answer again.
    """
    about = select(events.c.command_id).where(
        events.c.entity == entity_ref(EntityKind.CASE, case_id)
    )
    query = update(commands).where(commands.c.key.in_(about))
    connection.execute(query.values(body_hash=ERASED))


@dataclass(frozen=True, slots=True)
class Kept:
    """What was answered to which body."""

    body_hash: str
    answer: Answer


class AnswerBook:
    """The answers one transaction needs to know and those it adds; call `flush` before the commit."""

    def __init__(self, connection: Connection, keys: Iterable[str]) -> None:
        """Read what these keys were answered, in as few questions as can be."""
        self._connection = connection
        self._new: list[dict[str, Any]] = []
        self._kept = _read(connection, list(keys))

    def recall(self, envelope: Envelope) -> Answer | None:
        """What this key was answered, marked as replayed; None for a new key."""
        kept = self._kept.get(envelope.key)
        if kept is None:
            return None
        if kept.body_hash not in (ERASED, body_hash(envelope)):
            detail = "this key was used for another command"
            return Answer(key=envelope.key, status=422, problem="key-reused", detail=detail)
        answer = kept.answer
        return replace(answer, status=200 if answer.committed else answer.status, replayed=True)

    def keep(self, envelope: Envelope, answer: Answer, seat: str, at: datetime) -> None:
        """Store an answer; refusals too: a retry must not commit what was refused."""
        kept = Kept(body_hash(envelope), answer)
        self._kept[envelope.key] = kept
        self._new.append(
            {
                "key": envelope.key,
                "body_hash": kept.body_hash,
                "status": answer.status,
                "answer": to_builtins(answer),
                "first_rev": answer.first_rev,
                "rev": answer.rev,
                "seat": seat,
                "at": at,
            }
        )

    def flush(self) -> None:
        """Write the new answers."""
        if self._new:
            self._connection.execute(_INSERT, self._new)
            self._new.clear()


def statuses(connection: Connection, keys: Sequence[str]) -> Mapping[str, Answer | None]:
    """What the centre knows of each key, None for one it has never answered."""
    known = _read(connection, [key for key in keys if is_id(key)])
    return {key: known[key].answer if key in known else None for key in keys}


def _read(connection: Connection, keys: Sequence[str]) -> dict[str, Kept]:
    found: dict[str, Kept] = {}
    columns = (commands.c.key, commands.c.body_hash, commands.c.answer)
    for start in range(0, len(keys), _AT_ONCE):
        part = keys[start : start + _AT_ONCE]
        for row in connection.execute(select(*columns).where(commands.c.key.in_(part))):
            found[row.key] = Kept(row.body_hash, from_builtins(row.answer, Answer))
    return found
