"""Choose one of many by searching: a field, and below it what matches, the best first."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from console.widgets.search_edit import SearchEdit

SHOWN = 60
Matcher = Callable[[str, str], bool]
"""(what can be searched, what is typed) → whether it matches."""


@dataclass(frozen=True, slots=True)
class Option:
    """One choice; `search` is what is searched in, `why_not` disables it with that reason."""

    key: str
    words: str
    search: str
    why_not: str = ""


class SearchList(QWidget):
    """Arrow keys move in the list while the cursor stays in the field; Enter chooses."""

    chosen = Signal(str)

    def __init__(self, placeholder: str, matcher: Matcher, parent: QWidget | None = None) -> None:
        """Empty until `set_options`."""
        super().__init__(parent)
        self._matcher = matcher
        self._options: Sequence[Option] = ()
        self.search = SearchEdit(placeholder)
        self.search.setObjectName("search-list-field")
        self.search.setAccessibleName(placeholder)
        self.list = QListWidget()
        self.list.setObjectName("search-list")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        box.addWidget(self.search)
        box.addWidget(self.list, 1)
        self.setFocusProxy(self.search)
        self.search.changed.connect(lambda _: self._fill())
        self.search.installEventFilter(self)
        self.list.itemClicked.connect(self._choose)

    def set_options(self, options: Sequence[Option]) -> None:
        """All choices, the likeliest first."""
        self._options = options
        self._fill()

    def _fill(self) -> None:
        typed = self.search.text()
        fitting = [o for o in self._options if not typed or self._matcher(o.search, typed)]
        self.list.clear()
        for option in fitting[:SHOWN]:
            words = f"{option.words} · {option.why_not}" if option.why_not else option.words
            item = QListWidgetItem(words)
            item.setData(Qt.ItemDataRole.UserRole, option.key)
            if option.why_not:
                item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.list.addItem(item)
        self._go(0, 1)

    def _go(self, row: int, step: int) -> None:
        """To the next row that may be chosen."""
        while 0 <= row < self.list.count():
            if self.list.item(row).flags() & Qt.ItemFlag.ItemIsEnabled:
                self.list.setCurrentRow(row)
                return
            row += step

    def _choose(self, item: QListWidgetItem | None) -> None:
        if item is not None and item.flags() & Qt.ItemFlag.ItemIsEnabled:
            self.chosen.emit(item.data(Qt.ItemDataRole.UserRole))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows and Enter in the field belong to the list."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                step = 1 if event.key() == Qt.Key.Key_Down else -1
                self._go(self.list.currentRow() + step, step)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._fill_now()
                self._choose(self.list.currentItem())
                return True
        return super().eventFilter(watched, event)

    def _fill_now(self) -> None:
        """What was typed last may not have been searched yet."""
        current = self.list.currentItem()
        key = current.data(Qt.ItemDataRole.UserRole) if current is not None else None
        self._fill()
        for row in range(self.list.count()):
            if self.list.item(row).data(Qt.ItemDataRole.UserRole) == key:
                self.list.setCurrentRow(row)

    def place_of(self, key: str) -> tuple[QWidget, QRect] | None:
        """Where a choice stands, None when it is not in sight."""
        for row in range(self.list.count()):
            if self.list.item(row).data(Qt.ItemDataRole.UserRole) == key:
                return self.list.viewport(), self.list.visualItemRect(self.list.item(row))
        return None
