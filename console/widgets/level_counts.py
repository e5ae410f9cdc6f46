"""How many stand at each level, worst first; each count is a switch that filters."""

from collections.abc import Collection, Mapping, Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QHBoxLayout,
    QSizePolicy,
    QStyle,
    QStyleOption,
    QWidget,
)

from console.theme import tokens
from console.theme.fonts import ui_font
from console.theme.shapes import draw_shape

HEIGHT = 40
_SCALE = 0.75
_SHAPE = 34
_PAD = 6


class LevelCounts(QWidget):
    """A row of switches; `chosen` tells the names of those that are on (none: everything)."""

    chosen = Signal(list)

    def __init__(
        self, levels: Sequence[tuple[str, int, str]], hint: str = "", parent: QWidget | None = None
    ) -> None:
        """`levels` are (name, level number, word), worst first."""
        super().__init__(parent)
        self._buttons = {name: _Count(level, word, hint) for name, level, word in levels}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for button in self._buttons.values():
            row.addWidget(button)
            button.toggled.connect(self._tell)

    def set_counts(self, counts: Mapping[str, int]) -> None:
        """New figures, by the levels' names."""
        for name, button in self._buttons.items():
            button.set_count(counts.get(name, 0))

    def on(self) -> list[str]:
        """The names of the switches that are on."""
        return [name for name, button in self._buttons.items() if button.isChecked()]

    def show_words(self, shown: bool) -> None:
        """Where there is no room the words go; shape and figure say enough."""
        for button in self._buttons.values():
            button.show_word(shown)
        self.updateGeometry()

    def show_on(self, names: Collection[str]) -> None:
        """Show as on what was chosen elsewhere; nothing is told."""
        for name, button in self._buttons.items():
            button.blockSignals(True)
            button.setChecked(name in names)
            button.blockSignals(False)

    def clear(self) -> None:
        """Switch all off."""
        for button in self._buttons.values():
            button.setChecked(False)

    def _tell(self) -> None:
        self.chosen.emit(self.on())


class _Count(QAbstractButton):
    """Shape, figure, word."""

    def __init__(self, level: int, word: str, hint: str) -> None:
        super().__init__()
        self._level = level
        self._word = word
        self._count = 0
        self._worded = True
        self._figures = ui_font(tokens.FONT_FIGURES, bold=True, figures=True)
        self._small = ui_font(tokens.FONT_SECOND)
        self.setCheckable(True)
        self.setToolTip(hint or word)
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_count(self, count: int) -> None:
        """Another figure; the width grows with it and does not shrink back and forth."""
        if count == self._count:
            return
        self._count = count
        self.setAccessibleName(f"{self._word} {count}")
        self.updateGeometry()
        self.update()

    def show_word(self, shown: bool) -> None:
        """With its word or without."""
        if shown != self._worded:
            self._worded = shown
            self.updateGeometry()
            self.update()

    def _figure_width(self) -> int:
        digits = max(2, len(str(self._count)))
        return QFontMetrics(self._figures).horizontalAdvance("0" * digits)

    def sizeHint(self) -> QSize:
        """Shape, figure and word side by side."""
        word = QFontMetrics(self._small).horizontalAdvance(self._word) if self._worded else -_PAD
        return QSize(_PAD + _SHAPE + self._figure_width() + 6 + word + 2 * _PAD, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it; on: a double outline."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        option = QStyleOption()
        option.initFrom(self)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        if self.isChecked() or hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.RAISED))
            painter.drawRoundedRect(box, 4, 4)
        if self.isChecked() or self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(tokens.SELECTION), 2))
            painter.drawRoundedRect(box, 4, 4)
        self._draw(painter)
        painter.end()

    def _draw(self, painter: QPainter) -> None:
        if not self._count:
            painter.setOpacity(0.6)
        centre = QPointF(_PAD + _SHAPE / 2 - 2, self.height() / 2)
        draw_shape(painter, centre, self._level, scale=_SCALE)
        left, width = _PAD + _SHAPE, self._figure_width()
        painter.setFont(self._figures)
        painter.setPen(QColor(tokens.TEXT))
        middle = Qt.AlignmentFlag.AlignVCenter
        figure = QRect(left, -2, width, self.height())
        painter.drawText(figure, middle | Qt.AlignmentFlag.AlignRight, str(self._count))
        if not self._worded:
            return
        painter.setFont(self._small)
        painter.setPen(QColor(tokens.SECOND))
        word = QRect(left + width + 6, 1, self.width(), self.height())
        painter.drawText(word, middle | Qt.AlignmentFlag.AlignLeft, self._word)
