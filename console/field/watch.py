"""The simulated duty chief's watch: twice or thrice a day the case longest overdue is put under supervision (督办)."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta

from console.domain.assignment import Assignment
from console.domain.case import WITH_UNIT, Case
from console.domain.city import City
from console.domain.command import JudgeReply, Supervise
from console.domain.role import Role
from console.field.chance import Chance
from console.field.step import Step, minutes

LOOKS = ((9, 1.0), (14, 1.0), (17, 0.5))
"""Local hours in which the chief goes through the overdue, and how likely it is on a day."""

LONG_OVERDUE = timedelta(hours=3)
ACCEPTED_SHARE = 0.8
"""Share of first replies that are accepted; a second one always is."""

_JUDGED_MIN = 25.0
_WORDS = "超期未办结，请承办单位主要负责人过问，两小时内书面答复，并抓紧办结。"
_ASKED_AGAIN = "措施不具体，没有完成时间，请补充后重新答复。"


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
