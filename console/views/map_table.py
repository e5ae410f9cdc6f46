"""The table that takes the map's place when its page dies too often: what was in the frame, as rows."""

from collections.abc import Iterator

from PySide6.QtCore import QMimeData, Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from console.i18n import Texts
from console.live.board import Board
from console.live.drag import Payload, payload_of
from console.live.orders import Target
from console.map.pins import CasePin, Kind, WorkerPin
from console.map.teller import SETTLE_MS
from console.map.widget import MapWidget
from console.views.dragging import Dragging
from console.views.map_targets import map_targets
from console.views.pin_columns import RowPin
from console.views.pin_model import PinModel
from console.views.pin_view import PinView
from console.views.selection import Selection
from console.widgets.label import plain_label

REFRESH_MS = 1000
"""Rows are read anew so often, ages and minutes with them."""
RELOAD_KEY = "F5"
_KINDS = (Kind.CASE, Kind.WORKER)


class MapTable(QWidget):
    """Made before its map, which takes it as its fallback; `serve` tells it whose place it takes."""

    def __init__(self, board: Board, texts: Texts) -> None:
        """Without a row."""
        super().__init__()
        self.setObjectName("map-table")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._board = board
        self._texts = texts
        self._map: MapWidget | None = None
        policy = board.city.policy
        self._models = {kind: PinModel(kind.value, policy, texts, self) for kind in _KINDS}
        urgent = texts("urgency.urgent")
        self.views = {kind: PinView(model, urgent) for kind, model in self._models.items()}
        self._tabs = QTabBar()
        self._all = QCheckBox(texts("map.table_all"))
        self._reload = QPushButton(texts("map.reload", press=RELOAD_KEY))
        self._rows = QStackedWidget()
        self._lay_out()
        self._refresh = QTimer(self, interval=REFRESH_MS)
        self._refresh.timeout.connect(self.show_rows)
        self._settle = QTimer(self, interval=SETTLE_MS, singleShot=True)
        self._settle.timeout.connect(self._release)

    def _lay_out(self) -> None:
        self._tabs.setObjectName("map-table-tabs")
        self._tabs.setExpanding(False)
        self._tabs.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        for kind in _KINDS:
            self._tabs.addTab("")
            self._rows.addWidget(self.views[kind])
            self.views[kind].set_empty(self._texts(f"map.table_no_{kind.value}"))
        self._tabs.currentChanged.connect(self._rows.setCurrentIndex)
        self._all.setObjectName("map-table-all")
        self._all.toggled.connect(self.show_rows)
        self._reload.setObjectName("map-reload")
        why = plain_label(self._texts("map.crashed"), tone="amber", wrap=True)
        line = QHBoxLayout()
        line.setContentsMargins(12, 8, 12, 8)
        line.setSpacing(16)
        line.addWidget(why, 1)
        line.addWidget(self._reload)
        tools = QHBoxLayout()
        tools.setContentsMargins(8, 0, 12, 0)
        tools.addWidget(self._tabs, 1)
        tools.addWidget(self._all)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(line)
        box.addLayout(tools)
        box.addWidget(self._rows, 1)

    def serve(self, shown: MapWidget, selection: Selection | None = None) -> None:
        """Stand in for this map; the selection is the rows' too."""
        self._map = shown
        self._reload.clicked.connect(self._try_again)
        shortcut = QShortcut(QKeySequence(RELOAD_KEY), self)
        shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
        shortcut.activated.connect(self._try_again)
        shown.view_changed.connect(lambda _view, _zoom: self.show_rows())
        cases = self.views[Kind.CASE]
        cases.menu_wanted.connect(lambda case, at: shown.context_menu.emit("case", case, at))
        if selection is not None:
            cases.row_selected.connect(selection.choose)
            selection.changed.connect(cases.outline)

    def join(self, dragging: Dragging) -> None:
        """Take part in the screen's drags: rows are dragged, things are dropped on rows, rows hold still."""
        for kind, view in self.views.items():
            self._join(kind, view, dragging)
        dragging.began.connect(lambda payload: self._hold(payload, dragging))
        dragging.ended.connect(self._end_drag)

    def _join(self, kind: Kind, view: PinView, dragging: Dragging) -> None:
        def may(mime: QMimeData, pin: str) -> bool:
            return dragging.accepts(payload_of(mime), Target(kind.value, pin))

        def drop(mime: QMimeData, pin: str) -> bool:
            return dragging.drop(payload_of(mime), Target(kind.value, pin))

        view.set_drop(may, drop)
        view.drag_wanted.connect(lambda ids: dragging.begin(view, kind.value, ids))

    def _hold(self, payload: Payload, dragging: Dragging) -> None:
        self._settle.stop()
        for model in self._models.values():
            model.held = True
        if not self.isVisible():
            return
        targets = map_targets(self._board, dragging, payload)
        for kind, view in self.views.items():
            view.show_targets(target.id for target in targets if target.kind is kind)

    def _end_drag(self) -> None:
        for view in self.views.values():
            view.clear_targets()
        self._settle.start()

    def _release(self) -> None:
        for model in self._models.values():
            model.release()

    def showEvent(self, event: QShowEvent) -> None:
        """It takes the place: with rows, and with the keyboard if the map had it."""
        super().showEvent(event)
        self.show_rows()
        self._refresh.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks."""
        self._refresh.stop()
        super().hideEvent(event)

    def show_rows(self) -> None:
        """Read the rows anew; while something else is in sight nothing is read."""
        if self._map is None or not self.isVisible():
            return
        self._say_trying(trying=self._map.trying)
        now = self._board.time.domain_now().timestamp()
        for number, (kind, model) in enumerate(self._models.items()):
            model.show(self._pins(self._map, kind), now)
            title = self._texts(f"map.table_{kind.value}s", n=model.rowCount())
            self._tabs.setTabText(number, title)

    def _pins(self, shown: MapWidget, kind: Kind) -> Iterator[RowPin]:
        frame = None if self._all.isChecked() else shown.viewport
        for pin in shown.pins(kind).values():
            if isinstance(pin, CasePin | WorkerPin) and (
                frame is None or frame.holds(pin.position)
            ):
                yield pin

    def _try_again(self) -> None:
        if self._map is not None and self._map.given_up:
            self._map.try_again()
            self._say_trying(trying=self._map.trying)

    def _say_trying(self, *, trying: bool) -> None:
        self._reload.setEnabled(not trying)
        words = self._texts("map.reloading") if trying else ""
        self._reload.setText(words or self._texts("map.reload", press=RELOAD_KEY))
