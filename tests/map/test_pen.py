"""Areas drawn on the page by real mouse and keys of Qt, and what ends a drawing."""

import math
import os
import signal

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from console.domain.footprint import fault
from console.domain.place import Position, distance_m
from console.map.widget import MapWidget
from tests.map.page import ask, run_module, spot, wait_for
from tests.map.pins import NOW, case
from tests.map.test_gestures import LEFT, NONE, pane

TOOL = "window.baton.app.pen.tool"


def take(qtbot: QtBot, widget: MapWidget, tool: str) -> None:
    """Take the tool out and wait until the page has it."""
    widget.draw(tool)
    wait_for(qtbot, widget, TOOL + " === '" + tool + "'")


CURSOR = (
    "(() => { const a = window.baton.app, c = a.pen.trace.cursor;"
    "const p = c && a.map.latLngToContainerPoint(a.map.unproject([c.x * 256, c.y * 256], 0));"
    "return p && JSON.stringify([Math.round(p.x), Math.round(p.y)]); })()"
)


def stroke(widget: MapWidget, *points: tuple[int, int], qtbot: QtBot | None = None) -> None:
    """Press at the first point, move through the others, release at the last.

    With `qtbot` each move is on the page before the next: the page gets one move a frame.
    """
    QTest.mousePress(pane(widget), LEFT, NONE, QPoint(*points[0]))
    for point in points[1:]:
        QTest.mouseMove(pane(widget), QPoint(*point))
        if qtbot is not None:
            at = f"[{point[0]}, {point[1]}]"
            wait_for(qtbot, widget, CURSOR + " === '" + at.replace(" ", "") + "'")
    QTest.mouseRelease(pane(widget), LEFT, NONE, QPoint(*points[-1]))


def click(qtbot: QtBot, widget: MapWidget, *points: tuple[int, int]) -> None:
    """Click the points one by one; each is on the page before the next."""
    for point in points:
        before = ask(qtbot, widget, "window.baton.app.pen.trace.points.length")
        QTest.mouseClick(pane(widget), LEFT, NONE, QPoint(*point))
        wait_for(qtbot, widget, f"window.baton.app.pen.trace.points.length === {before + 1}")


def pixels(widget: MapWidget, ring: list[Position]) -> list[tuple[int, int]]:
    view = widget.viewport
    assert view is not None
    return [(round(x), round(y)) for x, y in map(view.to_pixel, ring)]


def test_circle_is_a_ring_round_its_centre(qtbot: QtBot, map_widget: MapWidget) -> None:
    take(qtbot, map_widget, "circle")
    view = map_widget.viewport
    assert view is not None
    with (
        qtbot.waitSignal(map_widget.drawing_ended, timeout=5_000),
        qtbot.waitSignal(map_widget.drawn, timeout=5_000) as drawn,
    ):
        stroke(map_widget, (400, 300), (440, 300), (500, 300))
    ring = drawn.args[0]
    assert len(ring) == 48
    centre, edge = view.to_position(400, 300), view.to_position(500, 300)
    radius = distance_m(centre, edge)
    assert all(abs(distance_m(centre, point) / radius - 1) < 0.005 for point in ring)
    assert map_widget.viewport == view


def test_polygon_closes_with_a_double_click(qtbot: QtBot, map_widget: MapWidget) -> None:
    take(qtbot, map_widget, "polygon")
    click(qtbot, map_widget, (200, 200), (500, 200), (500, 400))
    with qtbot.waitSignal(map_widget.drawn, timeout=5_000) as drawn:
        for _ in range(2):
            QTest.mouseClick(pane(map_widget), LEFT, NONE, QPoint(200, 400))
    corners = [(200, 200), (500, 200), (500, 400), (200, 400)]
    assert pixels(map_widget, drawn.args[0]) == corners


def test_polygon_closes_on_its_first_point(qtbot: QtBot, map_widget: MapWidget) -> None:
    take(qtbot, map_widget, "polygon")
    click(qtbot, map_widget, (200, 200), (500, 200), (500, 400))
    with qtbot.waitSignal(map_widget.drawn, timeout=5_000) as drawn:
        QTest.mouseClick(pane(map_widget), LEFT, NONE, QPoint(205, 204))
    assert len(drawn.args[0]) == 3


def test_polygon_closes_with_enter_and_forgets_with_backspace(
    qtbot: QtBot, map_widget: MapWidget
) -> None:
    take(qtbot, map_widget, "polygon")
    click(qtbot, map_widget, (200, 200), (500, 200), (500, 400), (20, 20))
    QTest.keyClick(pane(map_widget), Qt.Key.Key_Backspace)
    wait_for(qtbot, map_widget, "window.baton.app.pen.trace.points.length === 3")
    with qtbot.waitSignal(map_widget.drawn, timeout=5_000) as drawn:
        QTest.keyClick(pane(map_widget), Qt.Key.Key_Return)
    assert pixels(map_widget, drawn.args[0]) == [(200, 200), (500, 200), (500, 400)]


def test_two_points_are_no_area(qtbot: QtBot, map_widget: MapWidget) -> None:
    take(qtbot, map_widget, "polygon")
    click(qtbot, map_widget, (200, 200), (500, 200))
    with qtbot.assertNotEmitted(map_widget.drawn):
        QTest.keyClick(pane(map_widget), Qt.Key.Key_Return)
        assert ask(qtbot, map_widget, TOOL) == "polygon"


def test_a_bow_tie_is_handed_on_to_be_refused(qtbot: QtBot, map_widget: MapWidget) -> None:
    take(qtbot, map_widget, "polygon")
    click(qtbot, map_widget, (200, 200), (500, 400), (500, 200), (200, 400))
    with qtbot.waitSignal(map_widget.drawn, timeout=5_000) as drawn:
        QTest.keyClick(pane(map_widget), Qt.Key.Key_Return)
    assert fault(drawn.args[0]) == "footprint-crosses-itself"


def test_points_on_one_line_are_no_area(qtbot: QtBot, map_widget: MapWidget) -> None:
    take(qtbot, map_widget, "polygon")
    click(qtbot, map_widget, (200, 200), (300, 200), (500, 200))
    with qtbot.assertNotEmitted(map_widget.drawn):
        QTest.keyClick(pane(map_widget), Qt.Key.Key_Return)
        assert ask(qtbot, map_widget, TOOL) == "polygon"


@pytest.mark.parametrize("tool", ["circle", "polygon", "lasso"])
def test_the_hint_leaves_the_left_top_corner_to_the_tools(
    qtbot: QtBot, map_widget: MapWidget, tool: str
) -> None:
    take(qtbot, map_widget, tool)
    top = ask(
        qtbot, map_widget, "document.querySelector('.baton-hint').getBoundingClientRect().top"
    )
    assert top == 64


def test_lasso_is_thinned(qtbot: QtBot, map_widget: MapWidget) -> None:
    take(qtbot, map_widget, "lasso")
    turns = [2 * math.pi * i / 40 for i in range(38)]
    path = [(round(400 + 150 * math.cos(t)), round(300 + 150 * math.sin(t))) for t in turns]
    with qtbot.waitSignal(map_widget.drawn, timeout=5_000) as drawn:
        stroke(map_widget, *path, qtbot=qtbot)
    ring = drawn.args[0]
    assert 10 < len(ring) <= 200
    assert all(abs(math.hypot(x - 400, y - 300) - 150) < 6 for x, y in pixels(map_widget, ring))


def test_thinning_keeps_within_the_limit(qtbot: QtBot, map_widget: MapWidget) -> None:
    body = (
        "(m) => { const p = []; for (let i = 0; i < 4000; i += 1)"
        "  p.push({x: i / 1e6, y: (i % 2 ? 1 : 0) * ((i * 7919) % 100) / 1e6});"
        "return m.simplified(p, 1e-9, 200).length; }"
    )
    assert 3 <= run_module(qtbot, map_widget, body, "draw/measure.js") <= 200


def test_area_and_length_are_true(qtbot: QtBot, map_widget: MapWidget) -> None:
    body = (
        "(d, m) => { const p = (lon, lat) => ({x: m.worldX(lon), y: m.worldY(lat)});"
        "return [d.distance(p(110.3, 20), p(110.31, 20)),"
        " d.areaOf([p(110.3, 20), p(110.31, 20), p(110.31, 20.01), p(110.3, 20.01)])]; }"
    )
    length, area = run_module(qtbot, map_widget, body, "draw/measure.js", "mercator.js")
    across = distance_m(Position(110.3, 20), Position(110.31, 20))
    up = distance_m(Position(110.3, 20), Position(110.3, 20.01))
    assert length == pytest.approx(across, rel=0.005)
    assert area == pytest.approx(across * up, rel=0.01)


@pytest.mark.parametrize("way", ["escape", "right button", "hidden", "python"])
def test_drawing_is_cancelled(qtbot: QtBot, map_widget: MapWidget, way: str) -> None:
    take(qtbot, map_widget, "polygon")
    click(qtbot, map_widget, (200, 200), (500, 200), (400, 400))
    with (
        qtbot.assertNotEmitted(map_widget.drawn),
        qtbot.waitSignal(map_widget.drawing_ended, timeout=5_000),
    ):
        if way == "escape":
            QTest.keyClick(pane(map_widget), Qt.Key.Key_Escape)
        elif way == "right button":
            QTest.mouseClick(pane(map_widget), Qt.MouseButton.RightButton, NONE, QPoint(300, 300))
        elif way == "hidden":
            map_widget.hide()
        else:
            map_widget.draw(None)
    map_widget.show()
    wait_for(qtbot, map_widget, TOOL + " === null")


def test_tool_takes_the_pointer_from_the_pins(qtbot: QtBot, map_widget: MapWidget) -> None:
    map_widget.set_clock(NOW, 0)
    map_widget.set_cases([case()])
    x, y = spot(qtbot, map_widget, "case", "c1")
    before = map_widget.viewport
    take(qtbot, map_widget, "circle")
    with (
        qtbot.assertNotEmitted(map_widget.case_pressed),
        qtbot.assertNotEmitted(map_widget.drag_wanted),
        qtbot.waitSignal(map_widget.drawn, timeout=5_000),
    ):
        stroke(map_widget, (x, y), (x + 30, y), (x + 90, y + 10))
    assert map_widget.viewport == before
    with qtbot.waitSignal(map_widget.case_pressed, timeout=5_000):
        QTest.mouseClick(pane(map_widget), LEFT, NONE, QPoint(x, y))


def test_window_shortcuts_wait_for_the_drawing(qtbot: QtBot, map_widget: MapWidget) -> None:
    fired: list[str] = []
    shortcut = QShortcut(QKeySequence(Qt.Key.Key_Escape), map_widget)
    shortcut.activated.connect(lambda: fired.append("escape"))
    map_widget.activateWindow()
    take(qtbot, map_widget, "polygon")
    with qtbot.waitSignal(map_widget.drawing_ended, timeout=5_000):
        QTest.keyClick(pane(map_widget), Qt.Key.Key_Escape)
    assert fired == []


def test_size_stands_in_words_beside_the_pointer(qtbot: QtBot, map_widget: MapWidget) -> None:
    take(qtbot, map_widget, "circle")
    QTest.mousePress(pane(map_widget), LEFT, NONE, QPoint(300, 300))
    QTest.mouseMove(pane(map_widget), QPoint(360, 300))
    words = (
        "[...window.baton.app.sprites._kept.keys()].filter((k) => k.startsWith('plate|')).join()"
    )
    wait_for(qtbot, map_widget, words + ".includes('半径')")
    assert "km²" in ask(qtbot, map_widget, words)


def test_unknown_tool_is_refused(map_widget: MapWidget) -> None:
    with pytest.raises(ValueError, match="spray"):
        map_widget.draw("spray")


def test_crash_puts_the_tool_down(qtbot: QtBot, map_widget: MapWidget) -> None:
    take(qtbot, map_widget, "lasso")
    with qtbot.waitSignals([map_widget.drawing_ended, map_widget.page_ready], timeout=20_000):
        os.kill(map_widget.view.page().renderProcessPid(), signal.SIGKILL)
    assert ask(qtbot, map_widget, TOOL) is None


def test_tool_without_a_listening_page_is_down_at_once(qtbot: QtBot, map_widget: MapWidget) -> None:
    map_widget.hide()
    with qtbot.waitSignal(map_widget.drawing_ended, timeout=1_000):
        map_widget.draw("circle")


SEND = "(w) => { w.tell('ringDrawn', %s); w.tell('dragWanted', 'case', 'last'); return 0; }"
GOOD = "[110, 20, 111, 20, 111, 21]"


@pytest.mark.parametrize(
    "ring",
    [
        "[110, 20, 111, 20]",
        "[110, 20, 111, 20, 111]",
        "[110, 20, 111, 20, 1000, 21]",
        "[110, 20, 111, 20, null, 21]",
        "[110, 20, 111, 20, 'x', 21]",
        "[110, 20, 111, 20, true, 21]",
        "[110, 20, 111, 20, 1e999, 21]",
        "[[110, 20], [111, 20], [111, 21]]",
        "Array(2000).fill(20)",
        "'hello'",
        "{}",
    ],
)
def test_wrong_ring_goes_nowhere(
    qtbot: QtBot, map_widget: MapWidget, page_words: list[str], ring: str
) -> None:
    page_words += ["TypeError", "Could not convert"]
    take(qtbot, map_widget, "polygon")
    serial = map_widget._drawing.serial
    with (
        qtbot.assertNotEmitted(map_widget.drawn),
        qtbot.waitSignal(map_widget.drag_wanted, timeout=5_000),
    ):
        run_module(qtbot, map_widget, SEND % f"{serial}, {ring}", "wire.js")


def test_ring_without_a_tool_or_of_an_earlier_one_goes_nowhere(
    qtbot: QtBot, map_widget: MapWidget
) -> None:
    for late in (0, 1):
        serial = map_widget._drawing.serial - late
        with (
            qtbot.assertNotEmitted(map_widget.drawn),
            qtbot.waitSignal(map_widget.drag_wanted, timeout=5_000),
        ):
            run_module(qtbot, map_widget, SEND % f"{serial}, {GOOD}", "wire.js")
        take(qtbot, map_widget, "circle")
    with qtbot.waitSignal(map_widget.drawn, timeout=5_000):
        serial = map_widget._drawing.serial
        run_module(qtbot, map_widget, SEND % f"{serial}, {GOOD}", "wire.js")


def test_another_tool_takes_over_without_a_word(qtbot: QtBot, map_widget: MapWidget) -> None:
    take(qtbot, map_widget, "circle")
    with qtbot.assertNotEmitted(map_widget.drawing_ended):
        take(qtbot, map_widget, "polygon")
    click(qtbot, map_widget, (200, 200), (500, 200), (500, 400))
    with qtbot.waitSignal(map_widget.drawn, timeout=5_000):
        QTest.keyClick(pane(map_widget), Qt.Key.Key_Return)
