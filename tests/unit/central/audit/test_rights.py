"""A right that the log does not know is found by `verify`."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import delete, insert, select, update

from console.central.audit.findings import Finding
from console.central.audit.rights import wrong_people
from console.central.database import Database
from console.central.people.tables import people
from console.central.sqlite import FILE_NAME, SQLite
from tests.central_process import ROOT, TINY


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    place = ["--data-dir", str(tmp_path), "--city", str(TINY)]
    for login, role in (("ada", "admin"), ("bo2", "dispatcher")):
        words = ["people", "add", login, "--name", login, "--roles", role, *place]
        # In a process of its own: the program sets this one's umask.
        subprocess.run([sys.executable, "-m", "console.central", *words], cwd=ROOT, check=True)
    found = Database(SQLite(tmp_path / FILE_NAME))
    found.attach()
    yield found
    found.close(clean=False)


def findings(database: Database) -> list[Finding]:
    with database.reading() as connection:
        return list(wrong_people(connection))


def test_what_administrators_did_is_right(database: Database) -> None:
    with database.reading() as connection:
        assert len(connection.execute(select(people)).all()) == 2
    assert findings(database) == []


@pytest.mark.parametrize(
    "values", [{"roles": ["admin"]}, {"district": "000101"}, {"unit": "T.1"}, {"disabled": True}]
)
def test_a_right_written_into_the_database(database: Database, values: dict[str, object]) -> None:
    with database.writing() as connection:
        connection.execute(update(people).where(people.c.login == "bo2").values(values))
    (found,) = findings(database)
    assert (found.code, found.detail) == ("entity", f"person:bo2: {next(iter(values))}")
    assert found.rev is not None


def test_a_person_put_in_or_taken_out_behind_the_log(database: Database) -> None:
    with database.writing() as connection:
        row = dict(connection.execute(select(people)).mappings().all()[0])
        connection.execute(insert(people), {**row, "login": "eve"})
        connection.execute(delete(people).where(people.c.login == "bo2"))
    assert [(f.code, f.detail) for f in findings(database)] == [
        ("entity-missing", "person:bo2"),
        ("entity-extra", "person:eve"),
    ]
