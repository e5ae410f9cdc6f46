"""The pills over the map: what this seat has just sent, and how to take it back."""

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from console.domain.category import Urgency
from console.i18n import Texts
from console.live.board import Board
from console.live.orders import Given, Orders
from console.tables.rows import category_name
from console.views.names import receiver_name
from console.widgets.pill import Pill, PillStack
from console.wire.messages import CommandMoved, Tick


class UndoPills(QObject):
    """One pill an order, up to three; an ordinary order can be undone while the centre holds it."""

    def __init__(self, board: Board, orders: Orders, texts: Texts, over: QWidget) -> None:
        """Lie over the bottom of a widget."""
        super().__init__(over)
        self._board = board
        self._orders = orders
        self._texts = texts
        self._stack = PillStack(over)
        self._pills: dict[str, Pill] = {}
        self._given: dict[str, Given] = {}
        orders.given.connect(self._on_given)
        orders.undone.connect(self._on_undone)
        orders.moved.connect(self._on_moved)

    def _on_given(self, given: Given) -> None:
        words = self._words("pill_sending", given)
        self._show(given, words, self._texts("status.pill_undo"), 0)
        self._given[given.key] = given

    def _on_committed(self, given: Given) -> None:
        """Only now is it said to be dispatched; an urgent order has gone out already."""
        case = self._board.picture.cases.get(given.case)
        urgent = case is not None and case.urgency is Urgency.URGENT
        words = self._words("pill_urgent" if urgent else "pill", given)
        act = self._texts("status.pill_recall" if urgent else "status.pill_undo")
        self._show(given, words, act, self._board.city.policy.announce_s)

    def _show(self, given: Given, words: str, act: str, seconds: int) -> None:
        self._remove(given.key)
        undo = partial(self._orders.undo_one, given)
        self._pills[given.key] = self._stack.add(words, act, undo, seconds)

    def _words(self, key: str, given: Given) -> str:
        """Which case went to whom."""
        city, case = self._board.city, self._board.picture.cases.get(given.case)
        what = category_name(case, city, self._texts) if case is not None else given.case
        target = receiver_name(city, given.target.kind, given.target.id, self._texts)
        return self._texts(f"status.{key}", what=what, target=target)

    def _on_undone(self, given: Given) -> None:
        self._given.pop(given.key, None)
        self._remove(given.key)

    def _on_moved(self, moved: CommandMoved) -> None:
        given = self._given.get(moved.envelope.key)
        if given is None or moved.tick is Tick.STORED:
            return
        del self._given[given.key]
        if moved.tick is Tick.COMMITTED:
            self._on_committed(given)
        else:
            self._remove(given.key)

    def _remove(self, key: str) -> None:
        pill = self._pills.pop(key, None)
        if pill is not None:
            self._stack.remove(pill)
