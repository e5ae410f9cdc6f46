"""Opening, refusing and closing a database file."""

import sqlite3
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.exc import OperationalError

from console.central.database import Database
from console.central.failure import StartFailure
from console.central.postgresql import PostgreSQL
from console.central.sqlite import FILE_NAME, SQLite


def test_a_new_file_gets_an_epoch_that_stays(tmp_path: Path) -> None:
    epochs = set()
    for _ in range(2):
        database = Database(SQLite(tmp_path / FILE_NAME))
        epochs.add(database.open("1").epoch)
        database.close(clean=True)
    assert len(epochs) == 1


def test_commits_are_durable_and_readers_do_not_wait(tmp_path: Path) -> None:
    database = Database(SQLite(tmp_path / FILE_NAME))
    database.open("1")
    with database.reading() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert found == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 5000,
    }
    with database.writing(), database.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM events").scalar_one() == 0
    database.close(clean=True)


def test_the_writer_takes_its_lock_at_once(tmp_path: Path) -> None:
    database = Database(SQLite(tmp_path / FILE_NAME))
    database.open("1")
    other = sqlite3.connect(tmp_path / FILE_NAME, timeout=0)
    with database.writing(), pytest.raises(sqlite3.OperationalError, match="locked"):
        other.execute("BEGIN IMMEDIATE")
    other.close()
    database.close(clean=True)


def test_a_refused_file_stays_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / FILE_NAME
    Database(SQLite(file)).open("1")
    Database(SQLite(file)).close(clean=True)
    before = file.read_bytes()
    with pytest.raises(StartFailure) as caught:
        Database(SQLite(file)).open("2")
    assert caught.value.problem == "city-differs"
    assert file.read_bytes() == before


def test_a_foreign_meta_table_is_not_ours(tmp_path: Path) -> None:
    file = tmp_path / FILE_NAME
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE meta (key, value)")
    connection.close()
    with pytest.raises(StartFailure) as caught:
        Database(SQLite(file)).open("1")
    assert caught.value.problem == "database-corrupt"


def test_a_folder_in_place_of_the_file_is_told(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).mkdir()
    with pytest.raises(StartFailure) as caught:
        Database(SQLite(tmp_path / FILE_NAME)).open("1")
    assert caught.value.problem == "database-unavailable"


BIG = "INSERT INTO words VALUES (zeroblob(100000))"


@pytest.mark.parametrize(
    ("setting", "statement", "full"),
    [
        ("max_page_count = 1", BIG, True),
        ("query_only = ON", BIG, True),
        ("max_page_count", "SELECT * FROM nothing", False),
    ],
)
def test_a_full_disk_is_told_from_a_busy_database(
    tmp_path: Path, setting: str, statement: str, full: bool
) -> None:
    store = SQLite(tmp_path / FILE_NAME)
    engine = store.engine()
    with engine.connect() as connection:
        connection.exec_driver_sql("CREATE TABLE words (w)")
        connection.exec_driver_sql(f"PRAGMA {setting}")
        with pytest.raises(OperationalError) as caught:
            connection.exec_driver_sql(statement)
    assert store.no_room(caught.value) is full
    engine.dispose()


@pytest.mark.parametrize(("state", "full"), [("53100", True), ("58030", True), ("55P03", False)])
def test_postgresql_says_by_its_state_that_the_disk_is_full(state: str, full: bool) -> None:
    error = psycopg.errors.lookup(state)("no")
    store = PostgreSQL("postgresql://nobody@localhost/none")
    assert store.no_room(OperationalError("INSERT", {}, error)) is full
