"""One large figure with its name; the dotted line says that there is more behind it."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QStyle, QStyleOption, QWidget

from console.theme import tokens
from console.theme.fonts import ui_font

FIGURE, NAME = 40, 18
_PAD = 8


class FigureTile(QAbstractButton):
    """Pressed by mouse, or by Enter and Space like any button."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """`name` stands below the figure."""
        super().__init__(parent)
        self._figure = ""
        self._figure_font = ui_font(FIGURE, bold=True, figures=True)
        self._name_font = ui_font(NAME)
        self.setText(name)
        self.setAccessibleName(name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)

    def show_figure(self, figure: str) -> None:
        """Another figure."""
        if figure != self._figure:
            self._figure = figure
            self.setAccessibleDescription(figure)
            self.updateGeometry()
            self.update()

    @property
    def figure(self) -> str:
        """What it shows."""
        return self._figure

    def sizeHint(self) -> QSize:
        """As wide as the wider of figure and name."""
        figure = QFontMetrics(self._figure_font).horizontalAdvance(self._figure or "100 %")
        name = QFontMetrics(self._name_font).horizontalAdvance(self.text())
        return QSize(max(figure, name + 6) + 2 * _PAD, 92)

    def minimumSizeHint(self) -> QSize:
        """A figure is never cut; a name may be."""
        figure = QFontMetrics(self._figure_font).horizontalAdvance(self._figure or "100 %")
        return QSize(figure + 2 * _PAD, 92)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the figure, its name and the dotted line below the name."""
        painter = QPainter(self)
        option = QStyleOption()
        option.initFrom(self)
        if option.state & QStyle.StateFlag.State_MouseOver or self.isDown():
            painter.fillRect(self.rect(), QColor(tokens.RAISED))
        box = self.rect().adjusted(_PAD, 6, -_PAD, -6)
        self._draw_figure(painter, QRect(box.left(), box.top(), box.width(), 50))
        self._draw_name(painter, QRect(box.left(), box.top() + 50, box.width(), 28))
        if self.hasFocus():
            painter.setPen(QPen(QColor(tokens.SELECTION), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()

    def _draw_figure(self, painter: QPainter, row: QRect) -> None:
        painter.setFont(self._figure_font)
        painter.setPen(QColor(tokens.TEXT))
        painter.drawText(row, Qt.AlignmentFlag.AlignVCenter, self._figure)

    def _draw_name(self, painter: QPainter, row: QRect) -> None:
        painter.setFont(self._name_font)
        painter.setPen(QColor(tokens.SECOND))
        measure = painter.fontMetrics()
        shown = measure.elidedText(self.text(), Qt.TextElideMode.ElideRight, row.width())
        self.setToolTip(self.text() if shown != self.text() else "")
        painter.drawText(row, Qt.AlignmentFlag.AlignVCenter, shown)
        painter.setPen(QPen(QColor(tokens.SECOND), 1, Qt.PenStyle.DotLine))
        y = row.bottom()
        painter.drawLine(row.left(), y, row.left() + measure.horizontalAdvance(shown), y)
