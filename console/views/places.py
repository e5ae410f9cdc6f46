"""Where a pin is on the screen at this moment."""

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QWidget

from console.map.pins import Kind
from console.map.widget import MapWidget

_KINDS = {"pin": Kind.CASE, "map-worker": Kind.WORKER}


def pin_place(widget: MapWidget, kind: str, pin_id: str) -> tuple[QWidget, QRect] | None:
    """A small rectangle round a pin (`pin` or `map-worker`), None when the page has it not or out of the frame.

    As the page has it, not as the board knows it: what has just moved is not drawn there yet.
    """
    position = widget.position_told(_KINDS[kind], pin_id)
    viewport = widget.viewport
    if position is None or viewport is None:
        return None
    x, y = viewport.to_pixel(position)
    centre = QPoint(round(x), round(y))
    if not widget.rect().contains(centre):
        return None
    return widget, QRect(centre - QPoint(5, 5), QSize(11, 11))
