"""What a whole window learns from the mouse, wherever it is: the back button, and that it moves."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget


class Pointer(QObject):
    """Watches the system's window, not every widget: that sees each event once, and the map's too."""

    back = Signal()
    """The mouse's back button was pressed."""
    moved = Signal()

    def __init__(self, widget: QWidget) -> None:
        """Begins when the widget first shows."""
        super().__init__(widget)
        self._widget = widget
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the back button from what lies below; everything else passes."""
        if watched is self._widget:
            handle = self._widget.windowHandle() if event.type() is QEvent.Type.Show else None
            if handle is not None:
                handle.installEventFilter(self)
            return False
        if event.type() is QEvent.Type.MouseMove:
            self.moved.emit()
        elif isinstance(event, QMouseEvent) and event.button() is Qt.MouseButton.BackButton:
            if event.type() is QEvent.Type.MouseButtonPress:
                self.back.emit()
            return True
        return False
