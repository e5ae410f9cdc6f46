"""What `verify` finds and says, what it cannot find, and that erasing personal data breaks nothing."""

import itertools
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import Connection, delete, func, insert, select, text, update

from console.central.audit import raw
from console.central.audit.findings import Finding
from console.central.audit.trail import Trail
from console.central.audit.verify import verify
from console.central.postgresql import PostgreSQL
from console.central.sqlite import FILE_NAME, SQLite
from console.central.store import Store
from console.central.tables import assignments, case_private, cases, counter, events, meta
from tests import postgres
from tests.builders import TZ
from tests.faults.forgery import Forger
from tests.faults.mutations import Corpus, closing_corpus


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def corpus(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Corpus]:
    """A real log of a few hundred events: restored once, checkpoints, a tail behind the last."""
    folder = tmp_path_factory.mktemp("audit")
    store: Store = SQLite(folder / FILE_NAME)
    address = None
    if request.param == "postgresql":
        address = postgres.server().fresh()
        store = PostgreSQL(address)
    with closing_corpus(store, folder) as found:
        yield found
    if address is not None:
        postgres.server().drop(address)


@pytest.fixture
def connection(corpus: Corpus) -> Iterator[Connection]:
    """A transaction that is undone."""
    with corpus.database.writing() as found, found.begin_nested() as savepoint:
        yield found
        savepoint.rollback()


def first(connection: Connection, kept: Trail | None = None) -> Finding:
    report = verify(connection, kept, TZ)
    assert not report.good
    return report.findings[0]


def head(connection: Connection) -> int:
    return int(connection.execute(select(counter.c.rev)).scalar_one())


def test_a_real_log_is_whole(corpus: Corpus, connection: Connection) -> None:
    report = verify(connection, corpus.trail, TZ)
    assert report.findings == []
    assert report.rev == head(connection) > 150
    assert 0 < report.covered == corpus.covered < report.rev
    assert report.unchecked == []
    epochs = connection.execute(select(func.count(events.c.epoch.distinct()))).scalar()
    assert epochs == 2, "the chain goes on over a restore"


def test_pages_make_no_difference(
    corpus: Corpus, connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(raw, "AT_ONCE", 7)
    assert verify(connection, corpus.trail, TZ).good
    connection.execute(update(events).where(events.c.rev == 99).values(actor="mallory"))
    assert first(connection).rev == 99


def test_what_is_not_checked_is_said(connection: Connection) -> None:
    report = verify(connection, None)
    assert report.good
    assert len(report.unchecked) == 2


def test_erasing_personal_data_leaves_it_whole(corpus: Corpus, connection: Connection) -> None:
    assert connection.execute(select(func.count()).select_from(case_private)).scalar_one() > 5
    connection.execute(delete(case_private))
    assert verify(connection, corpus.trail, TZ).good


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("DELETE FROM events WHERE rev = 50", "missing"),
        ("DELETE FROM events WHERE rev = 1", "missing"),
        ("UPDATE events SET actor = 'mallory' WHERE rev = 50", "hash"),
        ("UPDATE events SET at = at + 1 WHERE rev = 50", "hash"),
        ("UPDATE events SET prev_hash = hash WHERE rev = 50", "link"),
        ("UPDATE events SET role = 'emperor' WHERE rev = 50", "unreadable"),
        ("UPDATE events SET note = '{' WHERE rev = 50", "unreadable"),
        ("UPDATE events SET note = '[]' WHERE rev = 50", "unreadable"),
        ("UPDATE events SET note = '{ }' WHERE rev = 50", "unreadable"),
    ],
)
def test_the_first_bad_rev_is_named(connection: Connection, statement: str, code: str) -> None:
    connection.execute(text(statement))
    found = first(connection)
    assert (found.code, found.rev) == (code, 1 if "rev = 1" in statement else 50)
    assert f"rev {found.rev}" in found.zh
    assert f"rev {found.rev}" in found.en


@pytest.mark.parametrize(
    ("values", "code"),
    [({"rev": 3}, "head"), ({"hash": "0"}, "head"), ({"day": "1999-01-01"}, "head")],
)
def test_a_head_that_lies(connection: Connection, values: dict[str, object], code: str) -> None:
    connection.execute(update(counter).values(values))
    assert first(connection).code == code


def test_an_identity_that_lies(connection: Connection) -> None:
    connection.execute(update(meta).where(meta.c.key == "epoch").values(value="other"))
    assert first(connection).code == "identity"


def test_an_edited_row_beside_the_log(connection: Connection) -> None:
    name = connection.execute(select(cases.c.id).limit(1)).scalar_one()
    row = connection.execute(select(cases).where(cases.c.id == name)).mappings().one()
    where = cases.c.id == name
    for change, code in (
        ({"body": {**row["body"], "category": "x"}}, "entity"),
        ({"state": "x"}, "entity"),
        ({"version": 1}, "entity"),
        ({"in_picture": not row["in_picture"]}, "in-picture"),
    ):
        with connection.begin_nested() as savepoint:
            connection.execute(update(cases).where(where).values(change))
            found = first(connection)
            assert (found.code, f"case:{name}" in found.detail) == (code, True)
            savepoint.rollback()


def test_rows_too_many_and_too_few(connection: Connection) -> None:
    name = connection.execute(select(assignments.c.id).limit(1)).scalar_one()
    row = dict(
        connection.execute(select(assignments).where(assignments.c.id == name)).mappings().one()
    )
    connection.execute(delete(assignments).where(assignments.c.id == name))
    assert first(connection).code == "entity-missing"
    connection.execute(insert(assignments).values({**row, "id": "A-none"}))
    codes = {finding.code for finding in verify(connection, None, TZ).findings}
    assert codes == {"entity-missing", "entity-extra"}


def test_a_rebuilt_chain_is_found_by_its_checkpoints_alone(
    corpus: Corpus, connection: Connection
) -> None:
    forger = Forger(connection, Random(1), corpus.covered, corpus.older)
    forger.rebuild_at(corpus.covered)
    assert verify(connection, None, TZ).good, "in itself it is whole: the forgery is complete"
    report = verify(connection, corpus.trail, TZ)
    assert [(f.code, f.rev) for f in report.findings] == [("checkpoint", corpus.covered)]


def test_behind_the_last_checkpoint_a_rebuilt_chain_is_not_found(
    corpus: Corpus, connection: Connection
) -> None:
    """Honestly: what no checkpoint covers can be written anew; a clumsy edit there is still found."""
    forger = Forger(connection, Random(1), corpus.covered, corpus.older)
    forger.rebuild_at(corpus.covered + 1)
    report = verify(connection, corpus.trail, TZ)
    assert report.good
    assert report.covered == corpus.covered
    connection.execute(update(events).where(events.c.rev == report.rev).values(actor="x"))
    assert first(connection, corpus.trail).rev == report.rev


def test_the_log_is_in_order_whatever_the_store_returns(connection: Connection) -> None:
    revs = [row["rev"] for row in raw.rows_in_order(connection)]
    assert all(a + 1 == b for a, b in itertools.pairwise(revs))


def test_an_empty_log_is_whole(tmp_path: Path) -> None:
    from tests.unit.central.desk import Wall, open_centre

    centre = open_centre(tmp_path, Wall())
    with centre.database.writing() as connection:
        connection.execute(delete(events))
        connection.execute(update(counter).values(rev=0, hash="", day="", clock=None))
        assert verify(connection, None, TZ).good
    centre.database.close(clean=True)
