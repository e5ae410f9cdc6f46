"""What stands above a chart: its name, its legend, and what the pointer reads."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from console.theme import tokens
from console.theme.fonts import ui_font
from console.widgets.empty_state import EmptyState
from console.widgets.label import ElidedLabel, plain_label

HEAD = 26
LEGEND = 20
_LEAST_WIDTH = 200
_SAMPLE = 18
_GAP = 14


class Legend(QWidget):
    """Samples with their words: `bar`, `line`, `dashed` or `dot`."""

    def __init__(
        self, entries: Sequence[tuple[str, str, str]], pixels: int = tokens.FONT_SECOND
    ) -> None:
        """`entries` are (kind, colour, word)."""
        super().__init__()
        self._entries = list(entries)
        self._font = ui_font(pixels)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """All in one line."""
        measure = QFontMetrics(self._font)
        words = sum(measure.horizontalAdvance(word) for _, _, word in self._entries)
        height = max(LEGEND, measure.height())
        return QSize(words + len(self._entries) * (_SAMPLE + 6 + _GAP), height)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw samples and words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._font)
        left, middle = 0.0, self.height() / 2
        for kind, colour, word in self._entries:
            _sample(painter, kind, QColor(colour), QPointF(left, middle))
            left += _SAMPLE + 6
            width = QFontMetrics(self._font).horizontalAdvance(word)
            painter.setPen(QColor(tokens.SECOND))
            box = QRectF(left, 0, width + 2, self.height())
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, word)
            left += width + _GAP
        painter.end()


def _sample(painter: QPainter, kind: str, colour: QColor, at: QPointF) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    if kind == "bar":
        painter.drawRect(QRectF(at.x() + 2, at.y() - 6, _SAMPLE - 4, 12))
    elif kind == "dot":
        painter.drawEllipse(QPointF(at.x() + _SAMPLE / 2, at.y()), 5, 5)
    else:
        style = Qt.PenStyle.DashLine if kind == "dashed" else Qt.PenStyle.SolidLine
        painter.setPen(QPen(colour, 2, style))
        painter.drawLine(at, at + QPointF(_SAMPLE, 0))


class ChartFrame(QWidget):
    """A heading with its reading, a legend, and below it the chart or what is said in its place."""

    columns: tuple[str, ...] = ()
    """What the columns of `rows` are, as code words."""

    def __init__(
        self,
        title: str,
        entries: Sequence[tuple[str, str, str]],
        pixels: int = tokens.FONT_SECOND,
        parent: QWidget | None = None,
    ) -> None:
        """Says nothing and shows nothing yet; `pixels` is the height of the legend's type."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._read = ElidedLabel(tone="second")
        self._read.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._title = plain_label(title, tone="heading")
        self._head = head = QHBoxLayout()
        head.setContentsMargins(12, 0, 12, 0)
        head.setSpacing(_GAP)
        head.addWidget(self._title)
        head.addWidget(self._read, 1)
        top = QWidget()
        top.setObjectName("section-head")
        top.setFixedHeight(HEAD + max(0, pixels - tokens.FONT_SECOND))
        top.setLayout(head)
        legend = QHBoxLayout()
        legend.setContentsMargins(12, 0, 12, 0)
        legend.addWidget(Legend(entries, pixels))
        legend.addStretch(1)
        self._empty = EmptyState()
        self._stack = QStackedLayout()
        self._stack.addWidget(self._empty)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 2, 0, 0)
        box.setSpacing(0)
        box.addWidget(top)
        box.addLayout(legend)
        box.addLayout(self._stack, 1)
        # Words never widen a chart: the reading is elided instead.
        self.setMinimumWidth(_LEAST_WIDTH)

    def set_title(self, title: str) -> None:
        """Another name."""
        self._title.setText(title)

    def add_to_head(self, widget: QWidget) -> None:
        """Put something at the right end of the heading."""
        self._head.addWidget(widget)

    def rows(self) -> list[tuple[object, ...]]:
        """What is drawn, as a table."""
        return []

    def set_chart(self, chart: QWidget) -> None:
        """The chart itself; it is shown from now on."""
        self._stack.addWidget(chart)
        self._stack.setCurrentWidget(chart)

    def say_empty(self, title: str, hint: str = "") -> None:
        """Say something in the chart's place."""
        self._empty.set_words(title, hint)
        self._stack.setCurrentWidget(self._empty)

    def show_chart(self) -> None:
        """Show the chart again."""
        self._stack.setCurrentIndex(self._stack.count() - 1)

    def read(self, words: str) -> None:
        """What the pointer reads, or the latest value."""
        self._read.set_words(words)

    def reading(self) -> str:
        """What is read now."""
        return self._read.text()
