"""The model of the unit list: all units ranked for the selected case, searchable, teams unfold below."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from console.domain.city import City
from console.domain.unit import Unit
from console.i18n import Texts
from console.store.ranking import RankedUnit
from console.tables.roles import DEPTH_ROLE, GONE_ROLE, ID_ROLE, ROW_ROLE
from console.tables.rows import UnitRow, team_rows, unit_row
from console.tables.search import haystack, matches, normalise

KEYS = "QWERT"
"""Keys of the first units shown."""

_Index = QModelIndex | QPersistentModelIndex


class UnitsModel(QAbstractListModel):
    """Units as `store.ranking` ranked them; a row is a unit, or one of its teams with depth 1."""

    def __init__(self, city: City, texts: Texts, parent: QObject | None = None) -> None:
        """Empty."""
        super().__init__(parent)
        self._city = city
        self._texts = texts
        self._ranked: list[RankedUnit] = []
        self._query = ""
        self._unfolded: set[str] = set()
        self._rows: list[UnitRow] = []

    def show(self, ranked: Sequence[RankedUnit]) -> None:
        """Show these units in this order."""
        self._ranked = list(ranked)
        self._update()

    def search(self, query: str) -> None:
        """Show only units whose name fits: Chinese, pinyin, its initials, English."""
        self._query = normalise(query)
        self._update()

    def toggle(self, unit: str) -> None:
        """Show a unit's teams below it, or hide them."""
        if self._city.teams_of_unit.get(unit):
            self._unfolded ^= {unit}
            self._update()

    def unfold(self, unit: str) -> None:
        """Show a unit's teams below it."""
        if unit not in self._unfolded:
            self.toggle(unit)

    def is_unfolded(self, unit: str) -> bool:
        """Whether a unit's teams are shown."""
        return unit in self._unfolded

    def _update(self) -> None:
        rows = self._make_rows()
        if [row.id for row in rows] != [row.id for row in self._rows]:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()
            return
        for number, row in enumerate(rows):
            if row != self._rows[number]:
                self._rows[number] = row
                index = self.index(number)
                self.dataChanged.emit(index, index)

    def _make_rows(self) -> list[UnitRow]:
        rows: list[UnitRow] = []
        for ranked in self._ranked:
            code = ranked.unit.code
            if self._query and not self._fits(ranked.unit):
                continue
            rows.append(unit_row(ranked, self._city, self._texts))
            if code in self._unfolded:
                rows.extend(team_rows(code, self._city, self._texts))
        return rows

    def _fits(self, unit: Unit) -> bool:
        return matches(haystack(unit.name, unit.name_en, unit.code), self._query)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """How many rows are shown, teams included."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The row as words (DisplayRole), its id, its `UnitRow`, its depth."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{row.name} {row.reason} {row.load}"
        found: dict[int, Any] = {
            ID_ROLE: row.id,
            ROW_ROLE: row,
            GONE_ROLE: False,
            DEPTH_ROLE: row.depth,
            Qt.ItemDataRole.ToolTipRole: row.name,
        }
        return found.get(role)

    def unit_of(self, row_id: str) -> str:
        """The unit of a row: itself, or the unit whose team it is; "" when there is none."""
        if row_id in self._city.units:
            return row_id
        team = self._city.teams.get(row_id)
        return team.unit if team is not None else ""

    def units(self) -> list[str]:
        """The units shown, best first, without teams."""
        return [row.id for row in self._rows if row.depth == 0]

    def key_of(self, unit: str) -> str:
        """The key `Q`–`T` of a unit, "" beyond the fifth."""
        first = self.units()[: len(KEYS)]
        return KEYS[first.index(unit)] if unit in first else ""

    def id_at_key(self, key: str) -> str:
        """The unit of a key `Q`–`T`, "" when there is none."""
        number = KEYS.find(key.upper()) if key else -1
        units = self.units()
        return units[number] if 0 <= number < len(units) else ""
