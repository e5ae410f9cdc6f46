"""The delegate that all lists of the desk share: the ground of a row, its state, its picture."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from console.tables import paint
from console.tables.roles import DEPTH_ROLE, GONE_ROLE, ROW_ROLE
from console.tables.row_list import RowList
from console.tables.row_pixmaps import RowPixmaps
from console.theme import tokens

_GONE_OPACITY = 0.7
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How a row stands: `target` is None without a drag; `mark` is the list's own (a key, an arrow)."""

    selected: bool
    hovered: bool
    target: bool | None
    gone: bool
    depth: int
    mark: str


class RowDelegate(QStyledItemDelegate):
    """Draws rows of 52 pixels; a list overrides `draw_row`, and `mark` where it has one."""

    def __init__(self, view: RowList) -> None:
        """For one view."""
        super().__init__(view)
        self._view = view
        self._pixmaps = RowPixmaps()

    def mark(self, index: _Index, row: Any) -> str:
        """What else the drawing depends on."""
        return ""

    def draw_row(self, painter: QPainter, rect: QRect, row: Any, look: Look) -> None:
        """Draw the words of a row on its ground."""
        raise NotImplementedError

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """All rows are equally high."""
        return QSize(0, tokens.ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one row, or its picture when it has not changed."""
        row = index.data(ROW_ROLE)
        state: QStyle.StateFlag = option.state
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        look = Look(
            selected=bool(state & QStyle.StateFlag.State_Selected),
            hovered=hovered or self._view.drop_id() == row.id,
            target=self._view.is_target(row.id),
            gone=bool(index.data(GONE_ROLE)),
            depth=int(index.data(DEPTH_ROLE)),
            mark=self.mark(index, row),
        )

        def draw(inner: QPainter, rect: QRect) -> None:
            paint.draw_row_ground(
                inner,
                rect,
                selected=look.selected,
                hovered=look.hovered,
                target=bool(look.target),
            )
            if look.target is False or look.gone:
                inner.setOpacity(tokens.DIMMED if look.target is False else _GONE_OPACITY)
            self.draw_row(inner, rect, row, look)

        self._pixmaps.draw(painter, option.rect, (row, look), draw)
