"""A real primary with a real replica, set up as docs/deploy.md says: the primary dies, the replica is promoted."""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from console.client.link import LiveLink
from console.client.outbox import Outbox
from console.wire.messages import Tick
from tests import postgres
from tests.api.audit_tools import tool
from tests.api.test_restore import accept, moved
from tests.central_process import PATIENCE_S, ROOT, NotReady, running_central, start_central
from tests.fake_centre import Sink

CONFIGURATION = ROOT / "docs" / "deploy" / "postgresql-primary.conf"
OWNER = "pgserver" if os.geteuid() == 0 else None
"""A database server does not run as root; the wheel `pgserver` makes this user."""


class Cluster:
    """One server on a Unix socket of its own."""

    def __init__(self, folder: Path, name: str) -> None:
        self.data, self._sockets = folder / name, folder
        self.port = 5432 if name == "primary" else 5433

    @property
    def address(self) -> str:
        return f"postgresql://postgres@/baton?host={self._sockets}&port={self.port}"

    @property
    def standing(self) -> str:
        """How a replica reaches it."""
        return (
            f"host={self._sockets} port={self.port} user=postgres application_name=baton_replica_1"
        )

    def run(self, program: str, *words: str) -> None:
        import pgserver

        folder = Path(pgserver.__file__).parent / "pginstall" / "bin"
        with (self._sockets / "tools.log").open("ab") as log:
            subprocess.run(
                [folder / program, *words], check=True, user=OWNER, stdout=log, stderr=log
            )

    def control(self, *words: str) -> None:
        options = f"-p {self.port} -k {self._sockets} -h ''"
        where = ("-D", str(self.data), "-w", "-l", f"{self.data}.log")
        more = ("-o", options) if words[0] == "start" else ()
        self.run("pg_ctl", *words, *where, *more)

    def execute(self, statement: str, database: str = "postgres") -> list[tuple[object, ...]]:
        address = self.address.replace("/baton?", f"/{database}?")
        with psycopg.connect(address, autocommit=True) as connection:
            done = connection.execute(statement)  # type: ignore[call-overload]
            return list(done.fetchall()) if done.description else []

    def wait_until(self, query: str) -> None:
        while self.execute(query) != [(True,)]:
            pass  # a replica that never comes ends by the test's timeout


@pytest.fixture
def folder() -> Iterator[Path]:
    """Short: a socket's path has 107 characters at most."""
    postgres.server()  # makes the user, and imports the wheel without its warning
    found = Path(tempfile.mkdtemp(prefix="baton-"))
    if OWNER is not None:
        shutil.chown(found, OWNER)
    found.chmod(0o755)
    yield found
    shutil.rmtree(found, ignore_errors=True)


@pytest.fixture
def primary(folder: Path) -> Iterator[Cluster]:
    """With the settings of docs/deploy, the archive's folder apart."""
    found = Cluster(folder, "primary")
    found.run("initdb", "-D", str(found.data), "-U", "postgres", "-A", "trust")
    text = CONFIGURATION.read_text(encoding="utf-8")
    archive = folder / "archive"
    archive.mkdir()
    if OWNER is not None:
        shutil.chown(archive, OWNER)
    text = text.replace("/var/lib/postgresql/archive", str(archive))
    # Named only once the replica is there: until then every commit would wait for it.
    text = re.sub(r"(?m)^synchronous_standby_names.*$", "synchronous_standby_names = ''", text)
    with (found.data / "postgresql.conf").open("a", encoding="utf-8") as out:
        out.write(text)
    found.control("start")
    found.execute("CREATE DATABASE baton")
    yield found
    if (found.data / "postmaster.pid").exists():
        found.control("stop", "-m", "immediate")


@pytest.fixture
def replica(primary: Cluster, folder: Path) -> Iterator[Cluster]:
    found = Cluster(folder, "replica")
    found.run(
        *("pg_basebackup", "-D", str(found.data), "-d", primary.standing, "--write-recovery-conf"),
        *("--create-slot", "--slot=baton_replica_1", "--checkpoint=fast"),
    )
    found.control("start")
    primary.wait_until("SELECT count(*) = 1 FROM pg_stat_replication")
    yield found
    if (found.data / "postmaster.pid").exists():
        found.control("stop", "-m", "immediate")


def set_synchronous(cluster: Cluster, names: str) -> None:
    cluster.execute(f"ALTER SYSTEM SET synchronous_standby_names = '{names}'")
    cluster.execute("SELECT pg_reload_conf()")


def test_a_synchronous_replica_loses_nothing(
    primary: Cluster, replica: Cluster, tmp_path: Path
) -> None:
    """It is promoted and the same epoch goes on: whatever was acknowledged is there."""
    (names,) = re.findall(
        r"(?m)^synchronous_standby_names = '(.*)'$", CONFIGURATION.read_text(encoding="utf-8")
    )
    set_synchronous(primary, names)
    primary.wait_until("SELECT bool_and(sync_state = 'quorum') FROM pg_stat_replication")
    sink = Sink()
    central = start_central(tmp_path / "central", database=primary.address)
    link = LiveLink(central.api(), Outbox(tmp_path / "outbox.sqlite"), sink)
    link.start()
    keys = [accept(link, sink) for _ in range(10)]
    primary.control("stop", "-m", "immediate")
    central.kill()
    replica.control("promote")
    set_synchronous(replica, "")
    port = int(central.url.rpartition(":")[2])
    with running_central(tmp_path / "central", database=replica.address, port=port) as again:
        assert again.epoch == central.epoch
        keys.append(accept(link, sink))
        status = again.request("POST", "/v1/commands/status", json={"keys": keys}).json()
        assert all(status["answers"][key] for key in keys)
        link.stop()
    assert moved(sink, Tick.LOST) == []
    said = tool("verify", "--data-dir", tmp_path / "central", database=replica.address)
    assert said.code == 0, said.err


def test_a_replica_that_lagged_needs_a_new_epoch(
    primary: Cluster, replica: Cluster, tmp_path: Path
) -> None:
    """What it had not received is lost: the API refuses it until that is declared, and consoles are told."""
    sink = Sink()
    central = start_central(tmp_path / "central", database=primary.address)
    link = LiveLink(central.api(), Outbox(tmp_path / "outbox.sqlite"), sink)
    link.start()
    kept = accept(link, sink)
    primary.wait_until(
        "SELECT bool_and(replay_lsn = pg_current_wal_lsn()) FROM pg_stat_replication"
    )
    replica.control("stop", "-m", "fast")
    lost = accept(link, sink)
    assert central.stop() == 0
    primary.control("stop", "-m", "immediate")
    replica.control("start")
    replica.control("promote")
    with pytest.raises(NotReady) as told:
        start_central(tmp_path / "central", database=replica.address)
    assert told.value.problem["problem"] == "log-restored"
    said = tool("new-epoch", "--data-dir", tmp_path / "central", database=replica.address)
    assert said.code == 0, said.err
    port = int(central.url.rpartition(":")[2])
    with running_central(tmp_path / "central", database=replica.address, port=port):
        sink.wait_for(lambda _: lost in moved(sink, Tick.LOST), PATIENCE_S)
        assert kept not in moved(sink, Tick.LOST)
        link.stop()
    said = tool("verify", "--data-dir", tmp_path / "central", database=replica.address)
    assert said.code == 0, said.err
    assert said.told["lost"]
