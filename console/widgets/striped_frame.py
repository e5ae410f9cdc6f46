"""A striped frame with a line of words on top, round whatever is inside; it cannot be taken off."""

from functools import lru_cache

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPixmap, QPolygonF
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.theme import tokens
from console.widgets.label import ElidedLabel, set_tone

FRAME = 6
HEAD = 40
_STRIPE = 12
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
        self.head.setContentsMargins(FRAME, FRAME + 1, 12, 1)
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
        self.setObjectName("striped-head")
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
    tile = _tile(painter.device().devicePixelRatioF())
    painter.drawTiledPixmap(area, tile, area.topLeft())


@lru_cache(maxsize=2)
def _tile(ratio: float) -> QPixmap:
    """One period of the stripes: drawn once, for the frame is painted with every change inside it."""
    tile = QPixmap(round(2 * _STRIPE * ratio), round(2 * _STRIPE * ratio))
    tile.setDevicePixelRatio(ratio)
    tile.fill(_dark())
    painter = QPainter(tile)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tokens.TRAINING))
    for left in (-2 * _STRIPE, 0, 2 * _STRIPE):
        slant = [(0, 2), (1, 2), (3, 0), (2, 0)]
        corners = [QPointF(left + (x - 1) * _STRIPE, y * _STRIPE) for x, y in slant]
        painter.drawPolygon(QPolygonF(corners))
    painter.end()
    return tile
