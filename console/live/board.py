"""The board: the live picture, its clock and its changes, for everything that is on a screen."""

import logging
from collections import deque
from enum import StrEnum

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from console.domain.city import City
from console.live.timekeeper import LIVE_S, STALE_S, Timekeeper
from console.store.changes import ChangeSet
from console.store.picture import Picture
from console.wire.frames import Bookmark
from console.wire.messages import (
    BookmarkArrived,
    CommandMoved,
    EventsArrived,
    FixesArrived,
    LinkChanged,
    LinkState,
    Message,
    Note,
    SnapshotArrived,
    TimeHeard,
)

log = logging.getLogger(__name__)

DRAIN_MS = 40
"""How often what arrived is applied; one screen refresh for all of it."""

BUDGET_MS = 12
"""How long one drain may keep the GUI thread; the rest waits for the next."""


class Freshness(StrEnum):
    """How old the picture is."""

    LIVE = "live"
    STALE = "stale"
    OFFLINE = "offline"


class Board(QObject):
    """Owns the picture on the GUI thread. `sink` may be called from any thread."""

    changed = Signal(object)
    """A ChangeSet: what views must refresh."""
    link_changed = Signal(object)
    """A LinkChanged: connecting, streaming, broken or refused, and why."""
    command_moved = Signal(object)
    """A CommandMoved: a tick, or a refusal."""
    relisted = Signal(str)
    """A snapshot took the picture's place; why, in a word of the protocol."""
    noted = Signal(object)
    """A Note: what moves no picture and must not go by unseen."""
    diverged = Signal()
    """The picture differs from the centre's: a new snapshot must be taken."""
    ticked = Signal()
    """Once a second, for minutes, levels and ages."""

    def __init__(self, city: City, parent: QObject | None = None) -> None:
        """An empty picture; nothing moves before `start`."""
        super().__init__(parent)
        self.city = city
        self.time = Timekeeper()
        self.picture = Picture(tz=city.tz)
        self.link = LinkChanged(LinkState.CONNECTING)
        self._inbox: deque[Message] = deque()
        self._void = False
        self._drain_timer = QTimer(self, interval=DRAIN_MS)
        self._drain_timer.timeout.connect(self.drain)
        self._second = QTimer(self, interval=1000)
        self._second.timeout.connect(self.ticked)

    def start(self) -> None:
        """Begin to apply what arrives."""
        self._drain_timer.start()
        self._second.start()

    def stop(self) -> None:
        """Apply nothing more."""
        self._drain_timer.stop()
        self._second.stop()

    def sink(self, message: Message) -> None:
        """Take a message from any thread (an append to a deque is atomic)."""
        self._inbox.append(message)

    def drain(self) -> None:
        """Apply waiting messages within the budget, then tell the views once."""
        if not self._inbox:
            return
        watch = QElapsedTimer()
        watch.start()
        changes = ChangeSet()
        while self._inbox and watch.elapsed() < BUDGET_MS:
            self._take_safely(self._inbox.popleft(), changes)
        if changes:
            self.changed.emit(changes)

    def _take_safely(self, message: Message, changes: ChangeSet) -> None:
        """Whatever cannot be applied must not stop what comes after it: a new snapshot is asked for."""
        if self._void and isinstance(message, EventsArrived | BookmarkArrived):
            return
        try:
            self._take(message, changes)
        except ValueError:
            log.exception("what arrived does not fit the picture: relisting")
            self._void = True
            self.diverged.emit()

    def _take(self, message: Message, changes: ChangeSet) -> None:
        match message:
            case EventsArrived(events):
                changes.merge(self.picture.apply(events))
                if changes.clock and self.picture.clock is not None:
                    self.time.change(self.picture.clock)
            case FixesArrived(fixes):
                changes.merge(self.picture.put_fixes(fixes))
            case BookmarkArrived(bookmark, received):
                self._check(bookmark)
                self.time.hear(bookmark.clock, received)
            case TimeHeard(server_time, asked, answered):
                self.time.hear_answer(server_time, asked, answered)
            case SnapshotArrived(pages, why):
                self._void = False
                self.picture = Picture.from_snapshot(pages, self.city.tz)
                self.time.change(pages[0].clock)
                log.info("snapshot at rev %d (%s)", self.picture.rev, why)
                changes.merge(ChangeSet(everything=True))
                self.relisted.emit(why)
            case LinkChanged():
                self.link = message
                self.link_changed.emit(message)
            case CommandMoved():
                self.command_moved.emit(message)
            case _:
                self._note(message)

    def _note(self, note: Note) -> None:
        log.info("%s", note)
        self.noted.emit(note)

    def _check(self, bookmark: Bookmark) -> None:
        if bookmark.rev == self.picture.rev and int(bookmark.digest, 16) != self.picture.digest:
            log.error("the picture at rev %d differs from the centre's: relisting", bookmark.rev)
            self._void = True
            self.diverged.emit()

    def freshness(self) -> Freshness:
        """Judged from bookmarks, not from an open socket."""
        age = self.time.age()
        if age is None or age.total_seconds() > STALE_S:
            return Freshness.OFFLINE
        return Freshness.LIVE if age.total_seconds() <= LIVE_S else Freshness.STALE
