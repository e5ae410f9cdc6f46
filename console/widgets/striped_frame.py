"""A striped frame with a line of words on top, round whatever is inside; it cannot be taken off."""

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QTransform
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.theme import tokens
from console.widgets.label import ElidedLabel, set_tone

FRAME = 6
HEAD = 40
_STRIPE = 12.0
"""Width of one stripe, pixels."""


class StripedFrame(QWidget):
    """`head` takes what stands beside the words, `inside` what is framed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty inside."""
        super().__init__(parent)
        self.setObjectName("striped-frame")
        self._words = ElidedLabel(tone="training")
        self._head = _Head()
        self.head = QHBoxLayout(self._head)
        self.head.setContentsMargins(52, FRAME + 1, 12, 1)
        self.head.setSpacing(10)
        self.head.addWidget(self._words, 1)
        self.inside = QVBoxLayout()
        self.inside.setContentsMargins(FRAME, 0, FRAME, FRAME)
        self.inside.setSpacing(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self._head)
        box.addLayout(self.inside, 1)

    def say(self, words: str) -> None:
        """What the line says."""
        self._words.set_words(words)

    def set_strong(self, strong: bool) -> None:
        """Whether the words stand dark on the colour of training."""
        set_tone(self._words, "training-strong" if strong else "training")

    def said(self) -> str:
        """What the line says now."""
        return self._words.text()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Stripes at the three sides that the head leaves."""
        painter = QPainter(self)
        width, height = self.width(), self.height()
        for side in (
            QRect(0, HEAD, FRAME, height - HEAD),
            QRect(width - FRAME, HEAD, FRAME, height - HEAD),
            QRect(0, height - FRAME, width, FRAME),
        ):
            _stripes(painter, side)
        painter.end()


class _Head(QWidget):
    """The line on top: a stripe above it, dark below."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(HEAD)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Stripes all over, dark where words and buttons stand."""
        painter = QPainter(self)
        _stripes(painter, self.rect())
        painter.fillRect(self.rect().adjusted(FRAME, FRAME, -FRAME, 0), _dark())
        painter.end()


def _dark() -> QColor:
    return QColor(tokens.PAGE)


def _stripes(painter: QPainter, area: QRect) -> None:
    """Diagonal stripes; they run on from one side into the next."""
    painter.save()
    painter.setClipRect(area)
    painter.fillRect(area, _dark())
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tokens.TRAINING))
    slant = QTransform().shear(-1.0, 0.0)
    painter.setTransform(slant, True)
    left = area.left() + area.top()
    right = area.right() + area.bottom() + 1
    place = left - left % (2 * _STRIPE) - 2 * _STRIPE
    while place < right:
        painter.drawRect(QRectF(place, area.top(), _STRIPE, area.height() + 1))
        place += 2 * _STRIPE
    painter.restore()
