"""The one drag of the program: pins, rows and workers all travel the same way."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QMimeData, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QDrag, QPixmap
from PySide6.QtWidgets import QWidget

from console.wire.codec import BadInput, decode, encode

MIME = "application/x-baton"
"""Only this kind is ever accepted; text, files and links from elsewhere are ignored."""

GHOST_OFFSET = QPoint(-16, -16)
"""The ghost hangs 16 px right of and below the pointer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Payload:
    """What is in hand: `kind` is `case`, `worker` or `team`."""

    kind: str
    ids: list[str]


def payload_of(mime: QMimeData) -> Payload | None:
    """What a drag carries; None for anything that is not ours."""
    return read_payload(bytes(mime.data(MIME).data())) if mime.hasFormat(MIME) else None


def read_payload(data: bytes) -> Payload | None:
    """The payload of MIME bytes; None when they are not ours."""
    try:
        return decode(data, Payload)
    except BadInput:
        return None


class Drag(QObject):
    """Runs drags one at a time and tells when one begins and ends."""

    began = Signal(object)
    """A Payload: light the targets, hold the rows."""
    ended = Signal(bool)
    """Whether it was dropped on something."""

    def __init__(self, parent: QObject | None = None) -> None:
        """No drag yet."""
        super().__init__(parent)
        self.payload: Payload | None = None

    def run(self, source: QWidget, kind: str, ids: Sequence[str], ghost: QPixmap) -> None:
        """Drag until release, Esc or lost focus; returns when it is over."""
        if self.payload is not None or not ids:
            return
        self.payload = Payload(kind=kind, ids=list(ids))
        mime = QMimeData()
        mime.setData(MIME, encode(self.payload))
        drag = QDrag(source)
        drag.setMimeData(mime)
        drag.setPixmap(ghost)
        drag.setHotSpot(GHOST_OFFSET)
        self.began.emit(self.payload)
        try:
            action = drag.exec(Qt.DropAction.MoveAction | Qt.DropAction.CopyAction)
        finally:
            self.payload = None
        self.ended.emit(action is not Qt.DropAction.IgnoreAction)

    def cancel(self) -> None:
        """Let go of what is in hand, wherever the pointer is; nothing is dropped."""
        if self.payload is not None:
            QDrag.cancel()
