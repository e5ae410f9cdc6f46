"""Stored answers: what was said to an idempotency key, so that a retry hears the same."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

import msgspec
from sqlalchemy import Connection, insert, select

from console.central.tables import commands
from console.wire.codec import from_builtins, to_builtins
from console.wire.commands import Answer, Envelope


def body_hash(envelope: Envelope) -> str:
    """SHA-256 of an envelope whatever the order of its members, hexadecimal."""
    return hashlib.sha256(msgspec.json.encode(envelope, order="sorted")).hexdigest()


def recall(connection: Connection, envelope: Envelope) -> Answer | None:
    """What this key was answered, marked as replayed; None for a new key."""
    row = connection.execute(select(commands).where(commands.c.key == envelope.key)).one_or_none()
    if row is None:
        return None
    if row.body_hash != body_hash(envelope):
        detail = "this key was used for another command"
        return Answer(key=envelope.key, status=422, problem="key-reused", detail=detail)
    answer = from_builtins(row.answer, Answer)
    return replace(answer, status=200 if answer.committed else answer.status, replayed=True)


def keep(
    connection: Connection, envelope: Envelope, answer: Answer, seat: str, at: datetime
) -> None:
    """Store an answer; refusals too: a retry must not commit what was refused."""
    row = {
        "key": envelope.key,
        "body_hash": body_hash(envelope),
        "status": answer.status,
        "answer": to_builtins(answer),
        "first_rev": answer.first_rev,
        "rev": answer.rev,
        "seat": seat,
        "at": at,
    }
    connection.execute(insert(commands), row)


def statuses(connection: Connection, keys: Sequence[str]) -> Mapping[str, Answer | None]:
    """What the centre knows of each key, None for one it has never answered."""
    found: dict[str, Answer | None] = dict.fromkeys(keys)
    for start in range(0, len(keys), 500):
        part = keys[start : start + 500]
        query = select(commands.c.key, commands.c.answer).where(commands.c.key.in_(part))
        for row in connection.execute(query):
            found[row.key] = from_builtins(row.answer, Answer)
    return found
