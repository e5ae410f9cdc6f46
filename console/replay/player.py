"""Plays a recorded day to a board as the live link would."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from console.domain.event import EntityKind, Event
from console.domain.worker import Fix
from console.replay.playback import Playback
from console.replay.problem import believing
from console.replay.timeline import Mark, MarkKind, Timeline
from console.store.picture import Picture
from console.wire.codec import to_builtins
from console.wire.messages import PictureMessage


class Player(Playback):
    """One board's replay.

    It holds its own copy of what the board shows, for the digest of the heartbeats. It knows no
    link and no log, so nothing that is done in a replay can reach the live one.
    """

    def __init__(self, timeline: Timeline, begin: datetime | None = None) -> None:
        """Stands paused at `begin` (UTC domain time), the day's beginning when not given."""
        super().__init__(timeline, begin or timeline.recording.about.begins, "start")

    def seek(self, moment: datetime) -> None:
        """Go to a domain time (aware), cut to the day; playing or not stays as it is."""
        self._position = self._within(moment)
        self._why = self._why or "seek"
        self._playing = self._playing and self._position < self.ends

    def seek_next(self, kind: MarkKind) -> Mark | None:
        """Go to the next red, return or incident; None (and no move) when there is none."""
        mark = self.timeline.next(kind, self._position)
        if mark is not None:
            self.seek(mark.at)
        return mark

    def step(self, now: float) -> list[PictureMessage]:
        """As `Playback.step`; raises `RecordingProblem` for an event that cannot be."""
        return super().step(now)

    def _whole(self) -> Picture:
        return self.timeline.picture_at(self._position)

    def _happen(self, before: datetime) -> tuple[Sequence[Event], Sequence[Fix]]:
        recorded = self.timeline.recording
        span = self.timeline.between(before, self._position)
        events = [self._as_played(recorded.events[n]) for n in span]
        fixes = recorded.tracks.latest(self._position, after=before)
        first = recorded.start.rev + span.start + 1
        with believing(recorded.about.day.isoformat(), f"events {first}–{first + len(span) - 1}"):
            self._picture.apply(events)
            self._picture.put_fixes(fixes)
        return events, fixes

    def _as_played(self, event: Event) -> Event:
        """A clock that was set in the past must not set the replay's: it is told as the replay's own."""
        if event.kind != EntityKind.CLOCK:
            return event
        return replace(event, change=to_builtins(self._clock()))
