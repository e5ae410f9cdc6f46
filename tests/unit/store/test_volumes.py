"""What counts in the daily volumes."""

from console.domain.case import CaseState
from console.store.volumes import counted
from tests.builders import at, case


def test_a_new_case_is_a_call() -> None:
    assert counted(None, case()) == ("calls",)


def test_answered_at_once_counts_once() -> None:
    answered = case(state=CaseState.ANSWERED)
    assert counted(case(state=CaseState.RECEIVED), answered) == ("answered",)
    assert counted(answered, answered) == ()


def test_only_the_first_dispatch_leaves_the_centre() -> None:
    sent = case(state=CaseState.DISPATCHED, dispatched_at=at(3))
    assert counted(case(), sent) == ("cases",)
    assert counted(sent, case(dispatched_at=at(3))) == ()
