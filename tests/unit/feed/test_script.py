"""Where a feed begins and how many calls each day expects."""

from datetime import UTC, date, datetime

import pytest

from console.feed.script import beginning, simulated
from tests.unit.field.model_city import model_city, point_in_grid

CITY = model_city()


def local(moment: datetime) -> str:
    return moment.astimezone(CITY.tz).strftime("%m-%d %H:%M")


@pytest.mark.parametrize(
    ("utc_hour", "from_hour", "expected"),
    [
        (6.5, None, "06-03 14:30"),
        (15.0, None, "06-03 09:30"),
        (21.5, None, "06-04 09:30"),
        (15.0, 22.25, "06-03 22:15"),
        (6.5, 0, "06-03 00:00"),
    ],
)
def test_a_dull_hour_is_replaced_unless_it_was_asked_for(
    utc_hour: float, from_hour: float | None, expected: str
) -> None:
    now = datetime(2026, 6, 3, int(utc_hour), int(utc_hour % 1 * 60), tzinfo=UTC)
    assert local(beginning(CITY, from_hour, now)) == expected


def days(calls: float | None) -> list[int]:
    begins = datetime(2026, 6, 3, 1, tzinfo=UTC)
    script = simulated(CITY, 1, calls, begins, point_in_grid)
    return [len(script.calls_of_day(date(2026, 6, day))) for day in (3, 7)]


def test_the_first_day_has_what_was_asked_for_and_sunday_less() -> None:
    wednesday, sunday = days(None)
    assert wednesday == pytest.approx(3282, rel=0.12)
    assert sunday < 0.95 * wednesday
    assert days(1000)[0] == pytest.approx(1000, rel=0.2)


def test_a_peak_day_is_a_storm() -> None:
    script = simulated(CITY, 1, 10400, datetime(2026, 6, 3, 1, tzinfo=UTC), point_in_grid)
    codes = [call.accept.category for call in script.calls_of_day(date(2026, 6, 3))]
    assert len(codes) == pytest.approx(10400, rel=0.1)
    assert codes.count("0801") / len(codes) > 0.03
