"""The connection light: a dot while live, an amber bar when stale, a red one when offline."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from console.theme import tokens
from console.theme.fonts import ui_font

HEIGHT = 32
_PAD = 10
_DOT = 12

_LOOK = {
    "live": (None, tokens.TEXT),
    "stale": (tokens.AMBER, tokens.ON_LEVEL),
    "offline": (tokens.RED, tokens.ON_LEVEL),
}
"""State → its bar and the colour of its words."""


class AgeLight(QWidget):
    """Says how old the picture is; shape and words go with the colour."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Offline until told."""
        super().__init__(parent)
        self._state = "offline"
        self._words = ""
        self._font = ui_font(tokens.FONT_MAIN)
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_state(self, state: str, words: str, hint: str = "") -> None:
        """`state` is live, stale or offline; `hint` is shown on resting; raises `ValueError` for another state."""
        if state not in _LOOK:
            raise ValueError(f"no such state {state!r}")
        self.setToolTip(hint)
        if (state, words) == (self._state, self._words):
            return
        self._state, self._words = state, words
        self.setAccessibleName(words)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as its words."""
        words = QFontMetrics(self._font).horizontalAdvance(self._words)
        return QSize(words + 2 * _PAD + _DOT + 8, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw dot and words, on a bar unless live."""
        bar, colour = _LOOK[self._state]
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if bar is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(bar))
            painter.drawRoundedRect(QRectF(self.rect()), 4, 4)
        self._draw_dot(painter, QPointF(_PAD + _DOT / 2, HEIGHT / 2), colour)
        painter.setFont(self._font)
        painter.setPen(QColor(colour))
        left = _PAD + _DOT + 8
        painter.drawText(
            self.rect().adjusted(left, 0, 0, 0),
            Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft,
            self._words,
        )
        painter.end()

    def _draw_dot(self, painter: QPainter, centre: QPointF, colour: str) -> None:
        """Live: a full dot. Stale: a ring. Offline: a cross."""
        radius = _DOT / 2 - 1
        if self._state == "live":
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.GREEN))
            painter.drawEllipse(centre, radius, radius)
            return
        painter.setPen(QPen(QColor(colour), 2.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self._state == "stale":
            painter.drawEllipse(centre, radius - 0.5, radius - 0.5)
            return
        for sign in (1, -1):
            reach = QPointF(radius, radius * sign)
            painter.drawLine(centre - reach, centre + reach)
