"""The durable outbox: a command is on disk before it is sent, and stays until its fate is known."""

import errno
import hashlib
import json
import logging
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from console.wire.codec import decode, encode
from console.wire.commands import Answer, Envelope
from console.wire.messages import NotStored, RowsSetAside, Stored, Tick

log = logging.getLogger(__name__)

KEEP_DONE = timedelta(days=7)
"""How long an answered command stays for the reconciliation after a restart."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS outbox (
  seq INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  stored_at TEXT NOT NULL,
  tick TEXT NOT NULL,
  envelope BLOB NOT NULL,
  answer BLOB,
  refs TEXT NOT NULL DEFAULT '[]',
  seal TEXT NOT NULL DEFAULT ''
)
"""
_LATER = {
    "refs": "ALTER TABLE outbox ADD COLUMN refs TEXT NOT NULL DEFAULT '[]'",
    "seal": "ALTER TABLE outbox ADD COLUMN seal TEXT NOT NULL DEFAULT ''",
}
"""Columns that a file of an earlier version has not."""

_WITH_TICK = (
    "SELECT seq, key, stored_at, tick, envelope, answer, refs, seal FROM outbox"
    " WHERE tick = ? ORDER BY seq"
)
_STRANGE = "SELECT seq, key FROM outbox WHERE tick NOT IN (SELECT value FROM json_each(?))"

_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_NO_ROOM = frozenset(
    {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO}
)


class OutboxUnusable(Exception):
    """Nothing can be stored; the file is left where it is. The argument names it and says why."""


class OutboxCorrupt(OutboxUnusable):
    """The file is damaged."""


class OutboxUnwritable(OutboxUnusable):
    """The disk is full, or the file may not be written, or another console holds it."""


class Outbox:
    """SQLite, WAL, synchronous=FULL; one connection guarded by a lock."""

    def __init__(self, path: Path) -> None:
        """Open or make the file; raises `OutboxUnusable` and never deletes what it finds."""
        self._lock = threading.Lock()
        self._set_aside: dict[int, str] = {}
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            # A call taken in waits here with the citizen's words: for its owner's eyes only.
            path.touch(mode=0o600)
            self._db = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        except (sqlite3.Error, OSError) as error:
            raise _unusable(path, error) from error
        try:
            self._prepare()
        except (sqlite3.Error, ValueError) as error:
            self._db.close()
            raise _unusable(path, error) from error

    def _prepare(self) -> None:
        # One damaged text must not keep the rows beside it from being read.
        self._db.text_factory = lambda raw: raw.decode("utf-8", "replace")
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=FULL")
        self._db.execute(_SCHEMA)
        columns = {row[1] for row in self._db.execute("PRAGMA table_info(outbox)")}
        for name in _LATER.keys() - columns:
            self._db.execute(_LATER[name])
        self._read_through()
        self._forget_old()

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._db.close()

    @contextmanager
    def _cursor(self) -> Iterator[sqlite3.Cursor]:
        with self._lock, closing(self._db.cursor()) as cursor:
            yield cursor

    def _read_through(self) -> None:
        """Find damage now, and not on the sender's thread in the middle of a shift."""
        (verdict,) = self._db.execute("PRAGMA quick_check").fetchone()
        if verdict != "ok":
            raise sqlite3.DatabaseError(verdict)
        self._put_aside(self._db.execute(_STRANGE, (json.dumps(list(Tick)),)).fetchall())
        for tick in Tick:
            self.with_tick(tick)

    def _forget_old(self) -> None:
        before = (datetime.now(UTC) - KEEP_DONE).isoformat()
        done = (Tick.COMMITTED.value, Tick.REFUSED.value, before)
        self._db.execute("DELETE FROM outbox WHERE tick IN (?, ?) AND stored_at < ?", done)

    def put(self, envelope: Envelope, refs: frozenset[str] = frozenset()) -> None:
        """Store a command; it is on disk when this returns. The same key twice is stored once.

        Raises `NotStored`; what was stored before stays as it was.
        """
        now, told = datetime.now(UTC).isoformat(), json.dumps(sorted(refs))
        body = encode(envelope)
        seal = _seal(envelope.key, body, told)
        row = (envelope.key, now, Tick.STORED.value, body, told, seal)
        try:
            with self._cursor() as cursor:
                cursor.execute(
                    "INSERT OR IGNORE INTO outbox (key, stored_at, tick, envelope, refs, seal)"
                    " VALUES (?, ?, ?, ?, ?, ?)",
                    row,
                )
        except sqlite3.Error as error:
            log.critical("a command could not be stored: %s", error)
            raise NotStored(str(error)) from error

    def mark(self, key: str, tick: Tick, answer: Answer | None = None) -> None:
        """Write down what became of a command; raises `sqlite3.Error`."""
        body = encode(answer) if answer is not None else None
        with self._cursor() as cursor:
            cursor.execute(
                "UPDATE outbox SET tick = ?, answer = coalesce(?, answer) WHERE key = ?",
                (tick.value, body, key),
            )

    def count(self, tick: Tick) -> int:
        """How many commands have this tick."""
        with self._cursor() as cursor:
            row = cursor.execute("SELECT count(*) FROM outbox WHERE tick = ?", (tick.value,))
            return int(row.fetchone()[0])

    def with_tick(self, tick: Tick) -> list[Stored]:
        """All commands with this tick, in the order in which they were made.

        A row that cannot be read is set aside: kept, told by `set_aside`, never sent.
        """
        with self._cursor() as cursor:
            rows = cursor.execute(_WITH_TICK, (tick.value,)).fetchall()
        if tick is Tick.UNREADABLE:
            self._set_aside.update({seq: str(key) for seq, key, *_ in rows})
            return []
        read = [(row, _stored(row)) for row in rows]
        self._put_aside([row for row, stored in read if stored is None])
        return [stored for _, stored in read if stored is not None]

    def _put_aside(self, rows: list[tuple[Any, ...]]) -> None:
        for seq, key, *_ in rows:
            log.critical("row %s of the outbox (%s) cannot be read: it is set aside", seq, key)
            self._set_aside[seq] = str(key)
            with self._cursor() as cursor:
                cursor.execute(
                    "UPDATE outbox SET tick = ? WHERE seq = ?", (Tick.UNREADABLE.value, seq)
                )

    def set_aside(self) -> RowsSetAside | None:
        """The rows that could not be read; None when there are none."""
        if not self._set_aside:
            return None
        return RowsSetAside(len(self._set_aside), tuple(self._set_aside.values()))


def _stored(row: tuple[Any, ...]) -> Stored | None:
    """A row as it was stored; None for a damaged one."""
    seq, key, stored_at, tick, envelope, answer, refs, seal = row
    try:
        # A changed bit may be good JSON still, and send a crew somewhere else.
        if seal and seal != _seal(key, envelope, refs):
            return None
        found = Stored(
            seq=seq,
            stored_at=datetime.fromisoformat(stored_at),
            tick=Tick(tick),
            envelope=decode(envelope, Envelope),
            answer=decode(answer, Answer) if answer is not None else None,
            refs=frozenset(decode(refs, list[str])),
        )
    except (ValueError, TypeError, AttributeError):
        return None
    whole = found.envelope.key == key and found.stored_at.tzinfo is not None
    return found if whole else None


def _seal(key: str, envelope: bytes, refs: str) -> str:
    """What a row was when it was stored; a row without a seal is of an earlier version."""
    parts = (key.encode(), envelope, refs.encode())
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def _unusable(path: Path, error: Exception) -> OutboxUnusable:
    words = f"{path}: {error}"
    if isinstance(error, OSError):
        kind = OutboxUnwritable if error.errno in _NO_ROOM else OutboxCorrupt
        return kind(words)
    number = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
    damaged = number in _DAMAGED or not isinstance(error, sqlite3.OperationalError)
    return OutboxCorrupt(words) if damaged else OutboxUnwritable(words)
