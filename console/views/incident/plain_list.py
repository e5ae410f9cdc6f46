"""A list of rows that are plain data with an id: the model, and a view that keeps its current row."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex
from PySide6.QtGui import Qt
from PySide6.QtWidgets import QWidget

from console.tables.roles import DEPTH_ROLE, GONE_ROLE, ID_ROLE, ROW_ROLE
from console.tables.row_list import RowList

_Index = QModelIndex | QPersistentModelIndex


class PlainModel(QAbstractListModel):
    """Rows in the order they were given; each has `id` and says itself in `spoken`."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Empty."""
        super().__init__(parent)
        self.rows: list[Any] = []

    def show(self, rows: Sequence[Any]) -> None:
        """Show these rows; while the ids stay, only what has changed is drawn anew."""
        if [row.id for row in rows] != [row.id for row in self.rows]:
            self.beginResetModel()
            self.rows = list(rows)
            self.endResetModel()
            return
        for number, row in enumerate(rows):
            if row != self.rows[number]:
                self.rows[number] = row
                self.dataChanged.emit(self.index(number), self.index(number))

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """How many rows are shown."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The row, its id, and what it says as words."""
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.ToolTipRole:
            # A tool tip takes what looks like markup for markup: escaped, it is only words.
            return Qt.convertFromPlainText(row.spoken)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row.spoken
        found: dict[int, Any] = {
            ID_ROLE: row.id,
            ROW_ROLE: row,
            GONE_ROLE: False,
            DEPTH_ROLE: 0,
        }
        return found.get(role)


class PlainList(RowList):
    """Keeps the current row when others come and go."""

    def __init__(self, row_height: int, parent: QWidget | None = None) -> None:
        """Empty; the caller sets the delegate."""
        super().__init__(parent, row_height=row_height)
        self.rows = PlainModel(self)
        self.setModel(self.rows)
        self._kept = ""
        self.rows.modelAboutToBeReset.connect(self._keep)
        self.rows.modelReset.connect(self._restore)

    def _keep(self) -> None:
        self._kept = self.current_id()

    def _restore(self) -> None:
        row = self.row_of_id(self._kept) if self._kept else None
        if row is not None:
            blocked = self.blockSignals(True)
            self.setCurrentIndex(self.rows.index(row))
            self.blockSignals(blocked)
