import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.widgets.search_edit import SearchEdit


@pytest.fixture
def edit(qtbot: QtBot) -> SearchEdit:
    made = SearchEdit("搜索")
    qtbot.addWidget(made)
    made.show()
    return made


def test_it_tells_when_the_typing_rests(edit: SearchEdit, qtbot: QtBot) -> None:
    told: list[str] = []
    edit.changed.connect(told.append)
    with qtbot.waitSignal(edit.changed):
        QTest.keyClicks(edit, "lkbl")
    assert told == ["lkbl"]


def test_escape_clears_and_then_leaves(edit: SearchEdit, qtbot: QtBot) -> None:
    edit.setFocus()
    edit.setText("lkbl")
    with qtbot.waitSignal(edit.changed) as told:
        QTest.keyClick(edit, Qt.Key.Key_Escape)
    assert told.args == [""]
    QTest.keyClick(edit, Qt.Key.Key_Escape)
    assert not edit.hasFocus()


def test_the_cross_is_there_only_with_words(edit: SearchEdit) -> None:
    cross = edit.actions()[-1]
    assert not cross.isVisible()
    edit.setText("x")
    assert cross.isVisible()
    cross.trigger()
    assert edit.text() == ""
    assert not cross.isVisible()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_is_its_own_and_no_shortcut_of_the_screen(edit: SearchEdit, key: Qt.Key) -> None:
    event = QKeyEvent(QEvent.Type.ShortcutOverride, key, Qt.KeyboardModifier.NoModifier)
    event.ignore()
    QApplication.sendEvent(edit, event)
    assert event.isAccepted()


def test_a_very_long_query_is_cut(edit: SearchEdit) -> None:
    edit.setText("很长" * 4000)
    assert len(edit.text()) == 100
