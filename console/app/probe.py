"""Tells a test where things are on the screen, so that a real mouse can be moved there; read-only, off by default."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QPoint, QPointF, QRect
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QApplication, QWidget

from console.wire.codec import BadInput, decode, encode

Locate = Callable[[str, str], tuple[QWidget, QRect] | None]
"""(kind, id) → the widget that shows it and its rectangle there, None when it is not visible."""


class Probe(QObject):
    """Answers one JSON line a question: `{"kind": "row", "id": "…"}` → `{"x": …, "y": …, "words": …}`, screen pixels."""

    def __init__(self, name: str, locate: Locate, parent: QObject) -> None:
        """Listen on a local socket that only this user can open."""
        super().__init__(parent)
        self._locate = locate
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._accept)
        self._server.listen(name)

    def _accept(self) -> None:
        socket = self._server.nextPendingConnection()
        socket.readyRead.connect(lambda: self._read(socket))
        socket.disconnected.connect(socket.deleteLater)

    def _read(self, socket: QLocalSocket) -> None:
        while socket.canReadLine():
            line = bytes(socket.readLine().data())
            socket.write(encode(self._answer(line)) + b"\n")

    def _answer(self, line: bytes) -> dict[str, Any]:
        try:
            question = decode(line, dict[str, str])
        except BadInput as error:
            return {"error": str(error)}
        # Kept until the end: PySide forgets the children of a C++ dialog together with its own wrapper.
        _tops = QApplication.topLevelWidgets()
        found = self._locate(question.get("kind", ""), question.get("id", ""))
        if found is None:
            return {"found": False}
        widget, rect = found
        ratio = widget.devicePixelRatioF()
        centre = _native(widget, rect.center(), ratio)
        corner = _native(widget, rect.topLeft(), ratio)
        return {
            "found": True,
            "x": round(centre.x()),
            "y": round(centre.y()),
            "left": round(corner.x()),
            "top": round(corner.y()),
            "width": round(rect.width() * ratio),
            "height": round(rect.height() * ratio),
            "words": _words(widget),
        }


def _native(widget: QWidget, point: QPoint, ratio: float) -> QPointF:
    """A point of the widget in pixels of the whole screen; each display scales from its own corner."""
    corner = widget.screen().geometry().topLeft()
    return QPointF(corner) + QPointF(widget.mapToGlobal(point) - corner) * ratio


def _words(widget: QWidget) -> str:
    """What a label, a button or a field says; of anything else the name that a screen reader says."""
    for name in ("text", "plainText", "currentText"):
        said = widget.property(name)
        if said is not None:
            return str(said)
    return widget.accessibleName()
