"""What the tests of the lists share: mouse moves, drag events, ids."""

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QMouseEvent,
)
from PySide6.QtWidgets import QApplication

from console.live.drag import MIME, Payload
from console.tables.row_list import RowList
from console.wire.codec import encode

LEFT = Qt.MouseButton.LeftButton
NO_BUTTON = Qt.MouseButton.NoButton
PLAIN = Qt.KeyboardModifier.NoModifier
MOVE = Qt.DropAction.MoveAction


def middle(view: RowList, row: int) -> QPoint:
    """The middle of a row in the viewport."""
    return view.visualRect(view.model().index(row, 0)).center()


def mouse(view: RowList, kind: QEvent.Type, at: QPoint, *, held: bool = True) -> None:
    """One mouse event with the left button and no key (QTest's own moves lose the button)."""
    viewport = view.viewport()
    button = NO_BUTTON if kind is QEvent.Type.MouseMove else LEFT
    where = QPointF(at)
    event = QMouseEvent(
        kind,
        where,
        QPointF(viewport.mapToGlobal(at)),
        button,
        LEFT if held else NO_BUTTON,
        PLAIN,
    )
    QApplication.sendEvent(viewport, event)


def press(view: RowList, at: QPoint) -> None:
    mouse(view, QEvent.Type.MouseButtonPress, at)


def move(view: RowList, at: QPoint) -> None:
    mouse(view, QEvent.Type.MouseMove, at)


def release(view: RowList, at: QPoint) -> None:
    mouse(view, QEvent.Type.MouseButtonRelease, at, held=False)


def double_click(view: RowList, at: QPoint) -> None:
    """What a window system sends for one."""
    press(view, at)
    release(view, at)
    mouse(view, QEvent.Type.MouseButtonDblClick, at)
    release(view, at)


def ours(kind: str = "case", *ids: str) -> QMimeData:
    """A drag of our own."""
    mime = QMimeData()
    mime.setData(MIME, encode(Payload(kind=kind, ids=list(ids or ("C1",)))))
    return mime


def foreign() -> QMimeData:
    """Text, a link and a file dragged in from elsewhere."""
    mime = QMimeData()
    mime.setText("C1")
    mime.setHtml("<b>C1</b>")
    mime.setData("text/uri-list", b"file:///etc/passwd")
    return mime


def drag_enter(view: RowList, mime: QMimeData, at: QPoint) -> bool:
    event = QDragEnterEvent(at, MOVE, mime, LEFT, PLAIN)
    event.ignore()
    QApplication.sendEvent(view.viewport(), event)
    return event.isAccepted()


def drag_move(view: RowList, mime: QMimeData, at: QPoint) -> bool:
    """Without an entry that was accepted Qt would not hand the move on: one of our own comes first."""
    drag_enter(view, ours(), at)
    event = QDragMoveEvent(at, MOVE, mime, LEFT, PLAIN)
    event.ignore()
    QApplication.sendEvent(view.viewport(), event)
    return event.isAccepted()


def drag_leave(view: RowList) -> None:
    QApplication.sendEvent(view.viewport(), QDragLeaveEvent())


def drop(view: RowList, mime: QMimeData, at: QPoint) -> bool:
    drag_enter(view, ours(), at)
    event = QDropEvent(QPointF(at), MOVE, mime, LEFT, PLAIN)
    event.ignore()
    QApplication.sendEvent(view.viewport(), event)
    return event.isAccepted()
