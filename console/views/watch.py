"""Puts before the operator what must not go by unseen: a lost order, another log, a console too old."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from console.i18n import Texts
from console.views.names import receiver_name
from console.views.notices import NoticeBook
from console.views.stage import Stage
from console.wire.commands import Envelope
from console.wire.messages import CommandMoved, Tick

FORKED = ("epoch", "ahead")
"""Reasons of a snapshot that mean: the centre's log has become another one."""


class Watch(QObject):
    """Follows the board; the book keeps what it says."""

    def __init__(self, stage: Stage, parent: QObject) -> None:
        """Nothing to say yet."""
        super().__init__(parent)
        self._stage = stage
        self._book: NoticeBook = stage.notices
        self._unknown = 0
        stage.board.relisted.connect(self._on_relisted)
        stage.board.command_moved.connect(self._on_moved)
        stage.board.changed.connect(self._on_changed)

    def _clock(self) -> str:
        board = self._stage.board
        return board.time.server_now().astimezone(board.city.tz).strftime("%H:%M:%S")

    def _on_relisted(self, why: str) -> None:
        self._unknown = 0
        if why in FORKED:
            self._book.add("epoch", lambda texts: texts("notice.epoch"), "error")

    def _on_changed(self) -> None:
        unknown = self._stage.board.picture.unknown
        if unknown and unknown != self._unknown:
            self._unknown = unknown
            self._book.add("old-console", lambda texts: texts("notice.old_console", n=unknown))

    def _on_moved(self, moved: CommandMoved) -> None:
        if moved.tick is Tick.LOST:
            time, what = self._clock(), self._named(moved.envelope)
            self._book.add(
                f"lost-{moved.envelope.key}",
                lambda texts: texts("notice.lost", what=what(texts), time=time),
                "error",
            )

    def _named(self, envelope: Envelope) -> Callable[[Texts], str]:
        """What an order was: the act, the place or the case, and to whom."""
        city, body = self._stage.city, envelope.body
        case = self._stage.board.picture.cases.get(str(body.get("case", "")))

        def words(texts: Texts) -> str:
            kinds = ("worker", "team", "unit")
            names = [receiver_name(city, kind, body.get(kind), texts) for kind in kinds]
            place = case.place if case is not None else str(body.get("case", ""))
            parts = [texts(f"operation.{envelope.type}"), place, *names]
            return texts("list.dot").join(part for part in parts if part)

        return words
