"""Five level counts that are read from afar: shape and figure, worst first."""

from collections.abc import Mapping

from PySide6.QtCore import QPointF, QRect
from PySide6.QtGui import QPainter

from console.domain.clock import Level
from console.tables.paint import width_of
from console.theme import tokens
from console.theme.shapes import draw_shape
from console.theme.tokens import LEVEL_SIZE, WORST_FIRST
from console.views.wall.panel import draw_words

SHAPE = 112
"""Edge of the worst shape, in units; the others keep their share of it."""
BETWEEN = 24
NONE = 0.35
"""Opacity of a level without any case."""


def draw_counts(
    painter: QPainter, rect: QRect, counts: Mapping[Level, int], unit: float, size: int
) -> None:
    """Draw the counts side by side in `rect`, in type of `size` pixels or as large as there is room for."""
    shape, between = round(SHAPE * unit), round(BETWEEN * unit)
    words = [str(counts.get(level, 0)) for level in WORST_FIRST]
    room = rect.width() - len(words) * (shape + 2 * between)
    needed = sum(width_of(word, size, bold=True) for word in words)
    size = min(size, size * room // max(1, needed))
    widths = [width_of(word, size, bold=True) for word in words]
    free = (room - sum(widths)) // len(words)
    x = rect.left() + between
    for level, word, width in zip(WORST_FIRST, words, widths, strict=True):
        centre = QPointF(x + shape / 2, rect.center().y())
        scale = SHAPE * unit / LEVEL_SIZE[Level.DARK_RED]
        painter.setOpacity(1.0 if counts.get(level, 0) else NONE)
        draw_shape(painter, centre, level, scale=scale)
        painter.setOpacity(1.0)
        figure = QRect(x + shape + between, rect.top(), width + between, rect.height())
        colour = tokens.TEXT if counts.get(level, 0) else tokens.SECOND
        draw_words(painter, figure, word, size, colour, bold=True)
        x += shape + 2 * between + width + free
