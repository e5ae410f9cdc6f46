"""Pans the map while a drag waits at its edge."""

from PySide6.QtCore import QObject, QTimer, Signal

INSIDE = 56
"""Logical pixels from the edge in which a drag pans."""
AFTER_MS = 400
EVERY_MS = 40
STEP = 14


class EdgePan(QObject):
    """Told where the drag is; after a wait at an edge emits `pan(dx, dy)` in logical pixels."""

    pan = Signal(int, int)

    def __init__(self, parent: QObject | None = None) -> None:
        """At rest."""
        super().__init__(parent)
        self._way = (0, 0)
        self._wait = QTimer(self, singleShot=True, interval=AFTER_MS)
        self._step = QTimer(self, interval=EVERY_MS)
        self._wait.timeout.connect(self._step.start)
        self._step.timeout.connect(lambda: self.pan.emit(*self._way))

    def moved(self, x: float, y: float, width: int, height: int) -> None:
        """The drag is at (x, y) of a map of this size."""
        way = (_push(x, width) * STEP, _push(y, height) * STEP)
        if way == (0, 0):
            self.stop()
        elif not (self._wait.isActive() or self._step.isActive()):
            self._wait.start()
        self._way = way

    def stop(self) -> None:
        """The drag has left or ended."""
        self._wait.stop()
        self._step.stop()


def _push(at: float, size: int) -> int:
    if at < INSIDE:
        return -1
    return 1 if at > size - INSIDE else 0
