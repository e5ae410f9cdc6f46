"""How the case queue looks and is handled."""

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QWidget

from console.i18n import Texts
from console.live.flash import Flash
from console.tables import paint
from console.tables.case_queue import CaseQueueModel
from console.tables.flashing import Flashing
from console.tables.row_delegate import Look, RowDelegate
from console.tables.row_list import ENTER, RowList
from console.tables.rows import GroupRow, QueueRow
from console.theme import tokens
from console.theme.shapes import draw_shape

_SHAPE_X = 30
_FIGURES = (52, 62)
"""Left edge and width of the minutes."""
_TEXT_X = 124
_RIGHT = 12
_INDENT = 14
_Index = QModelIndex | QPersistentModelIndex


class QueueView(RowList):
    """The case queue. Clicking a group's head opens it."""

    case_selected = Signal(str)
    """The id of the case whose row became the current one."""
    case_activated = Signal(str)
    """The id of a case that got a double click or Enter."""

    def __init__(self, model: CaseQueueModel, texts: Texts, parent: QWidget | None = None) -> None:
        """Show `model`."""
        super().__init__(parent)
        self._queue = model
        self.setModel(model)
        self.setItemDelegate(_QueueDelegate(texts("urgency.urgent"), self))
        self.row_selected.connect(self.case_selected)
        self.row_activated.connect(self.case_activated)
        self.row_clicked.connect(model.toggle_group)
        self._flashing: Flashing | None = None
        self._kept: list[str] = []
        self._kept_current = ""
        model.modelAboutToBeReset.connect(self._keep_selection)
        model.modelReset.connect(self._restore_selection)

    def set_flash(self, flash: Flash) -> None:
        """The longest waiting of the unsigned urgent cases flash."""
        self._flashing = Flashing(self, flash, lambda: flash.ids)

    def bold(self, row_id: str) -> bool:
        """Whether a row is in the lit half of its flash."""
        return self._flashing is not None and self._flashing.bold(row_id)

    def id_of(self, index: QModelIndex) -> str:
        """The id of a case; "" for the head of a group."""
        return self._queue.id_at(index.row()) if index.isValid() else ""

    def select_case(self, case_id: str | None) -> bool:
        """Select a case and bring it into sight; False when it is not shown (or None: nothing is selected)."""
        if case_id and self.current_id() == case_id and case_id in self.selected_ids():
            return True
        row = self._queue.row_of(case_id) if case_id else None
        if row is None:
            self.clearSelection()
            return False
        self.select_row(row)
        return True

    def outline_case(self, case_id: str) -> None:
        """Select a case that has come back while nothing was selected; what is in sight stays in sight."""
        row = self._queue.row_of(case_id)
        if row is not None and not self.selectionModel().hasSelection():
            flags = QItemSelectionModel.SelectionFlag
            self.selectionModel().setCurrentIndex(
                self._queue.index(row), flags.ClearAndSelect | flags.Rows
            )

    def row_of_id(self, row_id: str) -> int | None:
        """Where a case stands."""
        return self._queue.row_of(row_id)

    def means_row(self, key: Qt.Key) -> bool:
        """Enter on a case gives it to the best receiver, which is the screen's; on a head it opens."""
        if key in ENTER:
            return self.currentIndex().isValid() and not self.current_id()
        return super().means_row(key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter on a group's head opens it."""
        if event.key() in ENTER and self._queue.toggle_group(self.currentIndex().row()):
            return
        super().keyPressEvent(event)

    def _keep_selection(self) -> None:
        self._kept, self._kept_current = self.selected_ids(), self.current_id()

    def _restore_selection(self) -> None:
        """A reset drops the selection; the same cases are selected again, without telling anybody."""
        rows = [row for case in self._kept if (row := self._queue.row_of(case)) is not None]
        blocked = self.blockSignals(True)
        current = self._queue.row_of(self._kept_current) if self._kept_current else None
        flags = QItemSelectionModel.SelectionFlag
        if current is not None:
            # The current row may be one that Qt moved on to: only what was selected is selected again.
            self.selectionModel().setCurrentIndex(self._queue.index(current), flags.NoUpdate)
        for row in rows:
            self.selectionModel().select(self._queue.index(row), flags.Select)
        self.blockSignals(blocked)


class _QueueDelegate(RowDelegate):
    """Draws a row: shape, minutes, category and mark; place, channel, state; ticks."""

    def __init__(self, urgent_word: str, view: QueueView) -> None:
        """`urgent_word` stands on the mark of urgent cases."""
        super().__init__(view)
        self._queue_view = view
        self._urgent_word = urgent_word

    def mark(self, index: _Index, row: QueueRow | GroupRow) -> str:
        """Whether its ring is thick now."""
        return "bold" if self._queue_view.bold(row.id) else ""

    def draw_row(
        self, painter: QPainter, rect: QRect, row: QueueRow | GroupRow, look: Look
    ) -> None:
        """Draw one row."""
        rect = rect.adjusted(_INDENT * look.depth, 0, 0, 0)
        if isinstance(row, GroupRow):
            _draw_group(painter, rect, row)
        else:
            _draw_case(painter, rect, row, self._urgent_word, look)


def _draw_case(painter: QPainter, rect: QRect, row: QueueRow, urgent: str, look: Look) -> None:
    grey = tokens.SECOND if look.gone else None
    bold = bool(look.mark) and not look.gone
    _draw_level(painter, rect, row, unsigned=row.unsigned, bold=bold, colour=grey)
    right = rect.right() - _RIGHT
    right -= paint.draw_ticks(painter, right, rect.top() + 15, row.ticks) + (8 if row.ticks else 0)
    left = rect.left() + _TEXT_X
    mark = paint.width_of(urgent, tokens.FONT_SECOND, bold=True) + 20 if row.urgent else 0
    first = QRect(left, rect.top() + 3, right - left - mark, 23)
    taken = paint.draw_text(painter, first, row.category, bold=True, colour=grey or tokens.TEXT)
    if row.urgent:
        paint.draw_pill(
            painter,
            left + taken + 8,
            rect.top() + 15,
            urgent,
            fill=grey or tokens.TEXT,
            colour=tokens.PAGE,
        )
    _draw_second(painter, QRect(left, rect.top() + 26, rect.right() - _RIGHT - left, 20), row, grey)


def _draw_second(painter: QPainter, line: QRect, row: QueueRow, grey: str | None) -> None:
    """Place · channel · state: the place gives way, the state is never cut off."""
    tail_width = min(paint.width_of(row.tail, tokens.FONT_SECOND), line.width())
    colour = grey or (tokens.SECOND if row.has_place else tokens.AMBER)
    room = QRect(line.left(), line.top(), line.width() - tail_width, line.height())
    taken = paint.draw_text(painter, room, row.place, pixels=tokens.FONT_SECOND, colour=colour)
    rest = QRect(line.left() + taken, line.top(), tail_width + 1, line.height())
    paint.draw_text(
        painter, rest, row.tail, pixels=tokens.FONT_SECOND, colour=grey or tokens.SECOND
    )


def _draw_group(painter: QPainter, rect: QRect, row: GroupRow) -> None:
    _draw_level(painter, rect, row, unsigned=False, bold=False, colour=None)
    left, right = rect.left() + _TEXT_X, rect.right() - _RIGHT
    paint.draw_chevron(painter, QPoint(right - 6, rect.center().y()), down=row.opened)
    count = f"×{row.count}"
    width = paint.width_of(count, tokens.FONT_FIGURES, bold=True)
    box = QRect(right - 24 - width, rect.top(), width + 2, rect.height())
    paint.draw_figures(painter, box, count, tokens.TEXT)
    first = QRect(left, rect.top() + 3, box.left() - left - 8, 23)
    paint.draw_text(painter, first, row.category, bold=True)
    second = first.translated(0, 22)
    paint.draw_text(painter, second, row.second, pixels=tokens.FONT_SECOND, colour=tokens.SECOND)


def _draw_level(
    painter: QPainter,
    rect: QRect,
    row: QueueRow | GroupRow,
    *,
    unsigned: bool,
    bold: bool,
    colour: str | None,
) -> None:
    centre = QPointF(rect.left() + _SHAPE_X, rect.top() + rect.height() / 2 - 0.5)
    draw_shape(painter, centre, row.level, unsigned=unsigned, bold=bold, colour=colour)
    left, width = _FIGURES
    box = QRect(rect.left() + left, rect.top(), width, rect.height() - 1)
    paint.draw_figures(painter, box, row.minutes, colour or tokens.LEVEL_TEXT[row.level])
