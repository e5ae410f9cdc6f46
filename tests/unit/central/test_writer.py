"""One command, one transaction: what a refusal leaves behind, what a batch shares."""

from datetime import timedelta

import pytest
from sqlalchemy import event as sql_event
from sqlalchemy import insert, select, update
from sqlalchemy.exc import OperationalError

from console.central.answers import statuses
from console.central.centre import Centre
from console.central.follower import LogForked
from console.central.ledger import LAST_REV, Ledger, Signature, read_head
from console.central.problems import Problem
from console.central.rows import Entities
from console.central.tables import assignments, case_private, counter, meta, timers
from console.domain.command import Dispatch, Private
from console.domain.role import Role
from console.wire.codec import event_hash
from tests.builders import BUREAU, T0, TOWN
from tests.unit.central.desk import Wall, accept, do, events_of, followed, order


def test_revs_are_dense_and_the_chain_holds(centre: Centre, wall: Wall) -> None:
    for number in range(5):
        wall.turn(seconds=1)
        do(centre, accept(f"C{number}"))
        do(centre, Dispatch(case=f"C{number}", assignment="A0", unit=TOWN))
    events = events_of(centre)
    assert [e.rev for e in events] == list(range(1, len(events) + 1))
    before = ""
    for one in events:
        assert one.prev_hash == before
        assert one.hash == event_hash(one)
        before = one.hash


def test_a_refusal_in_the_middle_of_a_command_leaves_nothing(centre: Centre) -> None:
    do(centre, accept("C1"))
    do(centre, accept("C2"))
    do(centre, Dispatch(case="C1", assignment="A1", unit=TOWN))
    with centre.database.reading() as connection:
        before = (read_head(connection), connection.execute(select(timers)).all())
    answer = do(centre, Dispatch(case="C2", assignment="A1", unit=BUREAU))
    assert answer.problem == "assignment-exists"
    with centre.database.reading() as connection:
        assert (read_head(connection), connection.execute(select(timers)).all()) == before
    assert centre.mirror.fork().cases["C2"].lead is None


def test_after_a_restore_nothing_is_written_in_the_old_epoch(centre: Centre) -> None:
    """`new-epoch` refuses while servers run; this is the second line, for one that it could not see."""
    do(centre, accept("C1"))
    before = events_of(centre)
    with centre.database.writing() as connection:
        connection.execute(update(meta).where(meta.c.key == "epoch").values(value="another"))
    with pytest.raises(LogForked):
        do(centre, accept("C2"))
    assert events_of(centre) == before


def test_a_unique_index_is_the_second_line(centre: Centre, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rules that are blind to other orders: the database still lets one lead through."""
    do(centre, accept("C1"))
    monkeypatch.setattr(Entities, "orders_of", lambda self, case_id: [])
    given = centre.writer.submit(
        [
            order(Dispatch(case="C1", assignment="A1", unit=TOWN)),
            order(accept("C2")),
        ]
    )
    assert [a.status for a in given] == [201, 201]
    with centre.database.writing() as connection:
        row = dict(connection.execute(select(assignments)).mappings().one()) | {"id": "A9"}
        with pytest.raises(Exception, match="UNIQUE"):
            connection.execute(insert(assignments), row)


def test_a_conflict_in_the_database_is_one_commands_refusal(
    centre: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    do(centre, accept("C1"))
    do(centre, Dispatch(case="C1", assignment="A1", unit=TOWN))
    find = Entities.fields

    def blind(self: Entities, kind: str, entity_id: str):
        fields = find(self, kind, entity_id)
        return fields | {"state": "registered", "lead": None} if entity_id == "C1" else fields

    monkeypatch.setattr(Entities, "orders_of", lambda self, case_id: [])
    monkeypatch.setattr(Entities, "fields", blind)
    given = centre.writer.submit(
        [order(Dispatch(case="C1", assignment="A2", unit=BUREAU)), order(accept("C2"))]
    )
    assert [(a.status, a.problem) for a in given] == [(422, "conflict"), (201, None)]
    monkeypatch.undo()
    assert followed(centre).digest == centre.mirror.fork().digest


def test_a_commit_that_fails_tells_nobody(centre: Centre) -> None:
    rev, length = centre.tail.rev, len(events_of(centre))

    def fail(_connection: object) -> None:
        raise OperationalError("commit", None, Exception("disk full"))

    sql_event.listen(centre.database._engine, "commit", fail)
    with pytest.raises(OperationalError):
        do(centre, accept("C1"))
    sql_event.remove(centre.database._engine, "commit", fail)
    assert (centre.tail.rev, len(events_of(centre))) == (rev, length)
    assert do(centre, accept("C1")).first_rev == rev + 1


def test_server_time_never_goes_back(centre: Centre, wall: Wall) -> None:
    wall.turn(minutes=5)
    do(centre, accept("C1"))
    wall.turn(minutes=-60)
    do(centre, accept("C2"))
    times = [e.at for e in events_of(centre)]
    assert times == sorted(times)


def test_an_answer_is_stored_with_its_command(centre: Centre) -> None:
    first = order(accept("C1"), key="k1")
    (one,) = centre.writer.submit([first])
    (two,) = centre.writer.submit([first])
    assert (one.status, two.status, two.replayed) == (201, 200, True)
    assert (one.first_rev, one.rev) == (two.first_rev, two.rev)
    (third,) = centre.writer.submit([order(accept("C9"), key="k1")])
    assert third.problem == "key-reused"


def test_a_role_is_not_remembered_against_a_key(centre: Centre) -> None:
    (refused,) = centre.writer.submit([order(accept("C1"), Role.WALL, key="k1")])
    assert (refused.status, refused.problem) == (403, "role")
    (done,) = centre.writer.submit([order(accept("C1"), Role.DISPATCHER, key="k1")])
    assert done.status == 201


def test_expiry_is_server_time(centre: Centre, wall: Wall) -> None:
    assert do(centre, accept("C1"), expires_at=T0 + timedelta(seconds=1)).status == 201
    wall.turn(seconds=1)
    assert do(centre, accept("C2"), expires_at=T0 + timedelta(seconds=1)).status == 410


def test_private_data_lie_beside_the_log(centre: Centre) -> None:
    do(centre, accept("C1", private=Private(words="楼下漏水")))
    with centre.database.reading() as connection:
        assert connection.execute(select(case_private.c.words)).scalar_one() == "楼下漏水"
    assert "漏水" not in str(events_of(centre))


def test_a_savepoint_takes_back_what_was_appended(centre: Centre) -> None:
    def break_off(ledger: Ledger) -> None:
        with ledger.savepoint():
            ledger.append("case.odd", "case:x", {}, Signature("seat", Role.DISPATCHER, "k"))
            raise ZeroDivisionError

    with centre.writer.transaction() as ledger:
        head = ledger.head
        with pytest.raises(ZeroDivisionError):
            break_off(ledger)
        assert ledger.head == head
        assert ledger.events == []


def test_at_the_last_rev_nothing_more_is_stored(centre: Centre) -> None:
    with centre.database.writing() as connection:
        connection.execute(update(counter).values(rev=LAST_REV - 1))
    asked = order(accept("C1"))  # two events, there is room for one
    with pytest.raises(Problem) as caught:
        centre.writer.submit([asked])
    assert (caught.value.status, caught.value.code) == (503, "log-full")
    with centre.database.reading() as connection:
        assert read_head(connection).rev == LAST_REV - 1
        assert statuses(connection, [asked.envelope.key]) == {asked.envelope.key: None}
