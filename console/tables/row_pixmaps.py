"""Rows as they were drawn last: under thousands of changes the same rows are painted again and again."""

from collections.abc import Callable, Hashable

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPixmap

LIMIT = 96
"""How many drawn rows are kept; a screen shows under forty."""


class RowPixmaps:
    """Pictures of rows by what they show."""

    def __init__(self) -> None:
        """Nothing kept."""
        self._kept: dict[Hashable, QPixmap] = {}

    def draw(
        self,
        painter: QPainter,
        rect: QRect,
        shows: Hashable,
        paint: Callable[[QPainter, QRect], None],
    ) -> None:
        """Draw the row into `rect`: from what is kept, else by `paint`, which covers the whole rectangle."""
        device = painter.device()
        ratio = device.devicePixelRatio() if device is not None else 1.0
        key = (shows, rect.width(), rect.height(), ratio)
        pixmap = self._kept.pop(key, None)
        if pixmap is None:
            pixmap = QPixmap(round(rect.width() * ratio), round(rect.height() * ratio))
            pixmap.setDevicePixelRatio(ratio)
            pixmap.fill(Qt.GlobalColor.transparent)
            inner = QPainter(pixmap)
            paint(inner, QRect(0, 0, rect.width(), rect.height()))
            inner.end()
        self._kept[key] = pixmap
        if len(self._kept) > LIMIT:
            del self._kept[next(iter(self._kept))]
        painter.drawPixmap(rect.topLeft(), pixmap)
