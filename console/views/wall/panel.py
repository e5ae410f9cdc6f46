"""What all panels of a wall have in common: they are drawn in the sizes of its plan."""

from abc import abstractmethod

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from console.tables.paint import LEFT, draw_text, width_of
from console.theme import tokens
from console.views.wall.plan import Plan, plan

SMALL, HEADING, CATEGORY, TITLE, FIGURE, LARGE = 72, 84, 88, 96, 120, 140
"""Type of the wall, in units of its plan."""
BASELINE = 0.436
"""How far the font's baseline lies below the middle of its line, as a share of its size."""
ROUNDED = 2
"""Pixels by which a line is cut sooner than its width says."""
EDGE = 40
"""What stays free at a panel's sides."""


def draw_words(
    painter: QPainter,
    rect: QRect,
    words: str,
    pixels: int,
    colour: str = tokens.TEXT,
    *,
    bold: bool = False,
    align: Qt.AlignmentFlag = LEFT,
) -> int:
    """One line centred on the rectangle's middle, cut at its sides but never above or below; returns its width."""
    tall = rect.adjusted(0, -pixels, 0, pixels)
    return draw_text(painter, tall, words, pixels=pixels, colour=colour, bold=bold, align=align)


class WallPanel(QWidget):
    """A surface that draws itself; it takes no drops and knows no pointer."""

    surface = tokens.PANEL

    def __init__(self) -> None:
        """In the sizes of a 4K wall until it is given those of this one."""
        super().__init__()
        self.plan: Plan = plan(3840, 2160, SMALL)

    def set_plan(self, plan: Plan) -> None:
        """Draw in these sizes."""
        self.plan = plan
        self.update()

    def box(self, x: float, y: float, width: float, height: float) -> QRect:
        """A rectangle of the plan in this panel's pixels."""
        px = self.plan.px
        return QRect(round(x * self.plan.unit), round(y * self.plan.unit), px(width), px(height))

    def wide(self) -> float:
        """The panel's width in units of the plan."""
        return self.width() / self.plan.unit

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the surface, then what stands on it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(self.surface))
        self.draw(painter)
        painter.end()

    @abstractmethod
    def draw(self, painter: QPainter) -> None:
        """Draw what the panel shows."""

    def fitting(self, words: str, size: int, room: int, *, bold: bool = False) -> int:
        """The type in pixels, `size` units at most, in which the words fit; never below the smallest."""
        px, least = self.plan.px(size), self.plan.px(SMALL)
        room -= ROUNDED
        needed = width_of(words, px, bold=bold)
        size = px if needed <= room else max(least, px * room // max(1, needed))
        # A font's widths do not grow evenly with its size.
        while size > least and width_of(words, size, bold=bold) > room:
            size -= 1
        return size

    def caption(self, painter: QPainter, words: str, colour: str = tokens.SECOND) -> None:
        """The panel's first line, small."""
        line = self.box(EDGE, 24, self.wide() - 2 * EDGE, 88)
        draw_words(painter, line, words, self.plan.px(SMALL), colour)

    def figure(self, painter: QPainter, figure: str, note: str, colour: str) -> None:
        """A large figure below the caption and a note beside it."""
        line = self.box(EDGE, 112, self.wide() - 2 * EDGE, 148)
        size = self.plan.px(FIGURE)
        taken = draw_words(painter, line, figure, size, bold=True)
        line.setLeft(line.left() + taken + self.plan.px(36))
        # Large and small type stand on one line.
        line.translate(0, round(BASELINE * (size - self.plan.px(SMALL))))
        draw_words(painter, line, note, self.plan.px(SMALL), colour)
