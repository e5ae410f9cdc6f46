"""What stands where nothing is: what is missing, and what to do."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.widgets.label import plain_label


class EmptyState(QWidget):
    """A line and a smaller one below it, in the middle."""

    def __init__(self, title: str = "", hint: str = "", parent: QWidget | None = None) -> None:
        """`hint` may be empty."""
        super().__init__(parent)
        self.setObjectName("empty-state")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._title = plain_label(wrap=True)
        self._hint = plain_label(tone="second", wrap=True)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 16, 16, 16)
        box.setSpacing(6)
        box.addStretch(1)
        for label in (self._title, self._hint):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            box.addWidget(label)
        box.addStretch(1)
        self.set_words(title, hint)

    def set_words(self, title: str, hint: str = "") -> None:
        """Say something else."""
        self._title.setText(title)
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
