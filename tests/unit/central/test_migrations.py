"""The migrations make what `tables` declares, bring old databases up, and leave nothing half-done."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import select, text

from console.central import migrate
from console.central.database import Database
from console.central.failure import StartFailure
from console.central.postgresql import PostgreSQL
from console.central.sqlite import FILE_NAME, SQLite
from console.central.store import Store
from console.central.tables import REVISION, counter, metadata
from tests import postgres
from tests.unit.central.desk import Wall, accept, do, events_of, open_centre


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    if request.param == "sqlite":
        yield SQLite(tmp_path / FILE_NAME)
        return
    address = postgres.server().fresh()
    yield PostgreSQL(address)
    postgres.server().drop(address)


def test_the_revision_is_the_newest_step() -> None:
    assert ScriptDirectory.from_config(migrate.settings()).get_heads() == [REVISION]


def test_the_steps_make_the_tables_that_are_declared(store: Store) -> None:
    database = Database(store)
    database.open("1")
    with database.writing() as connection:
        differs = compare_metadata(MigrationContext.configure(connection), metadata)
    database.close(clean=True)
    assert differs == []


def test_the_unique_indexes_hold_on_both_stores(store: Store) -> None:
    database = Database(store)
    database.open("1")
    row = "INSERT INTO assignments (id, version, created, state, in_picture, body, case_id, worker, role, active) "
    with database.writing() as connection:
        for name, role, active in (
            ("A1", "lead", "true"),
            ("A2", "lead", "false"),
            ("A3", "assist", "true"),
        ):
            connection.execute(
                text(
                    f"{row} VALUES ('{name}', 1, 1, '', true, '', 'C1', '{name}', '{role}', {active})"
                )
            )
    for bad in (
        "('A4', 1, 1, '', true, '', 'C1', 'W9', 'lead', true)",
        "('A5', 1, 1, '', true, '', 'C1', 'A3', 'assist', true)",
    ):
        with pytest.raises(Exception, match=r"(?i)unique"), database.writing() as connection:
            connection.execute(text(f"{row} VALUES {bad}"))
    database.close(clean=True)


def _as_it_was(file: Path, schema: str) -> None:
    """A database of a version before Alembic: no note of a migration, a number in `meta`."""
    database = Database(SQLite(file))
    with database.writing() as connection:
        command.upgrade(migrate.settings(connection), f"{int(schema):04}")
        connection.execute(text("DROP TABLE alembic_version"))
        for key, value in (("schema", schema), ("epoch", "old"), ("city", "1"), ("clean_end", "1")):
            connection.execute(
                text("INSERT INTO meta (key, value) VALUES (:key, :value)"),
                {"key": key, "value": value},
            )
    database.close(clean=False)


@pytest.mark.parametrize("schema", ["1", "2"])
def test_a_database_from_before_alembic_is_brought_up(tmp_path: Path, schema: str) -> None:
    file = tmp_path / FILE_NAME
    _as_it_was(file, schema)
    with sqlite3.connect(file) as connection:
        connection.execute("INSERT INTO counter VALUES (1, 1, 'h1', 0, 0, '2026-01-01')")
        clock = '{"domain_time":"2026-01-01T00:00:00Z","server_time":"2026-01-01T00:00:00Z","rate":60.0,"simulated":true}'
        connection.execute(
            "INSERT INTO events VALUES (1, 'old', 0, 0, 'centre', 'centre', 'start', 'clock.set',"
            " 'clock:city', 1, ?, '{}', '', 'h1')",
            [clock],
        )
    connection.close()
    database = Database(SQLite(file))
    assert database.open("1").epoch == "old"
    with database.reading() as connection:
        assert connection.execute(select(counter.c.clock)).scalar_one()["rate"] == 60.0
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    database.close(clean=True)


def test_a_step_that_fails_leaves_the_old_database(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / FILE_NAME
    _as_it_was(file, "2")
    before = _everything(file)
    steps = Path(__file__).parents[3] / "console" / "central" / "migrations"
    broken = tmp_path / "migrations"
    (broken / "versions").mkdir(parents=True)
    for source in [steps / "env.py", *(steps / "versions").glob("0*.py")]:
        where = broken / ("versions" if source.parent.name == "versions" else "")
        body = source.read_text(encoding="utf-8")
        if source.name.startswith("0003"):
            body += "\n_whole = upgrade\ndef upgrade():\n    _whole()\n    raise RuntimeError('power cut')\n"
        (where / source.name).write_text(body, encoding="utf-8")
    with monkeypatch.context() as patch:
        patch.setattr(migrate, "FOLDER", broken)
        with pytest.raises(RuntimeError, match="power cut"):
            Database(SQLite(file)).open("1")
    assert _everything(file) == before
    assert Database(SQLite(file)).open("1").epoch == "old"


def _everything(file: Path) -> list[str]:
    connection = sqlite3.connect(file)
    lines = list(connection.iterdump())
    connection.close()
    return lines


def test_a_tool_wants_a_database_that_is_there_and_new_enough(tmp_path: Path) -> None:
    file = tmp_path / FILE_NAME
    with pytest.raises(StartFailure) as absent:
        Database(SQLite(file)).attach()
    assert absent.value.problem == "database-absent"
    _as_it_was(file, "2")
    with pytest.raises(StartFailure) as older:
        Database(SQLite(file)).attach()
    assert older.value.problem == "database-older"
    Database(SQLite(file)).open("1")
    assert Database(SQLite(file)).attach().city == "1"


def test_the_log_goes_on_after_a_restart(tmp_path: Path) -> None:
    wall = Wall()
    first = open_centre(tmp_path, wall)
    do(first, accept("C1"))
    before = events_of(first)
    first.database.close(clean=True)
    second = open_centre(tmp_path, wall)
    do(second, accept("C2"))
    after = events_of(second)
    second.database.close(clean=True)
    assert after[: len(before)] == before
    assert after[len(before)].prev_hash == before[-1].hash
