"""Puts a place of the map into the clipboard: from the menu of the bare map, or asked for by a key."""

from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from console.domain.place import Position
from console.map.bridge import PageEvents
from console.map.strings import MapStrings


def in_words(place: Position, grid: str = "") -> str:
    """Longitude, latitude (WGS 84, five decimals: a metre) and the grid's code where there is one."""
    return f"{place.lon:.5f}, {place.lat:.5f}" + (f" {grid}" if grid else "")


class PlaceMenu(QObject):
    """Follows the page's events for one view."""

    def __init__(self, events: PageEvents, view: QWidget, strings: MapStrings) -> None:
        """Nothing is open."""
        super().__init__(view)
        self._view = view
        self._strings = strings
        self.menu: QMenu | None = None
        """What is open or was open last."""
        events.place_menu.connect(self._show)
        events.place_copied.connect(lambda place, grid: _copy(in_words(place, grid)))

    def _show(self, place: Position, grid: str, at: QPoint) -> None:
        self.menu = menu = QMenu(self._view)
        words, strings = in_words(place), self._strings
        menu.addAction(strings.copy_place.format(place=words), lambda: _copy(words))
        if grid:
            menu.addAction(strings.copy_grid.format(code=grid), lambda: _copy(grid))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._view.mapToGlobal(at))


def _copy(words: str) -> None:
    QGuiApplication.clipboard().setText(words)
