"""What the charts show, computed from volumes per hour: normal bands, daily totals, means; no Qt."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

LEAST_DAYS = 7
"""From fewer days nothing is called normal."""
RECENT_DAYS = 84
"""Days back that count as normal: twelve weeks, so that the season fits."""


class HourlyDay(Protocol):
    """Counts per local hour of one local day."""

    @property
    def day(self) -> str:
        """`YYYY-MM-DD`."""

    @property
    def calls(self) -> Sequence[int]:
        """24 counts."""


class DayKind(StrEnum):
    """Days whose hours look alike."""

    WEEKDAY = "weekday"
    WEEKEND = "weekend"


@dataclass(frozen=True, slots=True)
class Band:
    """24 values each: what nine days in ten stay above, the middle, and what nine in ten stay below."""

    low: Floats
    median: Floats
    high: Floats


@dataclass(frozen=True, slots=True)
class Totals:
    """Consecutive days, oldest first; a day without data is NaN."""

    days: list[date]
    totals: Floats


def kind_of(day: date) -> DayKind:
    """Whether a day is at the weekend."""
    return DayKind.WEEKEND if day.weekday() >= 5 else DayKind.WEEKDAY


def normal_band(days: Sequence[HourlyDay], kind: DayKind, recent: int = RECENT_DAYS) -> Band | None:
    """The 10th, 50th and 90th percentile per hour of the latest days of a kind; None for too few days."""
    latest = sorted(days, key=lambda d: d.day)[-recent:]
    rows = [list(d.calls) for d in latest if kind_of(date.fromisoformat(d.day)) is kind]
    if len(latest) < LEAST_DAYS or not rows:
        return None
    low, median, high = np.quantile(np.asarray(rows, dtype=np.float64), (0.1, 0.5, 0.9), axis=0)
    return Band(low, median, high)


def daily_totals(days: Sequence[HourlyDay]) -> Totals:
    """Totals of every day from the first to the last."""
    known = {date.fromisoformat(d.day): float(sum(d.calls)) for d in days}
    if not known:
        return Totals([], np.array([], dtype=np.float64))
    first, last = min(known), max(known)
    all_days = [date.fromordinal(n) for n in range(first.toordinal(), last.toordinal() + 1)]
    return Totals(all_days, np.array([known.get(d, np.nan) for d in all_days], dtype=np.float64))


def weekly_mean(totals: Floats) -> Floats:
    """Mean of the seven days that end with each day (of those known); NaN before the seventh."""
    if len(totals) < 7:
        return np.full(len(totals), np.nan)
    windows = np.lib.stride_tricks.sliding_window_view(totals, 7)
    known = ~np.isnan(windows)
    sums = np.where(known, windows, 0.0).sum(axis=1)
    counts = known.sum(axis=1)
    means = np.divide(sums, counts, out=np.full(len(sums), np.nan), where=counts > 0)
    return np.concatenate([np.full(6, np.nan), means])


def month_starts(days: Sequence[date]) -> list[tuple[int, date]]:
    """(number, day) of each first of a month."""
    return [(number, day) for number, day in enumerate(days) if day.day == 1]


def month_marks(days: Sequence[date], most: int = 8) -> list[tuple[int, date]]:
    """Of the month starts at most about `most`, at the same months of every year."""
    starts = month_starts(days)
    step = next((n for n in (2, 3, 6) if len(starts) <= n * most), 12)
    return [(number, day) for number, day in starts if (day.month - 1) % step == 0]


def axis_step(top: float, ticks: int = 4) -> float:
    """A round distance (1, 2 or 5 times a power of ten) that puts about `ticks` marks below `top`; never below one, calls are whole."""
    if top <= 0:
        return 1.0
    power = 10 ** np.floor(np.log10(top / ticks))
    step = next(m * power for m in (1, 2, 5, 10) if m * power * ticks >= top)
    return max(1.0, float(step))
