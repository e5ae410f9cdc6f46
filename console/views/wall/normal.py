"""How many calls are normal up to this time of day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np

from console.widgets.chart_data import LEAST_DAYS, RECENT_DAYS, HourlyDay, kind_of


@dataclass(frozen=True, slots=True)
class Range:
    """Nine days in ten had at least `low`, nine in ten at most `high`."""

    low: int
    high: int

    def place(self, count: int) -> int:
        """-1 below, 0 within, 1 above."""
        return (count > self.high) - (count < self.low)


def normal_so_far(days: Sequence[HourlyDay], now: datetime) -> Range | None:
    """The normal range of a day's calls until `now` (local time); None for too few past days.

    The days that count are those of the charts' normal band: the last twelve weeks' of the same
    kind (weekday or weekend). Within the running hour calls are taken to come evenly.
    """
    latest = sorted((d for d in days if d.day < now.date().isoformat()), key=lambda d: d.day)
    kind = kind_of(now.date())
    alike = [d for d in latest[-RECENT_DAYS:] if kind_of(date.fromisoformat(d.day)) is kind]
    if len(latest) < LEAST_DAYS or not alike:
        return None
    part = (now.minute * 60 + now.second) / 3600
    until = [sum(d.calls[: now.hour]) + d.calls[now.hour] * part for d in alike]
    low, high = np.quantile(np.asarray(until, dtype=np.float64), (0.1, 0.9))
    return Range(round(float(low)), round(float(high)))
