"""The model of the nearby workers: the best for the selected case, in a fixed order until told again."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from console.domain.city import City
from console.i18n import Texts
from console.store.nearby import NearbyWorker
from console.tables.roles import DEPTH_ROLE, GONE_ROLE, ID_ROLE, ROW_ROLE
from console.tables.rows import WorkerRow, worker_row

KEYS = "123456"
"""Keys of the first rows."""

_Index = QModelIndex | QPersistentModelIndex


class WorkersModel(QAbstractListModel):
    """Nearby workers as `store.nearby` ranked them."""

    def __init__(self, city: City, texts: Texts, parent: QObject | None = None) -> None:
        """Empty."""
        super().__init__(parent)
        self._city = city
        self._texts = texts
        self._near: list[NearbyWorker] = []
        self._rows: list[WorkerRow] = []

    def show(self, near: Sequence[NearbyWorker], now: datetime) -> None:
        """Show these workers in this order; `now` is aware UTC domain time."""
        if [n.worker.id for n in near] == [row.id for row in self._rows]:
            self.refresh(near, now)
            return
        self.beginResetModel()
        self._near = list(near)
        self._rows = [worker_row(n, self._city, self._texts, now) for n in near]
        self.endResetModel()

    def refresh(self, near: Sequence[NearbyWorker], now: datetime) -> None:
        """New figures for workers that are shown; the order stays, others are left out."""
        news = {n.worker.id: n for n in near}
        for number, old in enumerate(self._near):
            latest = news.get(old.worker.id, old)
            row = worker_row(latest, self._city, self._texts, now)
            if row != self._rows[number]:
                self._near[number], self._rows[number] = latest, row
                index = self.index(number)
                self.dataChanged.emit(index, index)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """How many workers are shown."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The row as words (DisplayRole), why it stands here (ToolTipRole), its id, its `WorkerRow`."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{row.name} {row.distance} {row.arrival}"
        found: dict[int, Any] = {
            ID_ROLE: row.id,
            ROW_ROLE: row,
            GONE_ROLE: False,
            DEPTH_ROLE: 0,
            Qt.ItemDataRole.ToolTipRole: row.why,
        }
        return found.get(role)

    def id_at_key(self, key: str) -> str:
        """The worker of a key `1`–`6`, "" when there is none."""
        number = KEYS.find(key) if key else -1
        return self._rows[number].id if 0 <= number < len(self._rows) else ""

    def ids(self) -> list[str]:
        """The workers shown, best first."""
        return [row.id for row in self._rows]
