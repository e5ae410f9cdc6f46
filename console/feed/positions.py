"""Tells where the workers on duty are, spread evenly over the seconds."""

from datetime import datetime

from console.domain.city import City
from console.domain.worker import Fix
from console.field.errands import errands_of
from console.field.people import People
from console.store.picture import Picture

USUAL_ROUND_S = 10.0
"""Real seconds between two positions of one worker at real time."""

QUICKEST_ROUND_S = 4.0
"""The same while time runs fast: more would drown the console."""

FRESH_DOMAIN_S = 120.0
"""Domain seconds that a position should not be older than, as far as the quickest round allows."""

STILL_DOMAIN_S = 60.0
"""Domain seconds between two positions of somebody who stands still."""


class Positions:
    """Chooses who reports when; somebody who stands still reports more seldom."""

    def __init__(self, city: City, people: People) -> None:
        """`people` knows where everybody is."""
        self._people = people
        self._workers = sorted(city.workers.values(), key=lambda worker: worker.id)
        self._next = 0.0
        self._round = 0

    def due(self, picture: Picture, now: datetime, real_s: float, rate: float) -> list[Fix]:
        """The fixes of the last `real_s` real seconds; `now` is domain time."""
        count = len(self._workers)
        begun = int(self._next)
        # More than one whole round at once would tell the same worker twice.
        self._next += min(count * real_s / round_s(rate), count)
        fixes = []
        for index in range(begun, int(self._next)):
            fix = self._fix(picture, index % count, now, self._says_still(index, rate))
            if fix is not None:
                fixes.append(fix)
        if self._next >= count:
            self._next -= count
            self._round += 1
        return fixes

    def everybody(self, picture: Picture, now: datetime) -> list[Fix]:
        """Everybody on duty who has signal, at once."""
        found = (self._fix(picture, n, now, still=True) for n in range(len(self._workers)))
        return [fix for fix in found if fix is not None]

    def _says_still(self, index: int, rate: float) -> bool:
        """Whether it is this worker's round to report standing still."""
        every = max(1, round(STILL_DOMAIN_S / (round_s(rate) * max(rate, 1.0))))
        return (index + self._round) % every == 0

    def _fix(self, picture: Picture, index: int, now: datetime, still: bool = False) -> Fix | None:
        worker = self._workers[index]
        duty = picture.workers.get(worker.id)
        if duty is None or not duty.on_duty or not self._people.has_signal(worker, now):
            return None
        standing = self._people.position(worker, now, errands_of(picture, worker.id))
        if not standing.moving and not still:
            return None
        return Fix(worker=worker.id, position=standing.position, fix_at=now, received_at=now)


def round_s(rate: float) -> float:
    """Real seconds in which every worker's turn comes once."""
    wanted = FRESH_DOMAIN_S / rate if rate > 0 else USUAL_ROUND_S
    return min(max(wanted, QUICKEST_ROUND_S), USUAL_ROUND_S)
