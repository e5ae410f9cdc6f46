from datetime import date, datetime, timedelta

from console.views.wall.normal import Range, normal_so_far
from console.wire.frames import DayVolumes
from tests.builders import TZ

WEDNESDAY = date(2026, 6, 3)


def day(before: int, calls: int) -> DayVolumes:
    when = WEDNESDAY - timedelta(days=before)
    return DayVolumes(day=when.isoformat(), calls=[calls] * 24)


def test_days_alike_give_the_range_until_this_minute() -> None:
    days = [day(n, 20) for n in range(1, 29)]
    now = datetime(2026, 6, 3, 10, 30, tzinfo=TZ)
    assert normal_so_far(days, now) == Range(210, 210)


def test_weekends_do_not_count_on_a_weekday() -> None:
    days = [
        day(n, 500 if (WEDNESDAY - timedelta(days=n)).weekday() >= 5 else 10) for n in range(29)
    ]
    found = normal_so_far(days, datetime(2026, 6, 3, 2, 0, tzinfo=TZ))
    assert found == Range(20, 20)


def test_today_is_not_its_own_measure() -> None:
    days = [day(n, 10 if n else 9999) for n in range(29)]
    assert normal_so_far(days, datetime(2026, 6, 3, 1, 0, tzinfo=TZ)) == Range(10, 10)


def test_from_too_few_days_nothing_is_normal() -> None:
    assert normal_so_far([day(n, 10) for n in range(1, 6)], datetime(2026, 6, 3, tzinfo=TZ)) is None


def test_where_a_count_lies() -> None:
    normal = Range(10, 20)
    assert [normal.place(n) for n in (9, 10, 20, 21)] == [-1, 0, 0, 1]
