"""Plays a recorded day to a board as the live link would: a state machine on the caller's clock."""

from dataclasses import replace
from datetime import datetime, timedelta

from console.domain.event import EntityKind, Event
from console.replay.recording import snapshot_of
from console.replay.timeline import Mark, MarkKind, Timeline
from console.store.picture import Picture
from console.wire.codec import to_builtins
from console.wire.frames import Bookmark, DomainClock
from console.wire.messages import (
    BookmarkArrived,
    EventsArrived,
    FixesArrived,
    LinkChanged,
    LinkState,
    PictureMessage,
    SnapshotArrived,
)

SLOWEST, FASTEST = 1.0, 600.0
"""Bounds of the rate, domain seconds per real second."""

BOOKMARK_S = 1.0
"""Real seconds between two heartbeats."""

LONGEST_STEP_S = 2.0
"""A machine that slept goes on where it stood: no step is longer than so many real seconds."""

AT_ONCE = 100
"""Events in one message, so that a board can stop between two."""


class Player:
    """One board's replay. Orders take effect with the next `step`, which the owner calls often.

    It holds its own copy of what the board shows, for the digest of the heartbeats. It knows no
    link and no log, so nothing that is done in a replay can reach the live one.
    """

    def __init__(self, timeline: Timeline, begin: datetime | None = None) -> None:
        """Stands paused at `begin` (UTC domain time), the day's beginning when not given."""
        about = timeline.recording.about
        self.timeline = timeline
        self.begins, self.ends = about.begins, about.ends
        self._position = self._within(begin or about.begins)
        self._picture = Picture(tz=timeline.tz)
        self._playing = False
        self._rate = SLOWEST
        self._now = 0.0
        self._origin: datetime | None = None
        self._sought: str | None = "start"
        self._told_at: float | None = None

    @property
    def position(self) -> datetime:
        """Domain time as of the last step, UTC; after a seek the one asked for."""
        return self._position

    @property
    def playing(self) -> bool:
        """Whether time passes; at the end of the day it stops by itself."""
        return self._playing

    @property
    def rate(self) -> float:
        """Domain seconds per real second while it plays."""
        return self._rate

    @property
    def rev(self) -> int:
        """The last rev that was told, 0 before the first step."""
        return self._picture.rev

    def play(self) -> None:
        """Let time pass from the last step on."""
        self._playing = self._position < self.ends
        self._told_at = None

    def pause(self) -> None:
        """Let time stand."""
        self._playing = False
        self._told_at = None

    def set_rate(self, rate: float) -> None:
        """Domain seconds per real second, 1 to 600 (`ValueError` otherwise)."""
        if not SLOWEST <= rate <= FASTEST:
            raise ValueError(f"rate {rate:g}: from {SLOWEST:g} to {FASTEST:g}")
        self._rate = float(rate)
        self._told_at = None

    def seek(self, moment: datetime) -> None:
        """Go to a domain time (aware), cut to the day; playing or not stays as it is."""
        self._position = self._within(moment)
        self._sought = "seek"
        self._playing = self._playing and self._position < self.ends

    def seek_next(self, kind: MarkKind) -> Mark | None:
        """Go to the next red, return or incident; None (and no move) when there is none."""
        mark = self.timeline.next(kind, self._position)
        if mark is not None:
            self.seek(mark.at)
        return mark

    def step(self, now: float) -> list[PictureMessage]:
        """What happened since the last step; `now` is monotonic seconds."""
        if self._origin is None:
            self._origin = self.begins - timedelta(seconds=now)
            self._now = now
        passed = min(max(now - self._now, 0.0), LONGEST_STEP_S)
        self._now = now
        messages = self._jump() if self._sought is not None else self._pass(passed)
        if self._told_at is None or now - self._told_at >= BOOKMARK_S:
            self._told_at = now
            messages.append(self._bookmark())
        return messages

    def _jump(self) -> list[PictureMessage]:
        """The whole picture at the place that was sought."""
        why, self._sought = self._sought or "seek", None
        self._told_at = None
        self._picture = self.timeline.picture_at(self._position)
        page = snapshot_of(self._picture, self.timeline.recording.about.city, self._clock())
        arrived = SnapshotArrived([page], why)
        return [LinkChanged(LinkState.STREAMING), arrived] if why == "start" else [arrived]

    def _pass(self, seconds: float) -> list[PictureMessage]:
        """Time passes by so many real seconds."""
        if not self._playing:
            return []
        before = self._position
        self._position = self._within(before + timedelta(seconds=seconds * self._rate))
        if self._position == self.ends:
            self.pause()
        recorded = self.timeline.recording
        events = [
            self._as_played(recorded.events[n])
            for n in self.timeline.between(before, self._position)
        ]
        fixes = recorded.tracks.latest(self._position, after=before)
        self._picture.apply(events)
        self._picture.put_fixes(fixes)
        parts = (events[n : n + AT_ONCE] for n in range(0, len(events), AT_ONCE))
        messages: list[PictureMessage] = [EventsArrived(part) for part in parts]
        return [*messages, FixesArrived(fixes)] if fixes else messages

    def _as_played(self, event: Event) -> Event:
        """A clock that was set in the past must not set the replay's: it is told as the replay's own."""
        if event.kind != EntityKind.CLOCK:
            return event
        return replace(event, change=to_builtins(self._clock()))

    def _bookmark(self) -> BookmarkArrived:
        bookmark = Bookmark(
            epoch=self._picture.epoch,
            rev=self._picture.rev,
            clock=self._clock(),
            digest=f"{self._picture.digest:016x}",
        )
        return BookmarkArrived(bookmark, self._now)

    def _clock(self) -> DomainClock:
        """The replay's clock: server time is the monotonic one with the day's beginning for a zero."""
        origin = self._origin or self.begins
        return DomainClock(
            domain_time=self._position,
            server_time=origin + timedelta(seconds=self._now),
            rate=self._rate if self._playing else 0.0,
            simulated=True,
        )

    def _within(self, moment: datetime) -> datetime:
        return min(max(moment, self.begins), self.ends)
