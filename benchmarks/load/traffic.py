"""What a busy city sends: commands at a steady pace, and its workers' positions once a second."""

import itertools
import random
import threading
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

import requests

from console.domain.city import City

_TIMEOUT_S = 30
_BATCH = 250


class Seat:
    """A seat that writes, over one connection."""

    def __init__(self, url: str, token: str, role: str) -> None:
        """At this address."""
        self._url = url
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.headers.update(
            {"Authorization": f"Bearer {token}", "Baton-Seat": f"load-{role}", "Baton-Role": role}
        )

    def post(self, path: str, body: object, key: str | None = None) -> requests.Response:
        """One request."""
        headers = {"Idempotency-Key": key} if key else {}
        return self._session.post(self._url + path, json=body, headers=headers, timeout=_TIMEOUT_S)


def _envelope(kind: str, body: dict[str, Any]) -> dict[str, Any]:
    return {"key": str(uuid.uuid4()), "type": kind, "body": body}


def _accept(city: City, chance: random.Random, case: str) -> dict[str, Any]:
    categories = sorted(c for c, known in city.categories.items() if not known.hazard)
    position = {
        "lon": city.centre.lon + chance.uniform(-0.03, 0.03),
        "lat": city.centre.lat + chance.uniform(-0.03, 0.03),
    }
    body = {"case": case, "channel": "phone", "category": chance.choice(categories)}
    return _envelope("accept", {**body, "position": position, "register": True})


def fill(url: str, token: str, city: City, count: int) -> float:
    """So many open cases; seconds it took."""
    seat, chance = Seat(url, token, "field"), random.Random(7)
    began = time.monotonic()
    for start in range(0, count, _BATCH):
        names = [f"L-{n}" for n in range(start, min(start + _BATCH, count))]
        commands = [_accept(city, chance, name) for name in names]
        answer = seat.post("/v1/commands/batch", {"commands": commands})
        answer.raise_for_status()
        refused = [a for a in answer.json()["answers"] if a["status"] != 201]
        if refused:
            raise SystemExit(f"a case was refused: {refused[0]}")
    return time.monotonic() - began


class Traffic:
    """Commands and positions until `stop`; `answers_ms` are the times of the 201s since `mark`."""

    def __init__(
        self, urls: list[str], token: str, city: City, rate: float, positions: int
    ) -> None:
        """`rate` commands and `positions` positions a second, spread over the addresses."""
        self._urls, self._token, self._city = urls, token, city
        self._rate, self._positions = rate, positions
        self._stop = threading.Event()
        self._threads = [
            threading.Thread(target=self._command, daemon=True),
            threading.Thread(target=self._move, daemon=True),
        ]
        self.answers_ms: list[float] = []
        self.failed: list[str] = []

    def start(self) -> None:
        """Begin."""
        for thread in self._threads:
            thread.start()

    def mark(self) -> None:
        """Measure from now on."""
        self.answers_ms, self.failed = [], []

    def stop(self) -> None:
        """End, after what is under way."""
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _beats(self, every_s: float) -> Iterator[None]:
        """At a steady pace, however long each act took."""
        next_at = time.monotonic()
        while not self._stop.wait(max(0.0, next_at - time.monotonic())):
            yield
            next_at += every_s

    def _command(self) -> None:
        lines = [
            (Seat(url, self._token, "dispatcher"), Seat(url, self._token, "field"))
            for url in self._urls
        ]
        lives = itertools.chain.from_iterable(self._life(n) for n in itertools.count())
        with ThreadPoolExecutor(1) as pool:
            turns = itertools.cycle(lines)
            for _ in self._beats(1 / self._rate):
                role, command = next(lives)
                desk, field = next(turns)
                pool.submit(self._send, field if role == "field" else desk, command)

    def _send(self, seat: Seat, command: dict[str, Any]) -> None:
        began = time.perf_counter()
        try:
            answer = seat.post("/v1/commands", command, command["key"])
        except requests.RequestException as error:
            self.failed.append(type(error).__name__)
            return
        if answer.status_code != 201:
            self.failed.append(answer.text[:200])
        self.answers_ms.append(1000 * (time.perf_counter() - began))

    def _life(self, number: int) -> Iterator[tuple[str, dict[str, Any]]]:
        """A case's first steps: taken in, given to a unit, signed."""
        case, order = f"T-{number}-{uuid.uuid4().hex[:6]}", f"A-{number}-{uuid.uuid4().hex[:6]}"
        unit = sorted(self._city.units)[number % len(self._city.units)]
        yield "dispatcher", _accept(self._city, random.Random(number), case)
        yield (
            "dispatcher",
            _envelope("dispatch", {"case": case, "assignment": order, "unit": unit}),
        )
        yield "field", _envelope("acknowledge", {"assignment": order})

    def _move(self) -> None:
        workers = itertools.cycle(sorted(self._city.workers))
        seats = itertools.cycle([Seat(url, self._token, "field") for url in self._urls])
        chance = random.Random(3)
        for _ in self._beats(1.0):
            now = datetime.now(UTC).isoformat()
            fixes = [
                {
                    "worker": next(workers),
                    "fix_at": now,
                    "lon": self._city.centre.lon + chance.uniform(-0.05, 0.05),
                    "lat": self._city.centre.lat + chance.uniform(-0.05, 0.05),
                }
                for _ in range(self._positions)
            ]
            try:
                answer = next(seats).post("/v1/positions", {"fixes": fixes})
                if answer.status_code != 200:
                    self.failed.append(answer.text[:200])
            except requests.RequestException as error:
                self.failed.append(type(error).__name__)
