from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.widgets.chart_data import (
    DayKind,
    axis_step,
    daily_totals,
    kind_of,
    month_marks,
    month_starts,
    normal_band,
    weekly_mean,
)


@dataclass
class Day:
    day: str
    calls: list[int]


def days(count: int, first: date = date(2026, 1, 5)) -> list[Day]:
    """Days from a Monday on; each hour holds the day's number."""
    return [Day((first + timedelta(days=n)).isoformat(), [n] * 24) for n in range(count)]


def test_saturdays_and_sundays_are_another_kind() -> None:
    assert kind_of(date(2026, 1, 9)) is DayKind.WEEKDAY
    assert kind_of(date(2026, 1, 10)) is DayKind.WEEKEND


def test_the_band_is_of_the_same_kind_of_day_only() -> None:
    history = days(14)
    for day in history:
        if kind_of(date.fromisoformat(day.day)) is DayKind.WEEKEND:
            day.calls = [1000] * 24
    weekday = normal_band(history, DayKind.WEEKDAY)
    weekend = normal_band(history, DayKind.WEEKEND)
    assert weekday is not None
    assert weekend is not None
    assert weekday.high.max() < 14
    assert weekend.low.min() == 1000


def test_the_band_is_the_tenth_and_ninetieth_percentile() -> None:
    band = normal_band(days(5) + days(2, date(2026, 1, 12)), DayKind.WEEKDAY)
    assert band is not None
    rows = [0, 1, 2, 3, 4, 0, 1]
    assert band.low[3] == pytest.approx(np.quantile(rows, 0.1))
    assert band.median[3] == pytest.approx(np.median(rows))
    assert band.high[3] == pytest.approx(np.quantile(rows, 0.9))


def test_from_too_few_days_nothing_is_normal() -> None:
    assert normal_band(days(6), DayKind.WEEKDAY) is None
    assert normal_band([], DayKind.WEEKDAY) is None


def test_only_recent_days_count() -> None:
    band = normal_band(days(300), DayKind.WEEKDAY, recent=20)
    assert band is not None
    assert band.low.min() > 270


def test_totals_know_their_gaps() -> None:
    history = days(3)
    del history[1]
    found = daily_totals(history)
    assert len(found.days) == 3
    assert found.totals[0] == 0
    assert np.isnan(found.totals[1])
    assert found.totals[2] == 48
    assert daily_totals([]).days == []


def test_the_weekly_mean_begins_at_the_seventh_day_and_bridges_gaps() -> None:
    means = weekly_mean(np.array([7.0] * 6 + [14.0, np.nan]))
    assert np.isnan(means[:6]).all()
    assert means[6] == pytest.approx(8)
    assert means[7] == pytest.approx(49 / 6)
    assert np.isnan(weekly_mean(np.array([1.0, 2.0]))).all()


def test_months_are_marked_at_their_first() -> None:
    found = daily_totals(days(60)).days
    assert [(n, d.month) for n, d in month_starts(found)] == [(27, 2), (55, 3)]


@given(st.floats(0.1, 1e7))
def test_axis_steps_are_round_and_few(top: float) -> None:
    step = axis_step(top)
    assert step >= 1
    assert top / step <= 4 + 1e-9
    digits = f"{step:.6g}".replace("0", "").replace(".", "").partition("e")[0]
    assert digits in ("1", "2", "5")


@pytest.mark.parametrize("years", [1, 2, 3, 5])
def test_month_marks_are_few_and_stand_at_the_same_months_every_year(years: int) -> None:
    days = [date(2021, 1, 1) + timedelta(days=n) for n in range(365 * years)]
    marks = month_marks(days)
    assert 4 <= len(marks) <= 8
    assert all(days[number] == day and day.day == 1 for number, day in marks)
    assert date(2021, 1, 1) in [day for _, day in marks]
    if years > 1:
        assert {d.month for _, d in marks if d.year == 2021} == {
            d.month for _, d in marks if d.year == 2022
        }
