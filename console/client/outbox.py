"""The durable outbox: a command is on disk before it is sent, and stays until its fate is known."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from console.wire.codec import decode, encode
from console.wire.commands import Answer, Envelope
from console.wire.messages import Stored, Tick

KEEP_DONE = timedelta(days=7)
"""How long an answered command stays for the reconciliation after a restart."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS outbox (
  seq INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  stored_at TEXT NOT NULL,
  tick TEXT NOT NULL,
  envelope BLOB NOT NULL,
  answer BLOB
)
"""


class OutboxCorrupt(Exception):
    """The outbox file cannot be read; it is left where it is. The argument is its path."""


class Outbox:
    """SQLite, WAL, synchronous=FULL; one connection guarded by a lock."""

    def __init__(self, path: Path) -> None:
        """Open or make the file; raises `OutboxCorrupt` and never deletes what it finds."""
        self._lock = threading.Lock()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            # A call taken in waits here with the citizen's words: for its owner's eyes only.
            path.touch(mode=0o600)
            self._db = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        except (sqlite3.DatabaseError, OSError) as error:
            raise OutboxCorrupt(str(path)) from error
        try:
            self._prepare()
        except (sqlite3.DatabaseError, ValueError) as error:
            self._db.close()
            raise OutboxCorrupt(str(path)) from error

    def _prepare(self) -> None:
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=FULL")
        self._db.execute(_SCHEMA)
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
        for tick in (Tick.STORED, Tick.HELD, Tick.LOST):
            self.with_tick(tick)

    def _forget_old(self) -> None:
        before = (datetime.now(UTC) - KEEP_DONE).isoformat()
        done = (Tick.COMMITTED.value, Tick.REFUSED.value, before)
        self._db.execute("DELETE FROM outbox WHERE tick IN (?, ?) AND stored_at < ?", done)

    def put(self, envelope: Envelope) -> None:
        """Store a command; it is on disk when this returns. The same key twice is stored once."""
        row = (envelope.key, datetime.now(UTC).isoformat(), Tick.STORED.value, encode(envelope))
        with self._cursor() as cursor:
            cursor.execute(
                "INSERT OR IGNORE INTO outbox (key, stored_at, tick, envelope) VALUES (?, ?, ?, ?)",
                row,
            )

    def mark(self, key: str, tick: Tick, answer: Answer | None = None) -> None:
        """Write down what became of a command."""
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
        """All commands with this tick, in the order in which they were made."""
        with self._cursor() as cursor:
            rows = cursor.execute(
                "SELECT seq, stored_at, tick, envelope, answer FROM outbox"
                " WHERE tick = ? ORDER BY seq",
                (tick.value,),
            ).fetchall()
        return [
            Stored(
                seq=seq,
                stored_at=datetime.fromisoformat(stored_at),
                tick=Tick(tick_text),
                envelope=decode(envelope, Envelope),
                answer=decode(answer, Answer) if answer is not None else None,
            )
            for seq, stored_at, tick_text, envelope, answer in rows
        ]
