"""Who decides in each district now."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtGui import QPainter

from console.i18n import Texts
from console.tables.paint import width_of
from console.theme import tokens
from console.views.wall.panel import EDGE, HEADING, SMALL, WallPanel, draw_words

CELL = 420
"""The least width of one district, in units."""
GAP = 24
LINE, TALLEST_LINE = 120, 200
"""Height of a line of district and name."""
TWO_LINES = 256
"""Height of a district above a name."""


@dataclass(frozen=True, slots=True)
class Chief:
    """A district and who is on duty there; None is a gap that must be filled."""

    district: str
    name: str | None


class ChiefsPanel(WallPanel):
    """One cell for each district, side by side or, in a tall panel, one below the other.

    Where there is no room those without a chief come first, the rest is a count.
    """

    def __init__(self, texts: Texts) -> None:
        """Nobody until it is told."""
        super().__init__()
        self._texts = texts
        self.chiefs: list[Chief] = []
        self._line = LINE

    def show_chiefs(self, chiefs: Sequence[Chief]) -> None:
        """The districts in the order of the city."""
        if list(chiefs) != self.chiefs:
            self.chiefs = list(chiefs)
            self.update()

    def draw(self, painter: QPainter) -> None:
        """District above, name below; where names are long, in two lines of district and name."""
        narrow = self._room(CELL) - GAP
        lines = int((self.height() / self.plan.unit - 40) / LINE)
        beside = lines <= 2 and all(self._needed(chief) <= narrow for chief in self.chiefs)
        rows = 1 if beside else max(2, lines)
        cells = rows * max(1, int((self.wide() - EDGE) / (CELL * min(rows, 2))))
        shown = self.chiefs
        if len(shown) > cells:
            shown = sorted(shown, key=lambda chief: chief.name is not None)[: cells - 1]
        words = [(chief.district, self._name(chief)) for chief in shown]
        if len(shown) < len(self.chiefs):
            rest = self._texts("wall.more_districts", n=len(self.chiefs) - len(shown))
            words.append((rest, ("", tokens.TEXT)))
        columns = max(1, -(-len(words) // rows))
        room = LINE * rows // max(1, -(-len(words) // columns))
        one_below_the_other = rows > 1 and room >= TWO_LINES
        draw = self._draw_column if rows == 1 or one_below_the_other else self._draw_line
        self._line = TWO_LINES if one_below_the_other else min(TALLEST_LINE, room)
        width = (self.wide() - EDGE) / max(1, columns)
        for number, (district, name) in enumerate(words):
            row, column = divmod(number, columns)
            draw(painter, EDGE + column * width, row, width - GAP, district, *name)

    def _room(self, cell: float) -> float:
        """How wide the cells become when all stand side by side, at least `cell`."""
        return max(cell, (self.wide() - EDGE) / max(1, len(self.chiefs)))

    def _needed(self, chief: Chief) -> float:
        small = self.plan.px(SMALL)
        district = width_of(chief.district, small)
        return max(district, width_of(self._name(chief)[0], small, bold=True)) / self.plan.unit

    def _name(self, chief: Chief) -> tuple[str, str]:
        if chief.name is None:
            return self._texts("wall.no_chief"), tokens.AMBER
        return chief.name, tokens.TEXT

    def _draw_column(
        self,
        painter: QPainter,
        left: float,
        row: int,
        width: float,
        district: str,
        name: str,
        ink: str,
    ) -> None:
        top = row * self._line
        above, below = self.box(left, top + 24, width, 88), self.box(left, top + 128, width, 112)
        draw_words(painter, above, district, self.plan.px(SMALL), tokens.SECOND)
        size = self.fitting(name, HEADING, below.width(), bold=True)
        draw_words(painter, below, name, size, ink, bold=True)

    def _draw_line(
        self,
        painter: QPainter,
        left: float,
        row: int,
        width: float,
        district: str,
        name: str,
        ink: str,
    ) -> None:
        line, small = self.box(left, 20 + row * self._line, width, self._line), self.plan.px(SMALL)
        kept = width_of(name, small) + self.plan.px(GAP)
        before = line.adjusted(0, 0, -kept, 0)
        taken = draw_words(painter, before, district, small, tokens.SECOND)
        line.setLeft(line.left() + taken + self.plan.px(GAP))
        draw_words(painter, line, name, small, ink)
