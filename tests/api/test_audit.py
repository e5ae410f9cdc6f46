"""The audit of a centre that has run: checkpoints it signs, `verify` beside it and after it, erased data."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url
from sqlalchemy.exc import OperationalError

from console.central.audit.chain import walk
from console.central.database import Database
from console.central.postgresql import PostgreSQL
from console.central.sqlite import FILE_NAME
from console.domain.event import Event
from tests import postgres
from tests.api.audit_tools import kept, tool
from tests.api.commands import dispatch, done, new_case
from tests.central_process import TINY, running_central, start_central

WORDS = {"citizen": "王小明", "phone": "13812341234", "words": "门口有垃圾", "address": "一号"}


@pytest.fixture
def address(store: str) -> Iterator[str | None]:
    """A fresh database for each test."""
    found = postgres.server().fresh() if store == "postgresql" else None
    yield found
    if found is not None:
        postgres.server().drop(found)


def execute(data_dir: Path, address: str | None, statement: str) -> None:
    """What somebody with the database's password does."""
    if address is None:
        with closing(sqlite3.connect(data_dir / FILE_NAME)) as connection, connection:
            connection.execute(statement)
        return
    with psycopg.connect(address) as server:
        server.execute(statement)  # type: ignore[call-overload]


def test_a_log_that_cannot_be_read_to_its_end_is_not_called_broken(tmp_path: Path) -> None:
    """The server is restarted while it is verified: nothing was tampered with."""
    address = postgres.server().fresh()
    with running_central(tmp_path / "central", database=address) as central:
        new_case(central)
    database = Database(PostgreSQL(address))
    database.attach()

    def restart(_: Event) -> None:
        postgres.server().execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = "
            f"'{make_url(address).database}'"
        )

    with pytest.raises(OperationalError), database.reading() as connection:
        walk(connection, restart)
    database.close(clean=False)
    postgres.server().drop(address)


def test_a_log_that_was_lived_is_whole(tmp_path: Path, address: str | None) -> None:
    folder = tmp_path / "central"
    with running_central(folder, database=address) as central:
        for _ in range(5):
            case, _ = new_case(central, private=WORDS)
            done(central, dispatch(case))
        beside = tool("verify", "--data-dir", folder, "--checkpoints", tmp_path, database=address)
        assert beside.code == 1
        assert [f["code"] for f in beside.told["findings"]] == ["no-checkpoint"]
    public = tmp_path / "kept.pem"
    public.write_text(tool("checkpoint-key", "--data-dir", folder).out)
    after = tool(
        *("verify", "--data-dir", folder, "--public-key", public, "--city", TINY),
        database=address,
    )
    assert after.code == 0, after.err
    assert after.told["good"] is True
    assert after.told["rev"] == after.told["covered"] > 10
    assert after.told["unchecked"] == []
    assert "完好" in after.err
    assert "whole" in after.err
    assert (tmp_path / "central-checkpoint.key").stat().st_mode & 0o777 == 0o600
    assert not list(folder.glob("*.key")), "the key lies beside the data folder, not in it"


def test_an_edit_is_named_and_the_exit_code_says_so(tmp_path: Path, address: str | None) -> None:
    folder = tmp_path / "central"
    with running_central(folder, database=address) as central:
        _, rev = new_case(central)
    execute(folder, address, f"UPDATE events SET actor = 'mallory' WHERE rev = {rev}")
    said = tool("verify", "--data-dir", folder, database=address)
    assert said.code == 1
    assert (said.told["findings"][0]["code"], said.told["findings"][0]["rev"]) == ("hash", rev)
    assert f"rev {rev}" in said.err


def test_erased_data_leave_the_chain_whole(tmp_path: Path, address: str | None) -> None:
    folder = tmp_path / "central"
    with running_central(folder, database=address) as central:
        new_case(central, private=WORDS)
    execute(folder, address, "DELETE FROM case_private")
    said = tool("verify", "--data-dir", folder, database=address)
    assert said.code == 0, said.err


def test_it_verifies_beside_a_running_centre(tmp_path: Path, address: str | None) -> None:
    """Checkpoints are signed while it runs, so the last minute at most is not covered after a power cut."""
    folder = tmp_path / "central"
    extra = ("--checkpoint-every", "0")
    central = start_central(folder, database=address, extra=extra)
    _, rev = new_case(central)
    while True:
        said = tool("verify", "--data-dir", folder, database=address)
        if said.code == 0 and said.told["covered"] >= rev:
            break
    central.kill()
    assert tool("verify", "--data-dir", folder, database=address).code == 0
    assert list(kept(folder).glob("*.pub"))


def test_what_cannot_be_read_is_exit_code_2(tmp_path: Path) -> None:
    said = tool("verify", "--data-dir", tmp_path / "nowhere")
    assert said.code == 2
    assert said.told["problem"] == "database-absent"
    assert tool("verify").code == 2


def test_two_processes_sign_each_in_its_own_file(tmp_path: Path) -> None:
    address = postgres.server().fresh()
    together = ("--checkpoints", str(tmp_path / "kept"))
    with (
        running_central(tmp_path / "one", database=address, extra=together) as one,
        running_central(tmp_path / "two", database=address, extra=together) as two,
    ):
        new_case(one)
        new_case(two)
    keys = [tmp_path / f"{name}.pem" for name in ("one", "two")]
    for key in keys:
        key.write_text(tool("checkpoint-key", "--data-dir", key.with_suffix("")).out)
    options = [word for key in keys for word in ("--public-key", key)]
    said = tool("verify", *together, *options, database=address)
    assert said.code == 0, said.err
    assert len(list((tmp_path / "kept").glob("*.jsonl"))) == 2
    postgres.server().drop(address)
