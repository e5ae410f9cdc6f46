"""The durable outbox."""

import errno
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from console.client.outbox import (
    KEEP_DONE,
    Outbox,
    OutboxCorrupt,
    OutboxUnwritable,
)
from console.domain.command import Dispatch, Remind
from console.wire.codec import encode
from console.wire.commands import Answer, Envelope, wrap
from console.wire.messages import NotStored, RowsSetAside, Tick


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


@pytest.mark.parametrize("tick", [Tick.STORED, Tick.HELD, Tick.COMMITTED, Tick.LOST])
@pytest.mark.parametrize(
    ("column", "damage"),
    [
        ("envelope", "'{garbage'"),
        ("envelope", "17"),
        ("envelope", "NULL"),
        ("envelope", """'{"key": "other", "type": "remind", "body": {}}'"""),
        ("stored_at", "'yesterday'"),
        ("stored_at", "'2026-06-03T02:00:00'"),
        ("stored_at", "cast(x'ff00' as text)"),
        ("answer", "'{garbage'"),
        ("refs", "'{}'"),
    ],
)
def test_a_damaged_row_is_set_aside_and_the_others_stay(
    path: Path, outbox: Outbox, tick: Tick, column: str, damage: str
) -> None:
    for key in ("a", "b", "c"):
        outbox.put(envelope(key))
        outbox.mark(key, tick)
    assert outbox.set_aside() is None
    if damage == "NULL":
        outbox._db.execute("PRAGMA writable_schema=ON")
        outbox._db.execute("UPDATE sqlite_schema SET sql = replace(sql, 'BLOB NOT NULL', 'BLOB')")
        outbox.close()
        outbox = Outbox(path)
    outbox._db.execute(f"UPDATE outbox SET {column} = {damage} WHERE key = 'b'")
    before = outbox._db.execute("SELECT envelope FROM outbox WHERE key = 'b'").fetchone()
    outbox.close()
    for _ in range(2):  # told at every start
        again = Outbox(path)
        assert again.set_aside() == RowsSetAside(1, ("b",))
        assert keys(again, tick) == ["a", "c"]
        assert again.count(Tick.UNREADABLE) == 1
        assert again._db.execute("SELECT envelope FROM outbox WHERE key = 'b'").fetchone() == before
        again.close()


@pytest.mark.parametrize(
    ("column", "damage"),
    [
        ("envelope", "replace(cast(envelope AS TEXT), 'U1', 'U3')"),
        ("envelope", "cast(replace(cast(envelope AS TEXT), 'U1', 'U3') AS BLOB)"),
        ("refs", """'["case:C9"]'"""),
        ("seal", "'0' || seal"),
        ("tick", "'stoqed'"),
    ],
)
def test_a_changed_bit_sends_no_other_command(
    path: Path, outbox: Outbox, column: str, damage: str
) -> None:
    for key in ("a", "b"):
        outbox.put(envelope(key), frozenset({"case:C1"}))
    outbox._db.execute(f"UPDATE outbox SET {column} = {damage} WHERE key = 'b'")
    outbox.close()
    again = Outbox(path)
    assert keys(again, Tick.STORED) == ["a"]
    assert again.set_aside() == RowsSetAside(1, ("b",))
    again.close()


def test_a_row_that_goes_bad_later_is_set_aside_too(outbox: Outbox) -> None:
    for key in ("a", "b"):
        outbox.put(envelope(key))
    outbox._db.execute("UPDATE outbox SET envelope = 'x' WHERE key = 'a'")
    assert keys(outbox, Tick.STORED) == ["b"]
    assert outbox.set_aside() == RowsSetAside(1, ("a",))


def test_what_a_command_is_about_is_kept(path: Path, outbox: Outbox) -> None:
    outbox.put(envelope("a"), frozenset({"case:C1", "assignment:A1"}))
    outbox.close()
    again = Outbox(path)
    assert again.with_tick(Tick.STORED)[0].refs == {"case:C1", "assignment:A1"}
    again.close()


def test_a_file_of_the_version_before_is_taken_over(path: Path) -> None:
    path.parent.mkdir()
    database = sqlite3.connect(path)
    database.execute(
        "CREATE TABLE outbox (seq INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, stored_at TEXT"
        " NOT NULL, tick TEXT NOT NULL, envelope BLOB NOT NULL, answer BLOB)"
    )
    row = ("k", datetime.now(UTC).isoformat(), "stored", encode(envelope("k")))
    database.execute("INSERT INTO outbox (key, stored_at, tick, envelope) VALUES (?, ?, ?, ?)", row)
    database.commit()
    database.close()
    outbox = Outbox(path)
    assert keys(outbox, Tick.STORED) == ["k"]
    assert outbox.with_tick(Tick.STORED)[0].refs == frozenset()
    outbox.close()


def test_a_full_disk_is_told_and_takes_nothing_away(path: Path, outbox: Outbox) -> None:
    outbox.put(envelope("a"))
    pages = outbox._db.execute("PRAGMA page_count").fetchone()[0]
    outbox._db.execute(f"PRAGMA max_page_count = {pages}")  # SQLITE_FULL, as from a full disk
    big = wrap(Remind(assignment="A1", words="x" * 100_000), "big")
    with pytest.raises(NotStored, match="full"):
        outbox.put(big)
    assert keys(outbox, Tick.STORED) == ["a"]
    outbox._db.execute("PRAGMA max_page_count = 100000")
    outbox.put(big)
    outbox.close()
    again = Outbox(path)
    assert keys(again, Tick.STORED) == ["a", "big"]
    again.close()


def test_a_file_that_may_not_be_written_is_told(path: Path, outbox: Outbox) -> None:
    outbox.put(envelope("a"))
    outbox._db.execute("PRAGMA query_only = ON")
    with pytest.raises(NotStored, match="readonly"):
        outbox.put(envelope("b"))
    assert keys(outbox, Tick.STORED) == ["a"]


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES])
def test_where_nothing_can_be_written_it_does_not_start(
    path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Path, "touch", refuse)
    with pytest.raises(OutboxUnwritable, match="outbox"):
        Outbox(path)


def test_a_file_held_by_another_console_is_told(
    path: Path, outbox: Outbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *a, **k: connect(*a, **k, timeout=0.1))
    outbox._db.execute("BEGIN EXCLUSIVE")
    with pytest.raises(OutboxUnwritable, match="locked"):
        Outbox(path)
    outbox._db.execute("ROLLBACK")


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps other rights")
def test_a_citizens_words_lie_there_for_the_owner_only(path: Path, outbox: Outbox) -> None:
    outbox.put(envelope("a"))
    for file in path.parent.iterdir():
        assert file.stat().st_mode & 0o077 == 0, file
