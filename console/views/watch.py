"""Puts before the operator what must not go by unseen: a lost order, another log, a console too old."""

import logging
from collections.abc import Callable

from PySide6.QtCore import QObject

from console.i18n import Texts
from console.live.link import Link
from console.views.names import receiver_name
from console.views.notices import NoticeBook, Words
from console.views.stage import Stage
from console.wire.commands import Envelope
from console.wire.messages import (
    AddressChanged,
    ClockStepped,
    CommandMoved,
    MachineSlept,
    Note,
    NotStored,
    NotUnderstood,
    RowsSetAside,
    Tick,
)

log = logging.getLogger(__name__)

FORKED = ("epoch", "ahead")
"""Reasons of a snapshot that mean: the centre's log has become another one."""

_LOST = "lost-"


class Watch(QObject):
    """Follows the board; the book keeps what it says."""

    def __init__(self, stage: Stage, parent: QObject) -> None:
        """Nothing to say yet."""
        super().__init__(parent)
        self._stage = stage
        self._link: Link | None = None
        self._book: NoticeBook = stage.notices
        self._unknown = 0
        self._book.acknowledged.connect(self._on_acknowledged)
        stage.board.relisted.connect(self._on_relisted)
        stage.board.command_moved.connect(self._on_moved)
        stage.board.changed.connect(self._on_changed)
        stage.board.noted.connect(self._on_noted)

    def attach(self, link: Link) -> None:
        """The outbox is told what the operator has acknowledged."""
        self._link = link

    def _clock(self) -> str:
        board = self._stage.board
        return board.time.server_now().astimezone(board.city.tz).strftime("%H:%M:%S")

    def _on_relisted(self, why: str) -> None:
        self._unknown = 0
        if why in FORKED:
            self._say("epoch", "notice.epoch", "error")
        self._book.name_anew()

    def _on_changed(self) -> None:
        unknown = self._stage.board.picture.unknown
        if unknown and unknown != self._unknown:
            self._unknown = unknown
            self._say("old-console", "notice.old_console", n=unknown)

    def _on_moved(self, moved: CommandMoved) -> None:
        answer = moved.answer
        if moved.tick is Tick.LOST:
            time, what = self._clock(), self._named(moved.envelope)
            self._book.add(
                _LOST + moved.envelope.key,
                lambda texts: texts("notice.lost", what=what(texts), time=time),
                "error",
            )
        elif answer is not None and answer.problem == NotStored.code:
            name, reason = self._named(moved.envelope), answer.detail
            self._book.add(
                f"not-stored-{moved.envelope.key}",
                lambda texts: texts("notice.not_stored", what=name(texts), reason=reason),
                "error",
            )

    def _on_acknowledged(self, name: str) -> None:
        """What was lost is told at every start until somebody has seen it."""
        if name.startswith(_LOST) and self._link is not None:
            try:
                self._link.discard(name.removeprefix(_LOST))
            except NotStored as error:
                log.warning("a lost order will be told again: %s", error)

    def _on_noted(self, note: Note) -> None:
        time = self._clock()
        match note:
            case NotUnderstood(kind):
                self._say("old-console", "notice.old_frame", what=kind)
            case RowsSetAside(count):
                self._say("set-aside", "notice.set_aside", "error", n=count)
            case AddressChanged(address):
                self._say("failover", "notice.failover", time=time, address=address)
            case ClockStepped(seconds):
                size = abs(round(seconds))
                self._say("clock", "notice.clock_jump", time=time, seconds=size)
            case MachineSlept(seconds):
                words = _slept(time, round(seconds))
                self._book.add("slept", words, "notice")

    def _say(self, name: str, key: str, kind: str = "warning", **values: object) -> None:
        self._book.add(name, lambda texts: texts(key, **values), kind)

    def _named(self, envelope: Envelope) -> Callable[[Texts], str]:
        """What an order was: the act, the place or the case, and to whom."""
        stage, city, body = self._stage, self._stage.city, envelope.body

        def words(texts: Texts) -> str:
            # Looked up when it is read: an order of an earlier run is told before the picture is there.
            case = stage.board.picture.cases.get(str(body.get("case", "")))
            kinds = ("worker", "team", "unit")
            names = [receiver_name(city, kind, body.get(kind), texts) for kind in kinds]
            place = case.place if case is not None else str(body.get("case", ""))
            parts = [texts(f"operation.{envelope.type}"), place, *names]
            return texts("list.dot").join(part for part in parts if part)

        return words


def _slept(time: str, seconds: int) -> Words:
    minutes = seconds // 60

    def words(texts: Texts) -> str:
        key = "notice.slept_minutes" if minutes else "notice.slept"
        return texts(key, time=time, n=minutes or seconds)

    return words
