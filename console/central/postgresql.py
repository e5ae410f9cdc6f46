"""PostgreSQL 15 or newer: several API processes on one database, woken by LISTEN and NOTIFY."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg
from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry

from console.central.failure import StartFailure
from console.central.store import Store, Watch

log = logging.getLogger(__name__)

OLDEST = 150000
"""`server_version_num` of PostgreSQL 15."""

CHANNEL = "baton_log"
LISTEN_EVERY_S = 1.0
"""Seconds after which a watch looks by itself: a notification may be lost, a commit must not be."""

_LOCK = 0x42_41_54_4F_4E
"""Number of the advisory lock that migrations take: "BATON"."""

_RUNNING = _LOCK + 1
"""Number of the advisory lock that every API shares while it runs, and a tool that wants none takes alone."""

_CONNECT_S = 5
_SETTINGS = (
    # A process that is stopped in mid-transaction must not hold the log's lock for ever.
    "-c idle_in_transaction_session_timeout=10000",
    "-c statement_timeout=30000",
    "-c lock_timeout=10000",
    "-c timezone=UTC",
)
_CONNECT = {
    "connect_timeout": _CONNECT_S,
    "options": " ".join(_SETTINGS),
    "application_name": "baton-central",
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
}
_TAKE_LOCK = text("SELECT pg_advisory_xact_lock(:number)")
_NOBODY_RUNS = text("SELECT pg_try_advisory_xact_lock(:number)")
_NO_ROOM = frozenset({"53100", "58030"})
_NOTIFY = text("SELECT pg_notify(:channel, '')")


class PostgreSQL(Store):
    """One database on a server; the counter's row lock lets one writer in at a time."""

    shared = True

    def __init__(self, url: str) -> None:
        """From `postgresql://user:password@host/name`; raises `StartFailure` for another address."""
        try:
            parsed = make_url(url).set(drivername="postgresql+psycopg")
            kind = make_url(url).get_backend_name()
        except (ArgumentError, ValueError) as error:
            raise _no_address() from error
        if kind != "postgresql":
            raise _no_address()
        self._url = parsed
        self.where = parsed.set(drivername="postgresql").render_as_string(hide_password=True)

    def engine(self) -> Engine:
        """Connections that are tried before use: the server may have been restarted."""
        engine = create_engine(
            self._url,
            connect_args=_CONNECT,
            pool_pre_ping=True,
            pool_size=10,
            max_overflow=10,
            hide_parameters=True,  # an error's text goes into the log, citizens' names do not
        )
        event.listen(engine, "connect", _check)
        return engine

    def readers(self, engine: Engine) -> Engine:
        """Repeatable read: one state from the first query on."""
        return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)

    @contextmanager
    def writing(self, engine: Engine) -> Iterator[Connection]:
        """Read committed; who changes the log takes the counter's row before anything else."""
        with engine.begin() as connection:
            yield connection

    def look(self) -> dict[str, str] | None:
        """Ask what is there."""
        url = self._url.set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(url, connect_timeout=_CONNECT_S) as connection:
            if _named(connection, "meta") is None:
                return None
            facts: dict[str, str] = dict(
                connection.execute("SELECT key, value FROM meta").fetchall()
            )
            if _named(connection, "alembic_version") is not None:
                found = connection.execute("SELECT version_num FROM alembic_version").fetchone()
                facts |= {"revision": found[0]} if found else {}
            return facts

    def read_through(self) -> None:
        """The server looks after its own pages (checksums, `pg_amcheck`)."""

    def alone(self, connection: Connection) -> None:
        """An advisory lock until the end of the transaction."""
        connection.execute(_TAKE_LOCK, {"number": _LOCK})

    def exclude_servers(self, connection: Connection) -> None:
        """Each API holds its share of a lock on the connection on which it listens."""
        if not connection.execute(_NOBODY_RUNS, {"number": _RUNNING}).scalar():
            raise StartFailure(
                "database-in-use",
                f"数据库正被中心程序使用：{self.where}。请先停止所有中心程序。",
                f"The database is in use by a central API: {self.where}. Stop all of them first.",
            )

    def announce(self, connection: Connection) -> None:
        """A notification with no content: the log is the content."""
        connection.execute(_NOTIFY, {"channel": CHANNEL})

    @property
    def driver_error(self) -> type[Exception]:
        """What `psycopg` raises."""
        return psycopg.Error

    def failure(self, error: Exception) -> StartFailure:
        """The server's own words say whether it is down, the database missing or a right."""
        if isinstance(error, DBAPIError | psycopg.Error):
            return self.unavailable(error)
        return self.damaged()

    def no_room(self, error: DBAPIError) -> bool:
        """Its `disk_full` and `io_error`."""
        return getattr(error.orig, "sqlstate", None) in _NO_ROOM

    def watch(self) -> Watch:
        """A connection of its own that listens."""
        url = self._url.set(drivername="postgresql").render_as_string(hide_password=False)
        return Listening(url)


class Listening(Watch):
    """Waits on `LISTEN`, on a thread of its own; comes back by itself after a lost connection."""

    def __init__(self, url: str) -> None:
        """Nothing is heard before `start`."""
        self._url = url
        self._end = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self, heard: Callable[[], object]) -> None:
        """Listen."""
        self._thread = threading.Thread(
            target=self._run, args=(heard,), name="central-watch", daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        """Stop within a second or so."""
        self._end.set()
        if self._thread is not None:
            self._thread.join(2 * LISTEN_EVERY_S)

    def _run(self, heard: Callable[[], object]) -> None:
        while not self._end.is_set():
            try:
                self._listen(heard)
            except psycopg.Error as error:
                log.warning("the database does not notify: %s", error)
                heard()  # by asking, the log's reader finds out by itself
                self._end.wait(LISTEN_EVERY_S)

    def _listen(self, heard: Callable[[], object]) -> None:
        with psycopg.connect(self._url, connect_timeout=_CONNECT_S, autocommit=True) as connection:
            connection.execute("SELECT pg_advisory_lock_shared(%s)", [_RUNNING])
            connection.execute(f"LISTEN {CHANNEL}")  # a constant: LISTEN takes no parameters
            while not self._end.is_set():
                heard()
                for _notice in connection.notifies(timeout=LISTEN_EVERY_S, stop_after=1):
                    pass


def _named(connection: "psycopg.Connection[tuple[str, ...]]", table: str) -> str | None:
    found = connection.execute("SELECT to_regclass(%s)::text", [table]).fetchone()
    return found[0] if found else None


def _check(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    """A server that does not keep what it has confirmed is refused."""
    cursor = connection.cursor()
    cursor.execute(
        "SELECT current_setting('server_version_num')::int,"
        " current_setting('fsync'), current_setting('synchronous_commit')"
    )
    version, fsync, synchronous = cursor.fetchone() or (0, "", "")
    cursor.close()
    connection.rollback()
    if version < OLDEST:
        raise StartFailure(
            "database-old",
            "需要 PostgreSQL 15 或更新的版本。",
            "PostgreSQL 15 or newer is needed.",
        )
    if fsync == "off" or synchronous in ("off", "local"):
        raise StartFailure(
            "database-not-durable",
            f"数据库的提交不保证落盘（fsync={fsync}，synchronous_commit={synchronous}），派单可能丢失。"
            "请在 PostgreSQL 中都设为 on。",
            f"The database does not keep what it confirms (fsync={fsync}, "
            f"synchronous_commit={synchronous}): orders could be lost. Set both to on in PostgreSQL.",
        )


def _no_address() -> StartFailure:
    return StartFailure(
        "database-address",
        "数据库地址应为 postgresql://用户:密码@主机/库名。",
        "The database's address must read postgresql://user:password@host/name.",
    )
