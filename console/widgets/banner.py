"""One line across the window that says what is wrong, with at most two buttons."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from console.widgets.label import ElidedLabel

KINDS = ("notice", "warning", "error")
_BUTTONS = 2


class Banner(QWidget):
    """Hidden until there is something to say; never in the way of the work below it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Says nothing."""
        super().__init__(parent)
        self.setObjectName("banner")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(40)
        self._words = ElidedLabel()
        self._buttons: list[QPushButton] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 0, 8, 0)
        self._row.setSpacing(8)
        self._row.addWidget(self._words, 1)
        self.hide()

    def show_message(
        self,
        words: str,
        kind: str = "notice",
        actions: tuple[tuple[str, Callable[[], object]], ...] = (),
    ) -> None:
        """Say it; `kind` is notice, warning or error; `actions` are (word, act), at most two (`ValueError`)."""
        if kind not in KINDS or len(actions) > _BUTTONS:
            raise ValueError(
                f"a banner of kind {kind!r} with {len(actions)} buttons cannot be shown"
            )
        self._words.set_words(words)
        self.setAccessibleName(words)
        self.setProperty("kind", kind)
        for widget in (self, self._words):
            # A rule that names the banner's kind is read again only when it is polished anew.
            widget.style().unpolish(widget)
            widget.style().polish(widget)
        self._drop_buttons()
        for word, act in actions:
            button = QPushButton(word.replace("&", "&&"))
            button.clicked.connect(act)
            self._row.addWidget(button)
            self._buttons.append(button)
        self.show()

    def words(self) -> str:
        """What it says."""
        return self._words.text()

    def clear(self) -> None:
        """Say nothing any more."""
        self._words.set_words("")
        self._drop_buttons()
        self.hide()

    def _drop_buttons(self) -> None:
        while self._buttons:
            button = self._buttons.pop()
            self._row.removeWidget(button)
            button.deleteLater()
