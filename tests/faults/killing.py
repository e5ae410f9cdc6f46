"""`kill -9` of the central API under 50 commands a second with ten retrying consoles, on both stores."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

from tests.central_process import NotReady
from tests.faults.living import Cities, City
from tests.faults.load import Load, operators
from tests.faults.plan import Campaign, Control, Fault, RunOne, Verdict

CONSOLES = 10
PER_S = 50
RUNS = 25
"""Runs of one city; then the log is long enough that reading it all costs more than the kill."""

MOMENTS = ("random",) * 7 + ("before-commit", "after-commit", "mid-stream")
"""When it dies: at any moment, or at one of the named points of `points`."""

LAST = {"before-commit": 20, "after-commit": 20, "mid-stream": 120}
"""A point is passed up to so many times before it is deadly."""


def killing(store: str, *options: str, consoles: int = CONSOLES) -> Campaign:
    """A city on this store whose centre is started with these options of `broken_central`."""

    @contextmanager
    def opened(folder: Path) -> Iterator[RunOne]:
        def make(number: int) -> City:
            return _city(folder / f"city-{number}", store, options, consoles)

        cities = Cities(make, RUNS)

        def run(seed: int) -> Verdict:
            found = one_kill(cities.now(), Random(seed))
            if not found.good:
                cities.end()
            return found

        try:
            yield run
        finally:
            cities.end()

    return opened


def _city(folder: Path, store: str, options: tuple[str, ...], consoles: int) -> City:
    city = City(folder, store, options=options)
    city.start()
    for number in range(consoles):
        city.seat(f"seat-{number}")
    return city


def one_kill(city: City, rnd: Random) -> Verdict:
    """Orders are given all the while: before the death, while nobody answers, and after it."""
    moment = rnd.choice(MOMENTS)
    load = Load(operators(city, rnd), PER_S)
    load.start()
    deaths = 0
    try:
        threading.Event().wait(0.05 + rnd.random() * 0.4)
        city.kill()
        if moment != "random":
            deaths += 1
            city.start("--die", f"{moment}:{rnd.randrange(1, LAST[moment] + 1)}")
            _hurry(city)
            if not city.died():
                return Verdict((f"{moment} was never reached",))
        deaths += 1
        dead = time.monotonic()
        city.start()
        back_s = time.monotonic() - dead
        _hurry(city)
        threading.Event().wait(rnd.random() * 0.1)
    except NotReady as error:
        return Verdict((f"it did not start again after {moment}: {error}",))
    finally:
        load.rest()
    began = time.monotonic()
    lies = city.judge()
    figures = {
        "deaths": deaths,
        "commands": load.commands,
        "back_s": back_s,
        "settled_s": time.monotonic() - began,
    }
    return Verdict(tuple(f"{moment}: {lie}" for lie in lies), figures)


def _hurry(city: City) -> None:
    """As after a login: nobody waits for the end of a back-off, which would only make a run longer."""
    for console in city.consoles:
        console.link.hurry()


def _control(store: str, variant: str, tries: int = 4) -> Control:
    return Control(variant, killing(store, "--variant", variant, consoles=4), tries)


FAULTS = (
    Fault(
        name="kill-api-sqlite",
        invariant="every acknowledged key exactly once; rev dense; chain verifies; pictures equal",
        wanted=1000,
        short=3,
        campaign=killing("sqlite"),
        controls=tuple(
            _control("sqlite", variant)
            for variant in (
                "reply-before-commit",
                "publish-before-commit",
                "no-idempotency",
                "answers-apart",
                "bare-sequence",
                "events-apart",
            )
        ),
    ),
    Fault(
        name="kill-api-postgresql",
        invariant="the same on PostgreSQL",
        wanted=1000,
        short=3,
        campaign=killing("postgresql"),
        controls=tuple(
            _control("postgresql", variant)
            for variant in ("reply-before-commit", "publish-before-commit")
        ),
    ),
)
