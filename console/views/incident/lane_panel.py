"""The lanes of the incident: who was asked, who has signed, who is there; drops ask and attach."""

from functools import partial

from PySide6.QtCore import QPoint, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton

from console.domain.roster import Roster
from console.store.changes import ChangeSet
from console.views.incident.focus import Focus
from console.views.incident.lane_view import DropWay, LaneHead, LaneList
from console.views.incident.lanes import Lane, lane, order_of
from console.views.stage import Stage
from console.widgets.section import Section

SETTLE_MS = 300
"""So long after a drag the lanes keep their order."""


class LanePanel(Section):
    """Follows the chosen incident. The order of the rows is taken anew only between drags."""

    ask_wanted = Signal()
    """The operator wants to choose whom to ask."""
    picked = Signal(str)
    """An order's row was chosen."""

    def __init__(self, stage: Stage, focus: Focus) -> None:
        """Nobody asked."""
        super().__init__(stage.texts("incident.lanes"))
        self.setObjectName("lane-panel")
        self._stage = stage
        self._focus = focus
        self._held = False
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self._release)
        self.head = LaneHead(stage.texts)
        self.list = LaneList(stage.texts)
        self.list.set_flash(stage.flash)
        self.list.menu_wanted.connect(self._show_menu)
        self.list.row_selected.connect(self.picked)
        self._ask = QPushButton(stage.texts("incident.ask"))
        self._ask.setObjectName("incident-ask")
        self._ask.setProperty("kind", "main")
        self._ask.clicked.connect(self.ask_wanted)
        self.add_to_head(self._ask)
        self.add(self.head)
        self.add(self.list, 1)

    def set_drop(self, may: DropWay, drop: DropWay) -> None:
        """Who says whether something may be dropped here, and who takes it."""
        self.list.set_ways(may, drop)

    def hold(self, held: bool) -> None:
        """During a drag no row changes its place; released, 300 ms later."""
        if held:
            self._held = True
            self._settle.stop()
        else:
            self._settle.start()

    def light(self, lit: bool | None, words: str = "") -> None:
        """During a drag: whether the lanes take it and what a drop would do; None when it is over."""
        self.set_title(words or self._stage.texts("incident.lanes"))
        self.setProperty("target", "" if lit is None else ("yes" if lit else "no"))
        self.style().unpolish(self)
        self.style().polish(self)

    def _release(self) -> None:
        self._held = False
        self.show_lanes()

    def refresh(self, changes: ChangeSet) -> None:
        """Follow the board."""
        if changes.everything or changes.turns or self._focus.id in changes.incidents:
            self.show_lanes()

    def show_lanes(self) -> None:
        """Read the orders of the incident; minutes and lanes go on in place during a drag."""
        incident = self._focus.incident
        self._say_empty()
        if incident is None:
            self.list.rows.show([])
            self.list.show_unsigned([])
            self.head.show_counts([])
            return
        board, texts = self._stage.board, self._stage.texts
        now = board.time.domain_now()
        roster = Roster(board.city.rotas, board.picture.turns.values(), board.city.tz)
        orders = order_of(board.picture.orders_of(incident.id))
        rows = [lane(order, incident, board.city, roster, texts, now) for order in orders]
        if self._held:
            rows = self._in_place(rows)
        self.list.rows.show(rows)
        self.list.show_unsigned(rows)
        self.head.show_counts(rows)

    def _in_place(self, rows: list[Lane]) -> list[Lane]:
        """The order on the screen; those who came meanwhile stand at the end."""
        before = {row.id: number for number, row in enumerate(self.list.rows.rows)}
        return sorted(rows, key=lambda row: before.get(row.id, len(before)))

    def _say_empty(self) -> None:
        texts, incident = self._stage.texts, self._focus.incident
        self._ask.setVisible(incident is not None)
        reason = self._stage.why_not("call_in")
        self._ask.setEnabled(reason is None and incident is not None and incident.open)
        self._ask.setToolTip(reason or texts("incident.ask_hint"))
        key = "incident.no_lanes" if incident is not None else "incident.no_incident_lanes"
        self.list.set_empty(texts(key), texts(f"{key}_hint"))

    def _show_menu(self, order_id: str, at: QPoint) -> None:
        order = self._stage.board.picture.assignments.get(order_id)
        if order is None or not order.active:
            return
        orders, texts = self._stage.orders, self._stage.texts
        menu = QMenu(self)
        remind = menu.addAction(texts("menu.remind"), partial(orders.remind, order_id))
        self._offer(remind, "remind")
        back = menu.addAction(
            texts("menu.recall"), lambda: orders.recall(order_id, texts("incident.recalled"))
        )
        self._offer(back, "recall")
        menu.exec(at)
        menu.deleteLater()

    def _offer(self, action: QAction, operation: str) -> None:
        """What may not be done says why."""
        reason = self._stage.why_not(operation, incident=self._focus.incident)
        action.setEnabled(reason is None)
        if reason is not None:
            action.setText(f"{action.text()}{self._stage.texts('list.dot')}{reason}")
