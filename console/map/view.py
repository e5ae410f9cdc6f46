"""The web view: it shows the page, and takes Qt drags itself instead of handing them to the page."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
)
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QWidget

from console.map.drop import DropPlace

_DRAWING_KEYS = frozenset(
    {Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Backspace}
)


class MapView(QWebEngineView):
    """Overrides all four drag events, so a hung page can never block a drag over it.

    The wheel does not arrive during a drag: Qt's drag filter eats it, and an event filter of ours
    before it (in Python, PySide 6.11.3) ended in a segmentation fault.
    """

    told = Signal()
    """Something was said to the page during a drag: send it."""

    def __init__(self, drops: DropPlace, parent: QWidget | None = None) -> None:
        """`drops` decides over every drag."""
        super().__init__(parent)
        self._drops = drops
        self.drawing = False
        """Whether an area is being drawn: its keys are then the page's and no shortcut's."""
        self.setAcceptDrops(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)

    def event(self, event: QEvent) -> bool:
        """Keep the keys of drawing from the window's shortcuts."""
        if (
            self.drawing
            and event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() in _DRAWING_KEYS
        ):
            event.accept()
            return True
        return super().event(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take part in drags of our own kind only."""
        if self._drops.enter(event.mimeData()):
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Accept where a drop would do something."""
        if self._drops.move(event.mimeData(), event.position()):
            event.acceptProposedAction()
        else:
            event.ignore()
        self.told.emit()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Put the lights out."""
        self._drops.leave()
        self.told.emit()

    def dropEvent(self, event: QDropEvent) -> None:
        """Pass the drop on when it means something."""
        if self._drops.drop(event.mimeData(), event.position()):
            event.acceptProposedAction()
        else:
            event.ignore()
        self.told.emit()
