"""The days a training begins with: an ordinary one and a peak day with a storm, made once for a data folder."""

import threading
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Protocol

from filelock import FileLock, Timeout

from console.domain.city import City
from console.feed.make_day import Plan
from console.feed.progress import Stopped
from console.feed.status import Status
from console.replay.file import FOLDER, recordings

LOCK_NAME = "making.lock"
"""In the folder of recordings: one process makes, others wait and then find the days there."""

ORDINARY_CALLS, PEAK_CALLS = 3_282, 10_400
"""Calls a day in August 2017, and on 4 June 2017."""

_SEED = 7
_WEDNESDAY = 2
_LOOK_S = 0.5


class Maker(Protocol):
    """Makes the day of a plan and writes it, saying `about` with its progress."""

    def __call__(self, plan: Plan, **about: object) -> None:
        """Raises `Stopped` and `OSError`."""


def ready_plans(today: date) -> tuple[Plan, Plan]:
    """The last Wednesday before `today` as an ordinary day, and the last 4 June as a peak day with a storm."""
    back = (today.weekday() - _WEDNESDAY - 1) % 7 + 1
    june = date(today.year, 6, 4)
    peak = june if june < today else june.replace(year=today.year - 1)
    return (
        Plan(day=today - timedelta(days=back), calls=ORDINARY_CALLS, seed=_SEED),
        Plan(day=peak, calls=PEAK_CALLS, seed=_SEED, storm=True),
    )


def missing(data_dir: Path, city: City, today: date) -> Iterator[Plan]:
    """The ready days that the folder does not hold yet, of whatever date."""
    there = [about for about in recordings(data_dir).values() if about.city == city.code]
    for plan in ready_plans(today):
        if not any(about.made == plan.made for about in there):
            yield plan


def make_ready(
    data_dir: Path, city: City, today: date, make: Maker, status: Status, stop: threading.Event
) -> None:
    """Make what is missing; says `waiting` while another process makes, `ended` when all are there.

    Raises `Stopped` once `stop` is set, and `OSError`.
    """
    folder = data_dir / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / LOCK_NAME)
    _take(lock, status, stop)
    try:
        plans = list(missing(data_dir, city, today))
        for number, plan in enumerate(plans, 1):
            make(plan, day=plan.day.isoformat(), number=number, of=len(plans))
    finally:
        lock.release()
    status.say("ended", made=len(plans))


def _take(lock: FileLock, status: Status, stop: threading.Event) -> None:
    told = False
    while True:
        try:
            lock.acquire(timeout=0)
        except Timeout:
            if not told:
                status.say("waiting")
                told = True
            if stop.wait(_LOOK_S):
                raise Stopped from None
        else:
            return
