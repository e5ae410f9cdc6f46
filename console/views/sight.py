"""Lets a panel follow the board only while it is in sight; what it missed comes at once when it shows."""

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QWidget

from console.live.board import Board
from console.store.changes import ChangeSet


class Sight(QObject):
    """The board as one widget sees it: silent while the widget is hidden.

    The first time the widget shows, and after a snapshot that it missed, it hears `everything`.
    """

    changed = Signal(object)
    """A ChangeSet; without events when some were missed."""
    ticked = Signal()
    """Once a second."""
    opened = Signal()
    """The widget came into sight; the board's news of the meantime have been told."""

    def __init__(self, board: Board, widget: QWidget) -> None:
        """Follow the board from now on; the widget owns it."""
        super().__init__(widget)
        self._board = board
        self.open = widget.isVisible()
        """Whether the widget is in sight."""
        self._missed = ChangeSet(everything=bool(board.picture.epoch))
        widget.installEventFilter(self)
        board.changed.connect(self._hear)
        board.ticked.connect(self._tick)

    def eventFilter(self, _: QObject, event: QEvent) -> bool:
        """Note when the widget comes and goes; nothing is kept from it."""
        if event.type() is QEvent.Type.Show and not self.open:
            self.open = True
            self._catch_up()
        elif event.type() is QEvent.Type.Hide:
            self.open = False
        return False

    def _catch_up(self) -> None:
        missed, self._missed = self._missed, ChangeSet()
        if missed:
            self.changed.emit(missed)
        self.opened.emit()
        self.ticked.emit()

    def _hear(self, changes: ChangeSet) -> None:
        if self.open:
            self.changed.emit(changes)
        else:
            self._missed.merge(changes)
            self._missed.events.clear()

    def _tick(self) -> None:
        if self.open:
            self.ticked.emit()
