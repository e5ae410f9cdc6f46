"""Everybody's turn comes once a round, and only those on duty report."""

from collections import Counter

import pytest

from console.domain.worker import WorkerDuty
from console.feed.positions import QUICKEST_ROUND_S, USUAL_ROUND_S, Positions, round_s
from console.field.chance import Chance
from console.field.people import People
from console.store.picture import Picture
from tests.unit.field.model_city import model_city, point_in_grid
from tests.unit.field.rehearsing import hour

CITY = model_city()


def picture(on_duty: bool = True) -> Picture:
    found = Picture(tz=CITY.tz)
    for worker in CITY.workers:
        found.workers[worker] = WorkerDuty(id=worker, version=1, on_duty=on_duty, since=hour(7))
    return found


def positions() -> Positions:
    return Positions(CITY, People(CITY, Chance(1), point_in_grid))


def test_nobody_reports_twice_in_a_round_and_nearly_all_are_heard_in_a_minute() -> None:
    told = positions()
    seen: Counter[str] = Counter()
    for second in range(10):
        seen.update(f.worker for f in told.due(picture(), hour(10), 1.0, 1.0))
        assert max(seen.values(), default=1) == 1, second
    for _ in range(60):
        seen.update(f.worker for f in told.due(picture(), hour(10), 1.0, 1.0))
    assert len(seen) > 0.9 * len(CITY.workers)


def test_nobody_off_duty_reports() -> None:
    assert positions().due(picture(on_duty=False), hour(10), 10.0, 1.0) == []
    assert positions().everybody(Picture(tz=CITY.tz), hour(10)) == []


def test_everybody_at_once_is_everybody_with_signal() -> None:
    fixes = positions().everybody(picture(), hour(10))
    assert 0.85 * len(CITY.workers) < len(fixes) <= len(CITY.workers)
    assert all(fix.fix_at == hour(10) for fix in fixes)


def test_after_a_pause_nobody_is_told_twice() -> None:
    fixes = positions().due(picture(), hour(10), 500.0, 60.0)
    assert max(Counter(f.worker for f in fixes).values()) == 1


@pytest.mark.parametrize(("rate", "seconds"), [(1, USUAL_ROUND_S), (0, USUAL_ROUND_S), (20, 6), (60, QUICKEST_ROUND_S)])  # fmt: skip
def test_faster_time_means_quicker_rounds_up_to_a_limit(rate: float, seconds: float) -> None:
    assert round_s(rate) == seconds
