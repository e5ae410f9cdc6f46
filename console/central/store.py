"""What differs from one database to another; everything else is one code for all of them."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import AbstractContextManager

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from console.central.failure import StartFailure


class Watch(ABC):
    """Hears that somebody else has committed; only a wake-up: the log says what."""

    @abstractmethod
    def start(self, heard: Callable[[], object]) -> None:
        """Call `heard`, on a thread of the watch, after each commit of anybody, and now and then."""

    @abstractmethod
    def stop(self) -> None:
        """Hear no more."""


class Store(ABC):
    """One kind of database at one place."""

    shared: bool
    """Whether other processes may write to the same database."""

    where: str
    """Its place as people may read it: no password."""

    @abstractmethod
    def engine(self) -> Engine:
        """Connections whose commits are on the disk when they return; opens nothing yet."""

    @abstractmethod
    def readers(self, engine: Engine) -> Engine:
        """The same connections for transactions that see one state from their first query on."""

    @abstractmethod
    def writing(self, engine: Engine) -> AbstractContextManager[Connection]:
        """A transaction that writes."""

    @abstractmethod
    def look(self) -> dict[str, str] | None:
        """What the table `meta` says, with the migration as `revision`; None for a new database.

        Changes nothing, so that a damaged database stays as it is. Raises the driver's errors.
        """

    @abstractmethod
    def read_through(self) -> None:
        """Read every page once (it may take a while); raises the driver's error where one is damaged."""

    @abstractmethod
    def alone(self, connection: Connection) -> None:
        """Until the transaction ends nobody else makes or changes tables."""

    @abstractmethod
    def exclude_servers(self, connection: Connection) -> None:
        """Until the transaction ends no API begins; raises `StartFailure` when one runs."""

    @abstractmethod
    def announce(self, connection: Connection) -> None:
        """Wake the watches of other processes when this transaction commits."""

    @abstractmethod
    def watch(self) -> Watch | None:
        """What hears of others' commits; None where there are no others."""

    @property
    @abstractmethod
    def driver_error(self) -> type[Exception]:
        """What the driver raises by itself, outside SQLAlchemy."""

    @abstractmethod
    def failure(self, error: Exception) -> StartFailure:
        """What a database that could not be opened suffers from: `damaged` or `unavailable`."""

    @abstractmethod
    def no_room(self, error: DBAPIError) -> bool:
        """Whether it could not write because its disk is full, or may only be read."""

    def damaged(self) -> StartFailure:
        """The database is not what it should be."""
        return StartFailure(
            "database-corrupt",
            f"数据库已损坏：{self.where}。文件原样保留。请从备份恢复，或换一个数据目录或数据库。",
            f"The database is damaged: {self.where}. It was left as it is. "
            "Restore a backup, or take another data folder or database.",
        )

    def unavailable(self, error: Exception) -> StartFailure:
        """The database does not answer, or may not be used."""
        reason = str(error.__cause__ or error).strip()
        return StartFailure(
            "database-unavailable",
            f"无法打开数据库：{self.where}（{reason}）。请检查数据库服务、权限和磁盘空间。",
            f"The database cannot be opened: {self.where} ({reason}). "
            "Check the server, the permissions and the free space.",
        )
