"""Notices a page that has died or hangs, and when it has done so too often."""

from collections import deque
from time import monotonic

from PySide6.QtCore import QObject, QTimer, Signal

LATE_MS = 5_000
"""A visible page beats once a second; so late it hangs."""
DRAG_MS = 2_500
"""No drag begins when the last beat is older."""
START_MS = 15_000
"""A page that was asked to load and is silent for so long has got stuck."""
CRASHES = 3
WINDOW_S = 60.0
"""So many crashes within so many seconds, and the map is given up."""


class CrashCount:
    """Counts crashes in a sliding minute; `now` in seconds of a monotonic clock."""

    def __init__(self) -> None:
        """No crash yet."""
        self._times: deque[float] = deque()

    def crashed(self, now: float) -> bool:
        """Add one; whether it is one too many."""
        self._times.append(now)
        while self._times[0] <= now - WINDOW_S:
            self._times.popleft()
        return len(self._times) >= CRASHES


class Watchdog(QObject):
    """Emits `hung` when beats stay away while watching, `gave_up` instead of `died` the third time."""

    hung = Signal()
    died = Signal()
    gave_up = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        """Not watching until the first beat."""
        super().__init__(parent)
        self._count = CrashCount()
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.hung)
        self._visible = False

    def loading(self) -> None:
        """The page has been asked to load."""
        self._timer.start(START_MS)

    def beat(self) -> None:
        """The page has said that it lives."""
        if self._visible:
            self._timer.start(LATE_MS)
        else:
            self._timer.stop()

    def set_visible(self, visible: bool) -> None:
        """A hidden page may be throttled: it is not watched."""
        self._visible = visible
        if not visible:
            self._timer.stop()

    def late(self) -> bool:
        """Whether more than two beats are missing: no drag should begin now."""
        return self._timer.isActive() and self._timer.remainingTime() < LATE_MS - DRAG_MS

    def crashed(self) -> None:
        """The renderer process has ended."""
        self._timer.stop()
        if self._count.crashed(monotonic()):
            self.gave_up.emit()
        else:
            self.died.emit()

    def stop(self) -> None:
        """The page is going away by our own will."""
        self._timer.stop()
