"""The web view: it shows the page, and takes Qt drags itself instead of handing them to the page."""

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QWheelEvent,
)
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QWidget

from console.map.drop import DropPlace

NOTCH = 120
"""Eighths of a degree of one step of a wheel, as Qt counts."""


class DragWheel(QObject):
    """Hears the wheel while a drag is over the map: Qt's own drag filter eats it otherwise.

    Filters that are installed later are asked earlier, so it is installed when the drag enters.
    """

    turned = Signal(float)

    def start(self) -> None:
        """A drag is over the map."""
        application = QCoreApplication.instance()
        if application is not None:
            application.installEventFilter(self)

    def stop(self) -> None:
        """The drag has left or ended."""
        application = QCoreApplication.instance()
        if application is not None:
            application.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take wheel events, let all others pass."""
        if event.type() != QEvent.Type.Wheel or not isinstance(event, QWheelEvent):
            return False
        self.turned.emit(event.angleDelta().y() / NOTCH)
        return True


class MapView(QWebEngineView):
    """Overrides all four drag events, so a hung page can never block a drag over it."""

    told = Signal()
    """Something was said to the page during a drag: send it."""
    wheel_in_drag = Signal(float, QPoint)
    """Steps (positive: nearer) and the place in the view."""

    def __init__(self, drops: DropPlace, parent: QWidget | None = None) -> None:
        """`drops` decides over every drag."""
        super().__init__(parent)
        self._drops = drops
        self._at = QPoint()
        self._wheel = DragWheel(self)
        self._wheel.turned.connect(lambda steps: self.wheel_in_drag.emit(steps, self._at))
        self.setAcceptDrops(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take part in drags of our own kind only."""
        if self._drops.enter(event.mimeData()):
            self._wheel.start()
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Accept where a drop would do something."""
        self._at = event.position().toPoint()
        if self._drops.move(event.mimeData(), event.position()):
            event.acceptProposedAction()
        else:
            event.ignore()
        self.told.emit()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Put the lights out."""
        self._wheel.stop()
        self._drops.leave()
        self.told.emit()

    def dropEvent(self, event: QDropEvent) -> None:
        """Pass the drop on when it means something."""
        self._wheel.stop()
        if self._drops.drop(event.mimeData(), event.position()):
            event.acceptProposedAction()
        else:
            event.ignore()
        self.told.emit()
