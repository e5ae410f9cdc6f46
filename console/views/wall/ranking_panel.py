"""The districts side by side: how many are overdue of how many, how many answered in time of how many."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect
from PySide6.QtGui import QColor, QPainter

from console.domain.clock import Level
from console.domain.indicator import Reading
from console.domain.indicator.reading import NO_VALUE
from console.i18n import Texts
from console.tables.paint import RIGHT
from console.theme import tokens
from console.theme.shapes import draw_shape
from console.theme.tokens import LEVEL_SIZE
from console.views.wall.panel import CATEGORY, EDGE, FIGURE, HEADING, SMALL, WallPanel, draw_words

HEAD = 220
"""Heading and the columns' names, in units."""
ROW, LEAST_ROW = 300, 140
SHAPE = 104
COLUMNS = (0.3, 0.6)
"""Where the second and the third column begin, as shares of the width."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One district: open cases, those of them that are red, and the share answered in time (None: not measured).

    `worst` is the worst level of an open case, None without any.
    """

    district: str
    worst: Level | None
    overdue: int
    open: int
    answered: Reading | None


class RankingPanel(WallPanel):
    """Most overdue first. No figure without what it is a part of."""

    def __init__(self, texts: Texts, respond_min: int) -> None:
        """Nobody until it is told."""
        super().__init__()
        self._texts = texts
        self._minutes = respond_min
        self.standings: list[Standing] = []

    def show_standings(self, standings: Sequence[Standing]) -> None:
        """All districts, in any order."""
        ordered = sorted(standings, key=lambda one: (-one.overdue, one.district))
        if ordered != self.standings:
            self.standings = ordered
            self.update()

    def draw(self, painter: QPainter) -> None:
        """A row for each district there is room for, and a count of the rest."""
        self._draw_head(painter)
        room = self.height() - self.plan.px(HEAD)
        rows = max(1, room // self.plan.px(LEAST_ROW))
        shown = self.standings
        if len(shown) > rows:
            shown = shown[: rows - 1]
        lines = len(shown) + (len(shown) < len(self.standings))
        height = min(self.plan.px(ROW), room // max(1, lines))
        for number, standing in enumerate(shown):
            top = self.plan.px(HEAD) + number * height
            self._draw_row(painter, QRect(0, top, self.width(), height), standing)
        if len(shown) < len(self.standings):
            top = self.plan.px(HEAD) + len(shown) * height
            words = self._texts("wall.more_districts", n=len(self.standings) - len(shown))
            line = QRect(self.plan.px(EDGE), top, self.width(), height)
            draw_words(painter, line, words, self.plan.px(SMALL), tokens.SECOND)

    def _columns(self, line: QRect) -> tuple[QRect, QRect, QRect]:
        px = self.plan.px
        second, third = (round(self.width() * share) for share in COLUMNS)
        gap, edge = px(24), px(EDGE)
        return (
            QRect(edge, line.top(), second - edge - gap, line.height()),
            QRect(second, line.top(), third - second - gap, line.height()),
            QRect(third, line.top(), self.width() - third - edge, line.height()),
        )

    def _draw_head(self, painter: QPainter) -> None:
        title = self.box(EDGE, 16, self.wide() - 2 * EDGE, 100)
        words = self._texts("wall.ranking")
        size = self.fitting(words, HEADING, title.width(), bold=True)
        draw_words(painter, title, words, size, bold=True)
        _, second, third = self._columns(self.box(0, 120, self.wide(), 88))
        small = self.plan.px(SMALL)
        overdue = self._texts("wall.ranking_overdue")
        draw_words(painter, second, overdue, small, tokens.SECOND)
        answered = self._texts("wall.ranking_answered", n=self._minutes)
        draw_words(painter, third, answered, small, tokens.SECOND, align=RIGHT)

    def _draw_row(self, painter: QPainter, row: QRect, standing: Standing) -> None:
        px = self.plan.px
        painter.fillRect(row.adjusted(0, px(4), 0, -px(4)), QColor(tokens.RAISED))
        first, second, third = self._columns(row)
        size = self.fitting(standing.district, CATEGORY, first.width(), bold=True)
        draw_words(painter, first, standing.district, size, bold=True)
        self._draw_overdue(painter, second, standing)
        self._draw_answered(painter, third, standing.answered)

    def _draw_overdue(self, painter: QPainter, line: QRect, standing: Standing) -> None:
        px = self.plan.px
        if standing.worst is not None:
            centre = QPointF(line.left() + px(44), line.center().y())
            scale = SHAPE * self.plan.unit / LEVEL_SIZE[Level.DARK_RED]
            draw_shape(painter, centre, standing.worst, scale=scale)
        line.setLeft(line.left() + px(124))
        taken = draw_words(painter, line, str(standing.overdue), px(FIGURE), bold=True)
        line.setLeft(line.left() + taken + px(12))
        draw_words(painter, line, f"/ {standing.open}", px(SMALL), tokens.SECOND)

    def _draw_answered(self, painter: QPainter, line: QRect, reading: Reading | None) -> None:
        px = self.plan.px
        if reading is None or not reading.denominator:
            draw_words(painter, line, NO_VALUE, px(SMALL), tokens.SECOND, align=RIGHT)
            return
        parts = f"{reading.amount}/{len(reading.denominator)}"
        taken = draw_words(painter, line, parts, px(SMALL), tokens.SECOND, align=RIGHT)
        line.setRight(line.right() - taken - px(28))
        draw_words(painter, line, reading.text, px(CATEGORY), bold=True, align=RIGHT)
