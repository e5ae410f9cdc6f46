"""Areas drawn by hand on the map: which tool is out, and the checked ring that comes of it."""

from enum import StrEnum

from PySide6.QtCore import QObject, Signal

from console.domain.footprint import MOST_POINTS
from console.domain.place import Position


class Tool(StrEnum):
    """What an area can be drawn with."""

    CIRCLE = "circle"
    POLYGON = "polygon"
    LASSO = "lasso"


def checked_ring(numbers: list[object]) -> list[Position] | None:
    """The ring of lon, lat, lon, lat, … as positions; None for anything that is not one."""
    if len(numbers) % 2 or not 6 <= len(numbers) <= 2 * MOST_POINTS:
        return None
    # NaN and the infinite lie in no range; True is a number to Python.
    good = [
        float(n)
        for n in numbers
        if isinstance(n, int | float) and not isinstance(n, bool) and -180 <= n <= 180
    ]
    if len(good) != len(numbers) or any(abs(lat) > 90 for lat in good[1::2]):
        return None
    return [Position(lon, lat) for lon, lat in zip(good[::2], good[1::2], strict=True)]


class Drawing(QObject):
    """The tool that is out now; a ring that the page sends without one is dropped."""

    drawn = Signal(list)
    ended = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        """No tool is out."""
        super().__init__(parent)
        self.tool: Tool | None = None
        self.serial = 0
        """Number of the tool taken last: what the page says of an earlier one is dropped."""

    def take(self, tool: str | None) -> None:
        """Take out a tool in place of the one that is out, or put it down (None); else ValueError."""
        wanted = None if tool is None else Tool(tool)
        self.serial += 1
        if wanted is None:
            self.put_down()
        else:
            self.tool = wanted

    def put_down(self) -> None:
        """No tool any more; `ended` if there was one."""
        if self.tool is not None:
            self.tool = None
            self.ended.emit()

    def cancelled(self, serial: int) -> None:
        """The user has put that tool down on the page."""
        if serial == self.serial:
            self.put_down()

    def finish(self, serial: int, ring: list[Position]) -> None:
        """The page has sent a whole ring."""
        if self.tool is None or serial != self.serial:
            return
        self.tool = None
        self.drawn.emit(ring)
        self.ended.emit()
