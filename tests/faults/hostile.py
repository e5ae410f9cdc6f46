"""A centre that answers badly on purpose: doubled, reordered, dropped, changed, cut and silent streams."""

import tempfile
import threading
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Any

from console.central.sqlite import FILE_NAME, SQLite
from console.client.refusals import Problem, Unreachable
from console.domain.event import Event
from console.store.picture import Picture
from console.wire.frames import SCHEMA, Bookmark, Snapshot
from tests.builders import EPOCH, TZ, clock
from tests.fake_centre import frame
from tests.faults.lived import Life, wander

BAD_CONNECTIONS = 5
"""At most so many mangled connections before the line is good again."""

PATIENCE_S = 20.0
"""Seconds until a stream that should have arrived counts as stuck."""


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
        if chance < 0.66:
            return [good]
        if chance < 0.76:
            return [good] * self._rnd.randrange(2, 4)
        if chance < 0.86:
            return []
        if chance < 0.88:
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
    return Snapshot(
        schema=SCHEMA,
        epoch=EPOCH,
        rev=picture.rev,
        city="000000",
        clock=picture.clock or clock(),  # the log's first event comes before its first clock
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
