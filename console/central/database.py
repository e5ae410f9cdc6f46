"""The database: engine, the settings that make a commit durable, and the one writer transaction."""

import logging
import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, Connection, create_engine, event, insert, update
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DatabaseError, OperationalError, SQLAlchemyError
from sqlalchemy.pool import ConnectionPoolEntry

from console.central.failure import StartFailure
from console.central.tables import SCHEMA, meta, metadata

log = logging.getLogger(__name__)

FILE_NAME = "central.sqlite3"
"""The database's name in the data folder."""

_PRAGMAS = (
    "PRAGMA busy_timeout=5000",
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
)
_WRITER = "baton_writer"


@dataclass(frozen=True, slots=True)
class Identity:
    """What a database says it is: `epoch` names the log's life, `city` the pack's code."""

    epoch: str
    city: str


class Database:
    """One SQLite file in WAL mode; every commit is on the disk before it returns."""

    def __init__(self, file: Path) -> None:
        """Nothing is opened yet."""
        self.file = file
        self._engine = create_engine(
            URL.create("sqlite+pysqlite", database=str(file)),
            connect_args={"check_same_thread": False},
        )
        event.listen(self._engine, "connect", _prepare)
        event.listen(self._engine, "begin", _begin)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A read transaction: one consistent state from its first query on."""
        with self._engine.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """The writer transaction: nobody else writes until it ends, so revs are dense."""
        with (
            self._engine.connect().execution_options(**{_WRITER: True}) as connection,
            connection.begin(),
        ):
            yield connection

    def open(self, city: str) -> Identity:
        """Make the tables of a new file or check an old one; raises `StartFailure`, changes nothing then."""
        try:
            known = self._known() if self.file.exists() else None
            if known is None:
                return self._create(city)
            identity = Identity(known["epoch"], known["city"])
            self._check(int(known["schema"]), identity.city, city)
            if int(known["schema"]) < SCHEMA:
                self._bring_up()
            self._say_clean("0")
        except (DatabaseError, sqlite3.DatabaseError, KeyError, ValueError) as error:
            raise _unreadable(self.file, error) from error
        return identity

    def _check(self, schema: int, its_city: str, city: str) -> None:
        if schema > SCHEMA:
            raise StartFailure(
                "database-newer",
                f"数据库由更新的版本写成（{schema}，本程序 {SCHEMA}）。请升级程序。文件：{self.file}",
                f"The database was written by a newer version ({schema}, this program {SCHEMA}). Update the program. File: {self.file}",
            )
        if its_city != city:
            raise StartFailure(
                "city-differs",
                f"数据目录属于城市 {its_city}，不是 {city}。请换一个数据目录。文件：{self.file}",
                f"The data folder belongs to the city {its_city}, not {city}. Take another data folder. File: {self.file}",
            )

    def _known(self) -> dict[str, str] | None:
        """What `meta` says, None without one. Read-only: a damaged file must stay as it is.

        After an end that was not clean the whole file is checked; on a big one it takes seconds.
        """
        with closing(sqlite3.connect(f"{self.file.absolute().as_uri()}?mode=ro", uri=True)) as look:
            if not look.execute("SELECT 1 FROM sqlite_master WHERE name = 'meta'").fetchone():
                return None
            known: dict[str, str] = dict(look.execute("SELECT key, value FROM meta"))
            if known["clean_end"] != "1":
                found = [row[0] for row in look.execute("PRAGMA quick_check(5)")]
                if found != ["ok"]:
                    raise sqlite3.DatabaseError("; ".join(found))
            return known

    def _create(self, city: str) -> Identity:
        identity = Identity(uuid.uuid4().hex[:12], city)
        facts = {
            "schema": str(SCHEMA),
            "epoch": identity.epoch,
            "city": city,
            "clean_end": "0",
        }
        with self.writing() as connection:
            metadata.create_all(connection)
            rows = [{"key": key, "value": value} for key, value in facts.items()]
            connection.execute(insert(meta), rows)
        return identity

    def _bring_up(self) -> None:
        """Make the tables that an older program did not know."""
        with self.writing() as connection:
            metadata.create_all(connection)
            wanted = update(meta).where(meta.c.key == "schema").values(value=str(SCHEMA))
            connection.execute(wanted)

    def _say_clean(self, value: str) -> None:
        with self.writing() as connection:
            connection.execute(update(meta).where(meta.c.key == "clean_end").values(value=value))

    def close(self, *, clean: bool) -> None:
        """End; `clean` notes that the next start needs no check."""
        try:
            if clean:
                self._say_clean("1")
        except SQLAlchemyError:
            log.exception("the clean end could not be noted")
        self._engine.dispose()


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


def _unreadable(file: Path, error: Exception) -> StartFailure:
    if isinstance(error, OperationalError | sqlite3.OperationalError):
        return StartFailure(
            "database-unavailable",
            f"无法打开数据库：{file}（{error.__cause__ or error}）。请检查目录权限和磁盘空间。",
            f"The database cannot be opened: {file} ({error.__cause__ or error}). Check permissions and free space.",
        )
    return StartFailure(
        "database-corrupt",
        f"数据库已损坏：{file}。文件原样保留。请从备份恢复，或用 --data-dir 换一个数据目录。",
        f"The database is damaged: {file}. It was left as it is. Restore a backup, or take another data folder with --data-dir.",
    )
