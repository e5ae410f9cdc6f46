"""The search over the map: a town, a community, a grid, a place, a worker or a unit; Enter goes there."""

from dataclasses import dataclass

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from console.domain.city import City
from console.domain.place import Position
from console.i18n import Texts
from console.live.board import Board
from console.tables.search import haystack, matches, normalise
from console.widgets.search_edit import SearchEdit

WIDTH, ROWS = 320, 9
ROW_HEIGHT = 33


@dataclass(frozen=True, slots=True)
class Found:
    """Somewhere to go: an area by its code, or a point."""

    words: str
    area: str | None = None
    worker: str | None = None
    position: Position | None = None


class MapSearch(QWidget):
    """Lies over the top left corner of the map."""

    wanted = Signal(object)
    """A Found: go there."""

    def __init__(self, board: Board, texts: Texts, over: QWidget) -> None:
        """Nothing is indexed before the first letter."""
        super().__init__(over)
        self._board = board
        self._texts = texts
        self._index: list[tuple[str, Found]] = []
        self._edit = SearchEdit(texts("map.search"))
        self._list = QListWidget()
        self._list.setObjectName("map-found")
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.hide()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(2)
        box.addWidget(self._edit)
        box.addWidget(self._list)
        self.setFixedWidth(WIDTH)
        self.move(QPoint(12, 12))
        self._edit.changed.connect(self._search)
        self._edit.returnPressed.connect(self._take_current)
        self._list.itemClicked.connect(self._take)
        self.adjustSize()

    def focus(self) -> None:
        """Put the cursor here."""
        self._edit.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move in what was found."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is None or not self._list.count():
            super().keyPressEvent(event)
            return
        self._list.setCurrentRow((self._list.currentRow() + step) % self._list.count())

    def _search(self, words: str) -> None:
        query = normalise(words)
        self._list.clear()
        if query:
            self._index = self._index or _index(self._board.city, self._texts)
            for text, found in self._index:
                if matches(text, query):
                    item = QListWidgetItem(found.words)
                    item.setData(Qt.ItemDataRole.UserRole, found)
                    self._list.addItem(item)
                if self._list.count() == ROWS:
                    break
            if not self._list.count():
                nothing = QListWidgetItem(self._texts("map.search_none"))
                nothing.setFlags(Qt.ItemFlag.NoItemFlags)
                self._list.addItem(nothing)
            self._list.setCurrentRow(0)
        self._list.setFixedHeight(self._list.count() * ROW_HEIGHT + 4)
        self._list.setVisible(bool(query))
        self.adjustSize()

    def _take_current(self) -> None:
        self._take(self._list.currentItem())

    def _take(self, item: QListWidgetItem | None) -> None:
        found = item.data(Qt.ItemDataRole.UserRole) if item is not None else None
        if found is not None:
            self._list.hide()
            self.adjustSize()
            self.wanted.emit(found)


def _index(city: City, texts: Texts) -> list[tuple[str, Found]]:
    """What can be found, coarse before fine; areas first, then grids, places and people."""
    rows: list[tuple[str, Found]] = []
    for area in city.areas.values():
        above = city.area_name(area.parent, texts.lang)
        words = " · ".join(w for w in (texts.pick(area.name, area.name_en), above) if w)
        rows.append((haystack(area.name, area.name_en, area.code), Found(words, area=area.code)))
    for place in city.places:
        found = Found(texts.pick(place.name, place.name_en), position=place.position)
        rows.append((haystack(place.name, place.name_en), found))
    for worker in city.workers.values():
        name = texts.pick(worker.name, worker.name_en)
        words = f"{name} · {city.area_name(worker.town, texts.lang)}"
        found = Found(words, worker=worker.id, position=worker.home)
        rows.append((haystack(worker.name, worker.name_en, worker.id), found))
    for grid in city.grids.values():
        words = texts("case.grid", code=grid.code)
        rows.append((grid.code.lower(), Found(words, area=grid.code)))
    return rows
