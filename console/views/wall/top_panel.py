"""The wall's top: the scene, the five counts, the clock, and how old the picture is."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from console.domain.clock import Level
from console.live.board import Board, Freshness
from console.tables.paint import CENTRE, RIGHT, width_of
from console.theme import tokens
from console.views.wall.big_counts import draw_counts
from console.views.wall.panel import EDGE, LARGE, SMALL, TITLE, WallPanel, draw_words
from console.views.wall.plan import SECOND_TOP_LINE, TOP_LINE

COUNTS, RIGHT_BLOCK = 1880, 740
BAR = 12
MARK_PAD = 28
_BLOCK = {Freshness.STALE: tokens.AMBER, Freshness.OFFLINE: tokens.RED}
"""What an old picture's age stands on."""


@dataclass(frozen=True, slots=True)
class Heading:
    """The scene's title, what the rotation says, and the share of time left (None: nothing runs down)."""

    title: str = ""
    note: str = ""
    left: float | None = None
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class Now:
    """The clock's words, `estimated` before them when the picture is old, and the picture's age."""

    time: str = ""
    estimated: str = ""
    age: str = ""
    freshness: Freshness = Freshness.LIVE


@dataclass(frozen=True, slots=True)
class Mark:
    """What kind of data these are when they are not the real city's; `fill` "" is a dashed line."""

    words: str = ""
    fill: str = ""


class TopPanel(WallPanel):
    """Says whether the picture is live, and how many are red."""

    def __init__(self) -> None:
        """Empty until it is told."""
        super().__init__()
        self.heading = Heading()
        self.now = Now()
        self.mark = Mark()
        self.counts: Mapping[Level, int] = {}

    def show_heading(self, heading: Heading) -> None:
        """Another scene, or less time left."""
        if heading != self.heading:
            self.heading = heading
            self.update()

    def show_mark(self, mark: Mark) -> None:
        """Real, made, or a training."""
        if mark != self.mark:
            self.mark = mark
            self.update()

    def show_now(self, now: Now) -> None:
        """Another second."""
        if now != self.now:
            self.now = now
            self.update()

    def show_counts(self, counts: Mapping[Level, int]) -> None:
        """Other figures."""
        if counts != self.counts:
            self.counts = dict(counts)
            self.update()

    def draw(self, painter: QPainter) -> None:
        """One line, or two where there is no room."""
        wide = self.wide()
        two = self.plan.two_lines
        taken = RIGHT_BLOCK + (0 if two else COUNTS)
        self._draw_heading(painter, wide - taken - 2 * EDGE)
        self._draw_now(painter, wide - RIGHT_BLOCK - EDGE)
        left = 0.0 if two else wide - taken - EDGE
        top, height = (TOP_LINE - 24, SECOND_TOP_LINE) if two else (0, TOP_LINE - BAR)
        line = self.box(left, top, wide if two else COUNTS, height)
        draw_counts(painter, line, self.counts, self.plan.unit, self.plan.px(LARGE))
        if self.heading.left is not None:
            bar = QRectF(0, self.height() - self.plan.px(BAR), self.width(), self.plan.px(BAR))
            bar.setWidth(self.width() * self.heading.left)
            painter.fillRect(bar, QColor(tokens.DATA))

    def _draw_heading(self, painter: QPainter, room: float) -> None:
        line = self.box(EDGE, 20, room, 116)
        line.setRight(line.right() - self._mark_width())
        size = self.fitting(self.heading.title, TITLE, line.width(), bold=True)
        taken = draw_words(painter, line, self.heading.title, size, bold=True)
        self._draw_mark(painter, line.left() + taken, line.center().y())
        colour = tokens.AMBER if self.heading.urgent else tokens.SECOND
        note = self.box(EDGE, 136, room, 88)
        draw_words(painter, note, self.heading.note, self.plan.px(SMALL), colour)

    def _mark_width(self) -> int:
        px = self.plan.px
        words = self.mark.words
        return width_of(words, px(SMALL), bold=True) + px(3 * MARK_PAD) if words else 0

    def _draw_mark(self, painter: QPainter, left: int, middle: int) -> None:
        """A training is violet; made data stand in a dashed line."""
        if not self.mark.words:
            return
        pad, height, size = self.plan.px(MARK_PAD), self.plan.px(100), self.plan.px(SMALL)
        box = QRect(left + pad, middle - height // 2, self._mark_width() - pad, height)
        pen = QPen(QColor(self.mark.fill or tokens.SECOND), self.plan.px(5))
        pen.setStyle(Qt.PenStyle.SolidLine if self.mark.fill else Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(QColor(self.mark.fill or self.surface))
        painter.drawRoundedRect(QRectF(box), pad / 2, pad / 2)
        ink = tokens.PAGE if self.mark.fill else tokens.TEXT
        draw_words(painter, box, self.mark.words, size, ink, bold=True, align=CENTRE)

    def _draw_now(self, painter: QPainter, left: float) -> None:
        line = self.box(left, 4, RIGHT_BLOCK, 140)
        size = self.plan.px(LARGE)
        taken = draw_words(painter, line, self.now.time, size, bold=True, align=RIGHT)
        line.setRight(line.right() - taken - self.plan.px(20))
        mark = self.plan.px(SMALL)
        draw_words(painter, line, self.now.estimated, mark, tokens.AMBER, align=RIGHT)
        self._draw_age(painter, self.box(left, 140, RIGHT_BLOCK, 84))

    def _draw_age(self, painter: QPainter, line: QRect) -> None:
        """Live: a dot and a word. Old: dark words on amber or red, whose length nobody can miss."""
        if not self.now.age:
            return
        size, pad = self.plan.px(SMALL), self.plan.px(20)
        colour = _BLOCK.get(self.now.freshness)
        width = min(line.width(), width_of(self.now.age, size, bold=True) + 2 * pad)
        words = QRect(line.right() - width + 1, line.top(), width, line.height())
        if colour is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colour))
            painter.drawRoundedRect(QRectF(words), pad / 3, pad / 3)
            inner = words.adjusted(pad, 0, 0, 0)
            draw_words(painter, inner, self.now.age, size, tokens.ON_LEVEL, bold=True)
            return
        draw_words(painter, line, self.now.age, size, bold=True, align=RIGHT)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.GREEN))
        radius = size * 0.2
        painter.drawEllipse(QPointF(words.left() - radius, line.center().y() + 1), radius, radius)


def offline(board: Board) -> bool:
    """Whether the whole wall must say that its picture is old."""
    return board.time.known and board.freshness() is Freshness.OFFLINE
