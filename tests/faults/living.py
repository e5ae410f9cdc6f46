"""A city that lives through many faults: one log, one centre that dies and comes back, consoles that stay."""

import itertools
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Any

import sseclient

from console.central.audit.verify import verify
from console.central.database import Database
from console.central.postgresql import PostgreSQL
from console.central.sqlite import FILE_NAME, SQLite
from console.central.store import Store
from console.domain.event import Event
from console.store.picture import Picture
from console.wire.codec import from_builtins, to_builtins
from console.wire.commands import Envelope
from tests import postgres
from tests.builders import TZ
from tests.central_process import PATIENCE_S, Central, start_central, stderr_of
from tests.faults.checker import check, check_dense, unsettled
from tests.faults.consoles import Console
from tests.faults.evidence import Evidence
from tests.faults.history import History
from tests.faults.lived import state_of

SETTLE_S = 120.0
"""How long the consoles may take to bring all their orders to an end, seconds; mostly one is enough."""

AUDIT_EVERY = 5
"""Judgements of a city of which one asks the product's own audit too."""

_ports = itertools.count()


class City:
    """A log on one of the two stores, and its centre on a port of its own."""

    def __init__(self, folder: Path, store: str, *, options: Sequence[str] = ()) -> None:
        """`options` are those of `broken_central`, for every start."""
        self.folder = folder
        self.history = History()
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.consoles: list[Console] = []
        self._options = tuple(options)
        self.database = postgres.server().fresh() if store == "postgresql" else None
        self._central: Central | None = None
        self._fold = Picture(tz=TZ)
        self._marks: dict[str, tuple[int, int]] = {}
        self._centre = (0, 0)
        self.equal_at = 0.0
        self._judged = itertools.count()

    @property
    def central(self) -> Central:
        assert self._central is not None
        return self._central

    def start(self, *options: str) -> None:
        """Start the centre on what there is; raises `NotReady`."""
        self._central = start_central(
            self.folder / "central",
            port=self.port,
            database=self.database,
            program=self.program(*options),
        )

    def program(self, *options: str) -> tuple[str, ...]:
        """What is run: the product itself where nothing is to be broken."""
        given = (*self._options, *options)
        return ("tests.faults.broken_central", *given, "--") if given else ("console.central",)

    def kill(self) -> None:
        """`kill -9`."""
        self.central.kill()

    def died(self, seconds: float = PATIENCE_S) -> bool:
        """Wait until the centre has killed itself; whether it did."""
        end = time.monotonic() + seconds
        while self.central.process.poll() is None:
            if time.monotonic() > end:
                return False
            threading.Event().wait(0.005)
        return True

    def seat(self, name: str, **more: Any) -> Console:
        """A console that stays until the city ends."""
        console = Console(
            more.pop("address", self.url), name, self.folder / "outboxes", self.history, **more
        )
        self.consoles.append(console)
        console.start()
        return console

    def close(self) -> None:
        """End all of it."""
        for console in self.consoles:
            console.stop()
        if self._central is not None and self._central.process.poll() is None:
            self._central.kill()
        if self.database is not None:
            postgres.server().drop(self.database)

    def said(self) -> str:
        """The last that the centre said on standard error, for who looks for the cause."""
        return stderr_of(self.folder / "central")[-2000:]

    def judge(self, within_s: float = SETTLE_S) -> tuple[str, ...]:
        """Wait until every order has its end and every console shows the truth, then check everything."""
        end = time.monotonic() + within_s
        if not until(end, self._all_settled):
            open_ones = [key for console in self.consoles for key in console.unsettled()]
            return (f"not settled within {within_s:.0f} s", *unsettled(open_ones))
        gaps = tuple(check_dense(self.log()))
        if gaps:  # nobody can follow such a log: there is nothing to wait for
            return gaps
        equal = until(end, self._all_equal)
        self.equal_at = time.monotonic()
        lies = (*check(self._evidence()), *self._audited())
        return lies if equal else (f"not equal within {within_s:.0f} s", *lies)

    def _audited(self) -> Iterator[str]:
        """What the product's own audit finds, now and then: it reads the chain and every row."""
        if next(self._judged) % AUDIT_EVERY:
            return
        database = Database(self._store())
        with database.reading() as connection:
            yield from (f"audit: {found.en}" for found in verify(connection, None, TZ).findings)
        database.close(clean=False)

    def _store(self) -> Store:
        if self.database is not None:
            return PostgreSQL(self.database)
        return SQLite(self.folder / "central" / FILE_NAME)

    def _all_settled(self) -> bool:
        for console in self.consoles:
            console.confirm_held()
        return not any(console.unsettled() for console in self.consoles)

    def _all_equal(self) -> bool:
        self._marks = {console.seat: console.mark for console in self.consoles}
        self._centre = self.bookmark()
        return all(mark == self._centre for mark in self._marks.values())

    def batch(self, envelopes: Sequence[Envelope]) -> None:
        """Commands of another system, all in one transaction."""
        numbers = [self.history.invoke("feed", to_builtins(envelope)) for envelope in envelopes]
        answers = self.central.api(seat="feed").send_batch(envelopes)
        for number, answer in zip(numbers, answers, strict=True):
            self.history.answered(number, answer)

    def bookmark(self) -> tuple[int, int]:
        """Rev and digest of the centre now."""
        api = self.central.api()
        health = api.health()
        params = {"after": str(health.rev), "epoch": health.epoch}
        response = api.request("GET", "/v1/events", params=params, stream=True)
        try:
            for message in sseclient.SSEClient(response).events():
                if message.event == "bookmark":
                    told = json.loads(message.data)
                    return told["rev"], int(told["digest"], 16)
        finally:
            response.close()
        raise AssertionError("the stream ended without a bookmark")

    def _evidence(self) -> Evidence:
        # The pictures as they were compared, and what was shown before the log is read: the centre's
        # own timers go on meanwhile.
        streamed = {console.seat: list(console.streamed) for console in self.consoles}
        events = self.log()
        entries = self.history.entries()
        folded = self._folded(events, self._centre[0])
        return Evidence(
            entries,
            events,
            self._statuses([entry.key for entry in entries]),
            {**self._marks, "the fold of the log": folded},
            self._centre,
            streamed=streamed,
            differing=self._differing(),
            ticks={key: tick for console in self.consoles for key, tick in console.told()},
        )

    def log(self) -> list[dict[str, Any]]:
        """All of it, as JSON."""
        events: list[dict[str, Any]] = []
        last = 0
        while part := self.central.request(
            "GET", f"/v1/log?from={last + 1}&to={last + 5000}"
        ).json():
            events += part
            last = part[-1]["rev"]
        return events

    def _statuses(self, keys: Sequence[str]) -> Mapping[str, Any]:
        found: dict[str, Any] = {}
        wanted = list(dict.fromkeys(keys))
        for start in range(0, len(wanted), 1000):
            body = {"keys": wanted[start : start + 1000]}
            answer = self.central.request("POST", "/v1/commands/status", json=body)
            found |= answer.json()["answers"]
        return found

    def _folded(self, events: Sequence[Mapping[str, Any]], rev: int) -> tuple[int, int]:
        """The picture that follows from the log alone; of what was folded before only the end is new."""
        new = [from_builtins(event, Event) for event in events[self._fold.rev : rev]]
        try:
            self._fold.apply(new)
        except ValueError:  # the log is not dense: another rule tells it better
            return rev, -1
        return self._fold.rev, self._fold.digest

    def _differing(self) -> tuple[str, ...]:
        """Consoles that have the right digest and show something else all the same."""
        wanted = state_of(self._fold)
        found = []
        for console in self.consoles:
            with console.seen() as picture:
                if picture.rev == self._fold.rev and state_of(picture) != wanted:
                    found.append(console.seat)
        return tuple(found)


class Cities:
    """The living city of a campaign; after so many runs a new one, or the checks would grow for ever."""

    def __init__(self, make: Callable[[int], City], runs: int) -> None:
        self._make = make
        self._runs = runs
        self._number = itertools.count()
        self._left = 0
        self._city: City | None = None

    def now(self) -> City:
        """The city for the next run."""
        if self._left == 0 or self._city is None:
            self.end()
            self._city = self._make(next(self._number))
            self._left = self._runs
        self._left -= 1
        return self._city

    def end(self) -> None:
        """Close the one there is; after a lie too: what is wrong once stays wrong."""
        if self._city is not None:
            self._city.close()
        self._city, self._left = None, 0


def free_port() -> int:
    """A port that nobody uses, below those that the system gives to connections by itself."""
    for port in itertools.islice(_ports, 2000):
        number = 20_000 + (port * 7 + Random().randrange(10_000)) % 10_000
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", number)) != 0:
                return number
    raise AssertionError("no port is free")


def until(end: float, fits: Callable[[], bool]) -> bool:
    """Wait until it fits, at most until `end` (monotonic seconds); whether it does."""
    while not fits():
        if time.monotonic() > end:
            return False
        threading.Event().wait(0.02)
    return True
