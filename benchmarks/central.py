"""The central API under load, beside a bare server that sends the same bytes: `python -m benchmarks.central`.

Steps (`--only`): growth (20 … 500 consoles on one process, then two and four on PostgreSQL),
snapshot (10,000 open cases), storm (everybody comes back after a `kill -9`).
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
import requests

from benchmarks.load import traffic
from benchmarks.load.figures import spread
from benchmarks.load.servers import Meter, Servers, running
from benchmarks.load.traffic import Traffic
from benchmarks.machine import machine
from console.domain.city import City
from console.geo.cities import default_city
from console.geo.city import load_city

COMMANDS_PER_S = 20.0
POSITIONS_PER_S = 206
OPEN_CASES = 10_000
STORM = 200
WARM_UP_S = 8.0
EVENT_BYTES, FIXES_BYTES = 1000, 24_000
"""About what an event and a second's positions weigh on the stream."""

GROWTH = (
    ("sqlite", 1, 20),
    ("sqlite", 1, 100),
    ("sqlite", 1, 200),
    ("sqlite", 1, 500),
    ("sqlite", 1, 1000),
    ("postgresql", 1, 200),
    ("postgresql", 2, 200),
    ("postgresql", 2, 500),
    ("postgresql", 4, 500),
)
"""Store, API processes, consoles."""


class Crowd:
    """Streaming consoles in a process of their own."""

    def __init__(self, urls: list[str], count: int, token_file: Path, *, relist: bool) -> None:
        """Start them."""
        command = [sys.executable, "-m", "benchmarks.load.readers", ",".join(urls), str(count)]
        command += [str(token_file), *(["--relist"] if relist else [])]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.meter = [psutil.Process(self._process.pid)]

    def say(self, word: str) -> dict[str, Any]:
        """A word, and its answer."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(word + "\n")
        self._process.stdin.flush()
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        return answer

    def end(self) -> None:
        """All leave."""
        self._process.kill()
        self._process.wait()


@contextmanager
def crowd(
    urls: list[str], count: int, token_file: Path, *, relist: bool = False
) -> Iterator[Crowd]:
    """So many readers, all live."""
    readers = Crowd(urls, count, token_file, relist=relist)
    try:
        readers.say("wait")
        yield readers
    finally:
        readers.end()


@contextmanager
def bare(rate: float) -> Iterator[str]:
    """The reference's address."""
    command = [sys.executable, "-m", "benchmarks.load.bare", str(rate)]
    command += [str(EVENT_BYTES), str(FIXES_BYTES)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
    finally:
        process.kill()
        process.wait()


def grow(store: str, processes: int, consoles: int, city: City, seconds: float) -> dict[str, Any]:
    """One step of the growth, and the reference right behind it."""
    with tempfile.TemporaryDirectory() as folder:
        with running(store, processes, Path(folder)) as servers:
            found = _under_load(servers, consoles, city, seconds)
            token_file = servers.token_file
        with bare(COMMANDS_PER_S) as url, crowd([url], consoles, token_file) as readers:
            readers.say("mark")
            time.sleep(min(seconds, 15.0))
            reference = readers.say("report")["delivery_ms"]
    ratio = found["delivery_ms"]["p99"] / max(reference["p99"], 0.01)
    return {
        "store": store,
        "processes": processes,
        "consoles": consoles,
        **found,
        "reference": {"what": "a bare asyncio server, same bytes", "delivery_ms": reference},
        "p99_ratio": round(ratio, 1),
    }


def _under_load(servers: Servers, consoles: int, city: City, seconds: float) -> dict[str, Any]:
    token = servers.centrals[0].token
    with crowd(servers.urls, consoles, servers.token_file) as readers:
        flow = Traffic(servers.urls, token, city, COMMANDS_PER_S, POSITIONS_PER_S)
        flow.start()
        time.sleep(WARM_UP_S)
        readers.say("mark")
        flow.mark()
        api, load = Meter(servers.api_processes()), Meter(readers.meter)
        database = Meter(servers.database_processes())
        time.sleep(seconds)
        costs = {"api": api.read(), "database": database.read(), "readers": load.read()}
        told, answers, failed = readers.say("report"), flow.answers_ms, flow.failed
        flow.stop()
    return {
        **told,
        "answer_ms": spread(answers),
        "commands_per_s": round(len(answers) / seconds, 1),
        "failed": failed[:5],
        "costs": costs,
    }


def snapshot(city: City) -> dict[str, Any]:
    """A snapshot of many open cases: built, and fetched while nothing changes."""
    with tempfile.TemporaryDirectory() as folder, running("sqlite", 1, Path(folder)) as servers:
        central = servers.centrals[0]
        filled = traffic.fill(central.url, central.token, city, OPEN_CASES)
        time.sleep(6)  # a snapshot is built at most every 5 s: the next one is new
        first, size, pages = _fetch(central.url, central.token)
        again = [_fetch(central.url, central.token)[0] for _ in range(9)]
        memory = Meter(servers.api_processes()).read()["pss_mib"]
        with bare(1.0) as url:
            plain = [_fetch_bytes(url, size) for _ in range(9)]
    return {
        "open_cases": OPEN_CASES,
        "filled_per_s": round(OPEN_CASES / filled),
        "bytes": size,
        "pages": pages,
        "built_and_fetched_ms": round(1000 * first, 1),
        "fetched_ms": spread([1000 * s for s in again]),
        "api_pss_mib": memory,
        "reference": {
            "what": "the same bytes from a bare server",
            "fetched_ms": spread([1000 * s for s in plain]),
        },
    }


def _fetch(url: str, token: str) -> tuple[float, int, int]:
    """Seconds, bytes and pages of a whole snapshot."""
    headers = {"Authorization": f"Bearer {token}", "Baton-Seat": "load", "Baton-Role": "wall"}
    with requests.Session() as session:
        began = time.perf_counter()
        page = session.get(f"{url}/v1/snapshot", headers=headers, timeout=60)
        page.raise_for_status()
        size, pages = len(page.content), int(page.headers["Baton-Pages"])
        rev = page.headers["ETag"].strip('"').rpartition(":")[2]
        for number in range(1, pages):
            more = session.get(
                f"{url}/v1/snapshot?page={number}&rev={rev}", headers=headers, timeout=60
            )
            more.raise_for_status()
            size += len(more.content)
        return time.perf_counter() - began, size, pages


def _fetch_bytes(url: str, size: int) -> float:
    began = time.perf_counter()
    requests.get(f"{url}/v1/bytes?n={size}", timeout=60).raise_for_status()
    return time.perf_counter() - began


def storm(city: City, *, relist: bool) -> dict[str, Any]:
    """Everybody comes back after `kill -9`: on the stream, or (`relist`) with a new snapshot each."""
    with tempfile.TemporaryDirectory() as folder, running("sqlite", 1, Path(folder)) as servers:
        central = servers.centrals[0]
        traffic.fill(central.url, central.token, city, OPEN_CASES)
        with crowd(servers.urls, STORM, servers.token_file, relist=relist) as readers:
            readers.say("break")
            down = time.time()
            restart = servers.kill_and_restart()
            ready = time.time()
            moments = readers.say("back")["moments"]
            api = Meter(servers.api_processes()).read()
    after = [moment - ready for moment in moments]
    return {
        "consoles": STORM,
        "each_takes": "a new snapshot" if relist else "the stream where it was",
        "restart_s": round(restart, 2),
        "back_after_ready_s": spread(after),
        "all_live_after_kill_s": round(max(moments) - down, 2),
        "api_pss_mib": api["pss_mib"],
        "goal": "all live <= 10 s",
    }


def main() -> None:
    """Run what was asked for and print it as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=30.0, help="of each step of the growth")
    parser.add_argument("--only", choices=("growth", "snapshot", "storm"))
    parser.add_argument("--step", type=int, action="append", help="of the growth, from 0")
    parser.add_argument("--json", type=Path, help="write it to this file too")
    given = parser.parse_args()
    city = load_city(default_city())
    found: dict[str, Any] = {"machine": machine()}
    if given.only in (None, "growth"):
        steps = [GROWTH[n] for n in given.step] if given.step else GROWTH
        found["growth"] = [grow(*step, city, given.seconds) for step in steps]
    if given.only in (None, "snapshot"):
        found["snapshot"] = snapshot(city)
    if given.only in (None, "storm"):
        found["storm"] = [storm(city, relist=relist) for relist in (False, True)]
    text = json.dumps(found, indent=2)
    if given.json is not None:
        given.json.write_text(text + "\n", encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
