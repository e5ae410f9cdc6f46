"""The menu of a case: every drag's other way, ending in the same command."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from console.domain.case import WITH_UNIT, CaseState
from console.i18n import Texts
from console.live.board import Board
from console.live.orders import Orders, Target
from console.store.nearby import nearby
from console.store.ranking import rank_units
from console.views.names import receiver_name
from console.views.reason_dialog import ask_reason
from console.views.selection import Selection

WORKERS, UNITS = 6, 8


class CaseMenu:
    """Builds the menu anew each time: it says what may be done now, and why not."""

    def __init__(
        self,
        board: Board,
        orders: Orders,
        selection: Selection,
        texts: Texts,
        parent: QWidget,
        show_on_map: Callable[[str], object],
        add_more: Callable[[QMenu, str], object] = lambda _menu, _case: None,
    ) -> None:
        """`show_on_map` centres the map on a case; `add_more` puts entries of the screen's own at the end."""
        self._board = board
        self._orders = orders
        self._selection = selection
        self._texts = texts
        self._parent = parent
        self._show_on_map = show_on_map
        self._add_more = add_more

    def show(self, case_id: str, at: QPoint) -> None:
        """Open the menu of a case at a global position."""
        case = self._board.picture.cases.get(case_id)
        if case is None:
            return
        self._selection.choose(case_id)
        menu = QMenu(self._parent)
        menu.setToolTipsVisible(True)
        workers = menu.addMenu(self._texts("menu.dispatch_worker"))
        now = self._board.time.domain_now()
        for near in nearby(case, self._board.picture, self._board.city, now, limit=WORKERS):
            name = self._texts.pick(near.worker.name, near.worker.name_en)
            self._add_target(workers, case_id, Target("worker", near.worker.id), name)
        units = menu.addMenu(self._texts("menu.dispatch_unit"))
        for ranked in rank_units(case, self._board.picture, self._board.city)[:UNITS]:
            name = self._texts.pick(ranked.unit.name, ranked.unit.name_en)
            self._add_target(units, case_id, Target("unit", ranked.unit.code), name)
        menu.addSeparator()
        if case.state is CaseState.RECEIVED:
            action = menu.addAction(
                self._texts("menu.register"), lambda: self._orders.register(case_id)
            )
            self._disable(action, "register", case_id)
        self._add_redispatch(menu, case_id)
        self._add_for_orders(menu, case_id)
        menu.addSeparator()
        show = menu.addAction(self._texts("menu.show_on_map"), lambda: self._show_on_map(case_id))
        show.setEnabled(case.position is not None)
        menu.addAction(
            self._texts("menu.copy_id"), lambda: QGuiApplication.clipboard().setText(case_id)
        )
        self._add_more(menu, case_id)
        menu.exec(at)
        menu.deleteLater()

    def _add_target(self, menu: QMenu, case_id: str, target: Target, name: str) -> None:
        gesture = self._orders.gesture_for(case_id, target)
        if gesture is None:
            return
        words = f"{name} · {self._texts('verb.' + gesture.verb.value)}"
        if gesture.refusal is not None:
            words = f"{name} · {self._texts('problem.' + gesture.refusal)}"
        action = menu.addAction(
            words.replace("&", "&&"), lambda: self._orders.give(case_id, target)
        )
        action.setEnabled(gesture.allowed)

    def _add_redispatch(self, menu: QMenu, case_id: str) -> None:
        """Another lead, with a reason; only where there is one to replace."""
        picture, city = self._board.picture, self._board.city
        case = picture.cases.get(case_id)
        lead = picture.lead(case) if case is not None else None
        if case is None or lead is None or not lead.active or case.state not in WITH_UNIT:
            return
        units = menu.addMenu(self._texts("menu.redispatch"))
        self._disable(units.menuAction(), "redispatch", case_id)
        for ranked in rank_units(case, picture, city)[:UNITS]:
            if ranked.unit.code != lead.unit:
                name = self._texts.pick(ranked.unit.name, ranked.unit.name_en).replace("&", "&&")
                units.addAction(name, partial(self._redispatch, case_id, ranked.unit.code))

    def _redispatch(self, case_id: str, unit: str) -> None:
        reason = self._ask_reason()
        if reason:
            self._orders.redispatch(case_id, unit, reason)

    def _add_for_orders(self, menu: QMenu, case_id: str) -> None:
        """A nudge and a way back for each order that somebody holds."""
        active = [o for o in self._board.picture.orders_of(case_id) if o.active]
        for order in active:
            city = self._board.city
            name = receiver_name(city, "worker", order.worker, self._texts)
            name = name or receiver_name(city, "unit", order.unit, self._texts)
            for key, act in (("remind", self._orders.remind), ("recall", self._recall)):
                words = f"{self._texts(f'menu.{key}')} {name}".replace("&", "&&")
                self._disable(menu.addAction(words, partial(act, order.id)), key, case_id)

    def _recall(self, assignment_id: str) -> None:
        reason = self._ask_reason()
        if reason:
            self._orders.recall(assignment_id, reason)

    def _ask_reason(self) -> str:
        """A set phrase or own words; "" when the operator thought better of it."""
        names = ("wrong_receiver", "duplicate", "citizen_cancelled", "other")
        phrases = [self._texts(f"reason.{name}") for name in names]
        return ask_reason(self._texts, phrases, self._parent)

    def _disable(self, action: QAction, operation: str, case_id: str) -> None:
        """What this seat may not do says so."""
        code = self._orders.refusal(operation, case_id)
        if code is not None:
            reason = self._texts(f"problem.{code}")
            action.setText(f"{action.text()} · {reason}")
            action.setToolTip(reason)
            action.setEnabled(False)
