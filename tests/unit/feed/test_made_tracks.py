"""A made day's samples are those of somebody who looks every minute, though not every minute is looked at."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from console.domain.place import Position, distance_m
from console.domain.worker import Fix, Worker
from console.feed.made_tracks import (
    SAMPLE_EVERY,
    SAMPLE_STANDING_EVERY,
    tracks_of_day,
)
from console.field.chance import Chance
from console.field.errands import errands_of
from console.field.people import Errand, People
from console.store.picture import Picture
from tests.unit.field.model_city import point_in_grid
from tests.unit.field.rehearsing import CITY
from tests.unit.replay.branching import timeline
from tests.unit.replay.made import recording

PEOPLE = People(CITY, Chance(3), point_in_grid)
WORKERS = sorted(CITY.workers)


def minute_by_minute(
    worker: Worker, errands: Sequence[Errand], start: datetime, end: datetime
) -> list[tuple[datetime, Position]]:
    """The plain way: every minute, kept after 30 metres or ten minutes."""
    kept: list[tuple[datetime, Position]] = []
    now = start
    while now < end:
        if PEOPLE.has_signal(worker, now):
            place = PEOPLE.position(worker, now, errands).position
            long_ago = not kept or now - kept[-1][0] >= SAMPLE_STANDING_EVERY
            if long_ago or distance_m(kept[-1][1], place) >= 30.0:
                kept.append((now, Position(round(place.lon, 6), round(place.lat, 6))))
        now += SAMPLE_EVERY
    return kept


def sampled(picture: Picture, start: datetime, end: datetime) -> dict[str, list[Fix]]:
    found: dict[str, list[Fix]] = {}
    duty = {worker: [(start, end)] for worker in WORKERS}
    for fix in tracks_of_day(CITY, PEOPLE, picture, duty, lambda _: None):
        found.setdefault(fix.worker, []).append(fix)
    return found


@pytest.mark.parametrize("busy", [False, True])
def test_the_samples_are_those_of_every_minute(busy: bool) -> None:
    day = recording().about
    picture = timeline().picture_at(day.ends) if busy else Picture(tz=CITY.tz)
    start, end = day.begins + timedelta(hours=7, seconds=11.5), day.begins + timedelta(hours=19)
    told = sampled(picture, start, end)
    travelled = 0
    for number, worker in enumerate(WORKERS):
        errands = errands_of(picture, worker)
        travelled += len(errands)
        begins = start + timedelta(seconds=number * 37 % 60)
        plain = minute_by_minute(CITY.workers[worker], errands, begins, end)
        assert [(fix.fix_at, fix.position) for fix in told[worker]] == plain
    assert (travelled > 0) is busy
