"""All commands in any order (a hypothesis state machine) and every event type the domain knows, on the real writer."""

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any, ClassVar
from unittest import mock

import hypothesis
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test
from sqlalchemy import Engine, event

from console.central import expectation
from console.central.answers import AnswerBook
from console.central.postgresql import PostgreSQL
from console.central.sqlite import FILE_NAME, SQLite
from console.domain.event import Event
from console.i18n.texts import catalogue
from console.store import picture
from console.store.reducer import evolve
from tests import postgres
from tests.faults.acts import MAKERS
from tests.faults.lived import PAUSES_MIN, Lie, Life, wander
from tests.faults.plan import Campaign, Control, Fault, RunOne, Verdict

KNOWN_TYPES = frozenset(
    {key.removeprefix("event.") for key in catalogue("en") if key.startswith("event.")}
    - {"unknown"}
    | {"day.began", "clock.set"}
)
"""Every event type: those that people read have words, two are the centre's own."""

STEPS = 60
"""Acts of one history of the machine."""

HISTORIES = 10
"""Histories of one run; two more that hypothesis always begins with, of nearly nothing, do not count."""

LIVES, LIFE_STEPS, LIVES_A_RUN = 120, 150, 3
"""At most so many lives of so many acts until every type has been seen (about 15 are enough)."""


class Commands(RuleBasedStateMachine):
    """A city in which anything may be commanded at any time; every step is judged (see `Life`)."""

    told: ClassVar[list[int]] = []

    @initialize(rnd=st.randoms(use_true_random=False))
    def begin(self, rnd: Random) -> None:
        self.folder = tempfile.TemporaryDirectory(prefix="baton-machine-")
        self.life = Life(UnsyncedSQLite(Path(self.folder.name) / FILE_NAME), rnd)

    @rule(minutes=st.sampled_from(PAUSES_MIN))
    def time_passes(self, minutes: int) -> None:
        self.life.turn(minutes)

    @rule()
    def fitting(self) -> None:
        self.life.probable()

    @rule()
    def fitting_too(self) -> None:
        self.life.probable()

    @rule(kind=st.sampled_from(sorted(MAKERS)))
    def anything(self, kind: str) -> None:
        self.life.any(kind)

    @rule(kinds=st.lists(st.sampled_from(sorted(MAKERS)), min_size=2, max_size=5))
    def several_at_once(self, kinds: list[str]) -> None:
        self.life.do(*(MAKERS[kind](self.life.desk) for kind in kinds))

    @rule()
    def replay(self) -> None:
        self.life.replay()

    @rule()
    def mismatch(self) -> None:
        self.life.mismatch()

    @rule()
    def stand_on_own(self) -> None:
        self.life.stand_on_own()

    def teardown(self) -> None:
        if hasattr(self, "life"):
            self.told.append(len(self.life.events))
            try:
                self.life.close()
            finally:
                self.folder.cleanup()


@contextmanager
def machine(_folder: Path) -> Iterator[RunOne]:
    """Each run is some histories that hypothesis makes from the seed; a failing one is made small."""
    yield lambda seed: run_machine(seed, (Phase.generate, Phase.shrink))


@contextmanager
def machine_as_found(_folder: Path) -> Iterator[RunOne]:
    """The same for controls: that something is found is enough."""
    yield lambda seed: run_machine(seed, (Phase.generate,))


def run_machine(seed: int, phases: Sequence[Phase]) -> Verdict:
    """One run of several histories."""
    Commands.told.clear()
    wanted = settings(
        max_examples=HISTORIES + 2,
        stateful_step_count=STEPS,
        phases=phases,
        report_multiple_bugs=False,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        verbosity=hypothesis.Verbosity.quiet,
    )
    try:
        run_state_machine_as_test(hypothesis.seed(seed)(Commands), settings=wanted)
    except (Exception, ExceptionGroup) as error:
        notes = "\n".join(getattr(error, "__notes__", []))
        return Verdict((f"{type(error).__name__}: {error}\n{notes}",))
    return Verdict(figures={"histories": HISTORIES, "events": sum(Commands.told)})


Lives = Callable[[Random], AbstractContextManager[Life]]


@contextmanager
def types(folder: Path) -> Iterator[RunOne]:
    """Each run is random lives until every event type has occurred, each judged as it happened."""
    yield lambda seed: Types(lambda rnd: _on_sqlite(folder, rnd)).live(seed, LIVES)


@contextmanager
def types_on_postgresql(_folder: Path) -> Iterator[RunOne]:
    """A few lives a run, for a database takes a while to make; all of them together see every type."""
    shared = Types(_on_postgresql)
    yield lambda seed: shared.live(seed, LIVES_A_RUN)


class Types:
    """Which event types have been seen by how many lives."""

    def __init__(self, lives: Lives) -> None:
        self._lives = lives
        self._seen: set[str] = set()
        self._lived = 0

    def live(self, seed: int, most: int) -> Verdict:
        """At most so many lives, fewer where all is seen; a type nobody has seen in `LIVES` is a lie."""
        for number in range(most):
            self._lived += 1
            try:
                with self._lives(Random(seed + number)) as life:
                    wander(life, LIFE_STEPS)
                    self._seen |= {event.type for event in life.events}
            except Lie as lie:
                return Verdict((str(lie),))
            if self._seen >= KNOWN_TYPES:
                break
        lies = [f"{kind} is no type that has words" for kind in sorted(self._seen - KNOWN_TYPES)]
        if self._lived >= LIVES:
            lies += [f"{kind} never happened" for kind in sorted(KNOWN_TYPES - self._seen)]
        return Verdict(tuple(lies), {"lives": number + 1})


class UnsyncedSQLite(SQLite):
    """Waits for no disk: nobody dies here, and the waiting would be most of a life."""

    def engine(self) -> Engine:
        engine = super().engine()
        event.listen(
            engine, "connect", lambda connection, _: connection.execute("PRAGMA synchronous=OFF")
        )
        return engine


class UnsyncedPostgreSQL(PostgreSQL):
    """The same; set behind the product's own check, which would refuse it."""

    def engine(self) -> Engine:
        engine = super().engine()
        event.listen(engine, "connect", self._hurry)
        return engine

    @staticmethod
    def _hurry(connection: Any, _record: Any) -> None:
        connection.execute("SET synchronous_commit = off")
        connection.commit()


@contextmanager
def _on_sqlite(folder: Path, rnd: Random) -> Iterator[Life]:
    folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(dir=folder) as place,
        closing(Life(UnsyncedSQLite(Path(place) / FILE_NAME), rnd)) as life,
    ):
        yield life


@contextmanager
def _on_postgresql(rnd: Random) -> Iterator[Life]:
    address = postgres.server().fresh()
    try:
        with closing(Life(UnsyncedPostgreSQL(address), rnd)) as life:
            yield life
    finally:
        postgres.server().drop(address)


def _broken(campaign: Campaign, target: Any, name: str, variant: Any) -> Campaign:
    """The same fault while one function is replaced by a broken one."""

    @contextmanager
    def opened(folder: Path) -> Iterator[RunOne]:
        with mock.patch.object(target, name, variant), campaign(folder) as run_one:
            yield run_one

    return opened


def _forgetful(before: Mapping[str, Any] | None, event: Event) -> dict[str, Any]:
    """A reducer that misses one field of one event type."""
    after = evolve(before, event)
    if event.type == "case.resumed" and before is not None:
        after["review_at"] = before["review_at"]
    return after


def _careless(_ledger: Any, _expected: Any) -> None:
    """Preconditions that are not looked at."""


_keep = AnswerBook.keep


def _keep_twice(book: AnswerBook, envelope: Any, answer: Any, seat: str, at: Any) -> None:
    """An answer book that remembers another rev than the one it told."""
    moved = None if answer.rev is None else answer.rev + 1
    _keep(book, envelope, replace(answer, rev=moved), seat, at)


FAULTS = (
    Fault(
        name="commands",
        invariant="rows = mirror = fold of the log; a key is answered once; a mismatch leaves nothing",
        wanted=200,
        short=2,
        campaign=machine,
        controls=(
            Control(
                "mismatch let through",
                _broken(machine_as_found, expectation, "check", _careless),
                5,
            ),
            Control(
                "another rev kept", _broken(machine_as_found, AnswerBook, "keep", _keep_twice), 5
            ),
        ),
    ),
    Fault(
        name="event-types",
        invariant="snapshot + events = fresh snapshot, for every event type the domain knows",
        wanted=25,
        short=1,
        campaign=types,
        controls=(Control("a field forgotten", _broken(types, picture, "evolve", _forgetful), 1),),
    ),
    Fault(
        name="event-types-postgresql",
        invariant="the same on PostgreSQL",
        wanted=40,
        short=1,
        campaign=types_on_postgresql,
        controls=(
            Control(
                "another rev kept", _broken(types_on_postgresql, AnswerBook, "keep", _keep_twice), 1
            ),
        ),
    ),
)
