"""`kill -9` of the central API under 50 commands a second with ten retrying consoles, on both stores."""

import threading
import time
from collections.abc import Iterator, Sequence
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


def killing(
    store: str, *options: str, consoles: int = CONSOLES, moments: Sequence[str] = MOMENTS
) -> Campaign:
    """A city on this store whose centre is started with these options of `broken_central`."""

    @contextmanager
    def opened(folder: Path) -> Iterator[RunOne]:
        def make(number: int) -> City:
            return _city(folder / f"city-{number}", store, options, consoles)

        cities = Cities(make, RUNS)

        def run(seed: int) -> Verdict:
            found = one_kill(cities.now(), Random(seed), moments)
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


def one_kill(city: City, rnd: Random, moments: Sequence[str]) -> Verdict:
    """Orders are given all the while: before the death, while nobody answers, and after it."""
    moment = rnd.choice(moments)
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


TELLING = {
    "reply-before-commit": ("before-commit",),
    "publish-before-commit": ("before-commit",),
    "no-idempotency": ("after-commit",),
    "answers-apart": ("after-commit",),
    "bare-sequence": ("random",),
    "events-apart": ("random",),
}
"""Broken variant → when to kill it so that it shows, also on a machine that is busy with other things."""


def _controls(store: str, *variants: str) -> tuple[Control, ...]:
    return tuple(
        Control(
            variant,
            killing(store, "--variant", variant, consoles=4, moments=TELLING[variant]),
            tries=6,
        )
        for variant in variants
    )


FAULTS = (
    Fault(
        name="kill-api-sqlite",
        invariant="every acknowledged key exactly once; rev dense; chain verifies; pictures equal",
        wanted=1000,
        short=3,
        campaign=killing("sqlite"),
        controls=_controls("sqlite", *TELLING),
    ),
    Fault(
        name="kill-api-postgresql",
        invariant="the same on PostgreSQL",
        wanted=1000,
        short=3,
        campaign=killing("postgresql"),
        controls=_controls("postgresql", "reply-before-commit", "publish-before-commit"),
    ),
)
