"""Notices a page that has died or hangs, and when it has done so too often."""

from collections import deque
from time import monotonic

from PySide6.QtCore import QObject, QTimer, Signal

LOOK_MS = 500
"""How often it is looked whether the page has beaten; a visible page does so once a second."""
LATE_LOOKS = 9
"""So many looks in vain, and the page hangs: 4.0 to 4.5 s behind the last beat."""
DRAG_LOOKS = 5
"""No drag begins after so many."""
FILL_LOOKS = 16
"""A page that has just begun is filled first: on a machine that does much else that takes it longer than a beat."""
BARE_LOOKS = 30
"""A page that beats and does not show the land by then will not: 15 s."""
START_LOOKS = 30
"""A page that was asked to load and is silent for so many looks has got stuck: 15 s."""
AGAIN_LOOKS = 4
"""A page that was to be ended and is told of neither as ended nor as alive is told of again."""
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
    """Emits `hung` when beats stay away while watching, `gave_up` instead of `died` the third time.

    It counts looks, not time: while this thread is busy, or the machine asleep or stopped, nobody
    looks, and a beat that waits meanwhile is heard before the next look but one.
    """

    hung = Signal()
    died = Signal()
    gave_up = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        """Not watching until a page is loaded."""
        super().__init__(parent)
        self.on_trial = False
        """Whether one crash is one too many."""
        self._count = CrashCount()
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self._look)
        self._visible = False
        self._loaded = False
        self._bare = False
        self._in_vain = self._bare_looks = 0
        self._allowed = START_LOOKS

    def loading(self) -> None:
        """The page has been asked to load."""
        self._loaded, self._bare = True, False
        self._watch(START_LOOKS)

    def ready(self) -> None:
        """The page has begun to listen, and is to show the land.

        After a crash a page may live and beat, and its picture never begin.
        """
        self._bare, self._bare_looks = True, 0
        self._allowed = FILL_LOOKS
        if self._visible:
            self._watch(FILL_LOOKS)
        else:
            self._timer.stop()

    def landed(self) -> None:
        """The page shows the land."""
        self._bare = False
        self.beat()

    def beat(self) -> None:
        """The page has said that it lives."""
        self._allowed = LATE_LOOKS
        self._in_vain = 0
        if self._visible:
            self._timer.start()
        else:
            self._timer.stop()

    def set_visible(self, visible: bool) -> None:
        """A hidden page may be throttled: it is not watched. Shown, it must beat, if it has hung meanwhile or not."""
        self._visible = visible
        if not visible:
            self._timer.stop()
        elif self._loaded and not self._timer.isActive():
            self._watch(self._allowed)

    def late(self) -> bool:
        """Whether more than two beats are missing: no drag should begin now."""
        return self._timer.isActive() and self._in_vain >= DRAG_LOOKS

    def crashed(self) -> None:
        """The renderer process has ended."""
        self.stop()
        if self._count.crashed(monotonic()) or self.on_trial:
            self.gave_up.emit()
        else:
            self.died.emit()

    def begin_anew(self) -> None:
        """A page on trial has stood it: what was before does not count."""
        self.on_trial = False
        self._count = CrashCount()

    def stop(self) -> None:
        """There is no page any more."""
        self._loaded = self._bare = False
        self._timer.stop()

    def _watch(self, allowed: int) -> None:
        self._allowed = allowed
        self._in_vain = 0
        self._timer.start()

    def _look(self) -> None:
        self._in_vain += 1
        self._bare_looks += self._bare
        if self._in_vain >= self._allowed or self._bare_looks >= BARE_LOOKS:
            self._bare_looks = 0
            self._watch(AGAIN_LOOKS)
            self.hung.emit()
