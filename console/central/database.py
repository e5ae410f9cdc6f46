"""The database of one city: its transactions, and how it is opened, migrated and closed."""

import logging
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass

from msgspec import MsgspecError
from sqlalchemy import Connection, insert, select, update
from sqlalchemy.exc import SQLAlchemyError

from console.central.failure import StartFailure
from console.central.store import Store
from console.central.tables import REVISION, meta

log = logging.getLogger(__name__)

_NONSENSE = (KeyError, ValueError, TypeError, OverflowError, MsgspecError)
"""What rows lead to that are not what was written."""


@dataclass(frozen=True, slots=True)
class Identity:
    """What a database says it is: `epoch` names the log's life, `city` the pack's code."""

    epoch: str
    city: str


class Database:
    """Reads and writes one store; a commit that has returned is on the disk."""

    def __init__(self, store: Store) -> None:
        """Nothing is opened yet."""
        self.store = store
        self._engine = store.engine()
        self._readers = store.readers(self._engine)
        self._unread = False
        self._damaged = False

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A read transaction: one consistent state from its first query on."""
        with self._readers.begin() as connection:
            yield connection

    def writing(self) -> AbstractContextManager[Connection]:
        """A transaction that writes; who appends to the log locks its head first (`Ledger` does)."""
        return self.store.writing(self._engine)

    def open(self, city: str) -> Identity:
        """Make the tables of a new database or check an old one; raises `StartFailure`, changes nothing then."""
        with self.judged():
            facts = self.store.look()
            if facts is not None:
                self._check(facts, city)
                self._unread = facts["clean_end"] == "1"
            return self._prepared(city)

    @contextmanager
    def judged(self) -> Iterator[None]:
        """For a start: what the database makes fail inside is raised as the `StartFailure` it means."""
        try:
            yield
        except (SQLAlchemyError, self.store.driver_error, *_NONSENSE) as error:
            log.error("the database cannot be used: %r", error)
            raise self.store.failure(error) from error

    def attach(self) -> Identity:
        """Use a database that is there and as this program knows it; raises `StartFailure`, changes nothing."""
        with self.judged():
            facts = self.store.look()
            if facts is None:
                raise self._absent()
            self._check(facts, facts["city"])
            if revision_of(facts) < REVISION:
                raise self._outdated(revision_of(facts))
            return Identity(facts["epoch"], facts["city"])

    def _absent(self) -> StartFailure:
        return StartFailure(
            "database-absent",
            f"这里没有 Baton 的数据库：{self.store.where}。请核对地址，或先启动一次中心程序。",
            f"There is no database of Baton here: {self.store.where}. Check the address, or start the API once.",
        )

    def _outdated(self, revision: str) -> StartFailure:
        return StartFailure(
            "database-older",
            f"数据库还是旧版本（{revision}，本程序 {REVISION}）：{self.store.where}。请先启动一次中心程序来升级。",
            f"The database is of an older version ({revision}, this program {REVISION}): "
            f"{self.store.where}. Start the API once to bring it up.",
        )

    def _check(self, facts: dict[str, str], city: str) -> None:
        revision = revision_of(facts)
        if revision > REVISION:
            raise StartFailure(
                "database-newer",
                f"数据库由更新的版本写成（{revision}，本程序 {REVISION}）。请升级程序。数据库：{self.store.where}",
                f"The database was written by a newer version ({revision}, this program {REVISION}). "
                f"Update the program. Database: {self.store.where}",
            )
        if facts["city"] != city:
            raise StartFailure(
                "city-differs",
                f"数据库属于城市 {facts['city']}，不是 {city}。请换一个数据目录或数据库：{self.store.where}",
                f"The database belongs to the city {facts['city']}, not {city}. "
                f"Take another data folder or database: {self.store.where}",
            )

    def _prepared(self, city: str) -> Identity:
        """Tables and identity as they are now; of several processes that begin one makes them."""
        with self.writing() as connection:
            self.store.alone(connection)
            facts = self.store.look()
            if facts is None or revision_of(facts) < REVISION:
                # Here: Alembic costs every start 150 ms, and there is mostly nothing to migrate.
                from console.central.migrate import upgrade

                upgrade(connection, None if facts is None else revision_of(facts))
            if facts is None:
                identity = {"epoch": uuid.uuid4().hex[:12], "city": city, "clean_end": "0"}
                rows = [{"key": key, "value": value} for key, value in identity.items()]
                connection.execute(insert(meta), rows)
            elif facts["clean_end"] != "0":
                _say_clean(connection, "0")
            known = {row.key: row.value for row in connection.execute(select(meta))}
        return Identity(known["epoch"], known["city"])

    def read_behind(self, told: Callable[[StartFailure], None]) -> None:
        """Read all of what was opened unread after a clean end, on a thread of its own; `told` hears of damage."""
        if self._unread:
            threading.Thread(target=self._read_through, args=(told,), daemon=True).start()

    def _read_through(self, told: Callable[[StartFailure], None]) -> None:
        try:
            self.store.read_through()
        except self.store.driver_error as error:
            log.critical("the database could not be read through: %s", error)
            failure = self.store.failure(error)
            if failure.problem == "database-corrupt":
                self._damaged = True
                told(failure)

    def close(self, *, clean: bool) -> None:
        """End; `clean` notes that the next start needs no check, unless damage was found."""
        try:
            if clean and not self._damaged:
                with self.writing() as connection:
                    _say_clean(connection, "1")
        except SQLAlchemyError:
            log.exception("the clean end could not be noted")
        self._engine.dispose()


def revision_of(facts: dict[str, str]) -> str:
    """The migration that a database has reached; before Alembic a number in `meta` told it."""
    revision = facts.get("revision")
    return f"{int(facts['schema']):04}" if revision is None else revision


def _say_clean(connection: Connection, value: str) -> None:
    connection.execute(update(meta).where(meta.c.key == "clean_end").values(value=value))
