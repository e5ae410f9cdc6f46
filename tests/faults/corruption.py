"""Damaged pages in the log, the outbox and the caches: refused loudly or harmless, and the file is kept."""

import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any
from unittest import mock

import requests

from console.central.sqlite import FILE_NAME
from console.client import outbox as outbox_module
from console.client.outbox import Outbox, OutboxCorrupt
from console.domain.command import Remind
from console.wire.commands import Answer, wrap
from console.wire.messages import Tick
from tests.central_process import PATIENCE_S, ROOT, TINY, Central, NotReady, start_central
from tests.faults.aftermath import LIMIT_S, Sent, contents, log_of, refusal
from tests.faults.damage import spoil
from tests.faults.plan import Campaign, Control, Fault, RunOne, Verdict

CASES = 60
"""Commands in the log that is damaged; those of the killed one lie half in the file, half in the WAL."""

ALLOWED = frozenset({"database-corrupt", "database-unavailable"})
WAL = f"{FILE_NAME}-wal"


@dataclass(frozen=True)
class Whole:
    """A data folder in good order, and what a centre on it tells: the log, the picture, the answers."""

    folder: Path
    epoch: str
    events: list[Mapping[str, Any]]
    picture: Mapping[str, Any]
    statuses: Mapping[str, Any]


def damaged_log(program: tuple[str, ...] = ("console.central",)) -> Campaign:
    """Pages of the database or its WAL, after a clean end and after a kill."""

    @contextmanager
    def opened(folder: Path) -> Iterator[RunOne]:
        wholes = [_whole(folder / name, clean=name == "clean") for name in ("clean", "killed")]
        yield lambda seed: _one_log(wholes, folder / f"{seed:x}", Random(seed), program)

    return opened


def _whole(folder: Path, *, clean: bool) -> Whole:
    shutil.rmtree(folder, ignore_errors=True)
    data = folder / "central"
    sent = Sent(Random(1))
    central = start_central(data, TINY)
    for number in range(CASES):
        if number == CASES // 2 and not clean:
            central.stop()  # the first half into the file itself
            central = start_central(data, TINY)
        sent.send(central)
    told = _told(central)
    central.stop() if clean else central.kill()
    return Whole(data, central.epoch, *told)


def _told(central: Central) -> tuple[Any, Any, Any]:
    """Log, picture and answers; raises `requests.HTTPError` where one of them is refused."""
    snapshot = central.request("GET", "/v1/snapshot")
    keys = {"keys": [f"key-{number}" for number in range(CASES)]}
    statuses = central.request("POST", "/v1/commands/status", json=keys)
    for answer in (snapshot, statuses):
        answer.raise_for_status()
    shown = {name: snapshot.json()[name] for name in ("cases", "assignments", "workers")}
    return log_of(central), shown, statuses.json()["answers"]


def _one_log(wholes: list[Whole], folder: Path, rnd: Random, program: tuple[str, ...]) -> Verdict:
    whole = rnd.choice(wholes)
    data = folder / "central"
    shutil.rmtree(folder, ignore_errors=True)  # of an earlier run that failed
    shutil.copytree(whole.folder, data)
    file = data / (WAL if (data / WAL).exists() and rnd.random() < 0.3 else FILE_NAME)
    what = f"{file.name} ({whole.folder.parent.name}): {spoil(file, rnd)}"
    before = _database_files(data)
    began = time.monotonic()
    refused = False
    try:
        central = start_central(data, TINY, program=program)
    except NotReady as error:
        refused = True
        lies = list(refusal(error, ALLOWED))
        if _database_files(data) != before:
            lies.append("a damaged file was not left as it is")
    else:
        lies = list(_served(central, whole, wal=file.name == WAL))
    took = time.monotonic() - began
    if refused and took > LIMIT_S:
        lies.append(f"it took {took:.1f} s to refuse")
    if not lies:
        shutil.rmtree(folder)
    figures = {"refused": float(refused), "refused_s": took if refused else 0.0}
    return Verdict(tuple(f"{what}: {lie}" for lie in lies), figures)


def _database_files(data: Path) -> dict[str, bytes]:
    """Database and WAL; who looks may leave an empty WAL, and makes the shared memory anew."""
    found = contents(data, lambda file: file.name in (FILE_NAME, WAL))
    return {name: content for name, content in found.items() if content}


def _served(central: Central, whole: Whole, *, wal: bool) -> Iterator[str]:
    """What is served is true, or refused, or `verify` finds it; damage ends the centre by itself."""
    try:
        told = _told(central)
    except (requests.HTTPError, requests.ConnectionError):
        told = None
    if central.epoch != whole.epoch:
        yield "the damaged log was put away and another one begun"
    if told is not None and wal:
        told = _cut(central, whole, told)
    true = told is None or told == (whole.events, whole.picture, whole.statuses)
    if not _whole_pages(central.data_dir / FILE_NAME):
        yield from _ends_by_itself(central)
    central.kill()
    if not true and _verifies(central.data_dir):
        yield "what it serves is not what was committed, and verify finds nothing"


def _cut(central: Central, whole: Whole, told: tuple[Any, Any, Any]) -> tuple[Any, Any, Any]:
    """A log that ends earlier, with its WAL: every console that was further is told `ahead`."""
    events, _, _ = told
    if len(events) >= len(whole.events) or events != whole.events[: len(events)]:
        return told
    answer = central.request("GET", f"/v1/events?after={len(whole.events)}")
    if answer.status_code == 410 and answer.json()["reason"] == "ahead":
        return whole.events, whole.picture, whole.statuses
    return told


def _whole_pages(file: Path) -> bool:
    """Whether SQLite itself finds nothing."""
    try:
        with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as look:
            return [row[0] for row in look.execute("PRAGMA quick_check(1)")] == ["ok"]
    except sqlite3.DatabaseError:
        return False


def _ends_by_itself(central: Central) -> Iterator[str]:
    try:
        code = central.process.wait(PATIENCE_S)
    except subprocess.TimeoutExpired:
        yield "a centre on a damaged file goes on"
    else:
        if code != 2:
            yield f"a centre on a damaged file ended with {code}"


def _verifies(data: Path) -> bool:
    command = [sys.executable, "-m", "console.central", "verify", "--data-dir", str(data)]
    return subprocess.run(command, cwd=ROOT, capture_output=True).returncode == 0


def damaged_outbox(outbox_of: Callable[[Path], Outbox] = Outbox) -> Campaign:
    """Pages of an outbox with commands in every state."""

    @contextmanager
    def opened(folder: Path) -> Iterator[RunOne]:
        folder.mkdir(parents=True, exist_ok=True)
        yield lambda seed: _one_outbox(folder, Random(seed), outbox_of)

    return opened


def _one_outbox(folder: Path, rnd: Random, outbox_of: Callable[[Path], Outbox]) -> Verdict:
    with tempfile.TemporaryDirectory(dir=folder) as place:
        file = Path(place) / "outbox.db"
        truth = _full_outbox(file, rnd)
        what = spoil(file, rnd)
        before = file.read_bytes()
        began = time.monotonic()
        try:
            outbox = outbox_of(file)
        except OutboxCorrupt as error:
            lies = [] if str(file) in str(error) else [f"the file is not named: {error}"]
            if file.read_bytes() != before:
                lies.append("a damaged file was not left as it is")
            refused = 1.0
        else:
            lies = list(_kept(outbox, truth))
            outbox.close()
            refused = 0.0
        took = time.monotonic() - began
    if took > LIMIT_S:
        lies.append(f"it took {took:.1f} s to open")
    return Verdict(tuple(f"{what}: {lie}" for lie in lies), {"refused": refused, "opened_s": took})


def _full_outbox(file: Path, rnd: Random) -> dict[str, bytes]:
    """Some commands in some states; key → what must be sent under it."""
    outbox = Outbox(file)
    truth: dict[str, Any] = {}
    for number in range(rnd.randrange(5, 80)):
        words = "".join(rnd.choice("水电路灯abc") for _ in range(rnd.randrange(1, 3000)))
        envelope = wrap(Remind(assignment="A1", words=words), f"key-{number}")
        outbox.put(envelope, frozenset({f"case:C{number}"}))
        tick = rnd.choice((Tick.STORED, Tick.HELD, Tick.COMMITTED, Tick.LOST))
        outbox.mark(envelope.key, tick, Answer(key=envelope.key, status=201, rev=number))
        truth[envelope.key] = (tick, envelope)
    outbox.close()
    return truth


def _kept(outbox: Outbox, truth: Mapping[str, Any]) -> Iterator[str]:
    """Every command is there as it was, or set aside by name; none is another one."""
    aside = outbox.set_aside()
    count = 0 if aside is None else aside.count
    for tick in Tick:
        for stored in outbox.with_tick(tick):
            count += 1
            if truth.get(stored.envelope.key) != (tick, stored.envelope):
                yield f"{stored.envelope.key} is not what was stored"
    if count != len(truth):
        yield f"{len(truth)} commands were stored, {count} are there or set aside"


def _variant(name: str) -> tuple[str, ...]:
    return ("tests.faults.broken_central", "--variant", name, "--")


class _BeginsAnew(Outbox):
    """Throws a damaged file away: everything that was not sent is gone."""

    def __init__(self, path: Path) -> None:
        try:
            super().__init__(path)
        except OutboxCorrupt:
            path.unlink()
            super().__init__(path)


@contextmanager
def _unsealed(folder: Path) -> Iterator[RunOne]:
    """As it was before rows had seals."""
    seal = mock.patch.object(outbox_module, "_seal", return_value="the same for all")
    with seal, damaged_outbox()(folder) as run_one:
        yield run_one


FAULTS = (
    Fault(
        name="corrupt-log",
        invariant="refused within 10 s and kept, or ended by itself, or true, or found by verify",
        wanted=100,
        short=2,
        campaign=damaged_log(),
        controls=(Control("begins anew", damaged_log(_variant("begins-anew")), 8),),
    ),
    Fault(
        name="corrupt-outbox",
        invariant="refused and kept, or every command as it was or set aside by name",
        wanted=100,
        short=10,
        campaign=damaged_outbox(),
        controls=(
            Control("begins anew", damaged_outbox(_BeginsAnew), 10),
            Control("bits not looked at", _unsealed, 100),
        ),
    ),
)
