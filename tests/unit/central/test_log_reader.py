"""Ranges of the log and the history of a case."""

from console.central import log_reader
from console.central.centre import Centre
from console.domain.command import Dispatch, Remind
from tests.builders import TOWN
from tests.unit.central.desk import accept, do


def test_ranges_are_inclusive_and_limited(centre: Centre) -> None:
    for number in range(4):
        do(centre, accept(f"C{number}"))
    with centre.database.reading() as connection:
        revs = [e.rev for e in log_reader.between(connection, 3, 6, 100)]
        assert revs == [3, 4, 5, 6]
        assert [e.rev for e in log_reader.between(connection, 3, 9, 2)] == [3, 4]
        assert log_reader.between(connection, 6, 3, 100) == []


def test_a_history_is_one_cases_and_its_orders(centre: Centre) -> None:
    do(centre, accept("C1"))
    do(centre, accept("C2"))
    do(centre, Dispatch(case="C1", assignment="A1", unit=TOWN))
    do(centre, Dispatch(case="C2", assignment="A2", unit=TOWN))
    do(centre, Remind(assignment="A1"))
    with centre.database.reading() as connection:
        found = log_reader.history(connection, "C1")
        assert log_reader.history(connection, "C9") == []
    assert {e.entity for e in found} == {"case:C1", "assignment:A1"}
    assert found[-1].type == "assignment.reminded"
    assert [e.rev for e in found] == sorted(e.rev for e in found)
