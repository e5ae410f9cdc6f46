"""The lines of a handover as a table: each is accepted or refused by a click or a key."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, Signal
from PySide6.QtGui import QBrush, QColor, QKeyEvent, QResizeEvent, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from console.domain.handover import Line, LineKind
from console.i18n import Texts
from console.store.handover import Difference
from console.tables.case_words import moment
from console.tables.rows import place_text
from console.theme import tokens
from console.views.duty.office import Office
from console.views.duty.words import case_title

COLUMNS = ("kind", "case", "change", "accept", "refuse", "remark")
ACCEPT, REFUSE, REMARK = 3, 4, 5
_FIXED = {0: 104, ACCEPT: 112, REFUSE: 118}
_SHARES = {1: 39, 2: 32, REMARK: 29}
"""Pixels of the columns that always say the same, and how the others share the rest."""
_Index = QModelIndex | QPersistentModelIndex
_LEVELS = {"suspended", "green", "amber", "red", "dark_red"}


@dataclass(slots=True)
class Row:
    """A difference and what the incoming chief said; `left` came over from the last handover."""

    difference: Difference
    accepted: bool | None = None
    remark: str = ""
    left: bool = False

    @property
    def settled(self) -> bool:
        """Whether it needs no more: accepted, or refused with a remark."""
        return self.accepted is True or (self.accepted is False and bool(self.remark.strip()))

    def line(self) -> Line:
        """The line as the log keeps it."""
        what = self.difference
        return Line(
            kind=what.kind,
            case=what.case,
            before=what.before,
            after=what.after,
            accepted=self.accepted is True,
            remark=" ".join(self.remark.split()),
        )


def change_words(what: Difference, office: Office) -> str:
    """What changed, in words."""
    texts = office.stage.texts
    before, after = (_code_words(code, what.kind, office) for code in (what.before, what.after))
    key = f"duty.line.{what.kind.value}" if before else f"duty.line.{what.kind.value}_new"
    return texts(key, before=before, after=after)


def _code_words(code: str, kind: LineKind, office: Office) -> str:
    texts = office.stage.texts
    if code in _LEVELS:
        return texts(f"level.{code}")
    if kind is LineKind.ASKED and code:
        return texts(f"duty.asked.{code}")
    if texts.has(f"duty.code.{code}"):
        return texts(f"duty.code.{code}")
    try:
        return moment(datetime.fromisoformat(code), office.now(), office.city)
    except ValueError:
        return texts(f"assignment.{code}") if texts.has(f"assignment.{code}") else code


def case_words(case_id: str, office: Office) -> str:
    """The case of a line: what and where, or only its id when it has left the picture."""
    case, texts = office.stage.board.picture.cases.get(case_id), office.stage.texts
    if case is None:
        return case_id
    where = place_text(case, office.city, texts)
    return texts("list.dot").join([case_title(case, office.city, texts), where])


class _Model(QAbstractTableModel):
    changed = Signal()

    def __init__(self, office: Office) -> None:
        super().__init__()
        self._office = office
        self._texts: Texts = office.stage.texts
        self.rows: list[Row] = []

    def put(self, rows: list[Row]) -> None:
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()
        self.changed.emit()

    def settle(self, number: int, accepted: bool) -> None:
        self.rows[number].accepted = accepted
        self.dataChanged.emit(self.index(number, 0), self.index(number, REMARK))
        self.changed.emit()

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index | None = None) -> int:
        return len(COLUMNS)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        kept = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return kept | Qt.ItemFlag.ItemIsEditable if index.column() == REMARK else kept

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row, column = self.rows[index.row()], index.column()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self._words(row, column, edited=role == Qt.ItemDataRole.EditRole)
        if role == Qt.ItemDataRole.ForegroundRole:
            return QBrush(QColor(_colour(row, column)))
        if role == Qt.ItemDataRole.TextAlignmentRole and column in (ACCEPT, REFUSE):
            return Qt.AlignmentFlag.AlignCenter
        if role == Qt.ItemDataRole.ToolTipRole and column in (1, 2, REMARK):
            return Qt.convertFromPlainText(self._words(row, column, edited=True))
        return None

    def _words(self, row: Row, column: int, *, edited: bool) -> str:
        what = row.difference
        if column == 0:
            return self._texts(
                "duty.line.left" if row.left else f"duty.line_kind.{what.kind.value}"
            )
        if column == 1:
            return case_words(what.case, self._office)
        if column == 2:
            return change_words(what, self._office)
        if column in (ACCEPT, REFUSE):
            mark = "◉ " if row.accepted is (column == ACCEPT) else "○ "
            return mark + self._texts(f"duty.column.{COLUMNS[column]}")
        if row.accepted is False and not row.remark and not edited:
            return self._texts("duty.remark_needed")
        return row.remark

    def setData(self, index: _Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if index.column() != REMARK or role != Qt.ItemDataRole.EditRole:
            return False
        self.rows[index.row()].remark = str(value)[:300]
        self.dataChanged.emit(index, index)
        self.changed.emit()
        return True

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        if role != Qt.ItemDataRole.DisplayRole or orientation is Qt.Orientation.Vertical:
            return None
        return self._texts(f"duty.column.{COLUMNS[section]}")


def _colour(row: Row, column: int) -> str:
    if column == ACCEPT:
        return tokens.SELECTION if row.accepted is True else tokens.TEXT
    if column == REFUSE or (column == REMARK and row.accepted is False):
        return tokens.AMBER if row.accepted is False else tokens.TEXT
    return tokens.SECOND if row.accepted is True else tokens.TEXT


class HandoverLines(QTableView):
    """A accepts, R refuses and asks for the remark; both go on to the next open line."""

    changed = Signal()
    """Something was accepted, refused or remarked."""
    chosen = Signal(str)
    """The case of the line that is current."""

    def __init__(self, office: Office) -> None:
        """Empty."""
        super().__init__()
        self.setObjectName("handover-lines")
        self._model = _Model(office)
        self.setModel(self._model)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(44)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().setStretchLastSection(True)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self.horizontalHeader().setHighlightSections(False)
        self._model.changed.connect(self.changed)
        self.clicked.connect(self._on_clicked)
        self.selectionModel().currentRowChanged.connect(self._on_current)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """All columns in sight at any width: what is to be pressed first of all."""
        super().resizeEvent(event)
        left = self.viewport().width() - sum(_FIXED.values())
        for column, width in _FIXED.items():
            self.setColumnWidth(column, width)
        for column, share in _SHARES.items():
            self.setColumnWidth(column, max(left, 0) * share // sum(_SHARES.values()))

    def put(self, rows: list[Row]) -> None:
        """Other lines; the first is current."""
        self._model.put(rows)
        if rows:
            self.setCurrentIndex(self._model.index(0, 0))

    def rows(self) -> Sequence[Row]:
        """The lines from the top down."""
        return self._model.rows

    def unsettled(self) -> int:
        """How many still need a word."""
        return sum(not row.settled for row in self._model.rows)

    def accept_rest(self) -> None:
        """Accept every line of which nothing was said."""
        for row in self._model.rows:
            if row.accepted is None:
                row.accepted = True
        self._model.put(self._model.rows)

    def settle(self, accepted: bool) -> None:
        """Accept or refuse the current line."""
        number = self.currentIndex().row()
        if number < 0:
            return
        self._model.settle(number, accepted)
        if accepted:
            self._go_on(number)
        else:
            self.edit(self._model.index(number, REMARK))

    def _go_on(self, number: int) -> None:
        later = [*range(number + 1, len(self._model.rows)), *range(number)]
        following = next((n for n in later if not self._model.rows[n].settled), None)
        if following is not None:
            self.setCurrentIndex(self._model.index(following, 0))

    def _on_clicked(self, index: QModelIndex) -> None:
        if index.column() in (ACCEPT, REFUSE):
            self.settle(index.column() == ACCEPT)

    def _on_current(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(self._model.rows[index.row()].difference.case)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A and R, without modifiers."""
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if plain and event.key() in (Qt.Key.Key_A, Qt.Key.Key_R):
            self.settle(event.key() == Qt.Key.Key_A)
            return
        super().keyPressEvent(event)

    def place_of(self, case_id: str, column: int = 1) -> QRect | None:
        """Where a cell of the first line of a case is, None when it is not in sight."""
        for number, row in enumerate(self._model.rows):
            if row.difference.case == case_id:
                rect = self.visualRect(self._model.index(number, column))
                return rect if self.viewport().rect().contains(rect.center()) else None
        return None
