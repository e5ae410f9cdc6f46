"""The wall's two figures: calls today against what is normal by now, and the share answered in time."""

from PySide6.QtGui import QPainter

from console.domain.indicator import Reading
from console.domain.indicator.reading import NO_VALUE
from console.i18n import Texts
from console.theme import tokens
from console.views.wall.normal import Range
from console.views.wall.panel import WallPanel

_STATE = {-1: "wall.below", 1: "wall.above"}


class CallsPanel(WallPanel):
    """Says whether today is abnormal."""

    def __init__(self, texts: Texts) -> None:
        """No calls until it is told."""
        super().__init__()
        self._texts = texts
        self.calls = 0
        self.normal: Range | None = None

    def show_calls(self, calls: int, normal: Range | None) -> None:
        """Calls of the local day so far, and the normal range for this time of day."""
        if (calls, normal) != (self.calls, self.normal):
            self.calls, self.normal = calls, normal
            self.update()

    def draw(self, painter: QPainter) -> None:
        """Caption and state, figure and range."""
        words, caption, colour = self._texts, self._texts("wall.calls"), tokens.SECOND
        note = words("wall.normal_unknown")
        if self.normal is not None:
            place = self.normal.place(self.calls)
            if place in _STATE:
                caption, colour = caption + words("list.dot") + words(_STATE[place]), tokens.AMBER
            note = words("wall.normal", low=f"{self.normal.low:,}", high=f"{self.normal.high:,}")
        self.caption(painter, caption, colour)
        self.figure(painter, f"{self.calls:,}", note, tokens.SECOND)


class SharePanel(WallPanel):
    """The day's response rate, as every screen has it."""

    def __init__(self, texts: Texts, respond_min: int) -> None:
        """No figure until it is told."""
        super().__init__()
        self._texts = texts
        self._minutes = respond_min
        self.reading: Reading | None = None

    def show_reading(self, reading: Reading | None) -> None:
        """The figure with its cases; None before the first."""
        if reading != self.reading:
            self.reading = reading
            self.update()

    def draw(self, painter: QPainter) -> None:
        """Caption, figure, and how many of how many."""
        self.caption(painter, self._texts("wall.share", n=self._minutes))
        reading = self.reading
        if reading is None:
            self.figure(painter, NO_VALUE, "", tokens.SECOND)
            return
        parts = f"{reading.amount}/{len(reading.denominator)}" if reading.denominator else ""
        self.figure(painter, reading.text, parts, tokens.SECOND)
