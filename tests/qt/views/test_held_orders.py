import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListWidget, QPushButton
from pytestqt.qtbot import QtBot

from console.domain.case import CaseState
from console.live.board import Board
from console.views.held_orders import HeldOrders
from console.views.window import Window
from tests.qt.views.stand_ins import StandInLink, held_order


@pytest.fixture
def dialog(window: Window, board: Board, link: StandInLink, qtbot: QtBot) -> HeldOrders:
    case = next(c for c in board.picture.cases.values() if c.state is CaseState.DISPATCHED)
    unit = next(iter(board.city.units))
    worker = next(iter(board.city.workers))
    link.holds = [
        held_order("k1", 125, case=case.id, unit=unit),
        held_order("k2", 7300, case="gone <b>x</b>", worker=worker),
        held_order("k3", 61, case=case.id, unit="unknown"),
    ]
    made = HeldOrders(link, board, window.texts, window)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    made.show()
    return made


def rows(dialog: HeldOrders) -> QListWidget:
    found = dialog.findChild(QListWidget)
    assert isinstance(found, QListWidget)
    return found


def click(dialog: HeldOrders, words: str) -> None:
    button = next(b for b in dialog.findChildren(QPushButton) if b.text() == words)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_they_are_listed_unticked_with_age_receiver_and_state(
    dialog: HeldOrders, window: Window, board: Board
) -> None:
    items = [rows(dialog).item(n) for n in range(3)]
    assert {item.checkState() for item in items} == {Qt.CheckState.Unchecked}
    first, second, third = (item.text() for item in items)
    assert window.texts("operation.dispatch") in first
    assert next(iter(board.city.units.values())).name in first
    assert "2 分前" in first
    assert "目前：" in first
    assert next(iter(board.city.workers.values())).name in second
    assert "2 小时前" in second
    assert "目前：" not in second
    assert "1 分前" in third


def test_nothing_ticked_nothing_done(dialog: HeldOrders, window: Window, link: StandInLink) -> None:
    click(dialog, window.texts("held.send"))
    click(dialog, window.texts("held.discard"))
    assert link.released == link.discarded == []
    assert rows(dialog).count() == 3
    assert dialog.isVisible()


def test_what_is_ticked_is_sent_or_voided_and_the_rest_stays(
    dialog: HeldOrders, window: Window, link: StandInLink
) -> None:
    rows(dialog).item(0).setCheckState(Qt.CheckState.Checked)
    click(dialog, window.texts("held.send"))
    assert (link.released, link.discarded) == (["k1"], [])
    assert rows(dialog).count() == 2
    for n in range(2):
        rows(dialog).item(n).setCheckState(Qt.CheckState.Checked)
    click(dialog, window.texts("held.discard"))
    assert sorted(link.discarded) == ["k2", "k3"]
    assert link.released == ["k1"]
    assert not dialog.isVisible()


def test_the_status_line_counts_them_and_opens_the_list(
    window: Window, board: Board, link: StandInLink, qtbot: QtBot
) -> None:
    board.ticked.emit()
    assert not window.status._held.isVisible()
    link.holds = [held_order("k1", 61, case="x")]
    board.ticked.emit()
    assert window.status._held.isVisible()
    assert window.status._held.text() == window.texts("status.confirm", n=1)
    QTest.mouseClick(window.status._held, Qt.MouseButton.LeftButton)
    (dialog,) = window.findChildren(HeldOrders)
    assert rows(dialog).count() == 1
    dialog.close()


def test_orders_that_wait_to_be_sent_are_counted(
    window: Window, board: Board, link: StandInLink
) -> None:
    board.ticked.emit()
    assert window.status._facts_shown["waiting"] == window.texts("status.waiting_none")
    window.orders.register(next(iter(board.picture.cases)))
    board.ticked.emit()
    assert window.status._facts_shown["waiting"] == window.texts("status.waiting", n=1)
