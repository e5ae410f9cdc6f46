import pytest

from console.domain.assignment import AssignmentState
from console.domain.case import TERMINAL, CaseState
from console.domain.category import Urgency
from console.domain.clock import Level
from console.tables.queue_order import (
    Entry,
    QueueFilter,
    QueueOrder,
    QueueTab,
    entry_of,
    in_tab,
    sort_key,
    tab_of,
)
from tests.builders import CITY, at, case, order


def entry(**fields: object) -> Entry:
    lead = order() if fields.get("lead") else None
    return entry_of(case(**fields), lead, CITY)


@pytest.mark.parametrize(
    ("state", "tab"),
    [
        (CaseState.RECEIVED, QueueTab.WAITING),
        (CaseState.VERIFYING, QueueTab.WAITING),
        (CaseState.REGISTERED, QueueTab.WAITING),
        (CaseState.DISPATCHED, QueueTab.DISPATCHED),
        (CaseState.REWORK, QueueTab.DISPATCHED),
        (CaseState.RETURN_ASKED, QueueTab.DISPATCHED),
        (CaseState.REPORTED, QueueTab.VERIFY_CALLBACK),
        (CaseState.CHECKING, QueueTab.VERIFY_CALLBACK),
        (CaseState.CALLBACK, QueueTab.VERIFY_CALLBACK),
    ],
)
def test_every_open_state_has_its_tab(state: CaseState, tab: QueueTab) -> None:
    assert tab_of(case(state=state)) is tab


def test_every_open_case_stands_in_all_and_every_state_is_decided() -> None:
    for state in CaseState:
        one = entry(state=state)
        assert in_tab(one, QueueTab.ALL, set(), searching=False) is (state not in TERMINAL)


def test_a_case_that_is_over_is_found_only_by_searching_in_all() -> None:
    over = entry(state=CaseState.CLOSED)
    assert in_tab(over, QueueTab.ALL, set(), searching=True)
    assert not in_tab(over, QueueTab.WAITING, set(), searching=True)


def test_mine_is_what_this_seat_gave() -> None:
    one = entry(state=CaseState.DISPATCHED, lead="A1")
    assert in_tab(one, QueueTab.MINE, {"C1"}, searching=False)
    assert not in_tab(one, QueueTab.MINE, set(), searching=False)


def test_worst_first() -> None:
    urgent = entry(id="u", urgency=Urgency.URGENT, waiting_since=at(9))
    late = entry(id="l", waiting_since=at(-60))
    later = entry(id="m", waiting_since=at(-30))
    parked = entry(id="p", state=CaseState.SUSPENDED, lead="A1")
    over = entry(id="o", state=CaseState.CLOSED)
    rows = sorted((over, parked, later, late, urgent), key=lambda e: sort_key(e, QueueOrder.WORST))
    assert [row.case.id for row in rows] == ["u", "l", "m", "p", "o"]


def test_an_urgent_case_that_was_answered_waits_in_line() -> None:
    signed = order(urgency=Urgency.URGENT, state=AssignmentState.RESPONDED, responded_at=at(1))
    answered = case(id="a", urgency=Urgency.URGENT, state=CaseState.DISPATCHED, lead="A1")
    late = entry(id="l", waiting_since=at(-60))
    assert sort_key(late, QueueOrder.WORST) < sort_key(
        entry_of(answered, signed, CITY), QueueOrder.WORST
    )


def test_a_sort_key_ends_with_the_id_and_holds_no_now() -> None:
    for kind in QueueOrder:
        key = sort_key(entry(), kind)
        assert key[-1] == "C1"
        assert key == sort_key(entry(), kind)


def test_the_filter_takes_words_levels_urgency_and_place() -> None:
    moment = at(0).timestamp()
    one, nowhere = entry(), entry(position=None)
    assert QueueFilter(text="hxzl").takes(one, CITY, moment)
    assert not QueueFilter(text="longkun").takes(one, CITY, moment)
    assert QueueFilter(levels=frozenset({Level.GREEN})).takes(one, CITY, moment)
    assert not QueueFilter(levels=frozenset({Level.RED})).takes(one, CITY, moment)
    assert not QueueFilter(urgent_only=True).takes(one, CITY, moment)
    assert QueueFilter(without_place=True).takes(nowhere, CITY, moment)
    assert not QueueFilter(without_place=True).takes(one, CITY, moment)
