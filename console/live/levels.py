"""The levels of all open cases, each looked at again only when its case changes or its clock passes a step."""

import heapq
from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta

from console.domain.case import TERMINAL, Case, CaseState
from console.domain.city import Policy
from console.domain.clock import Clock, Level, case_level, holder_clock
from console.store.picture import Picture

_EARLY = timedelta(milliseconds=1)
"""A step is looked at so much before it comes: its moment is rounded to microseconds."""


class LevelBook:
    """Counting 4,000 cases anew takes tens of milliseconds, and a screen counts them every second."""

    def __init__(self, policy: Policy) -> None:
        """Knows no case before `rebuild`."""
        self._policy = policy
        self._levels: dict[str, Level] = {}
        self._nowhere: set[str] = set()
        self._steps: list[tuple[datetime, str]] = []
        self._next: dict[str, datetime] = {}
        self._seen: tuple[Picture, datetime] | None = None

    def rebuild(self, picture: Picture, now: datetime) -> None:
        """Look at every case."""
        self._seen = picture, now
        self._levels, self._nowhere = {}, set()
        self._steps, self._next = [], {}
        for case in picture.cases.values():
            self._look(case, picture, now)

    def update(self, picture: Picture, changed: Iterable[str], now: datetime) -> None:
        """Look at the changed (or removed) cases and at those whose level changes by `now` (aware).

        At every case where it is another picture, or time has gone back.
        """
        if self._seen is None or self._seen[0] is not picture or now < self._seen[1]:
            self.rebuild(picture, now)
            return
        self._seen = picture, now
        again = set(changed)
        while self._steps and self._steps[0][0] <= now:
            step, case_id = heapq.heappop(self._steps)
            if self._next.get(case_id) == step:
                again.add(case_id)
        for case_id in again:
            self._forget(case_id)
            case = picture.cases.get(case_id)
            if case is not None:
                self._look(case, picture, now)

    def counts(self) -> dict[Level, int]:
        """Open cases by level."""
        return dict(Counter(self._levels.values()))

    def overdue(self) -> set[str]:
        """Ids of the open cases that are red or worse."""
        return {case_id for case_id, level in self._levels.items() if level >= Level.RED}

    def without_place(self) -> int:
        """Open cases without a place."""
        return len(self._nowhere)

    def _forget(self, case_id: str) -> None:
        self._levels.pop(case_id, None)
        self._next.pop(case_id, None)
        self._nowhere.discard(case_id)

    def _look(self, case: Case, picture: Picture, now: datetime) -> None:
        if case.state in TERMINAL:
            return
        lead = picture.lead(case)
        self._levels[case.id] = case_level(case, lead, self._policy, now)
        if case.position is None:
            self._nowhere.add(case.id)
        if case.state is CaseState.SUSPENDED:
            return
        clock = holder_clock(case, lead, self._policy)
        step = None if clock is None else self._step(clock, now)
        if step is not None:
            self._next[case.id] = step
            heapq.heappush(self._steps, (step, case.id))

    def _step(self, clock: Clock, now: datetime) -> datetime | None:
        """When the level changes next; None when it is at its worst."""
        span = clock.due - clock.start
        dark_red = clock.due + span * (self._policy.dark_red_factor - 1)
        steps = (clock.due - span * clock.amber, clock.due, dark_red)
        return next((step - _EARLY for step in steps if step > now), None)
