"""A panel with a heading: words at the left, something small at the right, the contents below."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.widgets.label import ElidedLabel

HEADING = 36


class Section(QWidget):
    """A part of a screen."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        """Empty below its heading."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._title = ElidedLabel(title, tone="heading")
        self._head = QHBoxLayout()
        self._head.setContentsMargins(12, 0, 8, 0)
        self._head.setSpacing(8)
        self._head.addWidget(self._title, 1)
        head = QWidget()
        head.setObjectName("section-head")
        head.setFixedHeight(HEADING)
        head.setLayout(self._head)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)
        self._box.addWidget(head)

    def set_title(self, title: str) -> None:
        """Another heading."""
        self._title.set_words(title)

    def add_to_head(self, widget: QWidget, stretch: int = 0) -> None:
        """Put something beside the heading."""
        self._head.addWidget(widget, stretch)

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        """Put something below."""
        self._box.addWidget(widget, stretch)
