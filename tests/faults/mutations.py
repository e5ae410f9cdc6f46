"""Seeded mutations of a real log, its rows and its checkpoints, each of which the audit must find."""

import json
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any
from unittest import mock

from sqlalchemy import Connection, select
from sqlalchemy.exc import IntegrityError

from console.central.audit import chain, trail
from console.central.audit import verify as audit
from console.central.audit.checkpoint_file import CheckpointFile
from console.central.audit.epoch import change_epoch, given_up
from console.central.audit.keys import signing_key
from console.central.audit.trail import Trail
from console.central.audit.verify import verify
from console.central.database import Database
from console.central.ledger import read_head
from console.central.postgresql import PostgreSQL
from console.central.sqlite import FILE_NAME, SQLite
from console.central.store import Store
from console.central.tables import meta
from tests import postgres
from tests.builders import TZ
from tests.faults.forgery import TABLES, Forger, Nothing
from tests.faults.lived import Life, wander
from tests.faults.plan import Campaign, Control, Fault, RunOne, Verdict

STEPS = 60
"""Acts between two of the log's checkpoints; four such parts make a few hundred events."""


@dataclass
class Corpus:
    """A log that has lived, restored once, with checkpoints, an older copy and a tail behind them all.

    `older` is every row of every table at an earlier rev of the same epoch.
    """

    database: Database
    folder: Path
    older: dict[str, list[dict[str, Any]]]
    covered: int

    @property
    def trail(self) -> Trail:
        return Trail.of(self.folder, [])


def corpus_of(store: Store, folder: Path, seed: int = 1) -> Corpus:
    """Live in this empty store; the same life for the same seed."""
    kept = folder / "checkpoints"
    file = CheckpointFile(kept, signing_key(folder / "checkpoint.key"))
    life = Life(store, Random(seed))
    wander(life, STEPS)
    _sign(life.centre.database, file)
    wander(life, STEPS // 4)
    life.close()
    _restored(Database(store), life, file, kept)
    life = _go_on(store, life)
    wander(life, STEPS)
    with life.centre.database.reading() as connection:
        older = {
            t.name: [dict(r) for r in connection.execute(select(t)).mappings()] for t in TABLES
        }
    wander(life, STEPS)
    covered = _sign(life.centre.database, file)
    wander(life, STEPS // 4)
    life.close()
    return Corpus(Database(store), kept, older, covered)


def _restored(database: Database, life: Life, file: CheckpointFile, kept: Path) -> None:
    event = change_epoch(database, life.wall)
    with database.reading() as connection:
        lost = given_up(connection, event, Trail.of(kept, []))
    file.append(event.epoch, event.rev, event.hash, lost)
    database.close(clean=True)


def _go_on(store: Store, before: Life) -> Life:
    """The same city after a restart."""
    life = Life(store, before.rnd)
    life.wall.now, life.step, life.numbers = before.wall.now, before.step, before.numbers
    return life


def _sign(database: Database, file: CheckpointFile) -> int:
    with database.reading() as connection:
        head = read_head(connection)
        epoch = connection.execute(select(meta.c.value).where(meta.c.key == "epoch")).scalar_one()
    file.append(epoch, head.rev, head.hash, {})
    return head.rev


def run_one(corpus: Corpus, seed: int) -> Verdict:
    """One mutation, found or not; nothing of it stays."""
    rnd = Random(seed)
    with tempfile.TemporaryDirectory() as place, _rolled_back(corpus.database) as connection:
        folder = Path(shutil.copytree(corpus.folder, Path(place) / "checkpoints"))
        forger = Forger(connection, rnd, corpus.covered, corpus.older)
        kind, told = _mutated(connection, forger, folder)
        report = verify(connection, Trail.of(folder, []), TZ)
    lies = (f"{kind}: {told}: not found",) if report.good else ()
    return Verdict(lies, {kind: 1.0})


@contextmanager
def _rolled_back(database: Database) -> Iterator[Connection]:
    with suppress(_Undo), database.writing() as connection:
        yield connection
        raise _Undo


class _Undo(Exception):
    """Nothing is committed."""


def _mutated(connection: Connection, forger: Forger, folder: Path) -> tuple[str, str]:
    """The first drawn mutation that changes anything; its kind and what it did."""
    while True:
        kind = forger.rnd.choice(sorted(OF_DATABASE) + sorted(OF_CHECKPOINTS))
        try:
            with connection.begin_nested():
                if kind in OF_DATABASE:
                    return kind, OF_DATABASE[kind](forger)
                return kind, OF_CHECKPOINTS[kind](folder, forger.rnd)
        except (Nothing, IntegrityError):
            continue  # it changed nothing, or the database itself refused it


def _lines(folder: Path) -> tuple[Path, list[bytes]]:
    (file,) = folder.glob("*.jsonl")
    return file, file.read_bytes().splitlines(keepends=True)


def _line_taken_out(folder: Path, rnd: Random) -> str:
    """Any but the last: behind that nothing tells (docs/deploy.md)."""
    file, lines = _lines(folder)
    gone = rnd.randrange(len(lines) - 1)
    del lines[gone]
    file.write_bytes(b"".join(lines))
    return f"line {gone + 1} taken out"


def _line_edited(folder: Path, rnd: Random) -> str:
    file, lines = _lines(folder)
    number = rnd.randrange(len(lines))
    fields = json.loads(lines[number])
    name = rnd.choice(sorted(fields))
    value = fields[name]
    fields[name] = (
        {"x": 1}
        if isinstance(value, dict)
        else value + 1
        if isinstance(value, int)
        else "0" + value[1:]
    )
    if fields[name] == value:
        raise Nothing
    lines[number] = json.dumps(fields).encode() + b"\n"
    file.write_bytes(b"".join(lines))
    return f"line {number + 1}: {name}"


def _lines_swapped(folder: Path, rnd: Random) -> str:
    file, lines = _lines(folder)
    one = rnd.randrange(len(lines) - 1)
    lines[one], lines[one + 1] = lines[one + 1], lines[one]
    file.write_bytes(b"".join(lines))
    return f"lines {one + 1} and {one + 2} swapped"


def _all_gone(folder: Path, _rnd: Random) -> str:
    for file in folder.iterdir():
        file.unlink()
    return "all checkpoints gone"


OF_DATABASE: dict[str, Callable[[Forger], str]] = {
    name: getattr(Forger, name)
    for name in (
        *("edit_text", "edit_number", "edit_rev", "edit_json", "edit_json_text"),
        *("delete_row", "swap_rows", "insert_row", "truncate"),
        *("rebuild", "rebuild_without", "roll_back"),
        *("edit_entity", "delete_entity", "insert_entity", "edit_head", "edit_identity"),
    )
}
OF_CHECKPOINTS: dict[str, Callable[[Path, Random], str]] = {
    "checkpoint_taken_out": _line_taken_out,
    "checkpoint_edited": _line_edited,
    "checkpoints_swapped": _lines_swapped,
    "checkpoints_gone": _all_gone,
}


@contextmanager
def on_sqlite(folder: Path) -> Iterator[RunOne]:
    """One log for all runs; each mutates it in a transaction that is undone."""
    folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(dir=folder) as place,
        closing_corpus(SQLite(Path(place) / FILE_NAME), Path(place)) as corpus,
    ):
        yield lambda seed: run_one(corpus, seed)


@contextmanager
def on_postgresql(folder: Path) -> Iterator[RunOne]:
    """The same on PostgreSQL."""
    folder.mkdir(parents=True, exist_ok=True)
    address = postgres.server().fresh()
    try:
        with (
            tempfile.TemporaryDirectory(dir=folder) as place,
            closing_corpus(PostgreSQL(address), Path(place)) as corpus,
        ):
            yield lambda seed: run_one(corpus, seed)
    finally:
        postgres.server().drop(address)


@contextmanager
def closing_corpus(store: Store, folder: Path) -> Iterator[Corpus]:
    """A log to mutate; it must be whole before and after."""
    corpus = corpus_of(store, folder)
    try:
        _must_be_whole(corpus)
        yield corpus
        _must_be_whole(corpus)
    finally:
        corpus.database.close(clean=True)


def _must_be_whole(corpus: Corpus) -> None:
    with corpus.database.reading() as connection:
        report = verify(connection, corpus.trail, TZ)
    assert report.good, report.findings
    assert report.covered == corpus.covered


def _blind(campaign: Campaign, *patches: tuple[object, str, object]) -> Campaign:
    """The same while parts of the audit look away."""

    @contextmanager
    def opened(folder: Path) -> Iterator[RunOne]:
        with campaign(folder) as run, ExitStack() as stack:
            for target, name, variant in patches:
                stack.enter_context(mock.patch.object(target, name, variant))
            yield run

    return opened


_NO_CHECKPOINTS = (trail, "check", lambda *_arguments: None)

CONTROLS = (
    Control(
        "no hash recomputed", _blind(on_sqlite, (chain, "_hash_of", lambda event: event.hash)), 100
    ),
    Control(
        "no rows compared",
        _blind(on_sqlite, (audit, "wrong_rows", lambda _connection: iter(()))),
        100,
    ),
    Control("no checkpoints", _blind(on_sqlite, _NO_CHECKPOINTS), 100),
    Control(
        "signatures believed",
        _blind(on_sqlite, (trail, "is_signed", lambda *_arguments: True)),
        300,
    ),
)

_INVARIANT = "every mutation up to the last outside checkpoint is found"

FAULTS = (
    Fault(
        name="mutations",
        invariant=_INVARIANT,
        wanted=1000,
        short=40,
        campaign=on_sqlite,
        controls=CONTROLS,
    ),
    Fault(
        name="mutations-postgresql",
        invariant=_INVARIANT,
        wanted=1000,
        short=20,
        campaign=on_postgresql,
        controls=(Control("no checkpoints", _blind(on_postgresql, _NO_CHECKPOINTS), 100),),
    ),
)
