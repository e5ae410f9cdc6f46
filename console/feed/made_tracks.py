"""Where everybody was on a made day: samples as a centre would have kept them."""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from console.domain.city import City
from console.domain.event import EntityKind, Event
from console.domain.place import Position, distance_m
from console.domain.worker import Fix, Worker, WorkerDuty
from console.field.errands import errands_of
from console.field.people import Errand, People
from console.store.picture import Picture

SAMPLE_EVERY = timedelta(minutes=1)
SAMPLE_STANDING_EVERY = timedelta(minutes=10)
"""A point a minute while a worker moves, one in ten minutes while they stand, as a centre samples."""

_MOVED_M = 30.0

Span = tuple[datetime, datetime]
"""On duty from, until (UTC)."""

Progress = Callable[[float], None]
"""Told how much is done, 0 to 1."""


def tracks_of_day(
    city: City, people: People, picture: Picture, duty: Mapping[str, Sequence[Span]], done: Progress
) -> Iterator[Fix]:
    """All samples of the spans on duty; `picture` is that of the day's end and knows every errand."""
    workers = sorted(city.workers.values(), key=lambda worker: worker.id)
    for number, worker in enumerate(workers):
        errands = errands_of(picture, worker.id)
        # Everybody reports at a second of their own.
        beat = timedelta(seconds=number * 37 % 60)
        for start, end in duty.get(worker.id, ()):
            yield from _samples(people, worker, errands, (start + beat, end))
        done((number + 1) / len(workers))


def duty_spans(
    before: Iterable[WorkerDuty], events: Iterable[Event], span: Span
) -> dict[str, list[Span]]:
    """When each worker was on duty within `span`; `before` is how they stood at its beginning."""
    begins, ends = span
    since = {duty.id: begins for duty in before if duty.on_duty}
    found: dict[str, list[Span]] = {}
    for event in events:
        if event.kind != EntityKind.WORKER:
            continue
        if event.change.get("on_duty", True):
            since.setdefault(event.entity_id, event.at)
        elif event.entity_id in since:
            found.setdefault(event.entity_id, []).append((since.pop(event.entity_id), event.at))
    for worker, moment in since.items():
        found.setdefault(worker, []).append((moment, ends))
    return found


def _samples(
    people: People, worker: Worker, errands: Sequence[Errand], span: Span
) -> Iterator[Fix]:
    now, end = span
    kept: Fix | None = None
    while now < end:
        wait = SAMPLE_EVERY
        if people.has_signal(worker, now):
            standing = people.position(worker, now, errands)
            if kept is None or _due(kept, standing.position, now):
                kept = _fix(worker, standing.position, now)
                yield kept
            if not standing.moving:
                wait = _rest(now, min(standing.until, kept.fix_at + SAMPLE_STANDING_EVERY))
        now += wait


def _rest(now: datetime, until: datetime) -> timedelta:
    """Whole minutes of which nothing can come, because who stands there has just been looked at."""
    return max(1, math.ceil((until - now) / SAMPLE_EVERY)) * SAMPLE_EVERY


def _due(kept: Fix, position: Position, now: datetime) -> bool:
    if now - kept.fix_at >= SAMPLE_STANDING_EVERY:
        return True
    return distance_m(kept.position, position) >= _MOVED_M


def _fix(worker: Worker, position: Position, now: datetime) -> Fix:
    place = Position(round(position.lon, 6), round(position.lat, 6))
    return Fix(worker=worker.id, position=place, fix_at=now, received_at=now)
