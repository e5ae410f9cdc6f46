"""Clocks, their levels and work time against DOMAIN.md §5."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.assignment import AssignmentState
from console.domain.case import TERMINAL, CaseState
from console.domain.category import DeadlineUnit, Urgency
from console.domain.city import Policy
from console.domain.clock import (
    Clock,
    Level,
    case_level,
    centre_limit,
    citizen_minutes,
    holder_clock,
    response_due,
)
from tests.builders import T0, TZ, at, case, order, work_time

POLICY = Policy()
STARTS = st.integers(-700_000, 200_000).map(at)
"""Any minute from early 2025 to autumn 2026."""
OPEN = sorted(set(CaseState) - TERMINAL)


def local(day: int, hour: int, minute: int = 0, month: int = 6) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=TZ)


@pytest.mark.parametrize(
    ("minutes", "level"),
    [
        (0, Level.GREEN),
        (14.99, Level.GREEN),
        (15, Level.AMBER),
        (29.99, Level.AMBER),
        (30, Level.RED),
        (89.99, Level.RED),
        (90, Level.DARK_RED),
        (100_000, Level.DARK_RED),
    ],
)
def test_a_thirty_minute_clock_is_amber_from_half_red_from_zero_dark_red_at_thrice(
    minutes: float, level: Level
) -> None:
    assert Clock(T0, at(30), POLICY.amber_response).level(at(minutes)) is level


@pytest.mark.parametrize(
    ("minutes", "level"),
    [(0, Level.GREEN), (79.99, Level.GREEN), (80, Level.AMBER), (100, Level.RED)],
)
def test_a_handling_deadline_is_amber_from_a_fifth(minutes: float, level: Level) -> None:
    assert Clock(T0, at(100), POLICY.amber_handling).level(at(minutes)) is level


def test_levels_are_ordered_so_that_max_is_the_worst() -> None:
    worst_last = [Level.SUSPENDED, Level.GREEN, Level.AMBER, Level.RED, Level.DARK_RED]
    assert sorted(Level) == worst_last


@given(st.floats(0, 500), st.floats(0, 500))
def test_a_clock_never_gets_better(first: float, second: float) -> None:
    clock = Clock(T0, at(30), 0.5)
    early, late = sorted((first, second))
    assert clock.level(at(early)) <= clock.level(at(late))
    assert clock.minutes_left(at(early)) >= clock.minutes_left(at(late))


@pytest.mark.parametrize(
    ("minutes", "left"),
    [(0, 30), (0.5, 30), (1, 29), (29.5, 1), (30, 0), (37, -7), (37.9, -7), (38, -8)],
)
def test_minutes_left_round_up_before_the_deadline_and_down_after(
    minutes: float, left: int
) -> None:
    assert Clock(T0, at(30), 0.5).minutes_left(at(minutes)) == left


def test_a_clock_without_length_is_overdue_at_once() -> None:
    assert Clock(T0, T0, 0.5).level(T0) >= Level.RED


def test_the_citizens_clock_never_pauses_and_ends_with_the_close() -> None:
    waiting = case(state=CaseState.SUSPENDED, waiting_since=at(50))
    assert citizen_minutes(waiting, at(61.5)) == 61
    assert citizen_minutes(case(state=CaseState.CLOSED, closed_at=at(20)), at(600)) == 20


def test_limits_of_centre_and_holder() -> None:
    assert centre_limit(Urgency.URGENT, POLICY) == timedelta(minutes=3)
    assert centre_limit(Urgency.NORMAL, POLICY) == timedelta(minutes=15)
    assert response_due(T0, POLICY) == at(30)


@given(
    st.sampled_from(OPEN),
    st.sampled_from(Urgency),
    st.none() | st.sampled_from(AssignmentState),
    st.booleans(),
)
def test_nothing_open_is_ever_on_no_clock(
    state: CaseState, urgency: Urgency, lead: AssignmentState | None, has_due: bool
) -> None:
    held = case(state=state, urgency=urgency, due_at=at(60) if has_due else None)
    given_to = order(state=lead, urgency=urgency) if lead is not None else None
    clock = holder_clock(held, given_to, POLICY)
    assert clock is not None
    assert clock.due > clock.start


@pytest.mark.parametrize("state", sorted(TERMINAL))
def test_what_has_ended_owes_nothing(state: CaseState) -> None:
    assert holder_clock(case(state=state), order(), POLICY) is None
    assert case_level(case(state=state), None, POLICY, at(10_000)) is Level.GREEN


@pytest.mark.parametrize("state", [CaseState.RECEIVED, CaseState.VERIFYING, CaseState.REGISTERED])
def test_the_centres_clock_runs_until_dispatched(state: CaseState) -> None:
    urgent = case(state=state, urgency=Urgency.URGENT, waiting_since=at(5))
    assert holder_clock(urgent, None, POLICY) == Clock(at(5), at(8), 0.5)
    normal = case(state=state, waiting_since=at(5))
    assert holder_clock(normal, None, POLICY) == Clock(at(5), at(20), 0.5)


def test_whoever_must_decide_a_return_has_fifteen_minutes() -> None:
    asked = case(state=CaseState.RETURN_ASKED, waiting_since=at(40))
    assert holder_clock(asked, order(), POLICY) == Clock(at(40), at(55), 0.5)


def test_a_normal_holder_must_acknowledge_and_then_handle() -> None:
    held = case(state=CaseState.DISPATCHED)
    assert holder_clock(held, order(), POLICY) == Clock(T0, at(30), 0.5)
    signed = order(state=AssignmentState.ACKNOWLEDGED, acknowledged_at=at(4))
    assert holder_clock(held, signed, POLICY) == Clock(T0, at(240), 0.2)


def test_an_urgent_holder_must_respond_or_arrive_not_only_sign() -> None:
    held = case(state=CaseState.DISPATCHED, urgency=Urgency.URGENT)
    signed = order(
        urgency=Urgency.URGENT, state=AssignmentState.ACKNOWLEDGED, acknowledged_at=at(1)
    )
    assert holder_clock(held, signed, POLICY) == Clock(T0, at(30), 0.5)
    arrived = order(urgency=Urgency.URGENT, state=AssignmentState.ON_SCENE, arrived_at=at(9))
    assert holder_clock(held, arrived, POLICY) == Clock(T0, at(240), 0.2)


@pytest.mark.parametrize("state", [CaseState.CHECKING, CaseState.CALLBACK])
def test_check_and_call_back_are_on_the_centres_clock_not_the_units(state: CaseState) -> None:
    held = case(state=state, reported_at=at(30), due_at=at(40))
    done = order(state=AssignmentState.DONE, acknowledged_at=at(2), ended_at=at(30))
    clock = holder_clock(held, done, POLICY)
    assert clock is not None
    assert clock.start == at(30)
    # Handled in time: the unit must not show red because the centre has not yet asked.
    assert case_level(held, done, POLICY, at(41)) is Level.GREEN


def test_a_suspended_case_keeps_its_deadline_and_its_own_colour() -> None:
    parked = case(state=CaseState.SUSPENDED)
    clock = holder_clock(parked, None, POLICY)
    assert clock is not None
    assert clock.due == at(240)
    assert case_level(parked, None, POLICY, at(10_000)) is Level.SUSPENDED


class TestWorkTime:
    def test_hours_run_across_lunch(self) -> None:
        due = work_time().add_hours(local(3, 11), 2).due
        assert due == local(3, 15, 30)

    def test_hours_run_across_a_weekend(self) -> None:
        assert work_time().add_hours(local(5, 17), 1).due == local(8, 9)

    def test_hours_begin_at_opening(self) -> None:
        assert work_time().add_hours(local(6, 23), 1).due == local(8, 9, 30)
        assert work_time().add_hours(local(3, 13), 1).due == local(3, 15, 30)

    def test_hours_end_exactly_at_noon_and_at_the_close(self) -> None:
        assert work_time().add_hours(local(3, 10), 2).due == local(3, 12)
        assert work_time().add_hours(local(3, 10), 5).due == local(3, 17, 30)

    def test_a_public_holiday_does_not_count(self) -> None:
        holiday = date(2026, 6, 4)
        calendar = work_time(lambda day: day != holiday and day.weekday() < 5)
        assert calendar.add_hours(local(3, 17), 1).due == local(5, 9)
        assert calendar.add_days(local(3, 9), 1).due == local(5, 17, 30)

    def test_a_make_up_saturday_counts_and_the_citys_word_beats_the_nations(self) -> None:
        make_up = work_time(lambda day: day.weekday() < 5, {date(2026, 6, 6): True})
        assert make_up.add_days(local(5, 9), 1).due == local(6, 17, 30)
        own_day_off = work_time(lambda day: True, {date(2026, 6, 4): False})
        assert own_day_off.add_days(local(3, 9), 1).due == local(5, 17, 30)

    def test_an_unknown_year_counts_weekdays_and_says_provisional(self) -> None:
        unknown = work_time(lambda day: None if day.year > 2026 else day.weekday() < 5)
        start = datetime(2026, 12, 31, 17, 0, tzinfo=TZ)
        late = unknown.add_hours(start, 1)
        assert late.due == datetime(2027, 1, 1, 9, 0, tzinfo=TZ)
        assert late.provisional
        assert unknown.add_days(start, 1).provisional
        assert not unknown.add_hours(start, 0.5).provisional

    def test_a_day_named_by_the_city_is_certain_even_in_an_unknown_year(self) -> None:
        named = work_time(lambda day: None, {date(2027, 1, 5): False, date(2027, 1, 6): True})
        found = named.add_days(datetime(2027, 1, 4, 9, 0, tzinfo=TZ), 1)
        assert found.due == datetime(2027, 1, 6, 17, 30, tzinfo=TZ)
        assert not found.provisional

    @given(
        STARTS,
        st.integers(0, 60),
        st.integers(0, 60),
    )
    def test_more_work_never_ends_earlier(self, start: datetime, one: int, two: int) -> None:
        less, more = sorted((one, two))
        calendar = work_time()
        assert calendar.add_hours(start, less).due <= calendar.add_hours(start, more).due
        assert calendar.add_days(start, less).due <= calendar.add_days(start, more).due

    @given(
        STARTS,
        st.integers(1, 60),
    )
    def test_work_time_ends_on_a_workday_in_work_hours(self, start: datetime, amount: int) -> None:
        calendar = work_time()
        by_days = calendar.add_days(start, amount).due.astimezone(TZ)
        assert by_days.weekday() < 5
        assert (by_days.hour, by_days.minute) == (17, 30)
        by_hours = calendar.add_hours(start, amount).due.astimezone(TZ)
        assert by_hours.weekday() < 5
        assert by_hours - start.astimezone(TZ) >= timedelta(hours=amount)

    def test_each_unit_of_a_deadline(self) -> None:
        start = local(5, 16)
        calendar = work_time()
        assert calendar.deadline(start, 2, DeadlineUnit.URGENT_HOURS).due == local(5, 18)
        assert calendar.deadline(start, 2, DeadlineUnit.NATURAL_DAYS).due == local(7, 16)
        assert calendar.deadline(start, 2, DeadlineUnit.WORK_HOURS).due == local(8, 9)
        assert calendar.deadline(start, 2, DeadlineUnit.WORK_DAYS).due == local(9, 17, 30)
