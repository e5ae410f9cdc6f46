"""A storm day brings one flood: large, by day, in one spot."""

from datetime import date, timedelta

import pytest

from console.field.bursts import (
    FLOOD_HOURS,
    FLOOD_SIZE,
    STREET_FLOOD,
    Burst,
    bursts_of_day,
    spread,
)
from console.field.chance import Chance, Wheel
from tests.unit.field.rehearsing import CITY

GRIDS = Wheel(sorted(CITY.grids.values(), key=lambda g: g.code), [1.0] * len(CITY.grids))


def bursts(day: date, storm: bool) -> list[Burst]:
    return bursts_of_day(CITY, day, (1 / 24,) * 24, GRIDS, Chance(1), 1.0, storm)


@pytest.mark.parametrize("number", range(40))
def test_a_storm_day_has_a_flood_large_and_by_day(number: int) -> None:
    day = date(2026, 6, 1) + timedelta(days=number)
    flood = bursts(day, storm=True)[0]
    assert flood.subcategory.code == STREET_FLOOD
    assert FLOOD_SIZE[0] <= flood.size <= FLOOD_SIZE[1]
    local = flood.start.astimezone(CITY.tz)
    assert local.date() == day
    assert FLOOD_HOURS[0] <= local.hour < FLOOD_HOURS[1]
    calls = list(spread(flood, CITY, Chance(1)))
    assert len(calls) == flood.size
    assert {grid.community for _, grid in calls} == {flood.grid.community}
    assert all(timedelta() <= at - flood.start < timedelta(hours=1) for at, _ in calls)


def test_an_ordinary_day_is_spared() -> None:
    days = [date(2026, 6, 1) + timedelta(days=n) for n in range(40)]
    told = [burst for day in days for burst in bursts(day, storm=False)]
    floods = [burst for burst in told if burst.subcategory.code == STREET_FLOOD]
    assert len(floods) < len(told) / 4
    assert all(len(bursts(day, storm=True)) > len(bursts(day, storm=False)) for day in days)
