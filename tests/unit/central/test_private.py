"""Personal data: masked, revealed for a minute, counted, recorded, erased."""

import traceback
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, select
from sqlalchemy.exc import IntegrityError

from console.central import private
from console.central.centre import Centre
from console.central.database import Database
from console.central.postgresql import PostgreSQL
from console.central.private import Act, Visitor
from console.central.problems import Problem
from console.central.sqlite import FILE_NAME, SQLite
from console.central.store import Store
from console.central.tables import case_private, private_access
from console.domain.command import Private
from console.domain.role import Role
from tests import postgres
from tests.builders import T0
from tests.unit.central.desk import accept, do

WANG = Private(citizen="王小明", phone="13812341234", words="打 13900001111", address="海府路 12号")
SEAT = Visitor("席 1", Role.DISPATCHER, "wang")


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    if request.param == "sqlite":
        yield SQLite(tmp_path / FILE_NAME)
        return
    address = postgres.server().fresh()
    yield PostgreSQL(address)
    postgres.server().drop(address)


def visit(connection: Connection, act: Act, case: str = "C1", why: str = "回访") -> Private | None:
    return private.visit(connection, act, case, SEAT, why, T0)


def test_every_visit_is_on_record_also_one_in_vain(centre: Centre) -> None:
    do(centre, accept("C1", private=WANG))
    with centre.database.writing() as connection:
        assert visit(connection, Act.LOOK) == WANG
        assert visit(connection, Act.REVEAL, why="打 13912345678 没人接") == WANG
        assert visit(connection, Act.DIAL, "C2", "") is None
        rows = connection.execute(select(private_access)).all()
    assert [(r.seat, r.role, r.case_id, r.what, r.why, r.at) for r in rows] == [
        ("席 1", "dispatcher", "C1", "look", "回访", T0),
        ("席 1", "dispatcher", "C1", "reveal", "打 *** 没人接", T0),
        ("席 1", "dispatcher", "C2", "dial", "", T0),
    ]


def test_masked_and_in_full() -> None:
    found = private.masked(WANG)
    assert (found.citizen, found.phone, found.words) == ("王**", "138****1234", "打 139****1111")
    full = private.revealed(WANG, T0)
    assert (full.citizen, full.phone, full.address) == (WANG.citizen, WANG.phone, WANG.address)
    assert full.shown_until == T0 + timedelta(seconds=60)


@pytest.mark.parametrize("act", [Act.REVEAL, Act.DIAL])
def test_who_reveals_one_after_the_other_has_to_wait(centre: Centre, act: Act) -> None:
    with centre.database.writing() as connection:
        for _ in range(private.FREE):
            visit(connection, act)
        with pytest.raises(Problem) as caught:
            visit(connection, act)
        assert (caught.value.status, caught.value.code) == (429, "slow-down")
        assert int(caught.value.headers["Retry-After"]) >= 1
        other = Visitor("席 2", Role.DISPATCHER, "li")
        private.visit(connection, act, "C1", other, "回访", T0)
        private.visit(connection, act, "C1", SEAT, "回访", T0 + timedelta(seconds=61))


def test_looks_are_not_counted(centre: Centre) -> None:
    with centre.database.writing() as connection:
        for _ in range(private.FREE * 3):
            visit(connection, Act.LOOK)


def test_erased_is_erased_and_says_so(centre: Centre) -> None:
    do(centre, accept("C1", private=WANG))
    admin = Visitor("a", Role.ADMIN)
    with centre.database.writing() as connection:
        assert private.erase(connection, "C1", admin, "申请", T0)
        assert not private.erase(connection, "C1", admin, "申请", T0)
        assert connection.execute(select(case_private)).all() == []
        assert visit(connection, Act.LOOK) is None
        assert private.missing(connection, "C1").code == "erased"
        assert private.missing(connection, "C2").code == "unknown-case"
        with pytest.raises(Problem, match="no such case"):
            private.erase(connection, "C2", admin, "申请", T0)


@pytest.mark.parametrize("why", ["", " ", "x", "\t\n "])
def test_a_reason_is_needed(why: str) -> None:
    with pytest.raises(Problem) as caught:
        private.need_reason(why)
    assert caught.value.code == "reason-needed"
    assert private.need_reason(" 回访 ") == "回访"


def test_the_record_is_read_in_pages(centre: Centre) -> None:
    with centre.database.writing() as connection:
        for number in range(5):
            visit(connection, Act.LOOK, f"C{number % 2}")
        first = private.record_of_access(connection, None, 2)
        assert [one.case for one in first.entries] == ["C0", "C1"]
        rest = private.record_of_access(connection, first.next, 10)
        assert len(rest.entries) == 3
        assert rest.next is None
        of_case = private.record_of_access(connection, None, 10, case_id="C1")
        assert [one.case for one in of_case.entries] == ["C1", "C1"]
        assert private.record_of_access(connection, None, 10, seat="席 2").entries == []


def test_an_error_of_the_database_names_nobody(store: Store) -> None:
    database = Database(store)
    database.open("1")
    with database.writing() as connection:
        private.keep(connection, "C1", WANG)
    with pytest.raises(IntegrityError) as caught, database.writing() as connection:
        private.keep(connection, "C1", WANG)
    database.close(clean=True)
    said = "".join(traceback.format_exception(caught.value))
    assert "case_private" in said
    for secret in (WANG.citizen, WANG.phone, WANG.address):
        assert secret not in said
