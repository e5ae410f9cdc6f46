"""The servers under load: one or more central APIs on one database, with what they cost."""

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from console.geo.cities import default_city
from tests import postgres
from tests.central_process import Central, start_central

MIB = 1024 * 1024


@dataclass
class Servers:
    """Central APIs on one database; `store` is sqlite or postgresql."""

    store: str
    centrals: list[Central]
    folder: Path
    database: str | None = None
    _others: list[psutil.Process] = field(default_factory=list)

    @property
    def urls(self) -> list[str]:
        """One address a process."""
        return [central.url for central in self.centrals]

    @property
    def token_file(self) -> Path:
        """The file with the service token of all of them."""
        return self.centrals[0].token_file

    def api_processes(self) -> list[psutil.Process]:
        """The API processes."""
        return [psutil.Process(central.process.pid) for central in self.centrals]

    def database_processes(self) -> list[psutil.Process]:
        """PostgreSQL's; none for SQLite, which works inside the API."""
        if self.database is None:
            return []
        return [p for p in psutil.process_iter(["name"]) if p.info["name"] == "postgres"]

    def end(self) -> None:
        """End those that still run."""
        for central in self.centrals:
            if central.process.poll() is None:
                central.kill()

    def kill_and_restart(self) -> float:
        """As a power cut: `kill -9` of the first one, and a new one on its port; seconds until it was ready."""
        old = self.centrals[0]
        port = int(old.url.rpartition(":")[2])
        old.kill()
        began = time.monotonic()
        self.centrals[0] = _start(self.folder / "api-0", self.database, port)
        return time.monotonic() - began


@contextmanager
def running(store: str, processes: int, folder: Path) -> Iterator[Servers]:
    """So many API processes of the default city, on a fresh database."""
    with ExitStack() as stack:
        database = None
        if store == "postgresql":
            database = postgres.server().fresh()
            stack.callback(postgres.server().drop, database)
        servers = Servers(store, [], folder, database)
        stack.callback(servers.end)
        for number in range(processes):
            servers.centrals.append(_start(folder / f"api-{number}", database, 0))
        yield servers


def _start(folder: Path, database: str | None, port: int) -> Central:
    return start_central(folder, default_city(), port=port, database=database)


class Meter:
    """What some processes cost between its making and `read`."""

    def __init__(self, processes: list[psutil.Process]) -> None:
        """Begin now."""
        self._processes = processes
        self._began = time.monotonic()
        self._cpu = self._spent()

    def _spent(self) -> float:
        spent = 0.0
        for process in self._processes:
            try:
                times = process.cpu_times()
            except psutil.NoSuchProcess:
                continue
            spent += times.user + times.system
        return spent

    def read(self) -> dict[str, float]:
        """Cores kept busy, and memory (PSS, MiB) now."""
        wall = time.monotonic() - self._began
        memory = 0
        for process in self._processes:
            try:
                memory += process.memory_full_info().pss
            except (psutil.NoSuchProcess, psutil.AccessDenied):
                continue
        return {
            "cores": round((self._spent() - self._cpu) / wall, 3),
            "pss_mib": round(memory / MIB, 1),
        }
