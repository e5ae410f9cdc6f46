from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from console.domain.case import CaseState
from console.domain.category import Urgency
from console.domain.clock import Level, case_level, holder_clock
from console.tables.countdown import countdown_of, level_at
from tests.builders import CITY, T0, at, case, order

seconds = st.integers(-400 * 60, 400 * 60)
POLICY = CITY.policy


@given(seconds, st.sampled_from(list(Urgency)))
def test_levels_and_minutes_are_those_of_the_domain(late: int, urgency: Urgency) -> None:
    one = case(urgency=urgency)
    now = T0 + timedelta(seconds=late)
    clock, countdown = holder_clock(one, None, POLICY), countdown_of(one, None, POLICY)
    assert clock is not None
    assert countdown is not None
    assert countdown.level(now.timestamp()) is case_level(one, None, POLICY, now)
    assert countdown.minutes_left(now.timestamp()) == clock.minutes_left(now)


def test_a_case_that_is_over_has_no_clock() -> None:
    over = case(state=CaseState.CLOSED, closed_at=at(5))
    assert countdown_of(over, None, POLICY) is None
    assert level_at(over, None, at(500)) is Level.GREEN


def test_a_suspended_case_is_suspended_however_late() -> None:
    parked = case(state=CaseState.SUSPENDED, lead="A1")
    assert level_at(parked, countdown_of(parked, order(), POLICY), at(9999)) is Level.SUSPENDED
