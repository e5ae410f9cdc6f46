"""The case queue of a desk: tabs, search, order, and the rows."""

from PySide6.QtCore import QMimeData, QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QTabBar, QVBoxLayout, QWidget

from console.i18n import Texts
from console.live.board import Board
from console.live.drag import payload_of
from console.live.orders import Given, Orders, Target
from console.map.teller import SETTLE_MS
from console.store.changes import ChangeSet
from console.tables.case_queue import CaseQueueModel
from console.tables.queue_order import QueueOrder, QueueTab
from console.tables.queue_view import QueueView
from console.views.dragging import Dragging
from console.views.selection import Selection
from console.views.sight import Sight
from console.widgets.search_edit import SearchEdit
from console.wire.messages import CommandMoved, Tick


class QueuePanel(QWidget):
    """Follows the board; the selection is the rows' current one."""

    menu_wanted = Signal(str, QPoint)
    counts_changed = Signal()

    def __init__(self, board: Board, orders: Orders, selection: Selection, texts: Texts) -> None:
        """An empty queue until the board has a picture."""
        super().__init__()
        self.setObjectName("queue-panel")
        self._board = board
        self._texts = texts
        self._selection = selection
        self.model = CaseQueueModel(board.city, texts, self)
        self.view = QueueView(self.model, texts)
        self._tabs = QTabBar()
        self._search = SearchEdit(texts("queue.search"))
        self._order = QComboBox()
        self._pending = QLabel()
        self._settle = QTimer(self, interval=SETTLE_MS, singleShot=True)
        self._settle.timeout.connect(self.model.release)
        for case_id in orders.mine:
            self.model.mark_mine(case_id)
        self._build()
        self._sight = Sight(board, self)
        self._connect(orders)

    def _build(self) -> None:
        for tab in QueueTab:
            self._tabs.setTabData(self._tabs.addTab(""), tab.value)
        self._tabs.setExpanding(False)
        self._tabs.setDrawBase(False)
        self._tabs.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for order in QueueOrder:
            self._order.addItem(self._texts(f"queue.sort_{order.value}"), order.value)
        self._order.setToolTip(self._texts("queue.sort"))
        self._order.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._pending.setObjectName("pending")
        self._pending.hide()
        tools = QHBoxLayout()
        tools.setContentsMargins(8, 0, 8, 4)
        tools.setSpacing(6)
        tools.addWidget(self._search, 1)
        tools.addWidget(self._pending)
        tools.addWidget(self._order)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self._tabs)
        box.addLayout(tools)
        box.addWidget(self.view, 1)
        self._show_counts()

    def _connect(self, orders: Orders) -> None:
        self._tabs.currentChanged.connect(self._choose_tab)
        self._search.changed.connect(lambda _: self._filter())
        self._order.currentIndexChanged.connect(self._choose_order)
        self.model.counts_changed.connect(self._show_counts)
        self.model.pending_changed.connect(self._show_pending)
        self.view.case_selected.connect(self._selection.choose)
        self.view.menu_wanted.connect(self.menu_wanted)
        self._selection.changed.connect(self._reveal)
        self._selection.filtered.connect(self._follow_filter)
        self._sight.changed.connect(self._refresh)
        self._sight.ticked.connect(self._tick)
        self._sight.opened.connect(self._catch_up)
        orders.moved.connect(self._on_moved)
        orders.given.connect(self._on_given)
        orders.undone.connect(self._on_undone)

    def join(self, dragging: Dragging) -> None:
        """Take part in the screen's drags: rows are dragged, things are dropped on rows, rows hold still."""

        def may(mime: QMimeData, case_id: str) -> bool:
            return dragging.accepts(payload_of(mime), Target("case", case_id))

        def drop(mime: QMimeData, case_id: str) -> bool:
            return dragging.drop(payload_of(mime), Target("case", case_id))

        self.view.set_drop(may, drop)
        self.view.drag_wanted.connect(lambda ids: dragging.begin(self.view, "case", ids))
        dragging.began.connect(self._hold)
        dragging.ended.connect(self._settle.start)

    def _hold(self) -> None:
        self._settle.stop()
        self.model.hold()

    def _follow_filter(self) -> None:
        if not self._sight.open:
            return
        if self._selection.without_place:
            self._go_to_tab(QueueTab.ALL)
        self._filter()

    def _catch_up(self) -> None:
        """What was chosen while this was not in sight."""
        self._follow_filter()
        self._reveal(self._selection.case)

    def focus_search(self) -> None:
        """Put the cursor into the search."""
        self._search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _go_to_tab(self, tab: QueueTab) -> None:
        self._tabs.setCurrentIndex(list(QueueTab).index(tab))

    def next_tab(self, step: int) -> None:
        """Go to the next or the former tab."""
        self._tabs.setCurrentIndex((self._tabs.currentIndex() + step) % self._tabs.count())

    def _choose_tab(self, index: int) -> None:
        self.model.set_tab(QueueTab(self._tabs.tabData(index)))
        self._outline()
        self._show_counts()

    def _choose_order(self, index: int) -> None:
        self.model.set_order(QueueOrder(self._order.itemData(index)))

    def _filter(self) -> None:
        self.model.set_filter(
            text=self._search.text(),
            levels=self._selection.levels or None,
            without_place=self._selection.without_place,
        )
        self._outline()
        self._show_counts()

    def _refresh(self, changes: ChangeSet) -> None:
        now = self._board.time.domain_now()
        if changes.everything:
            self._show_empty()
            self.model.reset(self._board.picture, now)
        elif changes.cases or changes.removed_cases:
            picture = self._board.picture
            self.model.refresh(picture, changes.cases, changes.removed_cases, now)
        self._outline()

    def _tick(self) -> None:
        self.model.tick(self._board.time.domain_now())

    def _on_moved(self, moved: CommandMoved) -> None:
        case_id = moved.envelope.body.get("case")
        if isinstance(case_id, str):
            self.model.set_tick(case_id, Tick(moved.tick).value)

    def _on_given(self, given: Given) -> None:
        self.model.mark_mine(given.case)

    def _on_undone(self, given: Given) -> None:
        self.model.mark_mine(given.case, mine=False)

    def _reveal(self, case_id: str | None) -> None:
        """Outline the chosen case, or nothing where it has no row; several selected rows may be among them."""
        if self._sight.open and (case_id is None or case_id not in self.view.selected_ids()):
            self.view.select_case(case_id)

    def _outline(self) -> None:
        """The chosen case may have a row again."""
        if self._selection.case is not None:
            self.view.outline_case(self._selection.case)

    def _show_counts(self) -> None:
        searching = self._searching()
        for index, (tab, count) in enumerate(self.model.tab_counts().items()):
            shown = (
                f"{self.model.rowCount()}/{count}" if searching and tab is self.model.tab else count
            )
            words = self._texts("queue.tab_count", tab=self._texts(f"queue.{tab.value}"), n=shown)
            self._tabs.setTabText(index, words)
        self._show_empty()
        self.counts_changed.emit()

    def _searching(self) -> bool:
        """Whether some of the tab's cases are not shown."""
        return bool(self._search.text()) or self._selection.filtering

    def _show_pending(self, count: int) -> None:
        self._pending.setText(self._texts("queue.pending_new", n=count))
        self._pending.setVisible(count > 0)

    def _show_empty(self) -> None:
        if not self._board.picture.epoch:
            self.view.set_empty(self._texts("queue.connecting"))
            return
        searching = self._searching()
        key = "filter" if searching else self.model.tab.value
        hint = self._texts("queue.empty_filter_hint") if searching else ""
        self.view.set_empty(self._texts(f"queue.empty_{key}"), hint)
