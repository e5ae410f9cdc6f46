"""A restore from end to end: backup, more work, restore, new epoch; a console learns what was lost."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from console.client.link import LiveLink
from console.client.outbox import Outbox
from console.domain.case import Channel
from console.domain.command import Accept
from console.domain.place import Position
from console.wire.commands import wrap
from console.wire.messages import CommandMoved, SnapshotArrived, Tick
from tests import postgres
from tests.api.audit_tools import kept, tool
from tests.api.commands import new_id
from tests.central_process import (
    PATIENCE_S,
    Central,
    Listener,
    NotReady,
    running_central,
    start_central,
)
from tests.fake_centre import Sink


@pytest.fixture
def address(store: str) -> Iterator[str | None]:
    found = postgres.server().fresh() if store == "postgresql" else None
    yield found
    if found is not None:
        postgres.server().drop(found)


def back_up(folder: Path, address: str | None, copy: Path) -> None:
    """As docs/deploy.md says, while the API runs."""
    if address is None:
        said = tool("backup", "--data-dir", folder, copy)
        assert said.code == 0, said.err
        assert said.told["rev"] > 0
        return
    assert tool("backup", "--data-dir", folder, copy, database=address).code == 2
    program(["pg_dump", "--format=custom", f"--file={copy}", address])


def restore(folder: Path, address: str | None, copy: Path) -> None:
    """As docs/deploy.md says, with the API stopped."""
    if address is None:
        for file in folder.glob("central.sqlite3*"):
            file.unlink()
        shutil.copy(copy, folder / "central.sqlite3")
        return
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")
    program(["pg_restore", "--no-owner", "--exit-on-error", f"--dbname={address}", str(copy)])


def program(words: list[str]) -> None:
    """One of PostgreSQL's own tools, from the same wheel as the server."""
    postgres.server()  # imports it without its warning
    import pgserver

    folder = Path(pgserver.__file__).parent / "pginstall" / "bin"
    subprocess.run([folder / words[0], *words[1:]], check=True)


def accept(link: LiveLink, sink: Sink) -> str:
    """A case that the centre has acknowledged; its key."""
    key = new_id("K")
    command = Accept(
        case=new_id("C"),
        channel=Channel.PHONE,
        category="0101",
        position=Position(110.36, 20.01),
        register=True,
    )
    link.submit(wrap(command, key))
    sink.wait_for(lambda _: key in moved(sink, Tick.COMMITTED), PATIENCE_S)
    return key


def moved(sink: Sink, tick: Tick) -> list[str]:
    return [m.envelope.key for m in sink.all(CommandMoved) if m.tick is tick]


def test_a_restore_and_what_a_console_learns(tmp_path: Path, address: str | None) -> None:
    folder, copy = tmp_path / "central", tmp_path / "copy"
    central = start_central(folder, database=address)
    sink = Sink()
    link = LiveLink(central.api(), Outbox(tmp_path / "outbox.sqlite"), sink)
    link.start()
    before = accept(link, sink)
    back_up(folder, address, copy)
    lost = accept(link, sink)
    assert central.stop() == 0
    restore(folder, address, copy)

    with pytest.raises(NotReady) as told:
        start_central(folder, database=address)
    assert told.value.problem["problem"] == "log-restored"
    said = tool("new-epoch", "--data-dir", folder, database=address)
    assert said.code == 0, said.err
    assert said.told["epoch"] != central.epoch == said.told["before"]

    port = int(central.url.rpartition(":")[2])
    with running_central(folder, database=address, port=port) as again:
        assert again.epoch == said.told["epoch"]
        gone = Listener(again, after=1, epoch=central.epoch)
        assert gone.status == 410
        sink.wait_for(lambda _: lost in moved(sink, Tick.LOST), PATIENCE_S)
        assert before not in moved(sink, Tick.LOST)
        assert "epoch" in [m.why for m in sink.all(SnapshotArrived)]
        accept(link, sink)
        link.stop()

    verified = tool("verify", "--data-dir", folder, database=address)
    assert verified.code == 0, verified.err
    (tail,) = verified.told["lost"]
    assert (tail["epoch"], tail["first"]) == (central.epoch, said.told["rev"])
    assert verified.told["rev"] == verified.told["covered"] > said.told["rev"]


def test_no_new_epoch_while_an_api_runs(tmp_path: Path, address: str | None) -> None:
    with running_central(tmp_path / "central", database=address) as central:
        if address is not None:
            holds_its_share(address)
        other = tmp_path / ("central" if address is None else "other")
        said = tool("new-epoch", "--data-dir", other, database=address)
        assert said.code == 2
        expected = "data-dir-locked" if address is None else "database-in-use"
        assert said.told["problem"] == expected
        assert central.request("GET", "/v1/health").json()["epoch"] == central.epoch
    if address is not None:
        assert tool("new-epoch", "--data-dir", tmp_path / "other", database=address).code == 0


def holds_its_share(address: str) -> None:
    """The API takes its lock on the connection on which it listens, a moment after it is ready."""
    query = (
        "SELECT count(*) FROM pg_locks JOIN pg_database d ON d.oid = database"
        " WHERE locktype = 'advisory' AND mode = 'ShareLock' AND datname = current_database()"
    )
    with psycopg.connect(address, autocommit=True) as connection:
        while connection.execute(query).fetchone() != (1,):
            pass


def test_who_lost_the_checkpoints_can_still_restore(tmp_path: Path) -> None:
    """Without any checkpoint nothing tells that a copy is older; the rule is then the operator's alone."""
    folder, copy = tmp_path / "central", tmp_path / "copy"
    with running_central(folder) as central:
        first: Central = central
        back_up(folder, None, copy)
    restore(folder, None, copy)
    shutil.rmtree(kept(folder))
    assert tool("new-epoch", "--data-dir", folder).code == 0
    with running_central(folder) as again:
        assert again.epoch != first.epoch
    assert tool("verify", "--data-dir", folder).code == 0
