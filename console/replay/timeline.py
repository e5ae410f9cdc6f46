"""What a recorded day holds and where: checkpoints to seek from, and the moments worth jumping to."""

import heapq
from bisect import bisect_right
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from threading import RLock

from console.domain.case import CaseState
from console.domain.city import City
from console.domain.clock import holder_clock
from console.domain.event import EntityKind, Event
from console.replay.collection import no_collection
from console.replay.fold import folded
from console.replay.problem import IMPOSSIBLE, believing, damaged
from console.replay.recording import Recording
from console.store.picture import Picture

EVERY = 1_000
"""Events between two checkpoints: a seek applies fewer than that."""

_MINUTE = timedelta(minutes=1)


class MarkKind(StrEnum):
    """What happened at a mark: a clock ran out, a unit said "not mine", an incident began."""

    RED = "red"
    RETURN = "return"
    INCIDENT = "incident"


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """One moment (UTC domain time) on the time line; `about` is the id of the case or incident."""

    at: datetime
    kind: MarkKind
    about: str


class Timeline:
    """The index of one recording, built from its beginning as far as somebody asks.

    Everything is right at once except `fraction` below 1: then `advance` has work left, which a
    background turn may do in portions, or a question that needs it does. Threads wait for each other.
    """

    def __init__(self, recording: Recording, city: City) -> None:
        """Looks at every event once; no picture is made yet except that of the beginning.

        Raises `RecordingProblem` for a beginning that cannot be.
        """
        self.recording, self._city, self.tz = recording, city, city.tz
        self._name = recording.about.day.isoformat()
        self._turn = RLock()
        self._front = Picture.from_snapshot([recording.start], city.tz)
        self._checkpoints = [(0, self._front.fork())]
        self._ahead = self._checkpoints[0]
        self._done = 0
        self._marks: dict[MarkKind, list[Mark]] = {kind: [] for kind in MarkKind}
        self._red: list[tuple[datetime, str]] = []
        self._due: dict[str, datetime] = {}
        self._is_red: set[str] = set()
        self._touched: set[str] = set(self._front.cases)
        self._moment = recording.about.begins
        minutes = -(-(recording.about.ends - recording.about.begins) // _MINUTE)
        self.per_minute = [0] * minutes
        with believing(self._name, "the picture at its beginning"):
            for event, moment in zip(recording.events, recording.moments, strict=True):
                self._look(event, moment)
            self._watch_touched()
        # What was red before the day began did not turn red on it.
        self._marks[MarkKind.RED].clear()

    def _look(self, event: Event, moment: datetime) -> None:
        """What an event tells without a picture."""
        about = self.recording.about
        kind = event.kind
        if kind == EntityKind.CASE:
            if "id" in event.change:
                minute = min((moment - about.begins) // _MINUTE, len(self.per_minute) - 1)
                self.per_minute[minute] += 1
            if event.change.get("state") == CaseState.RETURN_ASKED:
                self._mark(moment, MarkKind.RETURN, event.entity_id)
        elif kind == EntityKind.INCIDENT and "id" in event.change:
            self._mark(moment, MarkKind.INCIDENT, event.entity_id)

    def _mark(self, at: datetime, kind: MarkKind, about: str) -> None:
        self._marks[kind].append(Mark(at, kind, about))

    # Building

    @property
    def fraction(self) -> float:
        """How much is indexed, 0 to 1."""
        total = len(self.recording.events)
        return 1.0 if self._finished else min(self._done / max(total, 1), 0.999)

    @property
    def _finished(self) -> bool:
        return self._done > len(self.recording.events)

    def advance(self, events: int = 500) -> float:
        """Index so many events more; the fraction done. Raises `RecordingProblem` for an event that cannot be."""
        with self._turn, no_collection():
            try:
                self._advance(events)
            except IMPOSSIBLE as error:
                rev = self.recording.start.rev + min(self._done + 1, len(self.recording.events))
                raise damaged(self._name, f"event {rev}", str(error)[:200]) from error
        return self.fraction

    def _advance(self, events: int) -> None:
        recorded, moments = self.recording.events, self.recording.moments
        last = min(self._done + events, len(recorded))
        while self._done < last:
            event = recorded[self._done]
            self._pass_to(moments[self._done])
            changes = self._front.apply([event])
            self._touched |= changes.cases | changes.removed_cases
            self._done += 1
            # The first event of a day clears thousands of cases away: once is enough.
            if self._done - self._checkpoints[-1][0] >= EVERY or event.kind == EntityKind.DAY:
                self._checkpoints.append((self._done, self._front.fork()))
        if self._done == len(recorded):
            self._pass_to(self.recording.about.ends)
            self._done += 1

    def _pass_to(self, moment: datetime) -> None:
        """Time goes on: look at what changed at the last moment, then let clocks run out before this one."""
        if moment == self._moment:
            return
        self._watch_touched()
        self._moment = moment
        while self._red and self._red[0][0] < moment:
            due, case_id = heapq.heappop(self._red)
            if self._due.get(case_id) == due:
                del self._due[case_id]
                self._turn_red(due, case_id)

    def _watch_touched(self) -> None:
        """Only when a moment is over: between the events of one command a case may look like anything."""
        for case_id in sorted(self._touched):
            self._watch(case_id, self._moment)
        self._touched.clear()

    def _watch(self, case_id: str, now: datetime) -> None:
        """Note when the case will turn red as it stands at `now`, or that it has just done so."""
        self._due.pop(case_id, None)
        case = self._front.cases.get(case_id)
        if case is None or case.state is CaseState.SUSPENDED:
            self._is_red.discard(case_id)
            return
        clock = holder_clock(case, self._front.lead(case), self._city.policy)
        if clock is None or clock.due > now:
            self._is_red.discard(case_id)
        if clock is not None and clock.due > now:
            self._due[case_id] = clock.due
            heapq.heappush(self._red, (clock.due, case_id))
        elif clock is not None and case_id not in self._is_red:
            self._turn_red(now, case_id)

    def _turn_red(self, at: datetime, case_id: str) -> None:
        self._is_red.add(case_id)
        self._mark(at, MarkKind.RED, case_id)

    # Asking

    def picture_at(self, moment: datetime) -> Picture:
        """The picture as it was known at a domain time, positions included; the caller's own to change.

        Raises `RecordingProblem` for an event that cannot be.
        """
        wanted = bisect_right(self.recording.moments, moment)
        with self._turn, no_collection(), believing(self._name, f"events 1–{wanted}"):
            picture = self._near(wanted)
            picture.put_fixes(self.recording.tracks.latest(moment))
        return picture

    def _near(self, wanted: int) -> Picture:
        """The picture after so many events, from the checkpoint before, or all at once where there is none yet."""
        place = bisect_right(self._checkpoints, wanted, key=lambda checkpoint: checkpoint[0])
        count, checkpoint = max(self._checkpoints[place - 1], self._ahead, key=lambda c: c[0])
        if count > wanted:
            count, checkpoint = self._checkpoints[place - 1]
        if wanted - count > 2 * EVERY:
            count, checkpoint = self._ahead = (wanted, self._folded(wanted))
        picture = checkpoint.fork()
        picture.apply(self.recording.events[count:wanted])
        return picture

    def _folded(self, wanted: int) -> Picture:
        return folded(self.recording.start, self.recording.events[:wanted], self.tz)

    def marks(self, kind: MarkKind) -> list[Mark]:
        """All marks of a kind in the order of time; red ones need the whole index."""
        if kind is MarkKind.RED:
            while not self._finished:
                self.advance(EVERY)
        return self._marks[kind]

    def next(self, kind: MarkKind, after: datetime) -> Mark | None:
        """The first mark of a kind later than `after`, None when there is none."""
        while True:
            known = self._marks[kind]
            place = bisect_right(known, after, key=lambda mark: mark.at)
            if place < len(known):
                return known[place]
            if kind is not MarkKind.RED or self._finished:
                return None
            self.advance(EVERY)

    def between(self, first: datetime, last: datetime) -> range:
        """Indices of the events committed in (`first`, `last`]."""
        moments = self.recording.moments
        return range(bisect_right(moments, first), bisect_right(moments, last))

    def busiest(self) -> datetime:
        """The beginning of the hour with the most calls: where a lesson likes to begin."""
        counts = self.per_minute
        hours = [sum(counts[n : n + 60]) for n in range(0, len(counts), 60)]
        hour = hours.index(max(hours)) if hours else 0
        return self.recording.about.begins + hour * 60 * _MINUTE
