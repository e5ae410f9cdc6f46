"""SQLite: one file in WAL mode, one process, every commit on the disk before it returns."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.pool import ConnectionPoolEntry

from console.central.failure import StartFailure
from console.central.store import Store

FILE_NAME = "central.sqlite3"
"""The database's name in the data folder."""

SMALL = 64 * 1024 * 1024
"""Bytes that are read through before every start, in a tenth of a second; of more, behind a clean one."""

_PRAGMAS = (
    "PRAGMA busy_timeout=5000",
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    # What is erased must not lie about in free pages.
    "PRAGMA secure_delete=ON",
)
_WRITER = "baton_writer"
_NO_ROOM = frozenset({sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR})


class SQLite(Store):
    """One file; the lock on its folder keeps other processes away."""

    shared = False

    def __init__(self, file: Path) -> None:
        """Nothing is opened yet."""
        self.file = file
        self.where = str(file)

    def engine(self) -> Engine:
        """Connections that any thread may use, one at a time."""
        engine = create_engine(
            URL.create("sqlite+pysqlite", database=str(self.file)),
            connect_args={"check_same_thread": False},
            hide_parameters=True,  # an error's text goes into the log, citizens' names do not
        )
        event.listen(engine, "connect", _prepare)
        event.listen(engine, "begin", _begin)
        return engine

    def readers(self, engine: Engine) -> Engine:
        """WAL gives every transaction one state."""
        return engine

    @contextmanager
    def writing(self, engine: Engine) -> Iterator[Connection]:
        """Nobody else writes until it ends."""
        with (
            engine.connect().execution_options(**{_WRITER: True}) as connection,
            connection.begin(),
        ):
            yield connection

    def look(self) -> dict[str, str] | None:
        """Read the file as it is; all of it is checked where it is small or the last end was not clean (seconds)."""
        if not self.file.exists():
            return None
        with closing(self._looking()) as look:
            names = {row[0] for row in look.execute("SELECT name FROM sqlite_master")}
            if "meta" not in names:
                return None
            facts: dict[str, str] = dict(look.execute("SELECT key, value FROM meta"))
            if "alembic_version" in names:
                (facts["revision"],) = look.execute(
                    "SELECT version_num FROM alembic_version"
                ).fetchone()
            if facts["clean_end"] != "1" or self.file.stat().st_size <= SMALL:
                _read_through(look)
            return facts

    def read_through(self) -> None:
        """SQLite's own quick check."""
        with closing(self._looking()) as look:
            _read_through(look)

    def _looking(self) -> sqlite3.Connection:
        return sqlite3.connect(f"{self.file.absolute().as_uri()}?mode=ro", uri=True)

    def alone(self, connection: Connection) -> None:
        """The writer's lock is all it needs."""

    def exclude_servers(self, connection: Connection) -> None:
        """The lock on the folder keeps them away."""

    def announce(self, connection: Connection) -> None:
        """There is nobody else."""

    def watch(self) -> None:
        """There is nobody else."""

    @property
    def driver_error(self) -> type[Exception]:
        """What `sqlite3` raises."""
        return sqlite3.DatabaseError

    def failure(self, error: Exception) -> StartFailure:
        """A file that cannot be reached is not a damaged one."""
        if isinstance(error, OperationalError | sqlite3.OperationalError):
            return self.unavailable(error)
        return self.damaged()

    def no_room(self, error: DBAPIError) -> bool:
        """SQLite's own number says it; the upper bits only say where it happened."""
        return getattr(error.orig, "sqlite_errorcode", 0) & 0xFF in _NO_ROOM


def _read_through(look: sqlite3.Connection) -> None:
    found = [row[0] for row in look.execute("PRAGMA quick_check(5)")]
    if found != ["ok"]:
        raise sqlite3.DatabaseError("; ".join(found))


def _prepare(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    """Durable settings; SQLAlchemy begins transactions itself, not the driver."""
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _begin(connection: Connection) -> None:
    """A writer takes the lock at its first breath, so that it never has to give up half-way."""
    writer = connection.get_execution_options().get(_WRITER, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writer else "BEGIN")
