"""How the unit list looks and is handled."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from console.tables import paint
from console.tables.roles import DEPTH_ROLE, ROW_ROLE
from console.tables.row_list import RowList
from console.tables.rows import UnitRow
from console.tables.units import UnitsModel
from console.theme import tokens

_KEY_X = 24
_TEXT_X = 48
_RIGHT = 34
_GAP = 10
_FOLD_WIDTH = 34
"""Pixels at the right edge in which a click unfolds the teams."""
_Index = QModelIndex | QPersistentModelIndex


class UnitView(RowList):
    """The ranked units: a case may be dropped on a row; teams unfold below their unit."""

    unit_selected = Signal(str)
    """The id of the unit (or team) whose row became the current one."""
    unit_activated = Signal(str)
    """The id of a unit (or team) that got a double click or Enter."""

    def __init__(self, model: UnitsModel, parent: QWidget | None = None) -> None:
        """Show `model`."""
        super().__init__(parent)
        self.units = model
        self.setModel(model)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setItemDelegate(_UnitDelegate(self))
        self.row_selected.connect(self.unit_selected)
        self.row_activated.connect(self.unit_activated)
        self.rested_on.connect(model.unfold)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """A click on the arrow at the right unfolds or folds the teams."""
        super().mouseReleaseEvent(event)
        point = event.position().toPoint()
        index = self.indexAt(point)
        left = event.button() is Qt.MouseButton.LeftButton
        if left and index.isValid() and point.x() > self.viewport().width() - _FOLD_WIDTH:
            self.units.toggle(self.id_of(index))


class _UnitDelegate(QStyledItemDelegate):
    """Draws a row: key, name, first choice, load; the reason, overdue; an arrow where there are teams."""

    def __init__(self, view: UnitView) -> None:
        """For one view."""
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: N802, ARG002
        """All rows are equally high."""
        return QSize(0, tokens.ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one row."""
        row: UnitRow = index.data(ROW_ROLE)
        rect: QRect = option.rect  # type: ignore[attr-defined]
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        target = self._view.is_target(row.id)
        painter.save()
        paint.draw_row_ground(
            painter,
            rect,
            selected=bool(state & QStyle.StateFlag.State_Selected),
            hovered=bool(state & QStyle.StateFlag.State_MouseOver) or self._view.drop_id() == row.id,
            target=bool(target),
        )
        if target is False:
            painter.setOpacity(tokens.DIMMED)
        middle = QPoint(rect.left() + _KEY_X, rect.top() + rect.height() // 2)
        key = self._view.units.key_of(row.id) if not index.data(DEPTH_ROLE) else ""
        if key:
            paint.draw_key_cap(painter, middle, key)
        if row.teams:
            arrow = QPoint(rect.right() - _FOLD_WIDTH // 2, middle.y())
            paint.draw_chevron(painter, arrow, down=self._view.units.is_unfolded(row.id))
        _draw_lines(painter, rect, row)
        painter.restore()


def _draw_lines(painter: QPainter, rect: QRect, row: UnitRow) -> None:
    left = rect.left() + _TEXT_X + 16 * row.depth
    right, top, small = rect.right() - _RIGHT, rect.top() + 3, tokens.FONT_SECOND
    width = paint.width_of(row.load, small)
    box = QRect(right - width, top + 2, width + 1, 20)
    paint.draw_text(painter, box, row.load, pixels=small, colour=tokens.SECOND, align=paint.RIGHT)
    room = QRect(left, top, box.left() - _GAP - left, 23)
    paint.draw_text(painter, room, row.name, bold=row.depth == 0)
    width = paint.width_of(row.overdue, small)
    box = QRect(right - width, top + 23, width + 1, 20)
    paint.draw_text(painter, box, row.overdue, pixels=small, colour=tokens.RED, align=paint.RIGHT)
    room = QRect(left, top + 23, box.left() - _GAP - left, 20)
    colour = tokens.TEXT if row.proposed else tokens.SECOND
    paint.draw_text(painter, room, row.reason, pixels=small, colour=colour)
