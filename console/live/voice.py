"""What of a seat's alarms is heard: never two at once, and nothing while the seat is silenced."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from console.domain.alarm import Alarm, Priority, SilenceReason
from console.domain.command import SilenceSeat
from console.domain.event import EntityKind, Event
from console.live.alarms import Alarms
from console.live.board import Board
from console.store.changes import ChangeSet
from console.wire.elapsed import elapsed_s

GAP_S = 4.0
"""Between two sounds at least; of what came meanwhile only the loudest is heard."""

Record = Callable[[SilenceSeat], object]
"""Sends the command that stands in the log."""


class Voice(QObject):
    """Follows the alarms.

    A new alarm of the highest priority ends a silence: what is silenced is the matter that somebody
    knows of, not the next one.
    """

    play = Signal(int)
    """A `Priority` to be heard now."""
    changed = Signal()
    """Silenced, or no more; once a second while it is."""
    others_changed = Signal()
    """Another seat was silenced."""

    def __init__(
        self,
        alarms: Alarms,
        board: Board,
        record: Record,
        parent: QObject | None = None,
        *,
        elapsed: Callable[[], float] = elapsed_s,
    ) -> None:
        """`elapsed` gives seconds that count sleep and never step back."""
        super().__init__(parent)
        self._record, self._elapsed = record, elapsed
        self._until: float | None = None
        self._reason = SilenceReason.CALL
        self._free_at = 0.0
        self._next: Priority | None = None
        self._gap = QTimer(self, singleShot=True)
        self._gap.timeout.connect(self._speak)
        self.others: dict[str, Event] = {}
        """Seat → its latest silence since this console was started; times are the server's."""
        alarms.raised.connect(self._on_raised)
        board.changed.connect(self._on_changed)
        board.ticked.connect(self._on_tick)

    @property
    def left(self) -> float:
        """Seconds of silence that are left, 0 for none."""
        return 0.0 if self._until is None else max(0.0, self._until - self._elapsed())

    def silence(self, minutes: int, reason: SilenceReason) -> None:
        """Hear nothing for so many minutes; recorded."""
        self._until, self._reason = self._elapsed() + 60 * minutes, reason
        self._next = None
        self._record(SilenceSeat(minutes=minutes, reason=reason))
        self.changed.emit()

    def end(self) -> None:
        """Hear again, before the time; recorded."""
        if self._until is None:
            return
        self._until = None
        self._record(SilenceSeat(minutes=0, reason=self._reason))
        self.changed.emit()

    def _on_tick(self) -> None:
        if self._until is not None:
            if not self.left:
                self._until = None
            self.changed.emit()

    def _on_raised(self, alarm: Alarm) -> None:
        if self.left and alarm.priority is Priority.HIGH:
            self.end()
        if self.left:
            return
        self._next = max(self._next or alarm.priority, alarm.priority)
        wait = self._free_at - self._elapsed()
        if wait <= 0:
            self._speak()
        elif not self._gap.isActive():
            self._gap.start(round(wait * 1000))

    def _speak(self) -> None:
        if self._next is None or self.left:
            return
        self._free_at = self._elapsed() + GAP_S
        told, self._next = self._next, None
        self.play.emit(int(told))

    def _on_changed(self, changes: ChangeSet) -> None:
        found = [event for event in changes.events if event.kind == EntityKind.SEAT]
        for event in found:
            self.others[event.entity_id] = event
        if found:
            self.others_changed.emit()
