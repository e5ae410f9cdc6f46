"""The line at the bottom of a screen: the last thing that happened, and small facts at the right."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from console.widgets.label import ElidedLabel, plain_label

HEIGHT = 32


class StatusLine(QWidget):
    """What was said last stays until something else is said."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Says nothing."""
        super().__init__(parent)
        self.setObjectName("status-bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(HEIGHT)
        self._said = ElidedLabel(tone="second")
        self._facts: dict[str, QWidget] = {}
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 0, 12, 0)
        self._row.setSpacing(24)
        self._row.addWidget(self._said, 1)

    def say(self, words: str) -> None:
        """Say something."""
        self._said.set_words(words)

    def said(self) -> str:
        """What was said last."""
        return self._said.text()

    def set_fact(self, name: str, words: str, tone: str = "second") -> None:
        """A small fact at the right, by a name of the caller's; empty words take it away."""
        before = self._facts.pop(name, None)
        if before is not None:
            self._row.removeWidget(before)
            before.deleteLater()
        if words:
            fact = plain_label(words, tone=tone)
            self._facts[name] = fact
            self._row.addWidget(fact)

    def add(self, widget: QWidget) -> None:
        """Put something small at the right end."""
        self._row.addWidget(widget)
