"""Scrolls a list while a drag rests at its edge."""

from PySide6.QtCore import QElapsedTimer, QTimer
from PySide6.QtWidgets import QAbstractItemView

from console.theme.tokens import EDGE, EDGE_WAIT_MS, ROW_HEIGHT

_STEP_MS = 25
_SLOWEST, _FASTEST = 4.0, 12.0
"""Rows a second at the inner and at the outer side of the edge."""


class AutoScroll:
    """One view's edge scrolling; tell it where the drag is, and when it is over."""

    def __init__(self, view: QAbstractItemView) -> None:
        """Nothing scrolls before `at`."""
        self._view = view
        self._speed = 0.0
        self._rest = 0.0
        self._since = QElapsedTimer()
        self._timer = QTimer(view, interval=_STEP_MS)
        self._timer.timeout.connect(self._step)

    def at(self, y: int) -> None:
        """The drag is at `y` of the viewport, pixels from its top."""
        speed = edge_speed(y, self._view.viewport().height())
        if speed and not self._timer.isActive():
            self._since.start()
            self._rest = 0.0
            self._timer.start()
        elif not speed:
            self._timer.stop()
        self._speed = speed

    def stop(self) -> None:
        """The drag has left or ended."""
        self._timer.stop()
        self._speed = 0.0

    def _step(self) -> None:
        if self._since.elapsed() < EDGE_WAIT_MS:
            return
        # Fractions of a pixel are kept, or a slow scroll would never move.
        wanted = self._rest + self._speed * ROW_HEIGHT * _STEP_MS / 1000
        self._rest = wanted - int(wanted)
        bar = self._view.verticalScrollBar()
        bar.setValue(bar.value() + int(wanted))


def edge_speed(y: int, height: int) -> float:
    """Rows a second at `y` in a view of that height: negative at the top edge, 0 between the edges."""
    if y < EDGE:
        return -_speed(EDGE - y)
    if y > height - EDGE:
        return _speed(y - (height - EDGE))
    return 0.0


def _speed(depth: int) -> float:
    return _SLOWEST + (_FASTEST - _SLOWEST) * min(1.0, depth / EDGE)
