"""Pictures kept on disk, within a bound: the ones not looked at for longest go first.

One SQLite file: a write is there wholly or not at all, whenever the process ends. A file that
cannot be read is thrown away and begun anew: it holds only what can be fetched again.
"""

import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from hashlib import sha256
from logging import getLogger
from pathlib import Path
from typing import TypeVar

_log = getLogger(__name__)

BOUND_BYTES = 512 * 1024 * 1024
SPARE = 0.9
"""When the bound is reached, so much of it stays: not every picture pushes out another."""
TOUCH_S = 3_600.0
"""A look is noted once in so long: a read need not be a write."""

_TABLE = """
CREATE TABLE IF NOT EXISTS picture (
  name TEXT PRIMARY KEY, body BLOB NOT NULL, seal BLOB NOT NULL, etag TEXT NOT NULL,
  fresh_until REAL NOT NULL, used REAL NOT NULL, size INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS picture_used ON picture (used, size);
"""
_PUT = "INSERT OR REPLACE INTO picture VALUES (?, ?, ?, ?, ?, ?, ?)"
_FIND = "SELECT body, seal, etag, fresh_until, used FROM picture WHERE name = ?"
_ROW_BYTES = 200
"""What a picture costs beside its own bytes: a place without one is kept too."""

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Kept:
    """`body` is b"" where the service has no picture; `fresh_until` in epoch seconds."""

    body: bytes
    etag: str
    fresh_until: float


class TileStore:
    """Safe to use from several threads and processes; nothing here raises: a broken store is only slower."""

    def __init__(
        self, file: Path, bound: int = BOUND_BYTES, now: Callable[[], float] = time.time
    ) -> None:
        """`bound` in bytes of pictures; the folder need not exist."""
        self._file, self._bound, self._now = file, bound, now
        self._lock = threading.Lock()
        self._line: sqlite3.Connection | None = None
        self._size = 0

    def find(self, name: str) -> Kept | None:
        """What is kept under the name, fresh or not; None when nothing is, or it is damaged."""
        return self._safely(lambda line: self._find(line, name), None)

    def put(self, name: str, kept: Kept) -> None:
        """Keep it, and let go of the oldest when there is too much."""
        self._safely(lambda line: self._put(line, name, kept), None)

    def close(self) -> None:
        """Let go of the file; the next use opens it again."""
        with self._lock:
            if self._line is not None:
                self._line.close()
                self._line = None

    def _find(self, line: sqlite3.Connection, name: str) -> Kept | None:
        row = line.execute(_FIND, (name,)).fetchone()
        if row is None:
            return None
        body, seal, etag, fresh_until, used = row
        if sha256(body).digest() != seal:
            _log.warning("base map: a kept picture is damaged, it is fetched anew")
            line.execute("DELETE FROM picture WHERE name = ?", (name,))
            return None
        if self._now() - used > TOUCH_S:
            line.execute("UPDATE picture SET used = ? WHERE name = ?", (self._now(), name))
        return Kept(body, etag, fresh_until)

    def _put(self, line: sqlite3.Connection, name: str, kept: Kept) -> None:
        size = len(kept.body) + _ROW_BYTES
        seal = sha256(kept.body).digest()
        line.execute(_PUT, (name, kept.body, seal, kept.etag, kept.fresh_until, self._now(), size))
        self._size += size
        if self._size > self._bound:
            self._shrink(line)

    def _shrink(self, line: sqlite3.Connection) -> None:
        """The count so far is a guess (a replaced picture counts twice): count, then let go."""
        self._size = _total(line)
        going: list[tuple[str]] = []
        left = self._size
        for name, size in line.execute("SELECT name, size FROM picture ORDER BY used, name"):
            if left <= self._bound * SPARE:
                break
            going.append((name,))
            left -= size
        line.executemany("DELETE FROM picture WHERE name = ?", going)
        self._size = left

    def _safely(self, act: Callable[[sqlite3.Connection], Value], otherwise: Value) -> Value:
        with self._lock:
            try:
                return act(self._open())
            except sqlite3.OperationalError as error:
                # Busy, full, not writable: nothing is wrong with what is kept.
                _log.warning("base map: the kept pictures cannot be used: %s", error)
            except sqlite3.DatabaseError as error:
                _log.warning("base map: the kept pictures are damaged, begun anew: %s", error)
                self._begin_anew()
            except OSError as error:
                _log.warning("base map: no pictures can be kept: %s", error.strerror)
            return otherwise

    def _open(self) -> sqlite3.Connection:
        if self._line is None:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            line = sqlite3.connect(
                self._file, timeout=2.0, isolation_level=None, check_same_thread=False
            )
            try:
                line.execute("PRAGMA journal_mode = WAL")
                line.execute("PRAGMA synchronous = NORMAL")
                line.execute("PRAGMA auto_vacuum = INCREMENTAL")
                line.executescript(_TABLE)
                self._size = _total(line)
            except sqlite3.Error:
                line.close()
                raise
            self._line = line
        return self._line

    def _begin_anew(self) -> None:
        if self._line is not None:
            self._line.close()
            self._line = None
        for end in ("", "-wal", "-shm"):
            self._file.with_name(self._file.name + end).unlink(missing_ok=True)


def _total(line: sqlite3.Connection) -> int:
    with closing(line.execute("SELECT coalesce(sum(size), 0) FROM picture")) as rows:
        return int(rows.fetchone()[0])
