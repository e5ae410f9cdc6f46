"""The pointer over the page, by real mouse events of Qt, and Qt drags over the widget."""

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from console.domain.place import Position
from console.live.drag import MIME
from console.map.widget import MapWidget
from tests.map.page import ask, spot, wait_for
from tests.map.pins import NOW, case, worker

LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier


def pane(widget: MapWidget):  # type: ignore[no-untyped-def]
    """The inner widget that takes the mouse for the page."""
    return widget.view.focusProxy()


def put_pin(qtbot: QtBot, widget: MapWidget) -> QPoint:
    widget.set_clock(NOW, 0)
    widget.set_cases([case()])
    return QPoint(*spot(qtbot, widget, "case", "c1"))


def test_press_and_release_is_a_click(qtbot: QtBot, map_widget: MapWidget) -> None:
    at = put_pin(qtbot, map_widget)
    signals = [map_widget.case_pressed, map_widget.case_clicked]
    with qtbot.waitSignals(signals, timeout=5_000, order="strict"):
        QTest.mouseClick(pane(map_widget), LEFT, NONE, at)


def test_eight_pixels_more_ask_for_a_drag(qtbot: QtBot, map_widget: MapWidget) -> None:
    at = put_pin(qtbot, map_widget)
    before = map_widget.viewport
    with qtbot.waitSignal(map_widget.case_pressed, timeout=5_000):
        QTest.mousePress(pane(map_widget), LEFT, NONE, at)
    with qtbot.waitSignal(map_widget.drag_wanted, timeout=5_000) as wanted:
        QTest.mouseMove(pane(map_widget), at + QPoint(5, 0))
        QTest.mouseMove(pane(map_widget), at + QPoint(12, 0))
    assert wanted.args == ["case", "c1"]
    assert map_widget.viewport == before
    QTest.mouseRelease(pane(map_widget), LEFT, NONE, at)


def test_empty_map_pans(qtbot: QtBot, map_widget: MapWidget) -> None:
    put_pin(qtbot, map_widget)
    asked: list[str] = []
    map_widget.drag_wanted.connect(lambda *_: asked.append("drag"))
    with qtbot.waitSignal(map_widget.view_changed, timeout=5_000):
        QTest.mousePress(pane(map_widget), LEFT, NONE, QPoint(150, 150))
        QTest.mouseMove(pane(map_widget), QPoint(160, 150))
        QTest.mouseMove(pane(map_widget), QPoint(250, 150))
        QTest.mouseRelease(pane(map_widget), LEFT, NONE, QPoint(250, 150))
    assert asked == []


def test_context_menu_is_placed_on_the_screen(qtbot: QtBot, map_widget: MapWidget) -> None:
    at = put_pin(qtbot, map_widget)
    with qtbot.waitSignal(map_widget.context_menu, timeout=5_000) as menu:
        QTest.mouseClick(pane(map_widget), Qt.MouseButton.RightButton, NONE, at)
    kind, pin_id, place = menu.args
    assert (kind, pin_id) == ("case", "c1")
    assert place == map_widget.view.mapToGlobal(at)


def test_hover_is_told_and_untold(qtbot: QtBot, map_widget: MapWidget) -> None:
    at = put_pin(qtbot, map_widget)
    # Qt sends a move only when the pointer was elsewhere before.
    QTest.mouseMove(pane(map_widget), at + QPoint(90, 90))
    with qtbot.waitSignal(map_widget.hovered, timeout=5_000) as hovered:
        QTest.mouseMove(pane(map_widget), at)
    assert hovered.args == ["case", "c1"]
    with qtbot.waitSignal(map_widget.hovered, timeout=5_000) as hovered:
        QTest.mouseMove(pane(map_widget), at + QPoint(120, 80))
    assert hovered.args == ["", ""]


def mime(form: str = MIME) -> QMimeData:
    data = QMimeData()
    data.setData(form, b'{"cases":["c9"]}')
    return data


def drag_to(widget: MapWidget, data: QMimeData, at: QPoint) -> bool:
    """Enter and move; whether a drop there is accepted."""
    args = (Qt.DropAction.CopyAction, data, LEFT, NONE)
    widget.view.dragEnterEvent(QDragEnterEvent(at, *args))
    event = QDragMoveEvent(at, *args)
    event.ignore()
    widget.view.dragMoveEvent(event)
    return event.isAccepted()


def drop(widget: MapWidget, data: QMimeData, at: QPoint) -> None:
    event = QDropEvent(QPointF(at), Qt.DropAction.CopyAction, data, LEFT, NONE)
    widget.view.dropEvent(event)


def test_drop_on_a_worker_names_the_worker(qtbot: QtBot, map_widget: MapWidget) -> None:
    map_widget.set_workers([worker()])
    at = QPoint(*spot(qtbot, map_widget, "worker", "w1")) + QPoint(15, 10)
    map_widget.set_drop_policy(lambda _mime, kind, pin_id: (kind, pin_id) == ("worker", "w1"))
    data = mime()
    assert drag_to(map_widget, data, at)
    wait_for(qtbot, map_widget, "window.baton.app.targets.hovered === 'worker|w1'")
    with qtbot.waitSignal(map_widget.dropped, timeout=1_000) as dropped:
        drop(map_widget, data, at)
    sent, kind, pin_id, place = dropped.args
    assert (sent, kind, pin_id) == (b'{"cases":["c9"]}', "worker", "w1")
    assert isinstance(place, Position)
    assert abs(place.lon - worker().position.lon) < 0.02
    wait_for(qtbot, map_widget, "window.baton.app.targets.hovered === null")


def test_drop_on_nothing_does_nothing(qtbot: QtBot, map_widget: MapWidget) -> None:
    map_widget.set_workers([worker()])
    at = QPoint(*spot(qtbot, map_widget, "worker", "w1")) + QPoint(100, 60)
    map_widget.set_drop_policy(lambda _mime, kind, _id: kind == "worker")
    with qtbot.assertNotEmitted(map_widget.dropped):
        data = mime()
        assert not drag_to(map_widget, data, at)
        drop(map_widget, data, at)


def test_text_and_files_are_ignored(qtbot: QtBot, map_widget: MapWidget) -> None:
    map_widget.set_drop_policy(lambda *_: True)
    with qtbot.waitSignal(map_widget.foreign_drop, timeout=1_000):
        assert not drag_to(map_widget, mime("text/plain"), QPoint(300, 300))


def test_crowd_opens_a_fan_and_its_middle_is_nothing(qtbot: QtBot, map_widget: MapWidget) -> None:
    map_widget.set_workers([worker("w1"), worker("w2", dx=0.0005)])
    at = QPoint(*spot(qtbot, map_widget, "worker", "w1"))
    map_widget.set_drop_policy(lambda _mime, kind, _id: kind == "worker")
    data = mime()
    assert not drag_to(map_widget, data, at)
    wait_for(qtbot, map_widget, "window.baton.app.targets.fan.length === 2")
    _, _, x, y = ask(qtbot, map_widget, "window.baton.app.targets.fan")[1]
    assert drag_to(map_widget, data, QPoint(round(x), round(y)))
    with qtbot.waitSignal(map_widget.dropped, timeout=1_000) as dropped:
        drop(map_widget, data, QPoint(round(x), round(y)))
    assert dropped.args[1:3] == ["worker", "w2"]


def test_drag_at_the_edge_pans(qtbot: QtBot, map_widget: MapWidget) -> None:
    before = map_widget.viewport
    assert before is not None
    drag_to(map_widget, mime(), QPoint(20, 300))
    qtbot.waitUntil(lambda: map_widget.viewport.west < before.west - 0.01, timeout=5_000)  # type: ignore[union-attr]
    map_widget.clear_targets()
