"""Who is on duty when: shifts of the pack, a few absent each day, everybody a little early or late."""

from datetime import UTC, date, datetime, timedelta

from console.domain.city import City
from console.domain.worker import Worker
from console.field.chance import Chance

ABSENT_SHARE = 0.04
_SPREAD = timedelta(minutes=12)
_DAY = timedelta(days=1)
_KEPT = 50_000

Turn = tuple[datetime, datetime]
"""When somebody is on duty: from, until (UTC)."""


class Roster:
    """The duty times of a city's workers; all answers are UTC domain time."""

    def __init__(self, city: City, chance: Chance) -> None:
        """Nothing is computed before it is asked for."""
        self._city, self._chance = city, chance
        self._known: dict[tuple[str, date], Turn | None] = {}

    def on_duty(self, worker: Worker, now: datetime) -> bool:
        """Whether the worker should be on duty."""
        return any(start <= now < end for start, end in self._near(worker, now))

    def next_change(self, worker: Worker, now: datetime) -> datetime:
        """When the worker next comes on or goes off duty after `now`."""
        moments = (m for span in self._near(worker, now) for m in span if m > now)
        # Nobody is absent for ever; after a day off there is another look.
        return min(moments, default=now + _DAY)

    def began(self, worker: Worker, now: datetime) -> datetime | None:
        """When the worker's present turn began, None off duty."""
        for start, end in self._near(worker, now):
            if start <= now < end:
                return start
        return None

    def _near(self, worker: Worker, now: datetime) -> list[Turn]:
        """The turns that begin on the local days around `now`."""
        today = now.astimezone(self._city.tz).date()
        found = (self._turn(worker, day) for day in (today - _DAY, today, today + _DAY))
        return [turn for turn in found if turn is not None]

    def _turn(self, worker: Worker, day: date) -> Turn | None:
        key = (worker.id, day)
        if key not in self._known:
            if len(self._known) > _KEPT:
                self._known.clear()
            self._known[key] = self._make_turn(worker, day)
        return self._known[key]

    def _make_turn(self, worker: Worker, day: date) -> Turn | None:
        shift = self._city.shifts.get(worker.shift)
        if shift is None or self._chance.happens(ABSENT_SHARE, "absent", worker.id, day):
            return None
        start = datetime.combine(day, shift.start, self._city.tz).astimezone(UTC)
        ends_on = day if shift.start < shift.end else day + _DAY
        end = datetime.combine(ends_on, shift.end, self._city.tz).astimezone(UTC)
        late = self._chance.between(0, _SPREAD.total_seconds(), "turn", worker.id, day)
        return start + timedelta(seconds=int(late)), end + timedelta(seconds=int(late))
