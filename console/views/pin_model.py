"""The pins of one kind as rows of a table: sorted by any column, still while a drag runs."""

from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from console.domain.city import Policy
from console.domain.clock import Level
from console.i18n import Texts
from console.map.pins import CasePin
from console.tables.roles import DEPTH_ROLE, GONE_ROLE, ID_ROLE
from console.views.pin_columns import Column, RowPin, columns, level_of_pin

_Index = QModelIndex | QPersistentModelIndex
_TEXT_ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)


class PinModel(QAbstractTableModel):
    """Rows as they were shown last; every time is epoch seconds of domain time."""

    def __init__(
        self, kind: str, policy: Policy, texts: Texts, parent: QObject | None = None
    ) -> None:
        """Empty; `kind` is "case" or "worker"."""
        super().__init__(parent)
        self.kind = kind
        self.held = False
        """While a drag runs no row moves, comes or goes."""
        self._policy = policy
        self._texts = texts
        self._columns = columns(kind, texts)
        self._order = (0, Qt.SortOrder.AscendingOrder)
        self._now = 0.0
        self._pins: list[RowPin] = []
        self._row_of: dict[str, int] = {}
        self._latest: dict[str, RowPin] = {}

    @property
    def columns(self) -> Sequence[Column]:
        """From the left."""
        return self._columns

    def show(self, pins: Iterable[RowPin], now: float) -> None:
        """Make these the rows, unless held: then they wait, and those that have gone turn grey."""
        self._now = now
        self._latest = {pin.id: pin for pin in pins}
        if not self.held:
            self._arrange()
        self._redraw()

    def release(self) -> None:
        """The drag is over: what waited happens."""
        self.held = False
        self._arrange()
        self._redraw()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order by a column; the hands do it, so also during a drag."""
        if 0 <= column < len(self._columns):
            self._order = (column, order)
            self._arrange()

    def row_of(self, pin_id: str) -> int | None:
        """Where a pin stands, None when it has no row."""
        return self._row_of.get(pin_id)

    def pin(self, row: int) -> RowPin:
        """The pin of a row, as it is now."""
        shown = self._pins[row]
        return self._latest.get(shown.id, shown)

    def level(self, row: int) -> Level | None:
        """The level of a case's row, None for a worker's."""
        pin = self.pin(row)
        return level_of_pin(pin, self._policy, self._now) if isinstance(pin, CasePin) else None

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """How many pins are shown."""
        return 0 if parent.isValid() else len(self._pins)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """How much is said of each."""
        return 0 if parent.isValid() else len(self._columns)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        """The columns' names."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._texts(self._columns[section].title)
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The words of a cell, its row's id, whether it has gone; for a screen reader the whole row."""
        if not index.isValid() or index.row() >= len(self._pins):
            return None
        pin = self.pin(index.row())
        if role in _TEXT_ROLES:
            return self._columns[index.column()].words(pin, self._now)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return " ".join(column.words(pin, self._now) for column in self._columns)
        found: dict[int, Any] = {
            ID_ROLE: pin.id,
            GONE_ROLE: pin.id not in self._latest,
            DEPTH_ROLE: 0,
        }
        return found.get(role)

    def _arrange(self) -> None:
        column, order = self._order
        down = order is Qt.SortOrder.DescendingOrder
        key = self._columns[column].order
        # By the id first: equals keep their place from one second to the next.
        pins = sorted(self._latest.values(), key=lambda pin: pin.id)
        pins.sort(key=lambda pin: key(pin), reverse=down)  # type: ignore[arg-type,return-value]
        same = [pin.id for pin in pins] == [pin.id for pin in self._pins]
        if same:
            self._pins = pins
            return
        self.beginResetModel()
        self._pins = pins
        self._row_of = {pin.id: row for row, pin in enumerate(pins)}
        self.endResetModel()

    def _redraw(self) -> None:
        if self._pins:
            last = self.index(len(self._pins) - 1, len(self._columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)
