"""The web view: it shows the page, and takes Qt drags itself instead of handing them to the page."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QWidget

from console.map.drop import DropPlace


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
        self.setAcceptDrops(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)

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
