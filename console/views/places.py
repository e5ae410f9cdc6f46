"""Where a pin is on the screen at this moment."""

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QWidget

from console.live.board import Board
from console.map.widget import MapWidget


def pin_place(
    widget: MapWidget, board: Board, kind: str, pin_id: str
) -> tuple[QWidget, QRect] | None:
    """A small rectangle round a pin, None when it is not on the map or out of the frame."""
    picture = board.picture
    thing = picture.cases.get(pin_id) if kind == "pin" else picture.fixes.get(pin_id)
    viewport = widget.viewport
    if thing is None or thing.position is None or viewport is None:
        return None
    x, y = viewport.to_pixel(thing.position)
    centre = QPoint(round(x), round(y))
    if not widget.rect().contains(centre):
        return None
    return widget, QRect(centre - QPoint(5, 5), QSize(11, 11))
