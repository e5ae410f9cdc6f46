"""The wall's top: the scene, the five counts, the clock, and how old the picture is."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from console.domain.clock import Level
from console.live.board import Board, Freshness
from console.tables.paint import LEFT, RIGHT, draw_text, width_of
from console.theme import tokens
from console.views.wall.big_counts import draw_counts
from console.views.wall.panel import EDGE, LARGE, SMALL, TITLE, WallPanel
from console.views.wall.plan import SECOND_TOP_LINE, TOP_LINE

COUNTS, RIGHT_BLOCK = 1960, 640
BAR = 12
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


class TopPanel(WallPanel):
    """Says whether the picture is live, and how many are red."""

    def __init__(self) -> None:
        """Empty until it is told."""
        super().__init__()
        self.heading = Heading()
        self.now = Now()
        self.counts: Mapping[Level, int] = {}

    def show_heading(self, heading: Heading) -> None:
        """Another scene, or less time left."""
        if heading != self.heading:
            self.heading = heading
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
        size = self.fitting(self.heading.title, TITLE, line.width(), bold=True)
        draw_text(painter, line, self.heading.title, pixels=size, bold=True)
        colour = tokens.AMBER if self.heading.urgent else tokens.SECOND
        note = self.box(EDGE, 136, room, 88)
        draw_text(painter, note, self.heading.note, pixels=self.plan.px(SMALL), colour=colour)

    def _draw_now(self, painter: QPainter, left: float) -> None:
        line = self.box(left, 4, RIGHT_BLOCK, 140)
        size = self.plan.px(LARGE)
        taken = draw_text(painter, line, self.now.time, pixels=size, bold=True, align=RIGHT)
        line.setRight(line.right() - taken - self.plan.px(20))
        mark = self.plan.px(SMALL)
        draw_text(painter, line, self.now.estimated, pixels=mark, colour=tokens.AMBER, align=RIGHT)
        self._draw_age(painter, self.box(left, 140, RIGHT_BLOCK, 84))

    def _draw_age(self, painter: QPainter, line: QRect) -> None:
        """Live: a dot and a word. Old: dark words on amber or red, whose length nobody can miss."""
        size, pad = self.plan.px(SMALL), self.plan.px(20)
        colour = _BLOCK.get(self.now.freshness)
        width = min(line.width(), width_of(self.now.age, size, bold=True) + 2 * pad)
        words = QRect(line.right() - width + 1, line.top(), width, line.height())
        if colour is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colour))
            painter.drawRoundedRect(QRectF(words), pad / 3, pad / 3)
            inner = words.adjusted(pad, 0, 0, 0)
            ink = tokens.ON_LEVEL
            draw_text(painter, inner, self.now.age, pixels=size, bold=True, colour=ink, align=LEFT)
            return
        draw_text(painter, line, self.now.age, pixels=size, bold=True, align=RIGHT)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.GREEN))
        radius = size * 0.2
        painter.drawEllipse(QPointF(words.left() - radius, line.center().y() + 1), radius, radius)


def offline(board: Board) -> bool:
    """Whether the whole wall must say that its picture is old."""
    return board.time.known and board.freshness() is Freshness.OFFLINE
