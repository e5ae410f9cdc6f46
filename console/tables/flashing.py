"""Makes the rows of a list flash, as long as one of them is in sight."""

from collections.abc import Callable, Collection

from PySide6.QtCore import QEvent, QObject

from console.live.flash import Flash
from console.tables.row_list import RowList

Ids = Callable[[], Collection[str]]


class Flashing(QObject):
    """Follows the seat's flash; only the rows that flash are drawn anew."""

    def __init__(self, view: RowList, flash: Flash, ids: Ids) -> None:
        """`ids` says at any time which rows flash."""
        super().__init__(view)
        self._view, self._flash, self._ids = view, flash, ids
        flash.turned.connect(self._draw)
        flash.changed.connect(self.refresh)
        view.installEventFilter(self)
        self.refresh()

    def bold(self, row_id: str) -> bool:
        """Whether the row's ring is thick now."""
        return self._flash.bold and row_id in self._ids()

    def refresh(self) -> None:
        """Other rows flash, or none."""
        self._flash.need(self, self._view.isVisible() and bool(self._ids()))
        self._view.viewport().update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Nobody looks at a hidden list."""
        if event.type() in (QEvent.Type.Show, QEvent.Type.Hide):
            self._flash.need(self, event.type() == QEvent.Type.Show and bool(self._ids()))
        return super().eventFilter(watched, event)

    def _draw(self) -> None:
        for row_id in self._ids():
            spot = self._view.place_of(row_id)
            if spot is not None:
                self._view.viewport().update(spot[1])
