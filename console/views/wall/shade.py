"""Dims a wall at night, where that was chosen, and never while an urgent case is unsigned."""

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

FROM, UNTIL = 22, 6
"""Local hours."""
DARK = 0.45
"""How much of the light is taken."""


def is_night(local: datetime) -> bool:
    """Whether the wall may be dim at this local time."""
    return local.hour >= FROM or local.hour < UNTIL


class Shade(QWidget):
    """Lies over everything; a hand passes through it."""

    def __init__(self) -> None:
        """Hidden."""
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Black glass."""
        painter = QPainter(self)
        glass = QColor(Qt.GlobalColor.black)
        glass.setAlphaF(DARK)
        painter.fillRect(event.rect(), glass)
        painter.end()
