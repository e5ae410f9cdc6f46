from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.domain.case import CaseState
from console.domain.city import City
from console.i18n import Texts
from console.store.picture import Picture
from console.tables.case_queue import CaseQueueModel
from console.tables.queue_view import QueueView
from console.tables.rows import GroupRow
from tests.qt.desk_picture import NOW, add_case, make_picture
from tests.qt.tables.listing import (
    double_click,
    drag_enter,
    drag_leave,
    drag_move,
    drop,
    foreign,
    middle,
    move,
    ours,
    press,
    release,
)

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def waiting(city: City) -> Picture:
    return make_picture(city, 30, state=CaseState.REGISTERED)


@pytest.fixture
def view(qtbot: QtBot, city: City, zh: Texts, waiting: Picture) -> QueueView:
    model = CaseQueueModel(city, zh)
    model.reset(waiting, NOW)
    made = QueueView(model, zh)
    model.setParent(made)
    qtbot.addWidget(made)
    made.resize(432, 420)
    with qtbot.waitExposed(made):
        made.show()
    return made


def queue(view: QueueView) -> CaseQueueModel:
    model = view.model()
    assert isinstance(model, CaseQueueModel)
    return model


def at(view: QueueView, row: int) -> str:
    return queue(view).id_at(row)


def collect(signal: object) -> list[object]:
    told: list[object] = []
    signal.connect(lambda *args: told.append(args[0] if len(args) == 1 else args))  # type: ignore[attr-defined]
    return told


# -- selection and keys -----------------------------------------------------------------------------


def test_a_press_selects_at_once_and_tells(view: QueueView) -> None:
    told, clicked = collect(view.case_selected), collect(view.row_clicked)
    press(view, middle(view, 3))
    assert told == [at(view, 3)]
    assert view.selected_ids() == [at(view, 3)]
    release(view, middle(view, 3))
    assert clicked == [3]


def test_the_same_row_again_is_told_once(view: QueueView) -> None:
    told = collect(view.case_selected)
    for _ in range(2):
        press(view, middle(view, 3))
        release(view, middle(view, 3))
    assert told == [at(view, 3)]


def test_arrows_home_and_end_move(view: QueueView) -> None:
    last = queue(view).rowCount() - 1
    view.select_row(2)
    for key, row in (
        (Qt.Key.Key_Down, 3),
        (Qt.Key.Key_Up, 2),
        (Qt.Key.Key_End, last),
        (Qt.Key.Key_Home, 0),
    ):
        QTest.keyClick(view, key)
        assert view.current_id() == at(view, row)
        assert view.place_of(at(view, row)) is not None


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_activates(view: QueueView, key: Qt.Key) -> None:
    told = collect(view.case_activated)
    view.select_row(1)
    QTest.keyClick(view, key)
    assert told == [at(view, 1)]


def test_a_double_click_activates(view: QueueView) -> None:
    told = collect(view.case_activated)
    double_click(view, middle(view, 2))
    assert told == [at(view, 2)]


@pytest.mark.parametrize("words", ["d", "q", "1", "6", "z", "中", "\x1b"])
def test_letters_digits_and_escape_are_left_to_the_screen(view: QueueView, words: str) -> None:
    view.select_row(5)
    key = Qt.Key.Key_Escape if words == "\x1b" else Qt.Key.Key_unknown
    event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, words)
    event.accept()
    QApplication.sendEvent(view, event)
    assert not event.isAccepted()
    assert view.current_id() == at(view, 5)


def test_an_empty_list_bears_every_key(view: QueueView) -> None:
    queue(view).set_filter("没有这样的地方")
    for key in (Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Return, Qt.Key.Key_Down):
        QTest.keyClick(view, key)
    assert view.current_id() == ""
    assert view.selected_ids() == []


def test_selecting_a_case(view: QueueView) -> None:
    assert view.select_case(at(view, 20))
    assert view.current_id() == at(view, 20)
    assert view.place_of(at(view, 20)) is not None
    assert not view.select_case("no such case")
    assert view.selected_ids() == []
    assert not view.select_case(None)


# -- what changes below the selection ------------------------------------------------------------------


def test_a_reset_keeps_the_selection_and_tells_nobody(view: QueueView, waiting: Picture) -> None:
    view.select_row(2)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, CTRL, middle(view, 4))
    chosen, current = view.selected_ids(), view.current_id()
    assert len(chosen) == 2
    told = collect(view.case_selected)
    queue(view).reset(waiting, NOW)
    assert view.selected_ids() == chosen
    assert view.current_id() == current
    assert told == []


def test_the_selection_stays_with_its_case_when_rows_come(
    view: QueueView, waiting: Picture, city: City
) -> None:
    view.select_row(10)
    chosen = view.current_id()
    new = [add_case(waiting, city, 800 + n, CaseState.REGISTERED) for n in range(20)]
    told = collect(view.case_selected)
    queue(view).refresh(waiting, [c.id for c in new], [], NOW)
    assert view.selected_ids() == [chosen]
    assert told == []


def test_a_group_opens_by_click_and_by_enter(view: QueueView, city: City) -> None:
    model = queue(view)
    model.reset(make_picture(city, 400, state=CaseState.REGISTERED), NOW)
    head = next(n for n in range(model.rowCount()) if isinstance(model.row(n), GroupRow))
    count = model.row(head).count  # type: ignore[union-attr]
    rows = model.rowCount()
    told, activated = collect(view.case_selected), collect(view.case_activated)
    view.scrollTo(model.index(head))
    press(view, middle(view, head))
    release(view, middle(view, head))
    assert model.rowCount() == rows + count
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert model.rowCount() == rows
    assert told == []
    assert activated == []
    assert view.selected_ids() == []


# -- the start of a drag ----------------------------------------------------------------------------------


def test_a_drag_is_wanted_after_eight_pixels_and_not_before(view: QueueView) -> None:
    told, clicked = collect(view.drag_wanted), collect(view.row_clicked)
    start = middle(view, 2)
    press(view, start)
    for way in (QPoint(3, 0), QPoint(4, 3), QPoint(0, 7)):
        move(view, start + way)
    assert told == []
    move(view, start + QPoint(5, 3))
    assert told == [[at(view, 2)]]
    move(view, start + QPoint(60, 90))
    release(view, start + QPoint(60, 90))
    assert told == [[at(view, 2)]]
    assert clicked == []


def test_moving_without_the_button_drags_nothing(view: QueueView) -> None:
    told = collect(view.drag_wanted)
    QTest.mouseMove(view.viewport(), middle(view, 2))
    QTest.mouseMove(view.viewport(), middle(view, 5))
    assert told == []


def test_dragging_never_selects_what_it_passes(view: QueueView) -> None:
    press(view, middle(view, 1))
    for row in (2, 3, 4):
        move(view, middle(view, row))
    release(view, middle(view, 4))
    assert view.selected_ids() == [at(view, 1)]


def test_several_selected_rows_are_dragged_together_in_the_lists_order(view: QueueView) -> None:
    told = collect(view.drag_wanted)
    view.select_row(4)
    for row in (1, 3):
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, CTRL, middle(view, row))
    press(view, middle(view, 3))
    assert len(view.selected_ids()) == 3
    move(view, middle(view, 3) + QPoint(0, 20))
    assert told == [[at(view, 1), at(view, 3), at(view, 4)]]


def test_a_click_on_one_of_several_leaves_only_that_one(view: QueueView) -> None:
    view.select_row(4)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, CTRL, middle(view, 1))
    press(view, middle(view, 4))
    release(view, middle(view, 4))
    assert view.selected_ids() == [at(view, 4)]
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, CTRL, middle(view, 2))
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, CTRL, middle(view, 2))
    assert view.selected_ids() == [at(view, 4)]


def test_a_row_that_has_gone_cannot_be_dragged(view: QueueView, waiting: Picture) -> None:
    told = collect(view.drag_wanted)
    case = at(view, 2)
    queue(view).hold()
    waiting.cases[case] = replace(waiting.cases[case], state=CaseState.CLOSED)
    queue(view).refresh(waiting, [case], [], NOW)
    press(view, middle(view, 2))
    move(view, middle(view, 2) + QPoint(0, 30))
    assert told == []


def test_the_head_of_a_group_cannot_be_dragged(view: QueueView, city: City) -> None:
    model = queue(view)
    model.reset(make_picture(city, 400, state=CaseState.REGISTERED), NOW)
    head = next(n for n in range(model.rowCount()) if isinstance(model.row(n), GroupRow))
    told = collect(view.drag_wanted)
    view.scrollTo(model.index(head))
    press(view, middle(view, head))
    move(view, middle(view, head) + QPoint(0, 30))
    assert told == []


def test_nothing_is_dragged_from_below_the_last_row(view: QueueView) -> None:
    queue(view).set_filter(at(view, 0))
    told = collect(view.drag_wanted)
    press(view, QPoint(100, 300))
    move(view, QPoint(100, 340))
    release(view, QPoint(100, 340))
    assert told == []


# -- drops ----------------------------------------------------------------------------------------------------


@pytest.fixture
def asked(view: QueueView) -> list[tuple[str, str]]:
    """What the drop policy was asked; it takes everything but the second row."""
    seen: list[tuple[str, str]] = []

    def may(_mime: object, row: str) -> bool:
        seen.append(("may", row))
        return row != at(view, 1)

    def take(_mime: object, row: str) -> bool:
        seen.append(("drop", row))
        return True

    view.set_drop(may, take)  # type: ignore[arg-type]
    return seen


def test_a_drop_asks_and_then_does(view: QueueView, asked: list[tuple[str, str]]) -> None:
    assert drag_enter(view, ours(), middle(view, 3))
    assert drag_move(view, ours(), middle(view, 3))
    assert view.drop_id() == at(view, 3)
    assert ("drop", at(view, 3)) not in asked
    assert drop(view, ours(), middle(view, 3))
    assert asked[-1] == ("drop", at(view, 3))
    assert view.drop_id() == ""


def test_what_the_policy_refuses_is_refused(view: QueueView, asked: list[tuple[str, str]]) -> None:
    drag_enter(view, ours(), middle(view, 1))
    assert not drag_move(view, ours(), middle(view, 1))
    assert not drop(view, ours(), middle(view, 1))
    assert ("drop", at(view, 1)) not in asked


def test_a_drop_on_nothing_does_nothing(view: QueueView, asked: list[tuple[str, str]]) -> None:
    queue(view).set_filter(at(view, 0))
    asked.clear()
    below = QPoint(100, 300)
    drag_enter(view, ours(), below)
    assert not drag_move(view, ours(), below)
    assert not drop(view, ours(), below)
    assert asked == []


def test_what_comes_from_elsewhere_is_never_asked_about(
    view: QueueView, asked: list[tuple[str, str]]
) -> None:
    assert not drag_enter(view, foreign(), middle(view, 3))
    assert not drag_move(view, foreign(), middle(view, 3))
    assert not drop(view, foreign(), middle(view, 3))
    assert asked == []


def test_a_row_that_has_gone_takes_nothing(
    view: QueueView, asked: list[tuple[str, str]], waiting: Picture
) -> None:
    case = at(view, 2)
    queue(view).hold()
    del waiting.cases[case]
    queue(view).refresh(waiting, [], [case], NOW)
    assert not drag_move(view, ours(), middle(view, 2))
    assert not drop(view, ours(), middle(view, 2))
    assert asked == []


def test_without_a_policy_everything_is_refused(view: QueueView) -> None:
    assert not drag_move(view, ours(), middle(view, 3))
    assert not drop(view, ours(), middle(view, 3))


def test_a_drag_that_leaves_leaves_no_mark(view: QueueView, asked: list[tuple[str, str]]) -> None:
    drag_move(view, ours(), middle(view, 3))
    drag_leave(view)
    assert view.drop_id() == ""


def test_a_drag_at_the_lower_edge_scrolls(
    view: QueueView, asked: list[tuple[str, str]], qtbot: QtBot
) -> None:
    bar = view.verticalScrollBar()
    with qtbot.waitSignal(bar.valueChanged, timeout=3000):
        drag_move(view, ours(), QPoint(100, view.viewport().height() - 2))
    assert bar.value() > 0
    drag_leave(view)


def test_a_drag_in_the_middle_does_not(view: QueueView, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(view.verticalScrollBar().valueChanged, wait=400):
        drag_move(view, ours(), middle(view, 3))


# -- looks, places, menus ---------------------------------------------------------------------------------------


def test_targets_are_lit_and_cleared(view: QueueView) -> None:
    assert view.is_target(at(view, 0)) is None
    view.show_targets({at(view, 0)})
    assert view.is_target(at(view, 0)) is True
    assert view.is_target(at(view, 1)) is False
    lit = view.viewport().grab().toImage()
    view.clear_targets()
    assert view.is_target(at(view, 0)) is None
    assert view.viewport().grab().toImage() != lit


def test_a_row_that_has_gone_is_drawn_otherwise(view: QueueView, waiting: Picture) -> None:
    before = view.viewport().grab(view.visualRect(queue(view).index(1))).toImage()
    case = at(view, 1)
    queue(view).hold()
    del waiting.cases[case]
    queue(view).refresh(waiting, [], [case], NOW)
    after = view.viewport().grab(view.visualRect(queue(view).index(1))).toImage()
    assert after.size() == before.size()
    assert after != before


def test_places_are_inside_the_viewport(view: QueueView) -> None:
    found = view.place_of(at(view, 0))
    assert found is not None
    widget, rect = found
    assert widget is view.viewport()
    assert view.viewport().rect().contains(rect)
    assert rect.height() == 52
    assert view.place_of(at(view, 29)) is None
    assert view.place_of("no such case") is None
    view.hide()
    assert view.place_of(at(view, 0)) is None


def test_the_menu_is_asked_for_by_mouse_and_by_key(view: QueueView) -> None:
    told = collect(view.menu_wanted)
    where = middle(view, 2)
    glob = view.viewport().mapToGlobal(where)
    mouse = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, where, glob)
    QApplication.sendEvent(view.viewport(), mouse)
    assert told == [(at(view, 2), glob)]
    assert view.current_id() == at(view, 2)
    key = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(0, 0), QPoint(0, 0))
    QApplication.sendEvent(view.viewport(), key)
    assert told[1] == (at(view, 2), view.viewport().mapToGlobal(middle(view, 2)))


def test_a_menu_on_several_selected_keeps_them(view: QueueView) -> None:
    view.select_row(1)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, CTRL, middle(view, 3))
    where = middle(view, 3)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, where, where)
    QApplication.sendEvent(view.viewport(), event)
    assert len(view.selected_ids()) == 2


def test_no_menu_below_the_last_row(view: QueueView) -> None:
    queue(view).set_filter(at(view, 0))
    told = collect(view.menu_wanted)
    where = QPoint(100, 300)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, where, where)
    QApplication.sendEvent(view.viewport(), event)
    assert told == []


def test_the_right_button_neither_selects_nor_drags(view: QueueView) -> None:
    view.select_row(0)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.RightButton, pos=middle(view, 3))
    assert view.current_id() == at(view, 0)


def test_an_empty_list_says_so(view: QueueView) -> None:
    queue(view).set_filter("没有这样的地方")
    silent = view.viewport().grab().toImage()
    view.set_empty("没有待派办件", "清除筛选")
    assert view.viewport().grab().toImage() != silent


# -- what is outlined is what is chosen ---------------------------------------------------------------


def test_a_reset_does_not_select_the_row_that_qt_moved_on_to(
    view: QueueView, waiting: Picture
) -> None:
    view.select_row(3)
    assert not view.select_case("a case that has no row")
    queue(view).reset(waiting, NOW)
    assert view.selected_ids() == []


def test_a_case_that_was_let_go_is_selected_again(view: QueueView) -> None:
    view.select_row(3)
    chosen = view.current_id()
    view.select_case("a case that has no row")
    assert view.select_case(chosen)
    assert view.selected_ids() == [chosen]
