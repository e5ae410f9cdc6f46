"""Many events at once give the picture that they give one by one."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.domain.event import EntityKind, Event
from console.replay.fold import folded
from console.store.picture import Picture
from console.wire.codec import to_builtins
from console.wire.frames import DomainClock
from tests.unit.field.rehearsing import CITY
from tests.unit.replay.branching import at
from tests.unit.replay.made import recording


def one_by_one(events: list[Event]) -> Picture:
    picture = Picture.from_snapshot([recording().start], CITY.tz)
    picture.apply(events)
    return picture


@settings(max_examples=60, deadline=None)
@given(share=st.floats(0, 1))
def test_it_is_the_same_as_one_by_one(share: float) -> None:
    events = list(recording().events)
    part = events[: round(share * len(events))]
    found, wanted = folded(recording().start, part, CITY.tz), one_by_one(part)
    assert found == wanted
    assert found.digest == wanted.digest


def appended(**change: object) -> list[Event]:
    """The day with one event more."""
    events = list(recording().events)
    return [*events, replace(events[-1], rev=events[-1].rev + 1, **change)]


def test_kinds_that_change_much_and_kinds_nobody_knows() -> None:
    clock = DomainClock(domain_time=at(3), server_time=at(3), rate=2.0, simulated=True)
    for change in (
        {"entity": "clock:city", "change": to_builtins(clock)},
        {"entity": "day:2026-06-04", "change": {}},
        {"entity": "moon:1", "change": {"id": "1"}},
        {"entity": "case:nobody", "change": {"state": "closed"}},
    ):
        events = appended(**change)
        assert folded(recording().start, events, CITY.tz) == one_by_one(events)


def test_who_is_answered_takes_the_orders_along() -> None:
    looked_at = next(
        e for e in recording().events if e.kind == EntityKind.ASSIGNMENT and "id" in e.change
    )
    case = f"case:{looked_at.change['case']}"
    events = appended(entity=case, change={"state": "answered"})
    found = folded(recording().start, events, CITY.tz)
    assert found == one_by_one(events)
    assert looked_at.entity_id not in found.assignments


def test_events_that_do_not_follow_are_refused() -> None:
    events = list(recording().events)
    with pytest.raises(ValueError, match="does not follow"):
        folded(recording().start, [events[0], events[2]], CITY.tz)
    bad = replace(events[-1], rev=events[-1].rev + 1, change={"state": "flying"})
    with pytest.raises(ValueError):
        folded(recording().start, [*events, bad], CITY.tz)
