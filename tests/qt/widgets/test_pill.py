import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from console.widgets.pill import STACKED, Pill, PillStack


@pytest.fixture
def over(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(800, 600)
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.fixture
def stack(over: QWidget) -> PillStack:
    return PillStack(over)


def test_an_empty_stack_takes_no_clicks(stack: PillStack) -> None:
    assert not stack.isVisible()
    assert stack.pills() == []


def test_three_at_most_the_newest_lowest(stack: PillStack) -> None:
    for number in range(5):
        stack.add(f"已派 {number}", "撤销")
    assert STACKED == 3
    assert [pill.words() for pill in stack.pills()] == ["已派 2", "已派 3", "已派 4"]
    tops = [pill.y() for pill in stack.pills()]
    stack.layout().activate()
    tops = [pill.y() for pill in stack.pills()]
    assert tops == sorted(tops)
    assert len(set(tops)) == 3


def test_it_lies_at_the_bottom_and_follows(stack: PillStack, over: QWidget, qtbot: QtBot) -> None:
    stack.add("已派 市水务局", "撤销")
    assert over.height() - stack.geometry().bottom() <= 20
    over.resize(1000, 400)
    qtbot.waitUntil(lambda: 380 <= stack.geometry().bottom() < 400)
    middle = stack.geometry().center().x()
    assert abs(middle - 500) <= 2


def test_the_act_is_done_once_and_the_pill_goes(stack: PillStack) -> None:
    done: list[int] = []
    pill = stack.add("已派", "撤销 & 回", lambda: done.append(1))
    button = pill.findChild(QPushButton)
    assert isinstance(button, QPushButton)
    assert button.text() == "撤销 && 回"
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert done == [1]
    assert stack.pills() == []
    assert not stack.isVisible()


def test_seconds_count_down_and_then_it_goes(stack: PillStack, qtbot: QtBot) -> None:
    pill = stack.add("已派", "撤销", seconds=3)
    assert pill._count.text() == "3"
    pill._timer.setInterval(1)
    with qtbot.waitSignal(pill.gone):
        pass
    assert stack.pills() == []


def test_without_seconds_it_stays(stack: PillStack) -> None:
    pill = stack.add("已派", seconds=0)
    assert not pill._timer.isActive()
    assert pill.findChildren(QPushButton) == []


def test_one_that_is_gone_can_be_removed_again(stack: PillStack) -> None:
    pill = stack.add("已派")
    other = stack.add("又派")
    stack.remove(pill)
    stack.remove(pill)
    assert stack.pills() == [other]


def test_words_are_plain(qtbot: QtBot) -> None:
    pill = Pill("<b>市水务局</b>", "", lambda: None, 0)
    qtbot.addWidget(pill)
    assert pill.words() == "<b>市水务局</b>"
