"""Calls an hour of today over what is normal: a calm picture with three marks on its axis and no more."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPolygonF

from console.i18n import Texts
from console.tables.paint import CENTRE, LEFT, RIGHT, width_of
from console.theme import tokens
from console.views.wall.panel import EDGE, HEADING, SMALL, WallPanel, draw_words

HOURS = 24
MARKS = (0, 12, 24)
"""Hours with a mark: from afar nobody reads more."""
TOP, FOOT = 250, 110
"""What stands above and below the bars, in units."""
SHARE_OF_HOUR = 0.72

Normal = tuple[tuple[float, ...], tuple[float, ...]]
"""24 values each: nine days in ten had at least so many calls in that hour, nine in ten at most so many."""


class HoursPanel(WallPanel):
    """One bar an hour; only the highest has its figure."""

    def __init__(self, texts: Texts) -> None:
        """Nothing until it is told."""
        super().__init__()
        self._texts = texts
        self.calls: tuple[int, ...] = ()
        self.hour = 0
        self.normal: Normal | None = None

    def show_hours(self, calls: Sequence[int], hour: int, normal: Normal | None) -> None:
        """Calls of the local day by hour, the hour that runs, and what is normal on such days."""
        if (tuple(calls), hour, normal) != (self.calls, self.hour, self.normal):
            self.calls, self.hour, self.normal = tuple(calls), hour, normal
            self.update()

    def draw(self, painter: QPainter) -> None:
        """Heading, band, bars, marks."""
        self._draw_heading(painter)
        plot = QRectF(self.box(EDGE, TOP, self.wide() - 2 * EDGE, 0))
        plot.setBottom(self.height() - self.plan.px(FOOT))
        if plot.height() <= 0:
            return
        highs = self.normal[1] if self.normal is not None else ()
        top = max([1.0, *map(float, self.calls), *highs])
        self._draw_band(painter, plot, top)
        self._draw_bars(painter, plot, top)
        self._draw_marks(painter, plot)

    def _draw_heading(self, painter: QPainter) -> None:
        line = self.box(EDGE, 24, self.wide() - 2 * EDGE, 100)
        words = self._texts("wall.hours")
        size = self.fitting(words, HEADING, line.width(), bold=True)
        taken = draw_words(painter, line, words, size, bold=True)
        line.setLeft(line.left() + taken + self.plan.px(EDGE))
        small = self.plan.px(SMALL)
        known = self.normal is not None
        note = self._texts("wall.hours_normal" if known else "wall.normal_unknown")
        patch = small if known else 0
        room = width_of(note, small) + patch + self.plan.px(20)
        if room > line.width():
            return
        draw_words(painter, line, note, small, tokens.SECOND, align=RIGHT)
        if known:
            square = QRect(line.right() - room, line.center().y() - small // 2, small, small)
            painter.fillRect(square.adjusted(0, small // 8, -small // 4, -small // 8), _band())

    def _draw_band(self, painter: QPainter, plot: QRectF, top: float) -> None:
        if self.normal is None:
            return
        middles = [plot.left() + plot.width() * (n + 0.5) / HOURS for n in range(HOURS)]

        def line(values: Sequence[float]) -> list[QPointF]:
            return [
                QPointF(x, plot.bottom() - plot.height() * v / top)
                for x, v in zip(middles, values, strict=True)
            ]

        low, high = self.normal
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_band())
        painter.drawPolygon(QPolygonF([*line(high), *reversed(line(low))]))

    def _draw_bars(self, painter: QPainter, plot: QRectF, top: float) -> None:
        step = plot.width() / HOURS
        most = max(self.calls, default=0)
        labelled = False
        for hour, count in enumerate(self.calls[:HOURS]):
            height = plot.height() * count / top
            left = plot.left() + step * (hour + (1 - SHARE_OF_HOUR) / 2)
            bar = QRectF(left, plot.bottom() - height, step * SHARE_OF_HOUR, height)
            colour = tokens.DATA_PALE if hour == self.hour else tokens.DATA
            painter.fillRect(bar, QColor(colour))
            if count == most > 0 and not labelled:
                labelled = True
                self._draw_figure(painter, bar, count)

    def _draw_figure(self, painter: QPainter, bar: QRectF, count: int) -> None:
        size = self.plan.px(SMALL)
        words = f"{count:,}"
        width = width_of(words, size, bold=True)
        centre = round(bar.center().x())
        left = min(max(0, centre - width // 2), self.width() - width)
        line = QRect(left, round(bar.top()) - round(1.2 * size), width + 1, size)
        draw_words(painter, line, words, size, bold=True)

    def _draw_marks(self, painter: QPainter, plot: QRectF) -> None:
        base = QRectF(plot.left(), plot.bottom(), plot.width(), self.plan.px(4))
        painter.fillRect(base, QColor(tokens.LINE))
        line = QRect(0, round(plot.bottom()) + self.plan.px(12), self.width(), self.plan.px(88))
        aligns = (LEFT, CENTRE, RIGHT)
        for hour, align in zip(MARKS, aligns, strict=True):
            box = line.adjusted(round(plot.left()), 0, round(plot.right()) - self.width(), 0)
            words = self._texts("wall.hour", n=hour)
            draw_words(painter, box, words, self.plan.px(SMALL), tokens.SECOND, align=align)


def _band() -> QColor:
    return QColor(tokens.BAND)
