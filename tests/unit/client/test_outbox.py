"""The durable outbox."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from console.client.outbox import KEEP_DONE, Outbox, OutboxCorrupt
from console.domain.command import Dispatch
from console.wire.commands import Answer, Envelope, wrap
from console.wire.messages import Tick


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "seat" / "outbox.sqlite"


@pytest.fixture
def outbox(path: Path) -> Iterator[Outbox]:
    made = Outbox(path)
    yield made
    made.close()


def envelope(key: str) -> Envelope:
    return wrap(Dispatch(case="C1", assignment=key, unit="U1"), key, {"case:C1": 3})


def keys(outbox: Outbox, tick: Tick) -> list[str]:
    return [stored.envelope.key for stored in outbox.with_tick(tick)]


def test_what_was_put_is_kept_in_order_over_a_restart(path: Path, outbox: Outbox) -> None:
    for key in ("b", "a", "c"):
        outbox.put(envelope(key))
    outbox.close()
    again = Outbox(path)
    assert keys(again, Tick.STORED) == ["b", "a", "c"]
    assert again.with_tick(Tick.STORED)[0].envelope == envelope("b")
    again.close()


def test_a_put_survives_the_death_of_the_console(path: Path) -> None:
    text = (
        "import os, sys; from pathlib import Path\n"
        "from console.client.outbox import Outbox\n"
        "from console.wire.commands import Envelope\n"
        "Outbox(Path(sys.argv[1])).put(Envelope(key='k', type='dispatch', body={}))\n"
        "os.kill(os.getpid(), 9)\n"
    )
    root = Path(__file__).resolve().parents[3]
    died = subprocess.run([sys.executable, "-c", text, str(path)], cwd=root, check=False)
    assert died.returncode != 0
    again = Outbox(path)
    assert keys(again, Tick.STORED) == ["k"]
    again.close()


def test_every_commit_is_synced(outbox: Outbox) -> None:
    assert outbox._db.execute("PRAGMA synchronous").fetchone() == (2,)
    assert outbox._db.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_the_same_key_is_stored_once(outbox: Outbox) -> None:
    outbox.put(envelope("a"))
    outbox.mark("a", Tick.COMMITTED, Answer(key="a", status=201, rev=7))
    outbox.put(envelope("a"))
    assert keys(outbox, Tick.STORED) == []
    assert keys(outbox, Tick.COMMITTED) == ["a"]


def test_an_answer_stays_with_its_command(outbox: Outbox) -> None:
    outbox.put(envelope("a"))
    answer = Answer(key="a", status=412, problem="changed", current={"case:C1": 9})
    outbox.mark("a", Tick.REFUSED, answer)
    (stored,) = outbox.with_tick(Tick.REFUSED)
    assert stored.answer == answer
    outbox.mark("a", Tick.LOST)
    assert outbox.with_tick(Tick.LOST)[0].answer == answer


def test_only_what_was_answered_long_ago_is_forgotten(path: Path, outbox: Outbox) -> None:
    for key, tick in (("s", Tick.STORED), ("h", Tick.HELD), ("c", Tick.COMMITTED)):
        outbox.put(envelope(key))
        outbox.mark(key, tick)
    old = (datetime.now(UTC) - KEEP_DONE - timedelta(days=1)).isoformat()
    outbox._db.execute("UPDATE outbox SET stored_at = ?", (old,))
    outbox.put(envelope("new"))
    outbox.mark("new", Tick.COMMITTED)
    outbox.close()
    again = Outbox(path)
    assert keys(again, Tick.STORED) == ["s"]
    assert keys(again, Tick.HELD) == ["h"]
    assert keys(again, Tick.COMMITTED) == ["new"]
    again.close()


def test_a_file_that_is_no_database_is_told_and_kept(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"not a database at all" * 100)
    before = path.read_bytes()
    with pytest.raises(OutboxCorrupt, match="outbox"):
        Outbox(path)
    assert path.read_bytes() == before


def test_a_damaged_page_is_found_at_the_start(path: Path, outbox: Outbox) -> None:
    for number in range(200):
        outbox.put(envelope(f"k{number}"))
    outbox._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    outbox.close()
    data = bytearray(path.read_bytes())
    data[4096 * 2 : 4096 * 6] = b"\xff" * 4096 * 4
    path.write_bytes(data)
    with pytest.raises(OutboxCorrupt):
        Outbox(path)
    assert path.exists()
    assert path.read_bytes()[4096 * 2 :][:8] == b"\xff" * 8


@pytest.mark.parametrize("column", ["envelope", "stored_at", "answer"])
def test_a_row_that_cannot_be_read_is_told_at_the_start(
    path: Path, outbox: Outbox, column: str
) -> None:
    outbox.put(envelope("a"))
    outbox._db.execute(f"UPDATE outbox SET {column} = '{{garbage'")
    outbox.close()
    with pytest.raises(OutboxCorrupt):
        Outbox(path)
    database = sqlite3.connect(path)
    assert database.execute("SELECT count(*) FROM outbox").fetchone() == (1,)
    database.close()


def test_a_folder_in_its_place_is_told(path: Path) -> None:
    path.mkdir(parents=True)
    with pytest.raises(OutboxCorrupt):
        Outbox(path)


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps other rights")
def test_a_citizens_words_lie_there_for_the_owner_only(path: Path, outbox: Outbox) -> None:
    outbox.put(envelope("a"))
    for file in path.parent.iterdir():
        assert file.stat().st_mode & 0o077 == 0, file
