"""Two operators (now and then more), one case, the same instant: one of them has it, all others are told."""

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from random import Random

from console.domain.case import Channel
from console.domain.command import Accept, Command, Dispatch, PinPlace, Recall, Redispatch, Register
from console.domain.place import Position
from console.wire.commands import Answer, Envelope, wrap
from tests.builders import BUREAU, RUBBISH, TOWN
from tests.central_process import start_central
from tests.faults.consoles import IN_EAST, RecordingApi
from tests.faults.living import Cities, City
from tests.faults.plan import Campaign, Control, Fault, RunOne, Verdict

DUELS = 20
"""Cases of one run."""

MOST = 5
"""Operators at one case; mostly there are two."""

RUNS = 25
"""Runs of one city."""


class Arena(City):
    """A city with one API process, on PostgreSQL two; the operators are spread over them."""

    def __init__(self, folder: Path, store: str, options: Sequence[str]) -> None:
        super().__init__(folder, store, options=options)
        self.start()
        urls = [self.url]
        self._second = None
        if self.database is not None:
            self._second = start_central(
                folder / "second", database=self.database, program=self.program()
            )
            urls.append(self._second.url)
        self.rivals = [
            RecordingApi(urls[number % len(urls)], f"rival-{number}", self.history)
            for number in range(MOST)
        ]
        self.pool = ThreadPoolExecutor(MOST)

    def close(self) -> None:
        self.pool.shutdown()
        if self._second is not None:
            self._second.kill()
        super().close()


class Duel:
    """One case, and what all of them want to do with it."""

    def __init__(self, arena: Arena, rnd: Random) -> None:
        self._arena = arena
        self._rnd = rnd
        self._case, self._order = self._id("C"), self._id("A")
        self._versions: dict[str, int] = {}

    def fight(self) -> tuple[str, ...]:
        """Everybody at once; what is wrong with the answers."""
        kind = self._rnd.choice(sorted(_ACTS))
        self._prepare(kind)
        about = f"assignment:{self._order}" if kind == "recall" else f"case:{self._case}"
        expect: Mapping[str, int | dict[str, str]] = {about: self._versions[about]}
        many = self._rnd.choice((2, 2, 2, 3, MOST))
        given = [wrap(_ACTS[kind](self), self._id("k"), expect) for _ in range(many)]
        rivals = self._rnd.sample(self._arena.rivals, many)
        gate = threading.Barrier(many)

        def act(rival: RecordingApi, envelope: Envelope) -> Answer:
            gate.wait()
            return rival.send(envelope)

        found = sorted(a.status for a in self._arena.pool.map(act, rivals, given))
        if found != [201] + [412] * (many - 1):
            return (f"{many} operators at one case wanted to {kind} it: {found}",)
        return ()

    def _prepare(self, kind: str) -> None:
        """The case, and where they mean an order that one too."""
        self._do(
            Accept(
                case=self._case,
                channel=Channel.PHONE,
                category=RUBBISH,
                position=IN_EAST,
                register=kind != "register",
            )
        )
        if kind in ("recall", "redispatch"):
            self._do(Dispatch(case=self._case, assignment=self._order, unit=TOWN))

    def _do(self, command: Command) -> None:
        rival = self._arena.rivals[0]
        answer = rival.send(wrap(command, self._id("k")))
        assert answer.status == 201, answer
        for event in rival.log(answer.first_rev or 0, answer.rev or 0):
            self._versions[event.entity] = event.entity_version

    def dispatch(self) -> Command:
        unit = self._rnd.choice((TOWN, BUREAU))
        return Dispatch(case=self._case, assignment=self._id("A"), unit=unit)

    def redispatch(self) -> Command:
        return Redispatch(case=self._case, assignment=self._id("A"), unit=BUREAU, reason="r")

    def recall(self) -> Command:
        return Recall(assignment=self._order, reason="r")

    def pin(self) -> Command:
        return PinPlace(
            case=self._case, position=Position(110.36 + self._rnd.random() / 1000, 20.01)
        )

    def register(self) -> Command:
        return Register(case=self._case)

    def _id(self, kind: str) -> str:
        return f"{kind}-{self._rnd.getrandbits(64):016x}"


_ACTS: Mapping[str, Callable[[Duel], Command]] = {
    "dispatch": Duel.dispatch,
    "redispatch": Duel.redispatch,
    "recall": Duel.recall,
    "pin": Duel.pin,
    "register": Duel.register,
}


def rivals(store: str, *options: str) -> Campaign:
    """Duels in a city on this store, started with these options of `broken_central`."""

    @contextmanager
    def opened(folder: Path) -> Iterator[RunOne]:
        cities = Cities(lambda number: Arena(folder / f"city-{number}", store, options), RUNS)

        def run(seed: int) -> Verdict:
            arena, rnd = cities.now(), Random(seed)
            assert isinstance(arena, Arena)
            lies = [lie for _ in range(DUELS) for lie in Duel(arena, rnd).fight()]
            lies += arena.judge()
            if lies:
                cities.end()
            return Verdict(tuple(lies), {"duels": DUELS})

        try:
            yield run
        finally:
            cities.end()

    return opened


def _control(store: str, variant: str) -> Control:
    return Control(variant, rivals(store, "--variant", variant), 2)


FAULTS = (
    Fault(
        name="rivals-sqlite",
        invariant="two operators, one case, the same instant: one 201, the rest 412",
        wanted=100,
        short=2,
        campaign=rivals("sqlite"),
        controls=(_control("sqlite", "no-expectation"), _control("sqlite", "expectation-outside")),
    ),
    Fault(
        name="rivals-postgresql",
        invariant="the same on PostgreSQL, over two API processes",
        wanted=100,
        short=2,
        campaign=rivals("postgresql"),
        controls=(_control("postgresql", "expectation-outside"),),
    ),
)
