"""The longest unsigned urgent cases, the longest on top; the first five flash."""

from collections.abc import Sequence
from dataclasses import replace
from time import monotonic

from PySide6.QtCore import QPointF, QRect
from PySide6.QtGui import QColor, QHideEvent, QPainter, QPen, QShowEvent

from console.domain.clock import Level
from console.i18n import Texts
from console.live.flash import MOST, Flash
from console.tables.paint import CENTRE, RIGHT, width_of
from console.theme import tokens
from console.theme.shapes import draw_shape
from console.theme.tokens import LEVEL_SIZE, LEVEL_TEXT
from console.views.wall.panel import (
    BASELINE,
    CATEGORY,
    EDGE,
    HEADING,
    LARGE,
    SMALL,
    WallPanel,
    draw_words,
)
from console.views.wall.plan import HEADING as HEADING_LINE
from console.views.wall.plan import LAST_LINE, Plan
from console.views.wall.steady import SteadyRows
from console.views.wall.urgent_row import UrgentRow

SHAPE = 112
PLACE_SHARE = 0.3
"""The least share of its line that the place keeps beside a long receiver."""


class UrgentPanel(WallPanel):
    """Says which urgent case nobody has signed for. Rows change places at most every five seconds."""

    def __init__(self, texts: Texts, flash: Flash) -> None:
        """No rows until it is told."""
        super().__init__()
        self._texts = texts
        self._known: dict[str, UrgentRow] = {}
        self._wanted: list[str] = []
        self._steady = SteadyRows()
        self._estimated = False
        self.rows: list[UrgentRow] = []
        self.total = 0
        self._flash = flash
        flash.turned.connect(self._turn)

    def set_plan(self, plan: Plan) -> None:
        """Another number of rows may fit."""
        super().set_plan(plan)
        self._arrange()

    def show_rows(self, rows: Sequence[UrgentRow], *, estimated: bool) -> None:
        """All unsigned urgent cases, the longest first; `estimated` when the picture is old."""
        now_known = {row.id: row for row in rows}
        gone = {row.id: replace(row, settled=True) for row in self.rows if row.id not in now_known}
        self._known = now_known | gone
        self._wanted = [row.id for row in rows]
        self._estimated = estimated
        self.total = len(rows)
        self._arrange()

    def _arrange(self) -> None:
        order = self._steady.arrange(self._wanted, self.plan.rows, monotonic())
        self.rows = [self._known[row] for row in order]
        self._set_flashing()
        self.update()

    @property
    def more(self) -> int:
        """How many are not among the rows."""
        return self.total - sum(not row.settled for row in self.rows)

    def place_of(self, case_id: str) -> QRect | None:
        """The rectangle of a row, None when the case has none."""
        for number, row in enumerate(self.rows):
            if row.id == case_id:
                return self._rect(number)
        return None

    def _rect(self, number: int) -> QRect:
        height = self.plan.row_height
        return QRect(0, self.plan.px(HEADING_LINE) + number * height, self.width(), height)

    def _turn(self) -> None:
        for number in range(min(MOST, len(self.rows))):
            self.update(self._rect(number))

    def _set_flashing(self) -> None:
        waiting = any(not row.settled for row in self.rows)
        self._flash.need(self, self.isVisible() and waiting)

    def showEvent(self, event: QShowEvent) -> None:
        """Flash in sight only."""
        super().showEvent(event)
        self._set_flashing()

    def hideEvent(self, event: QHideEvent) -> None:
        """Be quiet."""
        self._flash.need(self, False)
        super().hideEvent(event)

    def draw(self, painter: QPainter) -> None:
        """Heading, rows, and how many more there are."""
        if not self.total and not self.rows:
            self._draw_nothing(painter)
            return
        line = self.box(EDGE, 4, self.wide() - 2 * EDGE, HEADING_LINE - 20)
        words = self._texts("wall.unsigned", n=self.total)
        taken = draw_words(painter, line, words, self.plan.px(HEADING), bold=True)
        line.setLeft(line.left() + taken + self.plan.px(EDGE))
        waited = self._texts("wall.waited_estimated" if self._estimated else "wall.waited")
        small = self.plan.px(SMALL)
        draw_words(painter, line, waited, small, tokens.SECOND, align=RIGHT)
        for number, row in enumerate(self.rows):
            self._draw_row(painter, self._rect(number), row, number < MOST)
        if self.more > 0:
            last = QRect(
                0, self.height() - self.plan.px(LAST_LINE), self.width(), self.plan.px(LAST_LINE)
            )
            words = self._texts("wall.more", n=self.more)
            draw_words(painter, last, words, small, bold=True, align=CENTRE)

    def _draw_nothing(self, painter: QPainter) -> None:
        middle = self.height() // 2
        shape = QPointF(self.width() / 2, middle - self.plan.px(100))
        draw_shape(painter, shape, Level.GREEN, scale=6 * self.plan.unit)
        line = QRect(0, middle, self.width(), self.plan.px(HEADING_LINE))
        words = self._texts("wall.no_unsigned")
        size = self.fitting(words, CATEGORY, self.width() - self.plan.px(2 * EDGE))
        draw_words(painter, line, words, size, align=CENTRE)

    def _draw_row(self, painter: QPainter, rect: QRect, row: UrgentRow, flashes: bool) -> None:
        px, unit = self.plan.px, self.plan.unit
        inner = rect.adjusted(0, px(4), 0, -px(4))
        lit = self._flash.bold and flashes and not row.settled
        painter.fillRect(inner, QColor(tokens.BAND if lit else tokens.RAISED))
        if lit:
            edge = px(8)
            painter.setPen(QPen(QColor(tokens.WHITE), edge))
            painter.drawRect(inner.adjusted(edge // 2, edge // 2, -edge // 2, -edge // 2))
        centre = QPointF(rect.left() + px(EDGE + 76), rect.center().y())
        scale = SHAPE * unit / LEVEL_SIZE[Level.DARK_RED]
        grey = tokens.SECOND if row.settled else None
        draw_shape(painter, centre, row.level, scale=scale, unsigned=not row.settled, colour=grey)
        left, right = rect.left() + px(EDGE + 176), rect.right() - px(24)
        two_lines = row.settled or bool(row.receiver)
        line = QRect(left, 0, right - left, px(LARGE))
        lower = _on_baseline(line, rect.top() + round(0.87 * rect.height()), px(SMALL))
        if row.settled:
            draw_words(painter, lower, self._texts("wall.settled"), px(SMALL))
        elif row.receiver:
            self._draw_lower(painter, lower, row)
        first = 0.53 if two_lines else 0.64
        self._draw_upper(painter, line, rect.top() + round(first * rect.height()), row)

    def _draw_upper(self, painter: QPainter, line: QRect, baseline: int, row: UrgentRow) -> None:
        """Minutes, their unit and the category on one baseline."""
        px = self.plan.px
        colour = tokens.SECOND if row.settled else LEVEL_TEXT[row.level]
        parts = (
            (str(row.minutes), LARGE, colour, 12),
            (self._texts("wall.minutes"), SMALL, tokens.SECOND, 32),
        )
        for words, size, ink, gap in parts:
            place = _on_baseline(line, baseline, px(size))
            taken = draw_words(painter, place, words, px(size), ink, bold=size == LARGE)
            line.setLeft(line.left() + taken + px(gap))
        fits = self.fitting(row.title, CATEGORY, line.width(), bold=True)
        draw_words(painter, _on_baseline(line, baseline, fits), row.title, fits, bold=True)

    def _draw_lower(self, painter: QPainter, line: QRect, row: UrgentRow) -> None:
        """Place and receiver; where there is no room for both the place gives way first."""
        size = self.plan.px(SMALL)
        receiver = self._texts("wall.to", receiver=row.receiver)
        gap = self.plan.px(20)
        room = line.width() - gap - width_of(receiver, size)
        room = max(room, round(PLACE_SHARE * line.width()))
        place = QRect(line.left(), line.top(), room, line.height())
        taken = draw_words(painter, place, row.place, size, tokens.SECOND)
        line = line.adjusted(taken + gap, 0, 0, 0)
        draw_words(painter, line, receiver, size, tokens.SECOND)


def _on_baseline(line: QRect, baseline: int, pixels: int) -> QRect:
    """The line moved so that type of so many pixels, centred in it, stands on the baseline."""
    middle = baseline - round(BASELINE * pixels)
    return QRect(line.left(), middle - line.height() // 2, line.width(), line.height())
