"""Who does something when: a heap of subjects, each with one next moment at most."""

import heapq
from datetime import datetime

Subject = tuple[str, str]
"""Kind (`case`, `order`, `worker`) and id."""


class Agenda:
    """Moments by subject; planning a subject again replaces its moment."""

    def __init__(self) -> None:
        """Empty."""
        self._heap: list[tuple[datetime, Subject]] = []
        self._at: dict[Subject, datetime] = {}

    def __len__(self) -> int:
        """How many subjects have a moment."""
        return len(self._at)

    def plan(self, subject: Subject, at: datetime | None) -> None:
        """Set the subject's next moment; None forgets it."""
        if at is None:
            self._at.pop(subject, None)
        elif self._at.get(subject) != at:
            self._at[subject] = at
            heapq.heappush(self._heap, (at, subject))

    def next_at(self) -> datetime | None:
        """The earliest moment, None when there is none."""
        while self._heap:
            at, subject = self._heap[0]
            if self._at.get(subject) == at:
                return at
            heapq.heappop(self._heap)
        return None

    def pop(self, now: datetime) -> tuple[datetime, Subject] | None:
        """The earliest subject that is due at `now`, taken off the agenda."""
        at = self.next_at()
        if at is None or at > now:
            return None
        at, subject = heapq.heappop(self._heap)
        del self._at[subject]
        return at, subject
