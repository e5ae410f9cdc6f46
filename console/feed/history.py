"""Volumes of the years before: synthetic, by the city's own figures for year, season, weekday and hour."""

import math
from collections.abc import Iterator
from datetime import date, timedelta

from console.field.chance import Chance
from console.field.figures import Figures
from console.wire.frames import DayVolumes

YEARS = 3
_DAY_SIGMA = 0.045
_STORMS_A_YEAR = 3.0
_STORM_MONTHS = (6, 7, 8, 9, 10)


def history(figures: Figures, today: date, seed: int, days: int) -> Iterator[DayVolumes]:
    """The `days` before `today`, newest first, on the scale on which today expects its usual calls."""
    chance = Chance(seed)
    scale = figures.calls / (figures.season(today) * _level(figures, today))
    for back in range(1, days + 1):
        day = today - timedelta(days=back)
        mean = scale * figures.season(day) * _level(figures, day)
        yield _day(figures, day, mean, chance)


def _day(figures: Figures, day: date, mean: float, chance: Chance) -> DayVolumes:
    total = mean * chance.lognormal(1.0, _DAY_SIGMA, "history", day) * _storm(day, chance)
    calls, answered, cases = [], [], []
    for hour, share in enumerate(figures.hours_of(day)):
        key = ("history", day, hour)
        expected = total * share
        # The spread of an hour's count, as a sum of many callers is nearly normal.
        spread = math.sqrt(expected * figures.fano_of(day)[hour])
        count = max(0, round(expected + spread * chance.normal(*key)))
        part = figures.case_share + 0.03 * chance.normal(*key, "cases")
        left = min(count, max(0, round(count * part)))
        calls.append(count)
        cases.append(left)
        answered.append(count - left)
    return DayVolumes(day=day.isoformat(), calls=calls, answered=answered, cases=cases)


def _storm(day: date, chance: Chance) -> float:
    """How many times the usual calls a storm makes: few on the day itself, then a flood of them."""
    for ago, factor in ((0, 0.6), (1, 1.5), (2, 3.1), (3, 1.9), (4, 1.3)):
        struck = day - timedelta(days=ago)
        often = _STORMS_A_YEAR / (len(_STORM_MONTHS) * 30.4)
        if struck.month in _STORM_MONTHS and chance.happens(often, "storm", struck):
            return factor
    return 1.0


def _level(figures: Figures, day: date) -> float:
    """The year's mean: straight between published years (in the middle of each), level outside them."""
    means = sorted(figures.year_means.items())
    if not means:
        return float(figures.calls)
    moment = day.year + (day.timetuple().tm_yday - 1) / 365.25
    before = [(y + 0.5, m) for y, m in means if y + 0.5 <= moment]
    after = [(y + 0.5, m) for y, m in means if y + 0.5 > moment]
    if not before or not after:
        return (before[-1] if before else after[0])[1]
    (y0, m0), (y1, m1) = before[-1], after[0]
    return m0 + (m1 - m0) * (moment - y0) / (y1 - y0)
