"""What a day that is played and one that is taken over have in common: a state machine on the caller's clock."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from console.domain.event import Event
from console.domain.worker import Fix
from console.replay.recording import snapshot_of
from console.replay.timeline import Timeline
from console.store.picture import Picture
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

_ZERO = datetime(2000, 1, 1, tzinfo=UTC)

AT_ONCE = 100
"""Events in one message, so that a board can stop between two."""


class Playback(ABC):
    """One board's stream. Orders take effect with the next `step`, which the owner calls often."""

    def __init__(self, timeline: Timeline, begin: datetime, why: str) -> None:
        """Stands paused at `begin` (UTC domain time); the first step tells the whole picture, for `why`."""
        about = timeline.recording.about
        self.timeline = timeline
        self.begins, self.ends = about.begins, about.ends
        self._position = self._within(begin)
        self._picture = Picture(tz=timeline.tz)
        self._playing = False
        self._rate = SLOWEST
        self._now: float | None = None
        self._why: str | None = why
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

    def relist(self) -> None:
        """Tell the whole picture again with the next step."""
        self._why = "relist"

    def step(self, now: float) -> list[PictureMessage]:
        """What happened since the last step; `now` is monotonic seconds."""
        self._now = now if self._now is None else self._now
        passed = min(max(now - self._now, 0.0), LONGEST_STEP_S)
        self._now = now
        messages = self._tell_all() if self._why is not None else self._pass(passed)
        if self._told_at is None or now - self._told_at >= BOOKMARK_S:
            self._told_at = now
            messages.append(self._bookmark())
        return messages

    @abstractmethod
    def _whole(self) -> Picture:
        """The picture at the position."""

    @abstractmethod
    def _happen(self, before: datetime) -> tuple[Sequence[Event], Sequence[Fix]]:
        """Bring the picture from `before` to the position; what is told of it."""

    def _tell_all(self) -> list[PictureMessage]:
        why, self._why = self._why or "", None
        self._told_at = None
        self._picture = self._whole()
        page = snapshot_of(self._picture, self.timeline.recording.about.city, self._clock())
        arrived = SnapshotArrived([page], why)
        return [LinkChanged(LinkState.STREAMING), arrived] if why == "start" else [arrived]

    def _pass(self, seconds: float) -> list[PictureMessage]:
        """Time passes by so many real seconds."""
        before = self._position
        if self._playing:
            self._position = self._within(before + timedelta(seconds=seconds * self._rate))
            if self._position == self.ends:
                self.pause()
        events, fixes = self._happen(before)
        parts = (list(events[n : n + AT_ONCE]) for n in range(0, len(events), AT_ONCE))
        messages: list[PictureMessage] = [EventsArrived(part) for part in parts]
        return [*messages, FixesArrived(list(fixes))] if fixes else messages

    def _bookmark(self) -> BookmarkArrived:
        bookmark = Bookmark(
            epoch=self._picture.epoch,
            rev=self._picture.rev,
            clock=self._clock(),
            digest=f"{self._picture.digest:016x}",
        )
        return BookmarkArrived(bookmark, self._now or 0.0)

    def _clock(self) -> DomainClock:
        """The replay's clock: server time is the monotonic one, for every playback with the same zero.

        A board takes a server time that fell behind for a late one: day and branch must agree.
        """
        return DomainClock(
            domain_time=self._position,
            server_time=_ZERO + timedelta(seconds=self._now or 0.0),
            rate=self._rate if self._playing else 0.0,
            simulated=True,
        )

    def _within(self, moment: datetime) -> datetime:
        return min(max(moment, self.begins), self.ends)
