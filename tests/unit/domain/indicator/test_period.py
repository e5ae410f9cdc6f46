from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from console.domain.indicator import Period
from tests.builders import TZ, at


def test_a_day_is_the_citys_own_kept_in_utc() -> None:
    day = Period.of_day(date(2026, 6, 3), TZ)
    assert day.start == datetime(2026, 6, 2, 16, tzinfo=UTC)
    assert day.end == datetime(2026, 6, 3, 16, tzinfo=UTC)
    assert day.start.tzinfo is UTC


def test_a_day_on_which_clocks_change_is_longer_or_shorter() -> None:
    day = Period.of_day(date(2026, 3, 29), ZoneInfo("Europe/Berlin"))
    assert (day.end - day.start).total_seconds() == 23 * 3600


def test_the_start_is_in_the_end_is_not() -> None:
    period = Period(at(0), at(10))
    assert [period.holds(at(m)) for m in (-1, 0, 9, 10)] == [False, True, True, False]


def test_a_period_may_be_empty_but_not_turned_round() -> None:
    assert not Period(at(0), at(0)).holds(at(0))
    with pytest.raises(ValueError, match="before it starts"):
        Period(at(1), at(0))


def test_times_without_a_zone_are_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        Period(datetime(2026, 6, 3), at(0))  # noqa: DTZ001
