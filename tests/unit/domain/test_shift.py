"""Shifts, also over midnight."""

from datetime import datetime, time

import pytest

from console.domain.shift import Shift
from tests.builders import TZ


def shift(start: int, end: int) -> Shift:
    return Shift(code="x", name="x", name_en="x", start=time(start), end=time(end))


@pytest.mark.parametrize(("hour", "on"), [(6, False), (7, True), (14, True), (15, False)])
def test_a_day_shift_begins_inclusive_and_ends_exclusive(hour: int, on: bool) -> None:
    assert shift(7, 15).covers(datetime(2026, 6, 3, hour, tzinfo=TZ)) is on


@pytest.mark.parametrize(
    ("hour", "on"), [(22, False), (23, True), (0, True), (6, True), (7, False)]
)
def test_a_night_watch_runs_over_midnight(hour: int, on: bool) -> None:
    assert shift(23, 7).covers(datetime(2026, 6, 3, hour, tzinfo=TZ)) is on
