"""Seeking and playing lead to the same state, and a board can follow either."""

from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.domain.event import EntityKind, Event
from console.replay.playback import LONGEST_STEP_S
from console.replay.player import Player
from console.replay.timeline import MarkKind, Timeline
from console.store.picture import Picture
from console.wire.codec import to_builtins
from console.wire.frames import DomainClock
from console.wire.messages import (
    BookmarkArrived,
    EventsArrived,
    FixesArrived,
    LinkChanged,
    PictureMessage,
    SnapshotArrived,
)
from tests.unit.field.rehearsing import CITY
from tests.unit.replay.made import recording

BEGINS = recording().about.begins
DAY_S = 86_400


@cache
def timeline() -> Timeline:
    line = Timeline(recording(), CITY)
    line.marks(MarkKind.RED)
    return line


def at(seconds: float) -> datetime:
    return BEGINS + timedelta(seconds=seconds)


class Board:
    """Applies messages as `live.board` does, and checks every heartbeat against its own picture."""

    def __init__(self) -> None:
        self.picture = Picture(tz=CITY.tz)
        self.clock: DomainClock | None = None
        self.bookmarks = 0

    def take(self, messages: list[PictureMessage]) -> None:
        for message in messages:
            match message:
                case SnapshotArrived(pages, _):
                    self.picture = Picture.from_snapshot(pages, CITY.tz)
                    assert int(pages[0].digest, 16) == self.picture.digest
                case EventsArrived(events):
                    self.picture.apply(events)
                case FixesArrived(fixes):
                    self.picture.put_fixes(fixes)
                case BookmarkArrived(bookmark, _):
                    assert bookmark.rev == self.picture.rev
                    assert int(bookmark.digest, 16) == self.picture.digest
                    self.clock = bookmark.clock
                    self.bookmarks += 1
                case LinkChanged():
                    pass


def state(picture: Picture) -> Picture:
    """All of a picture but the clock, which is the replay's, and the order of its lists."""
    plain = replace(picture, clock=None, of_owner={}, of_worker={}, of_unit={})
    for name in ("of_owner", "of_worker", "of_unit"):
        index = getattr(picture, name)
        setattr(plain, name, {key: tuple(sorted(ids)) for key, ids in index.items()})
    return plain


def played(start: float, end: float, rate: float, step: float) -> Board:
    """Play from one second of the day to another and pause there."""
    player, board, now = Player(timeline(), at(start)), Board(), 100.0
    player.set_rate(rate)
    board.take(player.step(now))
    player.play()
    while player.position < at(end) and player.playing:
        # The last step is as long as it takes.
        now += min(step, (at(end) - player.position).total_seconds() / rate)
        board.take(player.step(now))
    assert abs(player.position - at(end)) <= timedelta(milliseconds=1)
    # Steps are cut to microseconds of the clock: the same moment for both.
    player.pause()
    board.take(player.step(now))
    assert board.clock is not None
    assert board.clock.domain_time == player.position
    return board


def sought(moment: datetime) -> Board:
    player, board = Player(timeline()), Board()
    board.take(player.step(5.0))
    player.seek(moment)
    board.take(player.step(5.1))
    return board


@settings(max_examples=1_000, deadline=None)
@given(
    end=st.floats(0, DAY_S, allow_nan=False).map(lambda s: round(s, 3)),
    span=st.floats(0, 10_000).map(lambda s: round(s, 3)),
    rate=st.sampled_from([1.0, 60.0, 333.0, 600.0]),
    step=st.floats(0.05, 3.0),
)
def test_state_after_seek_is_state_after_playing(
    end: float, span: float, rate: float, step: float
) -> None:
    span = min(span, 60 * rate)
    board = played(max(0.0, end - span), end, rate, step)
    assert board.clock is not None
    assert state(sought(board.clock.domain_time).picture) == state(board.picture)


def test_the_whole_day_played_is_the_day_recorded() -> None:
    board = played(0, DAY_S, 600.0, 1.0)
    assert board.picture.rev == recording().events[-1].rev
    assert state(sought(at(DAY_S)).picture) == state(board.picture)


def test_paused_time_stands_and_the_heart_beats() -> None:
    player, board = Player(timeline(), at(40_000)), Board()
    for tenth in range(50):
        board.take(player.step(tenth / 10))
    assert player.position == at(40_000)
    assert board.bookmarks == 5
    assert board.clock is not None
    assert board.clock.rate == 0.0
    assert board.clock.simulated


def test_the_rate_is_that_of_the_bookmarks_clock() -> None:
    player, board = Player(timeline(), at(40_000)), Board()
    board.take(player.step(7.0))
    player.set_rate(60)
    player.play()
    board.take(player.step(8.0))
    first = board.clock
    board.take(player.step(9.0))
    assert first is not None
    assert board.clock is not None
    assert first.rate == board.clock.rate == 60.0
    passed = (board.clock.server_time - first.server_time).total_seconds()
    assert passed == pytest.approx(1.0)
    assert board.clock.domain_time - first.domain_time == timedelta(minutes=1)


def test_it_stops_by_itself_at_the_end() -> None:
    player, board = Player(timeline(), at(DAY_S - 30)), Board()
    player.set_rate(600)
    board.take(player.step(0.0))
    player.play()
    board.take(player.step(1.0))
    assert player.position == recording().about.ends
    assert not player.playing
    assert board.clock is not None
    assert board.clock.rate == 0.0
    player.play()
    assert not player.playing


def test_a_machine_that_slept_goes_on_where_it_stood() -> None:
    player = Player(timeline(), at(10_000))
    player.step(0.0)
    player.play()
    player.step(3_600.0)
    assert player.position == at(10_000 + LONGEST_STEP_S)


@pytest.mark.parametrize("rate", [0.0, 0.5, 601.0, -1.0, float("nan"), float("inf")])
def test_other_rates_are_refused(rate: float) -> None:
    player = Player(timeline())
    with pytest.raises(ValueError, match="from 1 to 600"):
        player.set_rate(rate)


def test_a_seek_outside_the_day_ends_at_its_edge() -> None:
    player = Player(timeline())
    player.seek(at(-5_000))
    assert player.position == BEGINS
    player.seek(at(DAY_S + 5_000))
    assert player.position == recording().about.ends


@pytest.mark.parametrize("kind", [MarkKind.RED, MarkKind.RETURN])
def test_next_goes_to_the_mark(kind: MarkKind) -> None:
    player, board = Player(timeline(), at(30_000)), Board()
    mark = player.seek_next(kind)
    assert mark is not None
    board.take(player.step(1.0))
    assert player.position == mark.at
    assert mark.about in board.picture.cases
    player.seek(at(DAY_S))
    assert player.seek_next(kind) is None


def test_a_clock_that_was_set_in_the_past_is_told_as_the_replays_own() -> None:
    events = list(recording().events)
    last = events[-1]
    old = DomainClock(domain_time=BEGINS, server_time=BEGINS, rate=7.0, simulated=False)
    clock = replace(
        last,
        rev=last.rev + 1,
        entity=f"{EntityKind.CLOCK.value}:city",
        type="clock.set",
        change=to_builtins(old),
    )
    moments = [*recording().moments, recording().moments[-1]]
    line = Timeline(replace(recording(), events=[*events, clock], moments=moments), CITY)
    player, told = Player(line, moments[-1] - timedelta(seconds=1)), list[Event]()
    player.step(0.0)
    player.play()
    for message in player.step(2.0):
        if isinstance(message, EventsArrived):
            told += message.events
    assert told[-1].rev == clock.rev
    assert told[-1].change["simulated"] is True
    assert told[-1].change["rate"] == 1.0
