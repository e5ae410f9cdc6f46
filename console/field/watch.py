"""The simulated duty chief's watch: twice or thrice a day the case longest overdue is put under supervision (督办)."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta

from console.domain.case import WITH_UNIT, Case
from console.domain.city import City
from console.domain.command import JudgeReply, Supervise
from console.domain.role import Role
from console.field.chance import Chance
from console.field.step import Step, minutes
from console.field.words import OPINIONS

LOOKS = ((9, 1.0), (14, 1.0), (17, 0.5))
"""Local hours in which the chief goes through the overdue, and how likely it is on a day."""

LONG_OVERDUE = timedelta(hours=3)
ACCEPTED_SHARE = 0.8
"""Share of first replies that are accepted; a second one always is."""

_JUDGED_MIN = 25.0


class Watch:
    """Looks and judgements of a duty chief where no real one sits at a console."""

    def __init__(self, city: City, chance: Chance) -> None:
        """Pure in the state and the time, as the field is."""
        self._city, self._chance = city, chance

    def next_look(self, now: datetime) -> datetime:
        """When the chief next goes through the overdue after `now` (UTC)."""
        today = now.astimezone(self._city.tz).date()
        days = (today + timedelta(days=n) for n in (0, 1))
        return min(look for day in days for look in self._looks(day) if look > now)

    def _looks(self, day: date) -> Iterator[datetime]:
        for hour, share in LOOKS:
            key = ("look", day, hour)
            if self._chance.happens(share, *key):
                opens = datetime.combine(day, time(hour), self._city.tz).astimezone(UTC)
                yield opens + minutes(self._chance.between(5, 55, *key, "minute"))

    def look(self, cases: Iterable[Case], now: datetime) -> Supervise | None:
        """The case that is longest overdue at its unit and was not supervised before."""
        late = [
            (case.due_at, case.id)
            for case in cases
            if case.state in WITH_UNIT and case.supervision is None and _long_overdue(case, now)
        ]
        return Supervise(case=min(late)[1], words=OPINIONS["supervised"]) if late else None

    def judgement(self, case: Case) -> Step | None:
        """What the chief says of a unit's reply."""
        supervision = case.supervision
        if supervision is None or not supervision.open or supervision.replied_at is None:
            return None
        key = ("judge", case.id, supervision.replied_at)
        at = supervision.replied_at + minutes(self._chance.lognormal(_JUDGED_MIN, 0.4, *key))
        accepted = bool(supervision.refusals) or self._chance.happens(ACCEPTED_SHARE, *key)
        words = "" if accepted else OPINIONS["not enough"]
        return Step(at, JudgeReply(case=case.id, accepted=accepted, words=words), Role.DUTY_CHIEF)


def _long_overdue(case: Case, now: datetime) -> bool:
    return case.due_at is not None and now - case.due_at > LONG_OVERDUE
