"""A small made day of the model city, made once for all tests."""

import io
from dataclasses import replace
from datetime import date
from functools import cache

from console.feed.make_day import Plan, make_day
from console.feed.progress import Progress
from console.feed.status import Status
from console.replay.recording import Recording
from tests.unit.field.model_city import point_in_grid
from tests.unit.field.rehearsing import CITY, locate

PLAN = Plan(day=date(2026, 6, 3), calls=400, seed=3, usual=300)


def quiet() -> Progress:
    return Progress(Status(io.StringIO()), io.StringIO())


def fresh(plan: Plan = PLAN) -> Recording:
    return make_day(CITY, plan, point_in_grid, locate, quiet(), lambda day: day.weekday() < 5)


@cache
def recording() -> Recording:
    return fresh()


def hourless() -> Recording:
    """A day that could be sealed: it began earlier, with counts that have no hours."""
    day = recording()
    counts = replace(day.start.day, day=day.about.day.isoformat(), calls=[])
    first, *others = day.events
    return replace(
        day,
        start=replace(day.start, day=counts),
        events=[replace(first, entity="nothing:1"), *others],
    )
