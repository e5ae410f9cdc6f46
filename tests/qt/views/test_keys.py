from collections.abc import Callable, Sequence

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QListWidget, QPlainTextEdit
from pytestqt.qtbot import QtBot

from console.domain.case import Case, CaseState
from console.domain.city import City
from console.live.board import Board
from console.live.drag import Payload
from console.live.orders import Target
from console.store.changes import ChangeSet
from console.tables.queue_order import QueueTab
from console.views.window import Window
from console.wire.commands import Envelope
from tests.qt.views.stand_ins import StandInLink, StandInMap, desk_of

SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
Key = Qt.Key


def choose(window: Window, board: Board, state: CaseState, *, hazard: bool = False) -> Case:
    """Choose a case of the state in the queue."""
    city, picture = board.city, board.picture
    tab = QueueTab.WAITING if state in (CaseState.RECEIVED, CaseState.REGISTERED) else QueueTab.ALL
    desk_of(window).queue._go_to_tab(tab)
    found = next(
        c
        for c in picture.cases.values()
        if c.state is state
        and c.position is not None
        and city.categories[c.category].hazard is hazard
        and (c.lead is None or picture.assignments[c.lead].active)
    )
    assert desk_of(window).queue.view.select_case(found.id)
    return found


def alike(envelope: Envelope) -> tuple[str, dict[str, object], object]:
    """What an order is, apart from the ids made for it."""
    body = {k: v for k, v in envelope.body.items() if k != "assignment"}
    return envelope.type, body, envelope.expect


def by_drop(window: Window, link: StandInLink, case: Case, target: Target) -> Envelope:
    """The same by dropping the case on the target."""
    assert desk_of(window).dragging.drop(Payload(kind="case", ids=[case.id]), target)
    return link.sent[-1]


def press(window: Window, *keys: tuple[Qt.Key, Qt.KeyboardModifier] | Qt.Key) -> None:
    for key in keys:
        pair = key if isinstance(key, tuple) else (key, Qt.KeyboardModifier.NoModifier)
        QTest.keyClick(window, *pair)


@pytest.mark.parametrize("number", [0, 2, 5])
def test_d_and_a_digit_is_a_drop_on_that_worker(
    window: Window, board: Board, link: StandInLink, number: int
) -> None:
    case = choose(window, board, CaseState.REGISTERED)
    worker = desk_of(window).workers.ids()[number]
    press(window, Key.Key_D, Key(Key.Key_1 + number))
    (sent,) = link.sent
    assert sent.type == "dispatch"
    assert sent.body["worker"] == worker
    assert sent.expect == {f"case:{case.id}": case.version}
    assert alike(by_drop(window, link, case, Target("worker", worker))) == alike(sent)


@pytest.mark.parametrize(("key", "number"), [(Key.Key_Q, 0), (Key.Key_E, 2), (Key.Key_T, 4)])
def test_d_and_a_letter_is_a_drop_on_that_unit(
    window: Window, board: Board, link: StandInLink, key: Qt.Key, number: int
) -> None:
    case = choose(window, board, CaseState.REGISTERED)
    unit = desk_of(window).units.ids()[number]
    press(window, Key.Key_D, key)
    (sent,) = link.sent
    assert (sent.type, sent.body["unit"]) == ("dispatch", unit)
    assert alike(by_drop(window, link, case, Target("unit", unit))) == alike(sent)


def test_enter_is_a_drop_on_the_best_unit(window: Window, board: Board, link: StandInLink) -> None:
    case = choose(window, board, CaseState.REGISTERED)
    press(window, Key.Key_Return)
    (sent,) = link.sent
    best = desk_of(window).units.ids()[0]
    assert (sent.type, sent.body["unit"]) == ("dispatch", best)
    assert alike(by_drop(window, link, case, Target("unit", best))) == alike(sent)


def test_shift_makes_a_helper(window: Window, board: Board, link: StandInLink) -> None:
    case = choose(window, board, CaseState.DISPATCHED)
    press(window, Key.Key_D, (Key.Key_W, SHIFT))
    press(window, Key.Key_D, (Key.Key_2, SHIFT))
    assert [(e.type, e.body["case"]) for e in link.sent] == [("assist", case.id)] * 2


def test_a_helper_before_there_is_a_lead_is_refused_and_said(
    window: Window, board: Board, link: StandInLink
) -> None:
    choose(window, board, CaseState.REGISTERED)
    press(window, Key.Key_D, (Key.Key_Q, SHIFT))
    assert link.sent == []
    assert window.status.said() == window.texts("problem.no-lead")


def test_a_received_case_on_a_worker_is_to_be_verified(
    window: Window, board: Board, link: StandInLink
) -> None:
    choose(window, board, CaseState.RECEIVED)
    press(window, Key.Key_D, Key.Key_1)
    assert [e.type for e in link.sent] == ["verify"]


def test_a_hazard_on_a_worker_is_to_be_guarded(
    window: Window, board: Board, link: StandInLink
) -> None:
    choose(window, board, CaseState.REGISTERED, hazard=True)
    press(window, Key.Key_D, Key.Key_1)
    (sent,) = link.sent
    assert (sent.type, sent.body["guard"]) == ("assist", True)


def test_a_receivers_key_alone_does_nothing(
    window: Window, board: Board, link: StandInLink
) -> None:
    choose(window, board, CaseState.REGISTERED)
    press(window, Key.Key_1, Key.Key_Q, (Key.Key_T, SHIFT))
    assert link.sent == []


def test_one_d_is_good_for_one_order(window: Window, board: Board, link: StandInLink) -> None:
    choose(window, board, CaseState.REGISTERED)
    press(window, Key.Key_D, Key.Key_Q, Key.Key_W)
    assert len(link.sent) == 1


def test_d_is_said_and_ends_by_itself(
    window: Window, board: Board, link: StandInLink, qtbot: QtBot
) -> None:
    choose(window, board, CaseState.REGISTERED)
    press(window, Key.Key_D)
    assert window.status.said() == window.texts("keys.digits")
    desk_of(window).keys._timer.setInterval(1)
    qtbot.waitUntil(lambda: window.status.said() == window.texts("status.ready"))
    press(window, Key.Key_Q)
    assert link.sent == []


def test_without_a_chosen_case_keys_send_nothing(
    window: Window, board: Board, link: StandInLink
) -> None:
    desk_of(window).selection.choose(None)
    press(window, Key.Key_Return, Key.Key_D, Key.Key_1, Key.Key_D, Key.Key_Q)
    assert link.sent == []


def test_ctrl_z_takes_the_last_order_back_by_its_own_key(
    window: Window, board: Board, link: StandInLink
) -> None:
    choose(window, board, CaseState.REGISTERED)
    press(window, Key.Key_D, Key.Key_Q)
    given = link.sent[0]
    press(window, (Key.Key_Z, CTRL))
    recall = link.sent[1]
    assert (recall.type, recall.body["assignment"]) == ("recall", given.body["assignment"])
    assert recall.expect == {f"assignment:{given.body['assignment']}": {"after": given.key}}
    press(window, (Key.Key_Z, CTRL))
    assert len(link.sent) == 2


# -- keys that must not become orders -----------------------------------------------------------------


def test_enter_on_a_worker_is_for_that_worker(
    window: Window, board: Board, link: StandInLink
) -> None:
    choose(window, board, CaseState.REGISTERED)
    view = desk_of(window).workers.view
    view.setFocus()
    view.select_row(3)
    QTest.keyClick(view, Key.Key_Return)
    (sent,) = link.sent
    assert sent.body.get("worker") == desk_of(window).workers.ids()[3]


def test_enter_on_a_unit_is_for_that_unit(window: Window, board: Board, link: StandInLink) -> None:
    choose(window, board, CaseState.REGISTERED)
    view = desk_of(window).units.view
    view.setFocus()
    view.select_row(2)
    QTest.keyClick(view, Key.Key_Return)
    (sent,) = link.sent
    assert (sent.body["unit"], sent.body["worker"]) == (desk_of(window).units.ids()[2], None)


def fields(window: Window) -> Sequence[QLineEdit]:
    return desk_of(window).findChildren(QLineEdit)


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Enter])
def test_enter_in_a_search_field_sends_nothing(
    window: Window, board: Board, link: StandInLink, key: Qt.Key
) -> None:
    choose(window, board, CaseState.REGISTERED)
    assert len(fields(window)) == 3
    for field in fields(window):
        field.setFocus()
        QTest.keyClicks(field, "lkbl")
        QTest.keyClick(field, key)
        assert field.text() == "lkbl"
    assert link.sent == []


def test_letters_in_a_search_field_are_letters(
    window: Window, board: Board, link: StandInLink
) -> None:
    choose(window, board, CaseState.REGISTERED)
    for field in fields(window):
        field.setFocus()
        QTest.keyClicks(field, "d1dqDT")
        QTest.keyClick(field, Key.Key_Home)
        assert field.text() == "d1dqDT"
    assert link.sent == []


def test_home_and_end_move_in_the_list(window: Window, board: Board) -> None:
    view = desk_of(window).queue.view
    view.setFocus()
    view.select_row(2)
    QTest.keyClick(view, Key.Key_End)
    assert view.currentIndex().row() == desk_of(window).queue.model.rowCount() - 1
    QTest.keyClick(view, Key.Key_Home)
    assert view.currentIndex().row() == 0


def test_keys_mean_the_same_while_the_citizens_words_are_read(
    window: Window, board: Board, link: StandInLink
) -> None:
    choose(window, board, CaseState.REGISTERED)
    box = desk_of(window).findChild(QPlainTextEdit, "words")
    box.setFocus()
    QTest.keyClick(box, Key.Key_D)
    QTest.keyClick(box, Key.Key_Q)
    assert [e.type for e in link.sent] == ["dispatch"]


# -- the other keys -----------------------------------------------------------------------------------------


def test_f9_folds_the_charts(window: Window) -> None:
    assert desk_of(window).charts.isVisible()
    press(window, Key.Key_F9)
    assert not desk_of(window).charts.isVisible()
    press(window, Key.Key_F9)
    assert desk_of(window).charts.isVisible()


def test_ctrl_f_and_ctrl_k_go_to_their_fields(window: Window) -> None:
    press(window, (Key.Key_F, CTRL))
    assert desk_of(window).queue._search.hasFocus()
    press(window, (Key.Key_K, CTRL))
    assert desk_of(window).search._edit.hasFocus()


def test_ctrl_tab_goes_through_the_tabs_and_round(window: Window) -> None:
    model = desk_of(window).queue.model
    seen = [model.tab]
    for _ in QueueTab:
        QTest.keyClick(window, Key.Key_Tab, CTRL)
        seen.append(model.tab)
    assert seen == [*QueueTab, QueueTab.WAITING]
    QTest.keyClick(window, Key.Key_Tab, CTRL | SHIFT)
    assert model.tab is QueueTab.ALL


def test_what_is_searched_on_the_map_is_flown_to(
    window: Window, city: City, map_of: Callable[[], StandInMap], qtbot: QtBot, link: StandInLink
) -> None:
    search = desk_of(window).search
    found = desk_of(window).findChild(QListWidget, "map-found")
    search.focus()
    area = next(iter(city.areas.values()))
    QTest.keyClicks(search._edit, area.code)
    qtbot.waitUntil(lambda: found.isVisible())
    QTest.keyClick(search._edit, Key.Key_Return)
    assert map_of().flown == [area.code]
    assert not found.isVisible()
    worker = next(iter(city.workers.values()))
    search._edit.setText(worker.id)
    qtbot.waitUntil(lambda: found.isVisible())
    QTest.keyClick(search._edit, Key.Key_Return)
    assert map_of().selected["worker"] == worker.id
    assert link.sent == []


def test_what_is_not_on_the_map_is_not_flown_to(
    window: Window, map_of: Callable[[], StandInMap], qtbot: QtBot, link: StandInLink
) -> None:
    search = desk_of(window).search
    found = desk_of(window).findChild(QListWidget, "map-found")
    search.focus()
    search._edit.setText("<b>没有这样的地方</b>")
    qtbot.waitUntil(lambda: found.isVisible())
    assert found.item(0).text() == window.texts("map.search_none")
    QTest.keyClick(search._edit, Key.Key_Return)
    assert map_of().flown == []
    assert link.sent == []


def test_a_case_that_changed_meanwhile_is_sent_with_the_version_that_was_seen(
    window: Window, board: Board, link: StandInLink
) -> None:
    case = choose(window, board, CaseState.REGISTERED)
    board.changed.emit(ChangeSet(cases={case.id}))
    press(window, Key.Key_D, Key.Key_Q)
    assert link.sent[0].expect == {f"case:{case.id}": case.version}
