"""Acts that time causes: once each, by the centre, when they are due."""

from datetime import timedelta

import pytest

from console.central.centre import Centre
from console.central.ledger import Signature
from console.domain.command import Acknowledge, Dispatch, Recall
from console.domain.role import Role
from console.domain.rules import _FIRED
from console.domain.timer import TimerKind
from console.wire.frames import DomainClock
from tests.builders import POLICE, SIGNAL, T0, TOWN
from tests.unit.central.desk import Wall, accept, do, events_of, open_centre


def kinds(centre: Centre, prefix: str = "assignment.") -> list[str]:
    return [e.type.removeprefix(prefix) for e in events_of(centre) if e.type.startswith(prefix)]


def test_an_order_is_announced_after_its_seconds_once(centre: Centre, wall: Wall) -> None:
    do(centre, accept())
    do(centre, Dispatch(case="C1", assignment="A1", unit=TOWN))
    wall.turn(seconds=7.9)
    assert centre.timers.fire() == 0
    wall.turn(seconds=0.1)
    assert centre.timers.fire() == 1
    assert centre.timers.fire() == 0
    assert kinds(centre) == ["sent", "announced"]


def test_a_clock_that_is_ahead_of_the_log_fires_nothing_and_goes_on(
    centre: Centre, wall: Wall, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process has slowed the simulated clock down; this one is to follow, on this very thread."""
    do(centre, accept())
    do(centre, Dispatch(case="C1", assignment="A1", unit=TOWN))
    ahead = T0 + timedelta(hours=1)
    clock = DomainClock(domain_time=ahead, server_time=wall(), rate=60.0, simulated=True)
    centre.clock.set(clock)
    look, looks = centre.timers._any_due, iter(range(10))

    def any_due() -> bool:
        next(looks)  # ends a loop that would never end
        return look()

    monkeypatch.setattr(centre.timers, "_any_due", any_due)
    assert centre.timers.fire() == 0
    assert kinds(centre) == ["sent"]


def test_what_was_taken_back_is_not_announced(centre: Centre, wall: Wall) -> None:
    do(centre, accept())
    do(centre, Dispatch(case="C1", assignment="A1", unit=TOWN))
    do(centre, Recall(assignment="A1", reason="误派"))
    wall.turn(minutes=31)
    centre.timers.fire()
    assert kinds(centre) == ["sent", "recalled"]


def test_the_ladder_stops_when_somebody_signs(centre: Centre, wall: Wall) -> None:
    do(centre, accept(category=SIGNAL))
    do(centre, Dispatch(case="C1", assignment="A1", unit=POLICE))
    wall.turn(minutes=3)
    centre.timers.fire()
    do(centre, Acknowledge(assignment="A1"))
    wall.turn(minutes=20)
    centre.timers.fire()
    assert kinds(centre) == ["sent", "escalated", "acknowledged"]
    wall.turn(minutes=10)
    centre.timers.fire()
    assert kinds(centre)[-1] == "overdue", "urgent: signed for is not yet responded"


def test_timers_outlive_the_process(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder, wall = tmp_path_factory.mktemp("centre"), Wall()
    first = open_centre(folder, wall)
    do(first, accept())
    do(first, Dispatch(case="C1", assignment="A1", unit=TOWN))
    first.database.close(clean=False)
    wall.turn(minutes=31)
    second = open_centre(folder, wall)
    second.timers.fire()
    second.timers.fire()
    assert kinds(second) == ["sent", "announced", "overdue"]
    assert [e.occurred_at for e in events_of(second)][-1] == wall.now, "a real centre acts now"
    second.database.close(clean=True)


def test_a_simulated_clock_that_jumps_leaves_acts_at_their_own_time(
    centre: Centre, wall: Wall
) -> None:
    signature = Signature("feed", Role.FIELD, "clock")
    stands = DomainClock(domain_time=T0, server_time=T0, rate=0, simulated=True)
    centre.writer.set_clock(stands, signature)
    do(centre, accept(category=SIGNAL))
    do(centre, Dispatch(case="C1", assignment="A1", unit=POLICE))
    later = DomainClock(domain_time=T0 + timedelta(hours=2), server_time=T0, rate=0, simulated=True)
    centre.writer.set_clock(later, signature)
    centre.timers.fire()
    told = [(e.type, e.occurred_at - T0) for e in events_of(centre) if e.role is Role.CENTRE]
    minutes = [(t.removeprefix("assignment."), d // timedelta(minutes=1)) for t, d in told]
    assert minutes[-4:] == [
        ("escalated", 3),
        ("escalated", 6),
        ("escalated", 10),
        ("overdue", 30),
    ]


def test_midnight_of_the_city_begins_a_day_once(centre: Centre, wall: Wall) -> None:
    wall.turn(hours=13, minutes=59)
    centre.timers.fire()
    assert len(kinds(centre, "day.")) == 1
    wall.turn(minutes=1)
    centre.timers.fire()
    centre.timers.fire()
    assert [e.entity for e in events_of(centre) if e.kind == "day"][1:] == ["day:2026-06-04"]


def test_the_first_call_after_midnight_belongs_to_the_new_day(centre: Centre, wall: Wall) -> None:
    wall.turn(days=2)
    do(centre, accept())
    assert [e.type for e in events_of(centre)][2:] == [
        "day.began",
        "case.received",
        "case.registered",
    ]
    day = centre.mirror.fork().day
    assert (day.day, sum(day.calls)) == ("2026-06-05", 1)


def test_a_timer_that_cannot_be_decided_does_not_hold_up_the_others(
    centre: Centre, wall: Wall, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setitem(_FIRED, TimerKind.ANNOUNCE, broken)
    do(centre, accept())
    do(centre, Dispatch(case="C1", assignment="A1", unit=TOWN))
    wall.turn(minutes=31)
    centre.timers.fire()
    assert kinds(centre) == ["sent", "overdue"]
    assert "was dropped" in caplog.text
