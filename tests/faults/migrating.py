"""`kill -9` in the middle of the migrations, on both stores: whole or not at all, and the next start succeeds."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import insert, text

import console.central.people.tables  # noqa: F401 - it adds its tables to the metadata
from console.central import migrate
from console.central.database import Database
from console.central.postgresql import PostgreSQL
from console.central.sqlite import FILE_NAME, SQLite
from console.central.store import Store
from console.central.tables import REVISION, metadata
from tests import postgres
from tests.central_process import NotReady, start_central
from tests.faults.plan import Campaign, Control, Fault, RunOne, Verdict

CITY = "000000"
EPOCH = "old-epoch"
STATEMENTS = 40
"""At most so many statements go before the deadly one; where there are fewer it is the end of the last."""

MARKS = 5
"""Rows of an old database that must be there afterwards."""


def migrating(store: str, *options: str) -> Campaign:
    """Each run makes a database of some age, kills its migration once or twice, and starts again."""

    @contextmanager
    def opened(folder: Path) -> Iterator[RunOne]:
        def run(seed: int) -> Verdict:
            place = folder / f"seed-{seed}"
            address = postgres.server().fresh() if store == "postgresql" else None
            try:
                return _run(place, address, Random(seed), options)
            finally:
                if address is not None:
                    postgres.server().drop(address)

        yield run

    return opened


def _run(place: Path, address: str | None, rnd: Random, options: tuple[str, ...]) -> Verdict:
    data = place / "central"
    data.mkdir(parents=True)
    store: Store = SQLite(data / FILE_NAME) if address is None else PostgreSQL(address)
    old = rnd.choice((None, *(f"{n:04}" for n in range(1, int(REVISION)))))
    if old is not None:
        _make_old(store, old)
    lies: list[str] = []
    deaths = rnd.choice((1, 1, 2))
    for _ in range(deaths):
        die = ("--die", f"in-migration:{rnd.randrange(1, STATEMENTS + 1)}")
        program = ("tests.faults.broken_central", *options, *die, "--")
        try:
            start_central(data, database=address, program=program).kill()
        except NotReady as killed:
            if killed.code != -9:
                lies.append(f"from {old}: it did not die but said {killed}")
                break
            lies += _look(store, old)
        else:
            lies.append(f"from {old}: there was nothing to migrate")
    if not lies:
        lies += _start(data, address, store, old)
    return Verdict(tuple(lies), {"deaths": deaths})


def _make_old(store: Store, revision: str) -> None:
    """A database as an earlier program left it, with things in it."""
    database = Database(store)
    with database.writing() as connection:
        command.upgrade(migrate.settings(connection), revision)
        facts = {"epoch": EPOCH, "city": CITY, "clean_end": "1"}
        meta = metadata.tables["meta"]
        connection.execute(insert(meta), [{"key": k, "value": v} for k, v in facts.items()])
        marks = [{"key": f"mark-{n}", "value": str(n)} for n in range(MARKS)]
        connection.execute(insert(meta), marks)
    database.close(clean=False)


def _look(store: Store, old: str | None) -> list[str]:
    """After a death: as it was, or whole."""
    try:
        facts = store.look()
    except Exception as error:
        return [f"from {old}: after the death it cannot be read: {error}"]
    if facts is None:
        return [] if old is None else [f"from {old}: after the death nothing is there"]
    if old is not None and facts["revision"] not in (old, REVISION):
        return [f"from {old}: after the death it is half-way, at {facts['revision']}"]
    return []


def _start(data: Path, address: str | None, store: Store, old: str | None) -> list[str]:
    """The next start, by a program that nobody harms."""
    try:
        central = start_central(data, database=address)
    except NotReady as error:
        return [f"from {old}: it does not start any more: {error.problem}"]
    lies = []
    try:
        if old is not None and central.epoch != EPOCH:
            lies.append(f"from {old}: another epoch, {central.epoch}")
        if central.request("GET", "/v1/snapshot?page=0").status_code != 200:
            lies.append(f"from {old}: no snapshot")
    finally:
        central.kill()
    database = Database(store)
    try:
        with database.reading() as connection:
            differs = compare_metadata(MigrationContext.configure(connection), metadata)
            kept = connection.execute(
                text("SELECT count(*) FROM meta WHERE key LIKE 'mark-%'")
            ).scalar_one()
    finally:
        database.close(clean=False)
    if differs:
        lies.append(f"from {old}: the tables are not those that are declared: {differs}")
    if old is not None and kept != MARKS:
        lies.append(f"from {old}: {MARKS - kept} rows are gone")
    return lies


FAULTS = (
    Fault(
        name="kill-migration-sqlite",
        invariant="whole or not at all; the next start succeeds",
        wanted=100,
        short=2,
        campaign=migrating("sqlite"),
        controls=(
            Control(
                "migration-in-pieces", migrating("sqlite", "--variant", "migration-in-pieces"), 8
            ),
        ),
    ),
    Fault(
        name="kill-migration-postgresql",
        invariant="the same on PostgreSQL",
        wanted=100,
        short=2,
        campaign=migrating("postgresql"),
        controls=(
            Control(
                "migration-in-pieces",
                migrating("postgresql", "--variant", "migration-in-pieces"),
                8,
            ),
        ),
    ),
)
