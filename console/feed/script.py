"""What a feed plays: the calls of each day, known ends, where it begins."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from console.domain.city import City
from console.feed.recorded import Recorded
from console.field.calls import Call, PointInGrid, calls_of_day
from console.field.driver import CallsOfDay
from console.field.figures import figures_of

DULL_FROM, DULL_UNTIL = 22, 7
"""Local hours in which little happens: a newcomer is shown the morning instead."""

LIVELY = 9.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """The source of calls. `begins` is where a fresh log starts (UTC); `ends` are known ends by case.

    `day` is the local day of a recorded script; None where days, and history too, are invented.
    """

    calls_of_day: CallsOfDay
    begins: datetime
    ends: Mapping[str, datetime] = field(default_factory=dict)
    day: date | None = None


def simulated(
    city: City,
    seed: int,
    calls: float | None,
    begins: datetime,
    point_in_grid: PointInGrid,
) -> Script:
    """Invented days. `calls` is what the first day expects; later ones follow weekday and season.

    A day of the published peak volume is a storm day.
    """
    figures = figures_of(city)
    first = begins.astimezone(city.tz).date()
    wanted = calls if calls is not None else figures.calls

    @lru_cache(maxsize=2)
    def of_day(day: date) -> Sequence[Call]:
        expected = wanted * figures.season(day) / figures.season(first)
        storm = wanted >= figures.peak
        return calls_of_day(city, day, expected, seed, point_in_grid, storm=storm)

    return Script(calls_of_day=of_day, begins=begins)


def recorded(city: City, day: Recorded, from_hour: float | None) -> Script:
    """A recorded day, from the hour asked for or its first call; after it no more calls come."""
    first = day.calls[0].at
    begins = first if from_hour is None else at_hour(city, day.day, from_hour)

    def of_day(asked: date) -> Sequence[Call]:
        return day.calls if asked == day.day else ()

    return Script(calls_of_day=of_day, begins=begins, ends=day.ends, day=day.day)


def beginning(city: City, from_hour: float | None, real_now: datetime) -> datetime:
    """Where a simulated city begins (UTC): the local date of `real_now`, at the hour asked for or a lively one."""
    local = real_now.astimezone(city.tz)
    if from_hour is None:
        if DULL_UNTIL <= local.hour < DULL_FROM:
            return local.astimezone(UTC).replace(microsecond=0)
        from_hour = LIVELY
    return at_hour(city, local.date(), from_hour)


def at_hour(city: City, day: date, hour: float) -> datetime:
    """UTC of a local hour, which may have a fraction."""
    midnight = datetime.combine(day, time(), city.tz).astimezone(UTC)
    return midnight + timedelta(seconds=round(hour * 3600))
