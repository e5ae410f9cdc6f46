"""A search field: a glass, a cross, and a short wait while somebody types."""

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QIcon, QKeyEvent, Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from console.paths import RESOURCES

_WAIT_MS = 120
"""A list is searched when the typing rests, not at every key."""


class SearchEdit(QLineEdit):
    """Emits `changed` with the words when the typing rests; Esc clears."""

    changed = Signal(str)

    def __init__(self, placeholder: str, parent: QWidget | None = None) -> None:
        """`placeholder` says what can be searched for."""
        super().__init__(parent)
        self.setPlaceholderText(placeholder)
        self.setMaxLength(100)
        icons = RESOURCES / "icons"
        self.addAction(QIcon(str(icons / "search.svg")), QLineEdit.ActionPosition.LeadingPosition)
        self._clear = self.addAction(
            QIcon(str(icons / "clear.svg")), QLineEdit.ActionPosition.TrailingPosition
        )
        self._clear.triggered.connect(self.clear)
        self._clear.setVisible(False)
        self._timer = QTimer(self, singleShot=True, interval=_WAIT_MS)
        self._timer.timeout.connect(lambda: self.changed.emit(self.text()))
        self.textChanged.connect(self._on_text)

    def _on_text(self, words: str) -> None:
        self._clear.setVisible(bool(words))
        self._timer.start()

    def event(self, event: QEvent) -> bool:
        """Enter is the field's own: it must not run a shortcut of the screen."""
        enter = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        asked = event.type() is QEvent.Type.ShortcutOverride
        if asked and isinstance(event, QKeyEvent) and event.key() in enter:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc clears; in an empty field it leaves."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.text():
            self.clear()
        else:
            self.clearFocus()
            event.ignore()
