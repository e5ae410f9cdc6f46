"""Snapshots in pages, all at one rev, built at most every five seconds however many ask."""

import itertools
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

from console.central.clock import CityClock
from console.central.mirror import Mirror
from console.store.picture import Picture
from console.wire.codec import encode
from console.wire.frames import SCHEMA, Snapshot

PAGE_SIZE = 2000
"""Entities on one page."""

FRESH_S = 5.0
KEPT_S = 60.0
"""Real seconds a snapshot is handed out anew, and seconds its pages stay available by rev."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Built:
    """All pages of one rev as JSON; `at` is monotonic seconds."""

    epoch: str
    rev: int
    pages: tuple[bytes, ...]
    at: float

    @property
    def etag(self) -> str:
        """Strong entity tag."""
        return f'"{self.epoch}:{self.rev}"'


class Snapshots:
    """Builds and keeps snapshots; safe to use from several threads."""

    def __init__(self, mirror: Mirror, clock: CityClock, epoch: str, city: str) -> None:
        """Nothing is built before somebody asks."""
        self._mirror = mirror
        self._clock = clock
        self._epoch = epoch
        self._city = city
        self._lock = threading.Lock()
        self._built: dict[int, Built] = {}

    def current(self) -> Built:
        """A snapshot not older than five seconds."""
        with self._lock:
            now = time.monotonic()
            newest = max(self._built.values(), key=lambda built: built.at, default=None)
            if newest is not None and now - newest.at < FRESH_S:
                return newest
            self._forget(now)
            built = self._build(now)
            self._built[built.rev] = built
            return built

    def at_rev(self, rev: int) -> Built | None:
        """The snapshot of a rev, None when it is no longer kept."""
        with self._lock:
            self._forget(time.monotonic())
            return self._built.get(rev)

    def _forget(self, now: float) -> None:
        self._built = {rev: b for rev, b in self._built.items() if now - b.at < KEPT_S}

    def _build(self, now: float) -> Built:
        picture = self._mirror.fork()
        pages = tuple(encode(page) for page in self._pages(picture))
        return Built(self._epoch, picture.rev, pages, now)

    def _pages(self, picture: Picture) -> Iterator[Snapshot]:
        total = len(picture.cases) + len(picture.assignments)
        total += len(picture.workers) + len(picture.fixes) + len(picture.incidents)
        total += len(picture.turns) + len(picture.handovers)
        count = max(1, -(-total // PAGE_SIZE))
        clock = self._clock.reading()
        cases, assignments = iter(picture.cases.values()), iter(picture.assignments.values())
        workers, fixes = iter(picture.workers.values()), iter(picture.fixes.values())
        incidents, turns = iter(picture.incidents.values()), iter(picture.turns.values())
        handovers = iter(picture.handovers.values())
        for page in range(count):
            room = _Room(PAGE_SIZE)
            yield Snapshot(
                schema=SCHEMA,
                epoch=self._epoch,
                rev=picture.rev,
                city=self._city,
                clock=clock,
                day=picture.day,
                page=page,
                pages=count,
                digest=f"{picture.digest:016x}",
                cases=room.take(cases),
                assignments=room.take(assignments),
                workers=room.take(workers),
                fixes=room.take(fixes),
                incidents=room.take(incidents),
                turns=room.take(turns),
                handovers=room.take(handovers),
            )


class _Room:
    """What is left on a page."""

    def __init__(self, size: int) -> None:
        self._left = size

    def take(self, items: Iterator[T]) -> list[T]:
        """As many of the next items as there is room for."""
        taken = list(itertools.islice(items, self._left))
        self._left -= len(taken)
        return taken
