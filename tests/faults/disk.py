"""Disks that are full or may only be read: the centre and the outbox refuse loudly and lose nothing."""

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any
from unittest import mock

import requests

from console.client.outbox import Outbox, OutboxUnwritable
from console.domain.command import Remind
from console.wire.commands import wrap
from console.wire.messages import NotStored, Tick
from tests.central_process import TINY, Central, NotReady, start_central
from tests.faults.aftermath import LIMIT_S, Sent, contents, refusal, settled
from tests.faults.mounts import Disk, disk
from tests.faults.plan import Campaign, Control, Fault, RunOne, Verdict

ROOM_KIB = 16_384
"""The whole disk: a new centre, its cache of boundaries, and what it writes in a run."""

MORE_KIB = 65_536
REFUSALS = 3
NO_ROOM = frozenset({"database-unavailable", "data-dir"})
"""How a start is refused where nothing can be written."""


def full_disk(program: tuple[str, ...] = ("console.central",)) -> Campaign:
    """A centre on a disk that gets full under its hands."""

    @contextmanager
    def opened(folder: Path) -> Iterator[RunOne]:
        yield lambda seed: _full(folder / f"{seed:x}", Random(seed), program)

    return opened


def _full(folder: Path, rnd: Random, program: tuple[str, ...]) -> Verdict:
    data = folder / "central"
    with disk(data, ROOM_KIB) as place:
        sent = Sent(rnd)
        lies: list[str] = []
        central = start_central(data, TINY, program=program)
        try:
            lies += _until_refused(central, place, sent)
            lies += _still_reads(central)
            if rnd.random() < 0.5:
                central.kill()
                lies += _starts_full(data, program)
                place.resize(MORE_KIB)
                central = start_central(data, TINY, program=program)
            else:
                place.resize(MORE_KIB)
            lies += settled(central, sent)
        finally:
            central.kill()
    return Verdict(tuple(lies), {"commands": len(sent.all), "refused": sent.refused})


def _until_refused(central: Central, place: Disk, sent: Sent) -> Iterator[str]:
    """Cases with many words until some are refused; each refusal is 503 and says why."""
    for _ in range(5):
        sent.send(central)
    place.fill(leave=sent.rnd.randrange(4, 400))
    for _ in range(100):
        answer = sent.send(central)
        if answer.status_code != 201:
            yield from _no_room(answer)
        if sent.refused >= REFUSALS:
            return
    yield f"the disk is full ({place.free} KiB left) and everything is still acknowledged"


def _no_room(answer: requests.Response) -> Iterator[str]:
    if answer.status_code != 503:
        yield f"a full disk was answered {answer.status_code}: {answer.text[:200]}"
        return
    told = answer.json()
    if told["problem"] != "storage" or not (told["title"] and told["zh"]):
        yield f"a full disk was not called by its name: {told}"


def _still_reads(central: Central) -> Iterator[str]:
    for path in ("/v1/health", "/v1/snapshot", "/v1/log?from=1&to=5"):
        answer = central.request("GET", path)
        if answer.status_code != 200:
            yield f"{path} cannot be read while the disk is full: {answer.text[:200]}"


def _starts_full(data: Path, program: tuple[str, ...]) -> Iterator[str]:
    """It either serves or says in both languages why not; in ten seconds."""
    began = time.monotonic()
    try:
        central = start_central(data, TINY, program=program)
    except NotReady as error:
        yield from refusal(error, NO_ROOM)
    else:
        central.kill()
    if time.monotonic() - began > LIMIT_S:
        yield f"it took {time.monotonic() - began:.1f} s to start on a full disk"


def read_only(outbox_of: Callable[[Path], Outbox] = Outbox) -> Campaign:
    """Centre and outbox on a mount that may only be read, after a clean end or a kill."""

    @contextmanager
    def opened(folder: Path) -> Iterator[RunOne]:
        yield lambda seed: _read_only(folder / f"{seed:x}", Random(seed), outbox_of)

    return opened


def _read_only(folder: Path, rnd: Random, outbox_of: Callable[[Path], Outbox]) -> Verdict:
    data = folder / "central"
    with disk(data, ROOM_KIB) as place:
        sent = Sent(rnd)
        central = start_central(data, TINY)
        for _ in range(rnd.randrange(1, 20)):
            sent.send(central)
        central.kill() if rnd.random() < 0.5 else central.stop()
        keys = [f"k{number}" for number in range(rnd.randrange(1, 9))]
        _filled(data / "outbox.db", keys).close()
        before = contents(data)
        place.protect(readonly=True)
        began = time.monotonic()
        lies = [*_refuses(data), *_outbox_refuses(data / "outbox.db", outbox_of)]
        took = time.monotonic() - began
        if contents(data) != before:
            lies.append("a file on a read-only disk has changed")
        place.protect(readonly=False)
        central = start_central(data, TINY)
        try:
            lies += settled(central, sent)
        finally:
            central.kill()
        lies += _still_there(data / "outbox.db", keys)
    if took > LIMIT_S:
        lies.append(f"it took {took:.1f} s to refuse a read-only disk")
    return Verdict(tuple(lies), {"refused_s": took})


def _refuses(data: Path) -> Iterator[str]:
    """The start is refused: a centre that can store nothing must not look as if it could."""
    with mock.patch("tests.central_process._copy_cache"):  # nothing can be laid there
        try:
            central = start_central(data, TINY)
        except NotReady as error:
            yield from refusal(error, NO_ROOM)
        except OSError as error:
            yield f"the test itself could not write: {error}"
        else:
            central.kill()
            yield "a centre began on a disk that may only be read"


def _filled(file: Path, keys: list[str]) -> Outbox:
    outbox = Outbox(file)
    for key in keys:
        outbox.put(wrap(Remind(assignment="A1", words="早"), key))
    return outbox


def _outbox_refuses(file: Path, outbox_of: Callable[[Path], Outbox]) -> Iterator[str]:
    try:
        outbox_of(file).close()
    except OutboxUnwritable as error:
        if str(file) not in str(error):
            yield f"the refusal does not name the outbox: {error}"
    except Exception as error:
        yield f"a read-only outbox ended in {error!r}"
    else:
        yield "an outbox that can store nothing was opened"


def _still_there(file: Path, keys: list[str]) -> Iterator[str]:
    outbox = Outbox(file)
    found = [stored.envelope.key for stored in outbox.with_tick(Tick.STORED)]
    outbox.close()
    if found != keys:
        yield f"the outbox held {keys}, it has {found}"


def full_outbox(outbox_of: Callable[[Path], Any] = Outbox) -> Campaign:
    """An outbox on a disk that gets full: what it took stays, what it could not take it says."""

    @contextmanager
    def opened(folder: Path) -> Iterator[RunOne]:
        yield lambda seed: _full_outbox(folder / f"{seed:x}", Random(seed), outbox_of)

    return opened


def _full_outbox(folder: Path, rnd: Random, outbox_of: Callable[[Path], Any]) -> Verdict:
    with disk(folder, rnd.randrange(200, 900)) as place:
        file = folder / "outbox.db"
        outbox = outbox_of(file)
        kept: list[str] = []
        refused = 0
        for number in range(2000):
            words = "满" * rnd.randrange(1, 3000)
            try:
                outbox.put(wrap(Remind(assignment="A1", words=words), f"k{number}"))
                kept.append(f"k{number}")
            except NotStored:
                refused += 1
            if refused >= REFUSALS:
                break
        lies = [] if refused else ["a full disk took everything"]
        outbox.close()
        lies += _opens_full(file, kept)
        place.resize(MORE_KIB)
        lies += _still_there(file, kept)
    return Verdict(tuple(lies), {"stored": len(kept), "refused": refused})


def _opens_full(file: Path, kept: list[str]) -> Iterator[str]:
    """A console that starts on a full disk sees what waits, or says that it cannot."""
    try:
        yield from _still_there(file, kept)
    except OutboxUnwritable:
        return


class _Hopeful(Outbox):
    """Takes what cannot be stored for stored."""

    def put(self, envelope: Any, refs: frozenset[str] = frozenset()) -> None:
        try:
            super().put(envelope, refs)
        except NotStored:
            return


class _Trusting(Outbox):
    """Opens what it cannot write, and would find out at the first gesture."""

    def __init__(self, path: Path) -> None:
        self._lock = threading.Lock()
        self._db = sqlite3.connect(path)


def _variant(name: str) -> tuple[str, ...]:
    return ("tests.faults.broken_central", "--variant", name, "--")


FAULTS = (
    Fault(
        name="disk-full",
        invariant="503 by name, everything readable; with room again every key exactly once",
        wanted=100,
        short=1,
        campaign=full_disk(),
        controls=(
            Control("forgets on a full disk", full_disk(_variant("forgets-on-full-disk")), 1),
        ),
    ),
    Fault(
        name="disk-full-outbox",
        invariant="what was stored stays and is sent; what was not is said at the gesture",
        wanted=100,
        short=2,
        campaign=full_outbox(),
        controls=(Control("takes it for stored", full_outbox(_Hopeful), 1),),
    ),
    Fault(
        name="read-only",
        invariant="refuses to start within 10 s, changes nothing; writable again it has everything",
        wanted=100,
        short=1,
        campaign=read_only(),
        controls=(Control("begins all the same", read_only(_Trusting), 1),),
    ),
)
