"""How the nearby workers look and are handled."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QWidget,
)

from console.domain.city import City
from console.i18n import Texts
from console.store.nearby import NearbyWorker
from console.tables import paint
from console.tables.row_delegate import Look, RowDelegate
from console.tables.row_list import RowList
from console.tables.rows import WorkerRow
from console.tables.workers import KEYS, WorkersModel
from console.theme import tokens
from console.widgets.section import Section

_KEY_X = 24
_TEXT_X = 48
_RIGHT = 12
_GAP = 10
_Index = QModelIndex | QPersistentModelIndex


class WorkerView(RowList):
    """The nearby workers: a case may be dropped on a row, and a row dragged onto a case."""

    worker_selected = Signal(str)
    """The id of the worker whose row became the current one."""
    worker_activated = Signal(str)
    """The id of a worker that got a double click or Enter."""

    def __init__(self, model: WorkersModel, parent: QWidget | None = None) -> None:
        """Show `model`."""
        super().__init__(parent, row_height=tokens.TAKER_HEIGHT)
        self.setModel(model)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setItemDelegate(_WorkerDelegate(self))
        self.row_selected.connect(self.worker_selected)
        self.row_activated.connect(self.worker_activated)


class WorkerPanel(Section):
    """The heading and the list of nearby workers."""

    drag_wanted = Signal(list)
    """Ids of the workers that are being dragged."""
    activated = Signal(str)
    """The id of a worker that got a double click or Enter."""

    def __init__(self, city: City, texts: Texts, parent: QWidget | None = None) -> None:
        """Empty: no case is chosen."""
        super().__init__(texts("worker.title"), parent)
        self._texts = texts
        self.model = WorkersModel(city, texts, self)
        self.view = WorkerView(self.model)
        self.add(self.view, 1)
        self.view.drag_wanted.connect(self.drag_wanted)
        self.view.worker_activated.connect(self.activated)
        self.set_drop = self.view.set_drop
        self.place_of = self.view.place_of
        self._say_empty(chosen=False)

    def show_workers(self, near: Sequence[NearbyWorker], now: datetime, *, chosen: bool) -> None:
        """Show these in this order; `chosen` tells whether a case is; `now` is aware UTC domain time."""
        self.model.show(near, now)
        self._say_empty(chosen=chosen)

    def _say_empty(self, *, chosen: bool) -> None:
        if chosen:
            self.view.set_empty(self._texts("worker.none"), self._texts("worker.none_hint"))
        else:
            self.view.set_empty(self._texts("worker.choose_case"))

    def ids(self) -> list[str]:
        """The workers shown, best first."""
        return self.model.ids()

    def id_at(self, number: int) -> str | None:
        """The worker in a row, None when there is none."""
        ids = self.model.ids()
        return ids[number] if 0 <= number < len(ids) else None

    def show_targets(self, valid_ids: Iterable[str]) -> None:
        """A drag has begun: these may be dropped on."""
        self.view.show_targets(valid_ids)

    def clear_targets(self) -> None:
        """The drag is over."""
        self.view.clear_targets()


class _WorkerDelegate(RowDelegate):
    """Draws a row: key, name and mark, arrival; position's age, kind, town, distance and load."""

    def mark(self, index: _Index, row: WorkerRow) -> str:
        """The row's key."""
        return KEYS[index.row()] if index.row() < len(KEYS) else ""

    def draw_row(self, painter: QPainter, rect: QRect, row: WorkerRow, look: Look) -> None:
        """Draw one row."""
        if look.mark:
            middle = QPoint(rect.left() + _KEY_X, rect.top() + rect.height() // 2)
            paint.draw_key_cap(painter, middle, look.mark)
        _draw_first(painter, rect, row)
        _draw_second(painter, rect, row)


def _draw_first(painter: QPainter, rect: QRect, row: WorkerRow) -> None:
    left, right, top = rect.left() + _TEXT_X, rect.right() - _RIGHT, rect.top() + 3
    strong = tokens.TEXT if row.on_duty else tokens.SECOND
    width = paint.width_of(row.arrival)
    box = QRect(right - width, top, width + 1, 23)
    paint.draw_text(painter, box, row.arrival, colour=strong, align=paint.RIGHT)
    mark = paint.width_of(row.owns_grid, tokens.FONT_SECOND, bold=True) + 20 if row.owns_grid else 0
    room = QRect(left, top, box.left() - _GAP - left - mark, 23)
    taken = paint.draw_text(painter, room, row.name, bold=True, colour=strong)
    if row.owns_grid:
        paint.draw_pill(painter, left + taken + 8, top + 12, row.owns_grid, line=tokens.SECOND)


def _draw_second(painter: QPainter, rect: QRect, row: WorkerRow) -> None:
    left, right, top = rect.left() + _TEXT_X, rect.right() - _RIGHT, rect.top() + 26
    small = tokens.FONT_SECOND
    width = paint.width_of(row.near, small)
    box = QRect(right - width, top, width + 1, 20)
    busy = tokens.TEXT if row.busy else tokens.SECOND
    paint.draw_text(painter, box, row.near, pixels=small, colour=busy, align=paint.RIGHT)
    room = QRect(left, top, box.left() - _GAP - left, 20)
    colour = tokens.AMBER if row.position_old else tokens.SECOND
    taken = paint.draw_text(painter, room, row.position, pixels=small, colour=colour)
    rest = QRect(left + taken, top, room.width() - taken, 20)
    paint.draw_text(painter, rest, row.second, pixels=small, colour=tokens.SECOND)
