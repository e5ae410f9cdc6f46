"""The view that all lists of the desk share: selection, the start of a drag, drops, targets, keys."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QMimeData,
    QModelIndex,
    QPoint,
    QRect,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from console.live.drag import MIME
from console.tables.auto_scroll import AutoScroll
from console.tables.paint import draw_empty
from console.tables.roles import GONE_ROLE, ID_ROLE
from console.theme.tokens import DRAG_DISTANCE, ROW_HEIGHT

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
HOVER_MS = 600
"""How long a drag rests on a row until the row unfolds."""

DropWay = Callable[[QMimeData, str], bool]
"""(what is dragged, id of the row) → whether a drop there does, or did, something."""


class RowList(QTableView):
    """Rows of one height, one column. A table view, for a list view lays all rows out at every change."""

    row_selected = Signal(str)
    """The id of the row that became the current one."""
    row_activated = Signal(str)
    """The id of the row that got a double click or Enter."""
    row_clicked = Signal(int)
    """The number of a row that was clicked without a drag."""
    drag_wanted = Signal(list)
    """Ids of the rows that are being dragged, in the list's order."""
    menu_wanted = Signal(str, QPoint)
    """The id of a row and where on the screen its menu should open."""
    rested_on = Signal(str)
    """The id of a row on which a drag has rested."""

    def __init__(self, parent: QWidget | None = None, *, row_height: int = ROW_HEIGHT) -> None:
        """Without a model; drops are refused until `set_drop`."""
        super().__init__(parent)
        self._may_drop: DropWay = lambda _mime, _id: False
        self._drop: DropWay = lambda _mime, _id: False
        self._empty = ("", "")
        self._targets: frozenset[str] | None = None
        self._drop_id = ""
        self._pressed: QPoint | None = None
        self._press_index = QModelIndex()
        self._deferred = False
        self._scroll = AutoScroll(self)
        self._rest = QTimer(self, singleShot=True, interval=HOVER_MS)
        self._rest.timeout.connect(lambda: self.rested_on.emit(self._drop_id))
        self._set_up(row_height)

    def _set_up(self, row_height: int) -> None:
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        rows = self.verticalHeader()
        rows.hide()
        rows.setMinimumSectionSize(row_height)
        rows.setDefaultSectionSize(row_height)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setShowGrid(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setAutoScroll(False)
        self.setAcceptDrops(True)
        self.viewport().setAcceptDrops(True)
        self.verticalScrollBar().setSingleStep(row_height // 2)
        self.doubleClicked.connect(self._activate)

    # -- rows ------------------------------------------------------------------------------

    def id_of(self, index: QModelIndex) -> str:
        """The id of an index, "" for none and for the head of a group."""
        return str(index.data(ID_ROLE) or "") if index.isValid() else ""

    def current_id(self) -> str:
        """The id of the current row, "" when there is none."""
        return self.id_of(self.currentIndex())

    def selected_ids(self) -> list[str]:
        """The selected ids in the list's order."""
        rows = sorted(self.selectionModel().selectedRows(), key=lambda index: index.row())
        return [found for index in rows if (found := self.id_of(index))]

    def select_row(self, row: int) -> None:
        """Make a row the only selected and the current one, and bring it into sight."""
        index = self.model().index(row, 0)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def row_of_id(self, row_id: str) -> int | None:
        """Where a row stands, None when it is not shown."""
        model = self.model()
        numbers = range(model.rowCount())
        return next((n for n in numbers if model.index(n, 0).data(ID_ROLE) == row_id), None)

    def place_of(self, row_id: str) -> tuple[QWidget, QRect] | None:
        """The widget and the rectangle in it where a row is in sight, None when it is not."""
        row = self.row_of_id(row_id)
        rect = QRect() if row is None else self.visualRect(self.model().index(row, 0))
        seen = rect.intersected(self.viewport().rect())
        return None if seen.isEmpty() or not self.isVisible() else (self.viewport(), seen)

    def set_drop(self, may: DropWay, drop: DropWay) -> None:
        """Who says whether something may be dropped on a row, and who takes it."""
        self._may_drop, self._drop = may, drop

    def set_empty(self, title: str, hint: str = "") -> None:
        """What is said while there is no row."""
        self._empty = (title, hint)
        self.viewport().update()

    def show_targets(self, valid_ids: Iterable[str]) -> None:
        """A drag has begun: outline the rows that may be dropped on, dim the others."""
        self._targets = frozenset(valid_ids)
        self.viewport().update()

    def clear_targets(self) -> None:
        """The drag is over."""
        self._targets = None
        self._set_drop_id("")
        self.viewport().update()

    def is_target(self, row_id: str) -> bool | None:
        """During a drag whether the row may be dropped on; None while there is no drag."""
        return None if self._targets is None else row_id in self._targets

    def drop_id(self) -> str:
        """The id of the row that a drag would be dropped on now."""
        return self._drop_id

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Tell of the row that became current."""
        super().selectionChanged(selected, deselected)
        current = self.current_id()
        if current and selected.indexes():
            self.row_selected.emit(current)

    def _activate(self, index: QModelIndex) -> None:
        if found := self.id_of(index):
            self.row_activated.emit(found)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The rows, or what is said in their place."""
        super().paintEvent(event)
        model = self.model()
        if self._empty[0] and (model is None or model.rowCount() == 0):
            painter = QPainter(self.viewport())
            draw_empty(painter, self.viewport().rect(), *self._empty)
            painter.end()

    # -- the pointer ------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select at once; a press on one of several selected rows waits, it may begin their drag."""
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        index = self.indexAt(event.position().toPoint())
        self._pressed = event.position().toPoint()
        self._press_index = index
        several = len(self.selectionModel().selectedRows()) > 1
        self._deferred = index.isValid() and several and self.selectionModel().isSelected(index)
        if not self._deferred:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Begin the drag after eight pixels; never select by dragging."""
        if not event.buttons() & Qt.MouseButton.LeftButton:
            super().mouseMoveEvent(event)
            return
        if self._pressed is None:
            return
        way = event.position().toPoint() - self._pressed
        if way.manhattanLength() >= DRAG_DISTANCE:
            self._pressed = None
            self._deferred = False
            if ids := self._draggable():
                self.drag_wanted.emit(ids)

    def _draggable(self) -> list[str]:
        pressed = self.id_of(self._press_index)
        if not pressed:
            return []
        chosen = self.selectedIndexes()
        alive = [self.id_of(i) for i in chosen if not i.data(GONE_ROLE)]
        return [found for found in self.selected_ids() if found in alive]

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A press that did not become a drag is a click."""
        super().mouseReleaseEvent(event)
        if event.button() is not Qt.MouseButton.LeftButton or self._pressed is None:
            return
        self._pressed = None
        if self._deferred:
            self._deferred = False
            flags = QItemSelectionModel.SelectionFlag
            ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            self.selectionModel().setCurrentIndex(
                self._press_index, flags.Deselect if ctrl else flags.ClearAndSelect
            )
        if self._press_index.isValid():
            self.row_clicked.emit(self._press_index.row())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the row under the pointer (or of the current one, by key)."""
        keyed = event.reason() is QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if keyed else self.indexAt(event.pos())
        if not index.isValid():
            return
        if not self.selectionModel().isSelected(index):
            self.setCurrentIndex(index)
        where = self.visualRect(index).center() if keyed else event.pos()
        if found := self.id_of(index):
            self.menu_wanted.emit(found, self.viewport().mapToGlobal(where))

    # -- keys ---------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """The keys that mean a row go before the screen's shortcuts."""
        asked = event.type() is QEvent.Type.ShortcutOverride
        if asked and isinstance(event, QKeyEvent) and self.means_row(Qt.Key(event.key())):
            event.accept()
            return True
        return super().event(event)

    def means_row(self, key: Qt.Key) -> bool:
        """Whether a key is for the rows and not for the screen."""
        return key in (*ENTER, Qt.Key.Key_Home, Qt.Key.Key_End)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows and pages move; Enter activates; letters and digits are commands of the screen."""
        key, last = event.key(), self.model().rowCount() - 1
        if key in ENTER:
            self._activate(self.currentIndex())
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and last >= 0:
            self.select_row(0 if key == Qt.Key.Key_Home else last)
        elif (
            event.text().isprintable() and event.text() and not event.text().isspace()
        ) or key == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    # -- drops --------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Only our own drags are looked at."""
        event.setAccepted(event.mimeData().hasFormat(MIME))

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Accept over rows that may be dropped on; scroll at the edges."""
        point = event.position().toPoint()
        self._scroll.at(point.y())
        self._set_drop_id(self._takes(event.mimeData(), point))
        event.setAccepted(bool(self._drop_id))

    def _takes(self, mime: QMimeData, point: QPoint) -> str:
        """The id of the row at `point` when it may be dropped on, else ""."""
        index = self.indexAt(point)
        found = self.id_of(index)
        if not found or index.data(GONE_ROLE) or not mime.hasFormat(MIME):
            return ""
        return found if self._may_drop(mime, found) else ""

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """The drag has left."""
        self._scroll.stop()
        self._set_drop_id("")
        event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        """Hand the drop on; a drop on nothing does nothing."""
        self._scroll.stop()
        found = self._takes(event.mimeData(), event.position().toPoint())
        self._set_drop_id("")
        event.setAccepted(bool(found) and self._drop(event.mimeData(), found))

    def _set_drop_id(self, row_id: str) -> None:
        if row_id == self._drop_id:
            return
        self._drop_id = row_id
        if row_id:
            self._rest.start()
        else:
            self._rest.stop()
        self.viewport().update()
