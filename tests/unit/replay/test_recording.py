"""A day is cut out of a log by the domain time at which the centre committed each event."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache

import pytest

from console.domain.event import Event
from console.domain.role import Role
from console.field.rehearsal import rehearse
from console.replay.problem import RecordingProblem
from console.replay.recording import CommitClock, check_events, cut_day
from console.wire.codec import to_builtins
from console.wire.frames import DomainClock
from tests.unit.field.rehearsing import CITY, DAY, driver, hour, offline
from tests.unit.replay.made import recording


@cache
def log() -> tuple[Event, ...]:
    """From ten in the evening to six in the morning."""
    centre = offline()
    rehearse(driver(), centre, hour(-2), hour(6), lambda *_: None)
    return tuple(centre.take())


def test_a_day_begins_with_the_picture_of_midnight() -> None:
    day = cut_day(log(), CITY, DAY)
    before = [e for e in log() if e.at < hour(0)]
    assert before
    assert day.start.rev == len(before)
    assert [e.rev for e in day.events] == [e.rev for e in log()[len(before) :]]
    assert all(hour(0) <= moment < hour(24) for moment in day.moments)
    assert day.about.calls == sum(e.type == "case.received" for e in day.events)


def test_a_day_without_events_says_so() -> None:
    with pytest.raises(RecordingProblem) as caught:
        cut_day(log(), CITY, date(2026, 7, 1))
    assert caught.value.code == "recording-empty"
    assert "2026-07-01" in caught.value.zh


def test_a_gap_in_the_log_is_refused() -> None:
    events = [*log()[:-5], *log()[-4:]]
    with pytest.raises(ValueError, match="stands where"):
        cut_day(events, CITY, DAY)


def test_a_swapped_event_breaks_the_chain() -> None:
    events = list(recording().events)
    events[7] = replace(events[7], prev_hash="0" * 64)
    with pytest.raises(ValueError, match="does not follow"):
        check_events(events, events[0].rev, events[0].epoch)


def test_a_changed_event_is_found_by_its_hash() -> None:
    events = list(recording().events)
    events[9] = replace(events[9], actor="somebody else")
    assert replace(recording(), events=events).verify() == events[9].rev


def test_history_holds_a_case_and_its_orders() -> None:
    case = next(e for e in recording().events if e.type == "case.dispatched").entity_id
    kinds = {e.kind for e in recording().history(case)}
    assert kinds == {"case", "assignment"}


def event(rev: int, at: datetime, clock: DomainClock | None = None) -> Event:
    return Event(
        rev=rev,
        epoch="e",
        at=at,
        occurred_at=at,
        actor="centre",
        role=Role.CENTRE,
        command_id="c",
        type="clock.set",
        entity="clock:city" if clock is not None else "day:2026-06-03",
        entity_version=rev,
        change=to_builtins(clock) if clock is not None else {},
    )


def test_commits_are_timed_by_the_clock_that_was_set_and_never_go_back() -> None:
    server = datetime(2026, 11, 1, tzinfo=UTC)
    nine = datetime(2026, 6, 3, 9, tzinfo=UTC)
    fast = DomainClock(domain_time=nine, server_time=server, rate=60.0, simulated=True)
    back = replace(fast, domain_time=nine - timedelta(hours=3), server_time=server + timedelta(seconds=9))  # fmt: skip
    told = CommitClock(None, nine - timedelta(days=1))
    assert told.moment(event(1, server, fast)) == nine
    assert told.moment(event(2, server + timedelta(seconds=5))) == nine + timedelta(minutes=5)
    assert told.moment(event(3, server + timedelta(seconds=9), back)) == nine + timedelta(minutes=5)
