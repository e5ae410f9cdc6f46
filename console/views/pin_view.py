"""How the table in the map's place looks and is handled: level shapes, words, the outlines of all lists."""

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from console.map.pins import CasePin, WorkerPin
from console.tables import paint
from console.tables.roles import GONE_ROLE
from console.tables.row_list import ENTER, RowList
from console.theme import tokens
from console.theme.shapes import draw_shape
from console.views.pin_model import PinModel

ROW = 44
"""Height of a row in pixels: the worst shape with its ring."""
_PAD = 12
_SHAPE_X = 30
_FIGURES = 120
_GONE_COLOUR = tokens.SECOND
_Index = QModelIndex | QPersistentModelIndex


class PinView(RowList):
    """Sorted by its heads; a row is chosen, dragged and dropped on like a pin."""

    def __init__(self, model: PinModel, urgent: str) -> None:
        """Show `model`, its first column smallest first; `urgent` stands on the mark of urgent cases."""
        super().__init__(row_height=ROW)
        self.setObjectName(f"map-table-{model.kind}")
        self._pins = model
        self._kept: list[str] = []
        self.setModel(model)
        self.setItemDelegate(_PinDelegate(self, model, urgent))
        if model.kind == "worker":
            self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._dress_head()
        model.modelAboutToBeReset.connect(self._keep)
        model.modelReset.connect(self._restore)

    def _dress_head(self) -> None:
        head = self.horizontalHeader()
        head.show()
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for number, column in enumerate(self._pins.columns):
            if column.width:
                self.setColumnWidth(number, column.width)
            else:
                head.setSectionResizeMode(number, QHeaderView.ResizeMode.Stretch)
        head.setSortIndicator(0, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)

    def row_of_id(self, row_id: str) -> int | None:
        """Where a pin stands."""
        return self._pins.row_of(row_id)

    def outline(self, pin_id: str | None) -> None:
        """Select a row from outside and bring it into sight; None, or one that is not there: none."""
        if pin_id is not None and self.selected_ids() == [pin_id]:
            return
        row = None if pin_id is None else self._pins.row_of(pin_id)
        blocked = self.blockSignals(True)
        if row is None:
            self.clearSelection()
        else:
            self.select_row(row)
        self.blockSignals(blocked)

    def means_row(self, key: Qt.Key) -> bool:
        """Enter gives the case to the best receiver, which is the screen's."""
        return key not in ENTER and super().means_row(key)

    def _keep(self) -> None:
        self._kept = self.selected_ids()

    def _restore(self) -> None:
        """A reset drops the selection; the same pins are selected again, without telling anybody."""
        rows = [row for pin in self._kept if (row := self._pins.row_of(pin)) is not None]
        blocked = self.blockSignals(True)
        flags = QItemSelectionModel.SelectionFlag
        for row in rows:
            index = self._pins.index(row, 0)
            self.selectionModel().setCurrentIndex(index, flags.NoUpdate)
            self.selectionModel().select(index, flags.Select | flags.Rows)
        self.blockSignals(blocked)


class _PinDelegate(QStyledItemDelegate):
    """Draws a cell on the ground of its whole row."""

    def __init__(self, view: PinView, model: PinModel, urgent: str) -> None:
        super().__init__(view)
        self._urgent = urgent
        self._view = view
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """All rows are equally high."""
        return QSize(0, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """The ground, then the words; the level's shape and the figures in the first cell of a case."""
        view, cell = self._view, QRect(option.rect)
        pin = self._model.pin(index.row())
        target = view.is_target(pin.id)
        gone = bool(index.data(GONE_ROLE))
        painter.save()
        painter.setClipRect(cell)
        paint.draw_row_ground(
            painter,
            QRect(0, cell.top(), view.viewport().width(), cell.height()),
            selected=bool(option.state & QStyle.StateFlag.State_Selected),
            hovered=view.drop_id() == pin.id,
            target=bool(target),
        )
        if target is False:
            painter.setOpacity(tokens.DIMMED)
        words = str(index.data(Qt.ItemDataRole.DisplayRole))
        if index.column() == 0 and isinstance(pin, CasePin):
            self._draw_level(painter, cell, index.row(), pin, words, gone=gone)
        else:
            colour = _GONE_COLOUR if gone else _colour(pin)
            room = cell.adjusted(_PAD, 0, -_PAD, 0)
            bold = index.column() == (1 if isinstance(pin, CasePin) else 0)
            taken = paint.draw_text(painter, room, words, bold=bold, colour=colour)
            if bold and isinstance(pin, CasePin) and pin.urgent:
                middle = cell.top() + cell.height() // 2
                fill = _GONE_COLOUR if gone else tokens.TEXT
                left = room.left() + taken + 8
                paint.draw_pill(painter, left, middle, self._urgent, fill=fill, colour=tokens.PAGE)
        painter.restore()

    def _draw_level(
        self, painter: QPainter, cell: QRect, row: int, pin: CasePin, words: str, *, gone: bool
    ) -> None:
        level = self._model.level(row)
        if level is None:
            return
        centre = QPointF(cell.left() + _SHAPE_X, cell.top() + cell.height() / 2 - 0.5)
        grey = _GONE_COLOUR if gone else None
        draw_shape(painter, centre, level, unsigned=pin.unsigned, colour=grey)
        box = QRect(cell.left(), cell.top(), _FIGURES, cell.height())
        paint.draw_figures(painter, box, words, grey or tokens.LEVEL_TEXT[level])


def _colour(pin: CasePin | WorkerPin) -> str:
    """Who is off duty steps back."""
    return tokens.TEXT if isinstance(pin, CasePin) or pin.on_duty else tokens.SECOND
