"""The state of a case as people say it, and what an assignment's clock stops at."""

import pytest

from console.domain.assignment import ENDED, AssignmentState
from console.domain.case import OPEN_TO_HELP, TERMINAL, WAITING, WITH_UNIT, CaseState, life_state
from console.domain.category import Urgency
from tests.builders import at, case, order

DERIVED = {
    AssignmentState.SENT: CaseState.DISPATCHED,
    AssignmentState.ACKNOWLEDGED: CaseState.ACKNOWLEDGED,
    AssignmentState.RESPONDED: CaseState.ACKNOWLEDGED,
    AssignmentState.ON_SCENE: CaseState.ON_SCENE,
}


@pytest.mark.parametrize("state", sorted(DERIVED))
def test_between_dispatch_and_report_the_state_is_the_leads(state: AssignmentState) -> None:
    assert life_state(case(state=CaseState.DISPATCHED), order(state=state)) is DERIVED[state]


@pytest.mark.parametrize("state", sorted(set(CaseState) - {CaseState.DISPATCHED}))
def test_elsewhere_the_stored_state_stands(state: CaseState) -> None:
    assert life_state(case(state=state), order(state=AssignmentState.ON_SCENE)) is state
    assert life_state(case(state=state), None) is state


def test_the_groups_of_states_do_not_overlap() -> None:
    assert not TERMINAL & WAITING
    assert not TERMINAL & OPEN_TO_HELP
    assert not WAITING & OPEN_TO_HELP
    assert WITH_UNIT < OPEN_TO_HELP


@pytest.mark.parametrize("state", sorted(AssignmentState))
def test_an_order_is_active_until_it_has_ended(state: AssignmentState) -> None:
    assert order(state=state).active is (state not in ENDED)


def test_a_normal_order_is_answered_by_signing() -> None:
    assert order(acknowledged_at=at(3)).answered_at == at(3)
    assert order(responded_at=at(3)).answered_at is None


def test_an_urgent_order_is_answered_by_responding_or_arriving_whichever_is_first() -> None:
    urgent = Urgency.URGENT
    assert order(urgency=urgent, acknowledged_at=at(1)).answered_at is None
    assert order(urgency=urgent, responded_at=at(5), arrived_at=at(4)).answered_at == at(4)
    assert order(urgency=urgent, arrived_at=at(4)).answered_at == at(4)
