"""A map that runs for weeks: from time to time its page is made anew behind it, filled, and put in its place."""

import time
from collections.abc import Callable
from logging import getLogger

import psutil
import shiboken6
from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QStackedLayout, QWidget

from console.map.widget import MapWidget

_log = getLogger(__name__)

EVERY_S = 6 * 3600.0
"""A page is renewed when it is so old, at the first quiet moment."""
LATEST = 4
"""So many times as old it is renewed at any moment: there is nothing to see of it."""
MOST_MIB = 600.0
"""A renderer that has grown to this is renewed sooner."""
LEAST_S = 600.0
"""But not sooner than this after the last time, also when that failed."""
READY_MS = 60_000
"""A new page that is not complete by then is dropped; the old one stays."""
SETTLE_MS = 500
"""What the page has drawn is then on the screen, too."""

Say = Callable[[MapWidget], object]


class RenewedMap(QWidget):
    """Shows one map; whatever is told to it by topic is told to the next one again.

    The new map lies below the old one, in sight for Qt and covered for everybody: a hidden page
    would not draw.
    """

    first_pins_drawn = Signal()
    renewed = Signal()
    """Another page is in sight."""

    def __init__(self, make: Callable[[], MapWidget]) -> None:
        """`make` gives a new, empty map."""
        super().__init__()
        self._make = make
        self._said: dict[str, Say] = {}
        self._next: MapWidget | None = None
        self._since = time.monotonic()
        self._box = QStackedLayout(self)
        self._box.setStackingMode(QStackedLayout.StackingMode.StackAll)
        self.map = self._new()
        self._box.setCurrentWidget(self.map)
        self.map.first_pins_drawn.connect(self.first_pins_drawn)
        self._late = QTimer(self, interval=READY_MS, singleShot=True)
        self._late.timeout.connect(self._drop)
        self._settled = QTimer(self, interval=SETTLE_MS, singleShot=True)
        self._settled.timeout.connect(self._swap)

    def tell(self, topic: str, say: Say) -> None:
        """Say something to the map in sight, now and whenever it is another; the latest of a topic counts."""
        self._said[topic] = say
        for shown in (self.map, self._next):
            if shown is not None:
                say(shown)

    def age(self) -> float:
        """Seconds since the page was made, or since a new one was tried last."""
        return time.monotonic() - self._since

    def due(self, *, quiet: bool) -> bool:
        """Whether the page is to be renewed now; `quiet`: nothing happens that somebody looks at."""
        if self._next is not None or not self.isVisible() or self.age() < LEAST_S:
            return False
        if self.age() > LATEST * EVERY_S:
            return True
        return quiet and (self.age() > EVERY_S or self.renderer_mib() > MOST_MIB)

    def renderer_mib(self) -> float:
        """Memory of the page's process, 0 when there is none."""
        try:
            pid = self.map.view.page().renderProcessPid()
            return float(psutil.Process(pid).memory_info().rss) / 2**20 if pid > 0 else 0.0
        except (psutil.Error, RuntimeError):
            return 0.0

    def renew(self) -> None:
        """Begin a new page behind the one in sight; nothing is seen before it is complete."""
        if self._next is not None:
            return
        _log.info("map: the page is made anew (%.0f MiB)", self.renderer_mib())
        self._since = time.monotonic()
        fresh = self._next = self._new()
        fresh.whole.connect(self._settled.start)
        fresh.page_lost.connect(self._settled.stop)
        for say in self._said.values():
            say(fresh)
        self._box.setCurrentWidget(self.map)
        self._late.start()

    def shut_down(self) -> None:
        """End the pages in the order that QtWebEngine asks for."""
        self._drop()
        self.map.shut_down()

    def _new(self) -> MapWidget:
        made = self._make()
        # Below the one in sight.
        self._box.insertWidget(0, made)
        return made

    def _swap(self) -> None:
        fresh, self._next = self._next, None
        if fresh is None:
            return
        self._late.stop()
        old, self.map = self.map, fresh
        self._box.setCurrentWidget(fresh)
        # The old one goes a turn later: the new one has then been painted over it.
        QTimer.singleShot(SETTLE_MS, old, lambda: self._end(old))
        self.renewed.emit()

    def _drop(self) -> None:
        """The new page did not come to anything."""
        fresh, self._next = self._next, None
        self._late.stop()
        self._settled.stop()
        if fresh is not None:
            _log.warning("map: the new page was not complete in time, the old one stays")
            self._end(fresh)

    def _end(self, map_: MapWidget) -> None:
        if shiboken6.isValid(map_):
            self._box.removeWidget(map_)
            map_.hide()
            map_.shut_down()
            map_.deleteLater()
