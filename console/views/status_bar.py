"""The line at the bottom: what became of the last command, what waits to be sent, what waits for a word."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton

from console.i18n import Texts
from console.live.board import Board
from console.live.link import Link
from console.live.orders import Given, Orders
from console.views.awaited import refusal
from console.views.names import receiver_name
from console.widgets.status_line import StatusLine
from console.wire.messages import CommandMoved, Tick

_UNDO_WORDS = {Tick.COMMITTED: "status.undone", Tick.REFUSED: "status.undo_late"}


class StatusBar(StatusLine):
    """Follows the orders of this seat."""

    held_wanted = Signal()
    """The operator wants to see the orders that wait for a word."""

    def __init__(self, board: Board, orders: Orders, texts: Texts) -> None:
        """Ready, nothing waiting."""
        super().__init__()
        self._board = board
        self._texts = texts
        self._link: Link | None = None
        self._targets: dict[str, str] = {}
        self._undone = ""
        self._facts_shown: dict[str, str] = {}
        self._held = QPushButton()
        self._held.setObjectName("held-orders")
        self._held.hide()
        self._held.clicked.connect(self.held_wanted)
        self.add(self._held)
        self.say_key("status.ready")
        orders.given.connect(self._on_given)
        orders.undone.connect(self._on_undone)
        orders.moved.connect(self._on_moved)
        board.ticked.connect(self._count)

    def attach(self, link: Link) -> None:
        """The outbox can be asked now."""
        self._link = link

    def say_key(self, key: str, **values: object) -> None:
        """Say something by its translation key."""
        self.say(self._texts(key, **values))

    def say_feed(self, words: str) -> None:
        """What the feed is doing."""
        self._show_fact("feed", words)

    def _show_fact(self, name: str, words: str) -> None:
        if self._facts_shown.get(name) != words:
            self._facts_shown[name] = words
            self.set_fact(name, words)

    def _on_given(self, given: Given) -> None:
        self._targets[given.key] = self._name(given)
        verb = self._texts(f"verb.{given.verb}")
        self.say_key("status.stored", verb=verb, target=self._targets[given.key])

    def _on_undone(self, given: Given) -> None:
        self._undone = self._name(given)
        self.say_key("status.undo_sent", target=self._undone)

    def _name(self, given: Given) -> str:
        return receiver_name(self._board.city, given.target.kind, given.target.id, self._texts)

    def _on_moved(self, moved: CommandMoved) -> None:
        target = self._targets.get(moved.envelope.key, "")
        verb = self._texts(f"operation.{moved.envelope.type}")
        if moved.envelope.body.get("reason") == "undo" and moved.tick in _UNDO_WORDS:
            self.say_key(_UNDO_WORDS[moved.tick], target=self._undone)
        elif moved.tick is Tick.LOST:
            self.say_key("error.lost", what=f"{verb} → {moved.envelope.body.get('case', '')}")
        elif moved.tick is Tick.COMMITTED:
            key = "status.committed" if target else "status.done"
            self.say_key(key, verb=verb, target=target)
        elif moved.tick is Tick.REFUSED and moved.answer is not None:
            self.say_key("status.refused", reason=refusal(moved.answer.problem or "", self._texts))
        if moved.tick not in (Tick.STORED, Tick.HELD):
            self._targets.pop(moved.envelope.key, None)
        self._count()

    def _count(self) -> None:
        if self._link is None:
            return
        waiting, held = self._link.waiting(), self._link.held_count()
        key = "status.waiting" if waiting else "status.waiting_none"
        self._show_fact("waiting", self._texts(key, n=waiting))
        self._held.setText(self._texts("status.confirm", n=held))
        self._held.setVisible(held > 0)
