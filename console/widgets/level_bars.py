"""Open by level: one bar a level with its shape, its word and its figure."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from console.theme import tokens
from console.theme.fonts import ui_font
from console.theme.shapes import draw_shape

_Level = TypeVar("_Level", bound=int)
_SCALE = 0.62
_SHAPE_X = 20
_TEXT_X = 40
_RIGHT = 12
_TITLE = 28


class LevelBars(QWidget):
    """Worst first. A level nobody stands at keeps its row, so that rows never jump."""

    def __init__(
        self, title: str, levels: Sequence[tuple[int, str]], parent: QWidget | None = None
    ) -> None:
        """`levels` are (level number, word), worst first."""
        super().__init__(parent)
        self._title = title
        self._levels = list(levels)
        self._counts: dict[int, int] = {}
        self._heading = ui_font(tokens.FONT_MAIN, bold=True)
        self._small = ui_font(tokens.FONT_SECOND)
        self._figures = ui_font(tokens.FONT_MAIN, bold=True, figures=True)

    def show_counts(self, counts: Mapping[_Level, int]) -> None:
        """New figures by level number."""
        known = {int(level): count for level, count in counts.items()}
        found = {level: known.get(level, 0) for level, _ in self._levels}
        if found != self._counts:
            self._counts = found
            self.update()

    def counts(self) -> dict[int, int]:
        """The figures that are shown."""
        return dict(self._counts)

    def sizeHint(self) -> QSize:
        """Room for five rows."""
        return QSize(220, 200)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw heading and rows."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(tokens.PANEL))
        painter.setFont(self._heading)
        painter.setPen(QColor(tokens.TEXT))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRect(12, 2, self.width() - 24, 26), middle, self._title)
        most = max([1, *self._counts.values()])
        step = (self.height() - _TITLE - 10) / max(1, len(self._levels))
        words = QFontMetrics(self._small)
        width = max((words.horizontalAdvance(word) for _, word in self._levels), default=0)
        for number, (level, word) in enumerate(self._levels):
            row = QRectF(0, _TITLE + 4 + number * step, self.width(), step)
            self._draw_row(painter, row, level, word, width, most)
        painter.end()

    def _draw_row(
        self, painter: QPainter, row: QRectF, level: int, word: str, width: int, most: int
    ) -> None:
        count = self._counts.get(level, 0)
        middle = row.center().y()
        draw_shape(painter, QPointF(_SHAPE_X, middle), level, scale=_SCALE)
        painter.setFont(self._small)
        painter.setPen(QColor(tokens.SECOND))
        box = QRectF(_TEXT_X, row.top(), width + 2, row.height())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, word)
        digits = QFontMetrics(self._figures).horizontalAdvance("0" * max(3, len(str(most))))
        left = _TEXT_X + width + 8
        room = self.width() - _RIGHT - digits - 8 - left
        if count and room > 4:
            colour = tokens.LEVEL_COLOUR[level]
            edge = tokens.OUTLINED.get(colour)
            painter.setPen(Qt.PenStyle.NoPen if edge is None else QPen(QColor(edge), 1.5))
            painter.setBrush(QColor(colour))
            painter.drawRoundedRect(
                QRectF(left, middle - 6, max(3.0, room * count / most), 12), 2, 2
            )
        painter.setFont(self._figures)
        painter.setPen(QColor(tokens.TEXT))
        right = QRectF(self.width() - _RIGHT - digits, row.top() - 2, digits, row.height())
        painter.drawText(
            right, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, f"{count}"
        )
