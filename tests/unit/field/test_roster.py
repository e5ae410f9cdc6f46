"""Shifts, absences and the small night watch."""

from datetime import UTC, datetime, timedelta

from console.field.chance import Chance
from console.field.roster import ABSENT_SHARE, Roster
from tests.unit.field.model_city import model_city

CITY = model_city(600)
ROSTER = Roster(CITY, Chance(1))


def local(hour: float) -> datetime:
    """That hour of Wednesday 3 June 2026 in Haikou."""
    return datetime(2026, 6, 2, 16, 0, tzinfo=UTC) + timedelta(hours=hour)


def count(hour: float) -> int:
    return sum(ROSTER.on_duty(worker, local(hour)) for worker in CITY.workers.values())


def test_the_day_shift_is_large_and_the_night_watch_small() -> None:
    assert count(11) > 0.55 * 600
    assert 0.25 * 600 < count(19) < 0.4 * 600
    assert 0 < count(3) < 0.05 * 600


def test_a_few_are_absent_and_not_the_same_every_day() -> None:
    day = [w for w in CITY.workers.values() if w.shift == "day"]
    missing = {w.id for w in day if not ROSTER.on_duty(w, local(11))}
    other = {w.id for w in day if not ROSTER.on_duty(w, local(35))}
    assert abs(len(missing) / len(day) - ABSENT_SHARE) < 0.03
    assert missing != other


def test_nothing_changes_before_the_next_change() -> None:
    for worker in list(CITY.workers.values())[:60]:
        now = local(5.3)
        for _ in range(6):
            change = ROSTER.next_change(worker, now)
            assert change > now
            before = ROSTER.on_duty(worker, now)
            assert ROSTER.on_duty(worker, change - timedelta(seconds=1)) == before
            now = change


def test_shifts_do_not_change_in_one_second() -> None:
    day = [w for w in CITY.workers.values() if w.shift == "day"]
    begun = {ROSTER.began(w, local(11)) for w in day} - {None}
    assert len(begun) > 100
    assert local(7) <= min(m for m in begun if m) < max(m for m in begun if m) < local(7.3)


def test_off_duty_nothing_began() -> None:
    watch = next(w for w in CITY.workers.values() if w.shift == "night")
    assert ROSTER.began(watch, local(12)) is None
