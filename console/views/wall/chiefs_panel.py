"""Who decides in each district now."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtGui import QPainter

from console.i18n import Texts
from console.tables.paint import draw_text
from console.theme import tokens
from console.views.wall.panel import EDGE, SMALL, WallPanel

CELL = 420
"""The least width of one district, in units."""


@dataclass(frozen=True, slots=True)
class Chief:
    """A district and who is on duty there; None is a gap that must be filled."""

    district: str
    name: str | None


class ChiefsPanel(WallPanel):
    """One cell for each district; where there is no room those without a chief come first, the rest is a count."""

    def __init__(self, texts: Texts) -> None:
        """Nobody until it is told."""
        super().__init__()
        self._texts = texts
        self.chiefs: list[Chief] = []

    def show_chiefs(self, chiefs: Sequence[Chief]) -> None:
        """The districts in the order of the city."""
        if list(chiefs) != self.chiefs:
            self.chiefs = list(chiefs)
            self.update()

    def draw(self, painter: QPainter) -> None:
        """District above, name below."""
        cells = max(1, int((self.wide() - EDGE) / CELL))
        shown = self.chiefs
        if len(shown) > cells:
            shown = sorted(shown, key=lambda chief: chief.name is not None)[: cells - 1]
        columns = [(chief.district, chief.name) for chief in shown]
        if len(shown) < len(self.chiefs):
            columns.append(
                (self._texts("wall.more_districts", n=len(self.chiefs) - len(shown)), "")
            )
        width = (self.wide() - EDGE) / max(1, len(columns))
        for number, (district, name) in enumerate(columns):
            self._draw_cell(painter, EDGE + number * width, width - 24, district, name)

    def _draw_cell(
        self, painter: QPainter, left: float, width: float, district: str, name: str | None
    ) -> None:
        small = self.plan.px(SMALL)
        above, below = self.box(left, 24, width, 88), self.box(left, 128, width, 112)
        draw_text(painter, above, district, pixels=small, colour=tokens.SECOND)
        if name is None:
            words, colour = self._texts("wall.no_chief"), tokens.AMBER
        else:
            words, colour = name, tokens.TEXT
        draw_text(painter, below, words, pixels=small, bold=True, colour=colour)
