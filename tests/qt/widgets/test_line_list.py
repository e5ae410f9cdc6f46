"""The list of tall rows: what is chosen stays chosen, and nothing moves under the pointer."""

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from console.widgets.line_list import Line, LineList


def line(key: str, **fields: object) -> Line:
    return Line(key=key, title=f"title {key}", **fields)  # type: ignore[arg-type]


@pytest.fixture
def rows(qtbot: QtBot) -> LineList:
    made = LineList(60)
    qtbot.addWidget(made)
    made.resize(400, 300)
    made.show()
    made.set_lines([line("a"), line("b"), line("c")])
    return made


def test_a_click_tells_which(rows: LineList, qtbot: QtBot) -> None:
    place = rows.place_of("b")
    assert place is not None
    with qtbot.waitSignal(rows.chosen) as told:
        qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place.center())
    assert told.args == ["b"]


def test_arrow_keys_choose_and_enter_opens(rows: LineList, qtbot: QtBot) -> None:
    rows.show_current("a")
    with qtbot.waitSignal(rows.chosen) as told:
        qtbot.keyClick(rows, Qt.Key.Key_Down)
    assert told.args == ["b"]
    with qtbot.waitSignal(rows.opened) as told:
        qtbot.keyClick(rows, Qt.Key.Key_Return)
    assert told.args == ["b"]


def test_what_is_chosen_stays_chosen_while_rows_change(rows: LineList, qtbot: QtBot) -> None:
    rows.show_current("b")
    with qtbot.assertNotEmitted(rows.chosen):
        rows.set_lines([line("x"), line("c"), line("b", figures="7")])
    assert rows.current_key() == "b"
    rows.set_lines([line("c")])
    assert rows.current_key() is None


def test_nothing_moves_under_the_pointer(rows: LineList, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "underMouse", lambda: True)
    rows.set_lines([line("new"), line("c"), line("a")])
    assert rows.keys() == ["a", "c", "new"]
    monkeypatch.setattr(rows, "underMouse", lambda: False)
    rows.set_lines([line("new"), line("c"), line("a")])
    assert rows.keys() == ["new", "c", "a"]


def test_markup_in_a_row_is_words(rows: LineList) -> None:
    rows.set_lines([Line(key="a", title="<b>x</b>", second="${y}")])
    tip = rows.model().index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert "&lt;b&gt;x&lt;/b&gt;" in tip


def test_a_row_out_of_sight_has_no_place(rows: LineList) -> None:
    rows.set_lines([line(str(n)) for n in range(50)])
    assert rows.place_of("0") is not None
    assert rows.place_of("49") is None
    assert rows.place_of("none") is None


def test_every_kind_of_row_can_be_drawn(rows: LineList, qtbot: QtBot) -> None:
    full = line("f", second="s", third="t", figures="12 分", note="n", level=4, unsigned=True)
    rows.set_lines([full, line("p")])
    shot = rows.grab().toImage()
    place = rows.place_of("f")
    assert place is not None
    corner = place.topLeft() + QPoint(30, 30)
    assert shot.pixelColor(corner) != shot.pixelColor(place.topLeft() + QPoint(2, 2))
