"""Many cases as a table: words are made only for the rows in sight."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from console.domain.case import life_state
from console.tables.case_words import moment
from console.tables.rows import category_name, place_text
from console.views.duty.office import Office
from console.views.duty.words import unit_name

COLUMNS = ("id", "category", "place", "unit", "state", "received", "note")
_WIDTHS = (210, 220, 250, 200, 110, 120)
_Index = QModelIndex | QPersistentModelIndex


def case_cells(office: Office, case_id: str, note: str = "") -> list[str]:
    """A case in the order of `COLUMNS`; one that has left the picture is only its id."""
    picture, city, texts = office.stage.board.picture, office.city, office.stage.texts
    case = picture.cases.get(case_id)
    if case is None:
        return [case_id, *[""] * 5, note]
    lead = picture.lead(case)
    return [
        case.id,
        category_name(case, city, texts),
        place_text(case, city, texts),
        unit_name(lead.unit if lead is not None else None, city, texts),
        texts(f"state.{life_state(case, lead).value}"),
        moment(case.received_at, office.now(), city),
        note,
    ]


class _Model(QAbstractTableModel):
    def __init__(self, office: Office) -> None:
        super().__init__()
        self._office = office
        self.entries: Sequence[tuple[str, str]] = ()

    def put(self, entries: Sequence[tuple[str, str]]) -> None:
        self.beginResetModel()
        self.entries = entries
        self.endResetModel()

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.entries)

    def columnCount(self, parent: _Index | None = None) -> int:
        return len(COLUMNS)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return case_cells(self._office, *self.entries[index.row()])[index.column()]

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        if role != Qt.ItemDataRole.DisplayRole or orientation is Qt.Orientation.Vertical:
            return None
        return self._office.stage.texts(f"duty.column.{COLUMNS[section]}")


class CaseTable(QTableView):
    """A click, or Enter, chooses the case."""

    chosen = Signal(str)

    def __init__(self, office: Office) -> None:
        """Empty until `show_cases`."""
        super().__init__()
        self._rows = _Model(office)
        self.setModel(self._rows)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(36)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        for column, width in enumerate(_WIDTHS):
            self.setColumnWidth(column, width)
        self.horizontalHeader().setStretchLastSection(True)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self.horizontalHeader().setHighlightSections(False)
        self.clicked.connect(self._choose)
        self.activated.connect(self._choose)

    def show_cases(self, entries: Sequence[tuple[str, str]]) -> None:
        """(id, note) a row."""
        self._rows.put(entries)

    def ids(self) -> list[str]:
        """The cases from the top down."""
        return [case_id for case_id, _ in self._rows.entries]

    def _choose(self, index: QModelIndex) -> None:
        self.chosen.emit(self._rows.entries[index.row()][0])
