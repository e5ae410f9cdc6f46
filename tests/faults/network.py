"""Consoles behind a bad network: whatever it does, all of them equal the centre soon after it is good again."""

import queue
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from unittest import mock

from console.client import sender, stream
from console.domain.case import Channel
from console.domain.command import Accept
from console.wire.commands import wrap
from tests.builders import RUBBISH
from tests.faults.consoles import IN_EAST, HopefulApi, NewKeyApi, RecordingApi
from tests.faults.living import Cities, City, until
from tests.faults.load import Load, operators
from tests.faults.plan import Campaign, Control, Fault, RunOne, Verdict
from tests.faults.proxy import Proxy, Trouble

HEALED_S = 10.0
"""So soon after the network is good again everything must be."""

CONSOLES = 4
PER_S = 20
RUNS = 20
"""Runs of one city."""

BESIDE = 3
"""Cities at the same time: a run mostly waits."""

FLOOD = 150
RING = "64"
"""Commands of a flood, and events the centre keeps for live readers: who reads slowly falls behind."""

LOSSES = (Trouble.DUPLICATE, Trouble.REPLY_LOST)


class NetworkCity(City):
    """A city whose consoles reach the centre through one proxy."""

    def __init__(self, folder: Path, api: type[RecordingApi], options: Sequence[str]) -> None:
        super().__init__(folder, "sqlite", options=("--ring", RING, *options))
        self.start()
        self.proxy = Proxy(self.port, Random(self.port))
        self.proxy.start()
        for number in range(CONSOLES):
            self.seat(f"seat-{number}", address=self.proxy.url, api=api)

    def close(self) -> None:
        self.proxy.heal()
        super().close()
        self.proxy.close()


@dataclass(frozen=True, slots=True)
class Network:
    """What the cities of a campaign are like; all of it as it should be unless said otherwise."""

    kinds: Sequence[Trouble] = tuple(Trouble)
    api: type[RecordingApi] = RecordingApi
    options: Sequence[str] = ()
    jitter: Callable[[int], float] | None = None
    beside: int = 1

    @contextmanager
    def __call__(self, folder: Path) -> Iterator[RunOne]:
        """A campaign."""
        free: queue.SimpleQueue[Cities] = queue.SimpleQueue()
        with ExitStack() as stack:
            if self.jitter is not None:
                for module in (sender, stream):
                    stack.enter_context(mock.patch.object(module, "full_jitter", self.jitter))
            for place in range(self.beside):
                cities = Cities(self._maker(folder / str(place)), RUNS)
                stack.callback(cities.end)
                free.put(cities)
            yield lambda seed: self._run(free, seed)

    def _maker(self, folder: Path) -> Callable[[int], City]:
        return lambda number: NetworkCity(folder / f"city-{number}", self.api, self.options)

    def _run(self, free: "queue.SimpleQueue[Cities]", seed: int) -> Verdict:
        cities = free.get()
        try:
            city = cities.now()
            assert isinstance(city, NetworkCity)
            found = one_trouble(city, Random(seed), self.kinds)
            if not found.good:
                cities.end()
            return found
        finally:
            free.put(cities)


def one_trouble(city: NetworkCity, rnd: Random, kinds: Sequence[Trouble]) -> Verdict:
    """Orders are given before, during and a little after the trouble; then everything must be well."""
    troubles = rnd.sample(kinds, min(rnd.choice((1, 1, 2)), len(kinds)))
    told = "+".join(sorted(troubles))
    relists = sum(console.relists for console in city.consoles)
    load = Load(operators(city, rnd), PER_S)
    load.start()
    harmed = city.proxy.harmed
    threading.Event().wait(0.1 + rnd.random() * 0.2)
    city.proxy.trouble(*troubles)
    if Trouble.SLOW_READER in troubles:
        city.batch([wrap(_call(rnd), f"k-{rnd.getrandbits(64):016x}") for _ in range(FLOOD)])
    threading.Event().wait(0.5 + rnd.random() * 1.5)
    until(time.monotonic() + HEALED_S, lambda: city.proxy.harmed > harmed)
    harmed = city.proxy.harmed - harmed
    city.proxy.heal()
    healed = time.monotonic()
    load.rest()
    lies = city.judge(HEALED_S)
    figures = {
        "commands": load.commands,
        "harmed": harmed,
        "relists": sum(console.relists for console in city.consoles) - relists,
        "equal_s": city.equal_at - healed,
    }
    return Verdict(tuple(f"{told}: {lie}" for lie in lies), figures)


def _call(rnd: Random) -> Accept:
    number = f"C-{rnd.getrandbits(64):016x}"
    return Accept(case=number, channel=Channel.PHONE, category=RUBBISH, position=IN_EAST)


def _campaign(**wrong: object) -> Campaign:
    return Network(**wrong)  # type: ignore[arg-type]


FAULTS = (
    Fault(
        name="network",
        invariant="all consoles equal the centre ≤ 10 s after healing; every command exactly once",
        wanted=500,
        short=6,
        campaign=_campaign(beside=BESIDE),
        controls=(
            Control(
                "no-idempotency", _campaign(kinds=LOSSES, options=("--variant", "no-idempotency"))
            ),
            Control("a key at each sending", _campaign(kinds=LOSSES, api=NewKeyApi)),
            Control("broken line taken for done", _campaign(kinds=(Trouble.CUT,), api=HopefulApi)),
            Control("comes back late", _campaign(kinds=(Trouble.CUT,), jitter=lambda _: 60.0)),
        ),
        beside=BESIDE,
    ),
)
