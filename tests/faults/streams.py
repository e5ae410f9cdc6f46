"""Streams that double, reorder, drop, lie, cut and fall silent, against the console's real stream."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from unittest import mock

from console.client import stream as client
from console.client.stream import Stream
from console.domain.event import Event
from console.store.picture import Picture
from console.wire.frames import Bookmark
from console.wire.messages import (
    BookmarkArrived,
    EventsArrived,
    LinkChanged,
    LinkState,
    Message,
    SnapshotArrived,
)
from tests.builders import EPOCH, TZ
from tests.faults.hostile import PATIENCE_S, Hostile, Truth, truth_of
from tests.faults.lived import state_of
from tests.faults.plan import Campaign, Control, Fault, RunOne, Verdict

STREAMS = 50
"""Generated streams of one run."""


@dataclass
class Watcher:
    """Applies what the stream tells as the board does, and distrusts all of it."""

    truth: Truth
    centre: Hostile
    relist: Callable[[], None] = field(default=lambda: None)
    lies: list[str] = field(default_factory=list)
    applied: int = 0
    snapshots: int = 0
    heeds_digest: bool = True

    def __post_init__(self) -> None:
        self.picture = Picture(tz=TZ)
        self.void = False
        self.done = threading.Event()

    def sink(self, message: Message) -> None:
        """Whatever arrives, on the stream's own thread."""
        if isinstance(message, SnapshotArrived):
            self.void = False
            self.snapshots += 1
            self.picture = Picture.from_snapshot(message.pages, TZ)
        elif isinstance(message, EventsArrived):
            for event in message.events:
                self._take(event)
        elif isinstance(message, BookmarkArrived):
            self._check(message.bookmark)
        elif isinstance(message, LinkChanged) and message.state is LinkState.REFUSED:
            self._lie(f"gave up: {message.code} {message.detail}")

    def _take(self, event: Event) -> None:
        if event.rev != self.picture.rev + 1 and not self.void:
            self._lie(f"{event.rev} was applied after {self.picture.rev}")
            return
        if event.epoch != EPOCH:
            self._lie(f"{event.rev} of another epoch was applied")
        if event.rev not in self.centre.tampered and event != self.truth.events[event.rev - 1]:
            self._lie(f"{event.rev} is not what the centre committed")
        if self.void:
            return
        self.applied += 1
        try:
            self.picture.apply([event])
        except ValueError:  # changed on the way so that it does not even fit
            self._distrust()

    def _check(self, bookmark: Bookmark) -> None:
        if self.void:
            return
        wrong = int(bookmark.digest, 16) != self.picture.digest
        if bookmark.rev == self.picture.rev and wrong and self.heeds_digest:
            self._distrust()
        elif bookmark.rev == self.truth.end:
            self.done.set()

    def _distrust(self) -> None:
        self.void = True
        self.relist()

    def _lie(self, told: str) -> None:
        self.lies.append(told)
        self.done.set()

    def end(self) -> None:
        """The picture in the end must be the truth."""
        if self.lies:
            return
        if not self.done.is_set():
            self.lies.append(f"stuck at {self.picture.rev} of {self.truth.end}")
            return
        found, wanted = state_of(self.picture), state_of(self.truth.at[-1])
        self.lies += [
            f"the picture's {n} is not the truth" for n in wanted if found[n] != wanted[n]
        ]


def follow(truth: Truth, seed: int, kind: type[Stream], *, heeds_digest: bool) -> Watcher:
    """One generated stream from the first snapshot until the line is good and all is known."""
    rnd = Random(seed)
    centre = Hostile(truth, rnd)
    watcher = Watcher(truth, centre, heeds_digest=heeds_digest)
    stream = kind(centre, watcher.sink)  # type: ignore[arg-type]
    watcher.relist = stream.relist
    stream.start()
    watcher.done.wait(PATIENCE_S)
    stream.stop()
    watcher.end()
    return watcher


def _streams(kind: type[Stream] = Stream, *, heeds_digest: bool = True) -> Campaign:
    @contextmanager
    def opened(_folder: Path) -> Iterator[RunOne]:
        truths = [truth_of(Random(seed)) for seed in range(3)]

        def run(seed: int) -> Verdict:
            lies: list[str] = []
            applied = snapshots = 0
            for number in range(STREAMS):
                truth = truths[number % len(truths)]
                own = seed * STREAMS + number
                found = follow(truth, own, kind, heeds_digest=heeds_digest)
                lies += [f"stream {own}: {lie}" for lie in found.lies]
                applied, snapshots = applied + found.applied, snapshots + found.snapshots
            figures = {"streams": STREAMS, "events applied": applied, "snapshots": snapshots}
            return Verdict(tuple(lies), figures)

        with mock.patch.object(client, "full_jitter", return_value=0.001):
            yield run

    return opened


class _TrustsNewest(Stream):
    """Goes on from the newest event seen: what was skipped is skipped for ever."""

    def _take_event(self, event: Event) -> None:
        if event.epoch == self._epoch and event.rev > self._rev:
            self._deliver([event])


class _TakesTwice(Stream):
    """Does not look whether it has had an event before."""

    def _take_event(self, event: Event) -> None:
        if event.rev > self._rev + 1:
            self._fill(event.rev - 1)
        self._deliver([event])


FAULTS = (
    Fault(
        name="streams",
        invariant="applied strictly +1, never twice; the picture in the end is the truth",
        wanted=200,
        short=4,
        campaign=_streams(),
        controls=(
            Control("trusts the newest", _streams(_TrustsNewest), 1),
            Control("takes twice", _streams(_TakesTwice), 1),
            Control("digest ignored", _streams(heeds_digest=False), 10),
        ),
    ),
)
