"""Streams that double, reorder, drop, lie, cut and fall silent, against the console's real stream."""

import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from typing import Any
from unittest import mock

from console.central.sqlite import FILE_NAME, SQLite
from console.client import stream as client
from console.client.api import Problem, Unreachable
from console.client.stream import Stream
from console.domain.event import Event
from console.store.picture import Picture
from console.wire.frames import SCHEMA, Bookmark, DomainClock, Snapshot
from console.wire.messages import (
    BookmarkArrived,
    EventsArrived,
    LinkChanged,
    LinkState,
    Message,
    SnapshotArrived,
)
from tests.builders import EPOCH, TZ, clock
from tests.fake_centre import frame
from tests.faults.lived import Life, state_of, wander
from tests.faults.plan import Campaign, Control, Fault, RunOne, Verdict

STREAMS = 50
"""Generated streams of one run."""

BAD_CONNECTIONS = 5
"""At most so many mangled connections before the line is good again."""

PATIENCE_S = 20.0


@dataclass(frozen=True, slots=True)
class Truth:
    """What really happened: the events, and the picture after each of them (`at[rev]`)."""

    events: Sequence[Event]
    at: Sequence[Picture]

    @property
    def end(self) -> int:
        """The last rev."""
        return len(self.events)


def truth_of(rnd: Random) -> Truth:
    """A log as the real writer makes it, with a few events of a kind this console does not know."""
    with (
        tempfile.TemporaryDirectory() as folder,
        closing(Life(SQLite(Path(folder) / FILE_NAME), rnd)) as life,
    ):
        wander(life, 120)
        lived = life.events
    events: list[Event] = []
    for told in lived:
        if rnd.random() < 0.05:
            events.append(_next(replace(told, entity="drone:7", type="drone.seen"), events))
        known = told if rnd.random() > 0.05 else replace(told, type="case.teleported")
        events.append(_next(known, events))
    picture = Picture(tz=TZ, epoch=EPOCH)
    at = [picture.fork()]
    for told in events:
        picture.apply([told])
        at.append(picture.fork())
    return Truth(events, at)


def _next(told: Event, events: list[Event]) -> Event:
    rev = len(events) + 1
    return replace(told, rev=rev, entity_version=rev, epoch=EPOCH)


class Line:
    """The raw side of one connection: chunks of any size; silent at its end until somebody hangs up."""

    def __init__(self, data: bytes, rnd: Random, *, silent: bool) -> None:
        self._data = data
        self._rnd = rnd
        self._silent = silent
        self._over = threading.Event()
        self.raw = self

    def read1(self, size: int) -> bytes:
        """Some more bytes, empty when the line is cut."""
        if self._over.is_set():
            return b""
        length = self._rnd.choice((1, 7, 100, 1000, size))
        chunk, self._data = self._data[:length], self._data[length:]
        if not chunk and self._silent:
            self._over.wait(PATIENCE_S)
        return chunk

    def shutdown(self) -> None:
        """Hang up."""
        self._over.set()

    def close(self) -> None:
        """Hang up."""
        self._over.set()


class Hostile:
    """Takes the place of `Api`: what it is asked it answers now badly, now well, in the end always well."""

    def __init__(self, truth: Truth, rnd: Random) -> None:
        self._truth = truth
        self._rnd = rnd
        self._bad = rnd.randrange(1, BAD_CONNECTIONS + 1)
        self.head = rnd.randrange(1, max(2, truth.end // 2))
        self.tampered: set[int] = set()

    @property
    def _healed(self) -> bool:
        return self._bad <= 0

    def snapshot(self) -> list[Snapshot]:
        """The picture now, or as it was up to a few events ago: the centre keeps one for five seconds."""
        if not self._healed and self._rnd.random() < 0.1:
            raise Unreachable("no answer")
        rev = max(1, self.head - (0 if self._healed else self._rnd.randrange(4)))
        return [snapshot_of(self._truth.at[rev])]

    def log(self, first: int, last: int) -> list[Event]:
        """The gap, or (as long as the line is bad) nothing, too little, or another log's."""
        found = list(self._truth.events[first - 1 : min(last, self.head)])
        if self._healed or self._rnd.random() < 0.6:
            return found
        kind = self._rnd.choice(("none", "short", "epoch", "swapped"))
        if kind == "none":
            raise Unreachable("no answer")
        if kind == "short":
            return found[:-1]
        if kind == "epoch":
            return [replace(event, epoch="epoch-2") for event in found]
        return found[::-1]

    def request(self, _method: str, path: str, *, params: dict[str, str], **_more: Any) -> Line:
        """Open the stream."""
        assert path == "/v1/events", path
        after = int(params["after"])
        if self._healed:
            self.head = self._truth.end
            data = b"".join(self._plain(after, self.head)) + self._bookmark()
            return Line(data, self._rnd, silent=True)
        self._bad -= 1
        if self._rnd.random() < 0.1:
            reason = self._rnd.choice(("compacted", "epoch", "ahead"))
            raise Problem(410, reason, "", "", {"reason": reason})
        self.head = min(self._truth.end, self.head + self._rnd.randrange(12))
        return Line(self._mangled(after), self._rnd, silent=False)

    def _plain(self, after: int, last: int) -> list[bytes]:
        return [frame("event", event) for event in self._truth.events[after:last]]

    def _bookmark(self, **lies: Any) -> bytes:
        digest = self._truth.at[self.head].digest
        told = Bookmark(epoch=EPOCH, rev=self.head, clock=clock(), digest=f"{digest:x}")
        return frame("bookmark", replace(told, **lies))

    def _mangled(self, after: int) -> bytes:
        frames: list[bytes] = []
        for event in self._truth.events[after : self.head]:
            frames += self._one(event)
        for _ in range(self._rnd.randrange(3)):
            where = self._rnd.randrange(len(frames) + 1)
            frames.insert(where, self._noise(after))
        if len(frames) > 1 and self._rnd.random() < 0.5:
            first = self._rnd.randrange(len(frames) - 1)
            frames[first], frames[first + 1] = frames[first + 1], frames[first]
        if self._rnd.random() < 0.2:
            self._rnd.shuffle(frames)
        if self._rnd.random() < 0.7:
            frames.append(self._bookmark())
        data = b"".join(frames)
        cut = self._rnd.randrange(len(data) + 1) if self._rnd.random() < 0.3 else len(data)
        return data[:cut]

    def _one(self, event: Event) -> list[bytes]:
        """An event as it arrives: once, twice, not at all, of another life, or changed on the way."""
        good = frame("event", event)
        chance = self._rnd.random()
        if chance < 0.70:
            return [good]
        if chance < 0.80:
            return [good] * self._rnd.randrange(2, 4)
        if chance < 0.90:
            return []
        if chance < 0.93:
            return [frame("event", replace(event, epoch="epoch-2"))]
        if chance < 0.97:
            self.tampered.add(event.rev)
            return [frame("event", replace(event, change={**event.change, "hard": True}))]
        return [good, self._again()]

    def _again(self) -> bytes:
        return frame("event", self._rnd.choice(self._truth.events[: self.head]))

    def _noise(self, after: int) -> bytes:
        return self._rnd.choice(
            (
                b": a comment\n\n",
                b"event: weather\ndata: {}\n\n",
                b"event: event\ndata: {broken\n\n",
                b"event: event\ndata: {}\n\n",
                b"event: resync\ndata: {}\n\n",
                self._bookmark(epoch="epoch-2"),
                self._bookmark(digest="0123456789abcdef"),
                self._bookmark(rev=self.head + 3),
                self._bookmark(rev=max(after - 2, 0)),
                self._again(),
            )
        )


def snapshot_of(picture: Picture) -> Snapshot:
    """The picture as the centre sends it, on one page."""
    now = picture.clock
    assert isinstance(now, DomainClock)
    return Snapshot(
        schema=SCHEMA,
        epoch=EPOCH,
        rev=picture.rev,
        city="000000",
        clock=now,
        day=picture.day,
        page=0,
        pages=1,
        digest=f"{picture.digest:016x}",
        cases=list(picture.cases.values()),
        assignments=list(picture.assignments.values()),
        workers=list(picture.workers.values()),
        fixes=[],
        incidents=list(picture.incidents.values()),
        turns=list(picture.turns.values()),
        handovers=list(picture.handovers.values()),
    )


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

        with mock.patch.object(client, "full_jitter", lambda _attempt: 0.001):
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
            Control("digest ignored", _streams(heeds_digest=False), 2),
        ),
    ),
)
