"""The invented past has the city's level, season and storms."""

from datetime import date, timedelta
from statistics import fmean

import pytest

from console.feed.history import history
from console.field.figures import figures_of
from tests.unit.field.model_city import model_city

TODAY = date(2026, 6, 3)
FIGURES = figures_of(model_city())


def test_every_day_before_today_newest_first() -> None:
    days = list(history(FIGURES, TODAY, 1, 400))
    assert [day.day for day in days[:2]] == ["2026-06-02", "2026-06-01"]
    assert len({day.day for day in days}) == 400
    assert days == list(history(FIGURES, TODAY, 1, 400))
    assert days != list(history(FIGURES, TODAY, 2, 400))


def test_a_day_like_today_has_about_todays_calls() -> None:
    weeks = [d for d in history(FIGURES, TODAY, 1, 60) if date.fromisoformat(d.day).weekday() == 2]
    assert fmean(sum(day.calls) for day in weeks) == pytest.approx(3282, rel=0.12)


def test_counts_add_up_and_a_third_leaves_the_centre() -> None:
    for day in history(FIGURES, TODAY, 1, 100):
        assert [a + c for a, c in zip(day.answered, day.cases, strict=True)] == day.calls
        assert all(len(row) == 24 for row in (day.calls, day.answered, day.cases))
        assert 0.25 < sum(day.cases) / sum(day.calls) < 0.43


def test_weekends_are_quieter_and_some_days_are_storms() -> None:
    days = list(history(FIGURES, TODAY, 1, 3 * 365))
    totals = {date.fromisoformat(day.day): sum(day.calls) for day in days}
    sundays = fmean(t for d, t in totals.items() if d.weekday() == 6)
    mondays = fmean(t for d, t in totals.items() if d.weekday() == 0)
    assert sundays < 0.85 * mondays
    recent = [t for d, t in totals.items() if d > TODAY - timedelta(days=1095)]
    assert max(recent) > 2.2 * fmean(recent)


def test_earlier_years_were_quieter_where_the_figures_say_so() -> None:
    days = list(history(FIGURES, date(2022, 7, 1), 1, 3 * 365))
    newest = fmean(sum(day.calls) for day in days[:300])
    oldest = fmean(sum(day.calls) for day in days[-300:])
    assert oldest < 0.8 * newest
