"""What flashes and when, for everything on every window of a seat at once."""

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from console.live.board import Board, Freshness
from console.store.changes import ChangeSet
from console.store.urgent import UnsignedUrgent

HALF_MS = 500
"""Half a second lit, half a second not: 1 Hz, far below the three a second of WCAG 2.3.1."""
MOST = 5
"""So many of the longest waiting flash, the rest stand still."""


class Flash(QObject):
    """One for a seat: its phase is this machine's clock, which the map's page reads too.

    Where nothing may move (asked for on this seat, or by the system), and where the picture is not
    live, so that somebody may have signed already, what would flash stands lit instead.
    """

    turned = Signal()
    """`lit` has changed, or whether anything moves."""
    changed = Signal()
    """`ids` are others."""
    moving_changed = Signal(bool)

    def __init__(
        self,
        board: Board | None = None,
        parent: QObject | None = None,
        *,
        now: Callable[[], float] = time.time,
    ) -> None:
        """Follow the board; `now` gives epoch seconds of this machine."""
        super().__init__(parent)
        self._board, self._now = board, now
        self._cases = UnsignedUrgent()
        self._wanted: set[int] = set()
        self._met: set[int] = set()
        self._still = False
        self.moving = True
        """Whether anything flashes at all now."""
        self.ids: tuple[str, ...] = ()
        """Cases that may flash, the longest wait first."""
        self.waiting = 0
        """Urgent cases without a signature, also those that do not flash."""
        self.lit = self._phase()
        self._timer = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._turn)
        if board is not None:
            board.changed.connect(self._on_changed)
            board.ticked.connect(self._judge)
            self._judge()

    @property
    def bold(self) -> bool:
        """Whether what may flash is drawn with its thick ring now."""
        return self.lit or not self.moving

    @property
    def running(self) -> bool:
        """Whether anything in sight flashes now."""
        return self._timer.isActive()

    def keep_still(self, still: bool) -> None:
        """Nothing flashes on this seat."""
        self._still = still
        self._judge()

    def need(self, who: QObject, wanted: bool) -> None:
        """Something in sight flashes, or no more: nobody looking, no timer."""
        key = id(who)
        if wanted == (key in self._wanted):
            return
        if wanted:
            self._wanted.add(key)
            self._meet(who, key)
        else:
            self._wanted.discard(key)
        self._run()

    def _meet(self, who: QObject, key: int) -> None:
        """What is deleted needs nothing any more."""
        if key not in self._met:
            self._met.add(key)
            who.destroyed.connect(lambda: self._leave(key))

    def _leave(self, key: int) -> None:
        self._wanted.discard(key)
        self._met.discard(key)

    def _on_changed(self, changes: ChangeSet) -> None:
        if self._board is None or not self._cases.update(self._board.picture, changes):
            return
        self.waiting = len(self._cases.ids)
        first = self._cases.ids[:MOST]
        if first != self.ids:
            self.ids = first
        self.changed.emit()

    def _judge(self) -> None:
        live = self._board is None or self._board.freshness() is Freshness.LIVE
        moving = live and not self._still
        if moving != self.moving:
            self.moving = moving
            self._run()
            self.moving_changed.emit(moving)
            self.turned.emit()

    def _run(self) -> None:
        if not (self._wanted and self.moving):
            self._timer.stop()
        elif not self._timer.isActive():
            self._turn()

    def _phase(self) -> bool:
        return int(self._now() * 1000) // HALF_MS % 2 == 0

    def _turn(self) -> None:
        lit = self._phase()
        if lit != self.lit:
            self.lit = lit
            self.turned.emit()
        if self._wanted and self.moving:
            self._timer.start(HALF_MS - int(self._now() * 1000) % HALF_MS)
        else:
            self._timer.stop()
