"""The cases that went differently as a table: history and the trainee, what differs brighter than the rest."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    Signal,
)
from PySide6.QtGui import QColor, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from console.i18n import Texts
from console.theme import tokens
from console.theme.fonts import ui_font
from console.views.training.comparison_words import COLUMNS, Row

_WIDTHS = {"state": 96, "lead": 168, "dispatched": 62, "acknowledged": 62, "arrived": 62}
_HEAD = 48
_ROW = 36
_Index = QModelIndex | QPersistentModelIndex


class _Model(QAbstractTableModel):
    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self.rows: Sequence[Row] = ()
        sides = [
            f"{texts(f'training.side_{side}')}\n{texts(f'training.column.{name}')}"
            for side in ("history", "branch")
            for name in COLUMNS
        ]
        self.head = [texts("training.column.case"), *sides]

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return len(self.head)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.head[section]
        return None

    def data(self, index: _Index, role: int = 0) -> Any:
        row, column = self.rows[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words(row, column)
        if role == Qt.ItemDataRole.ForegroundRole:
            return QColor(tokens.TEXT if self._differs(row, column) else tokens.SECOND)
        if role == Qt.ItemDataRole.ToolTipRole:
            return Qt.convertFromPlainText(f"{row.title} · {row.place} · {row.received}")
        return None

    def _words(self, row: Row, column: int) -> str:
        if column == 0:
            return f"{row.received}  {row.title}"
        return (*row.history, *row.branch)[column - 1]

    def _differs(self, row: Row, column: int) -> bool:
        place = (column - 1) % len(COLUMNS)
        return column == 0 or row.history[place] != row.branch[place]


class DifferenceTable(QTableView):
    """Rows are chosen by mouse and arrow keys."""

    chosen = Signal(str)
    """A case's id."""

    def __init__(self, texts: Texts, parent: QWidget | None = None) -> None:
        """Empty."""
        super().__init__(parent)
        self.setObjectName("training-differences")
        self._model = _Model(texts)
        self.setModel(self._model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setFont(ui_font(tokens.FONT_SECOND, figures=True))
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_ROW)
        head = self.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        head.setFixedHeight(_HEAD)
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for number in range(2 * len(COLUMNS)):
            self.setColumnWidth(number + 1, _WIDTHS[COLUMNS[number % len(COLUMNS)]])
        self.selectionModel().currentRowChanged.connect(self._choose)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Other rows."""
        self._model.beginResetModel()
        self._model.rows = rows
        self._model.endResetModel()

    @property
    def rows(self) -> Sequence[Row]:
        """What is shown."""
        return self._model.rows

    def head(self) -> list[str]:
        """The columns' names, one line each."""
        return [" ".join(words.split("\n")) for words in self._model.head]

    def place_of(self, case_id: str) -> QRect | None:
        """A case's row in the viewport."""
        for number, row in enumerate(self._model.rows):
            if row.case == case_id:
                return self.visualRect(self._model.index(number, 0))
        return None

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(self._model.rows[index.row()].case)
