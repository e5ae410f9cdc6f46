import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from console.widgets.banner import KINDS, Banner


@pytest.fixture
def banner(qtbot: QtBot) -> Banner:
    made = Banner()
    qtbot.addWidget(made)
    made.resize(800, 40)
    return made


def buttons(banner: Banner) -> list[QPushButton]:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    return banner.findChildren(QPushButton)


@pytest.mark.parametrize("kind", KINDS)
def test_it_says_and_is_silent_again(banner: Banner, kind: str) -> None:
    assert not banner.isVisible()
    banner.show_message("中心拒绝连接", kind)
    assert banner.isVisible()
    assert banner.words() == "中心拒绝连接"
    assert banner.property("kind") == kind
    banner.clear()
    assert not banner.isVisible()
    assert banner.words() == ""


def test_buttons_act_and_go_with_the_message(banner: Banner) -> None:
    done: list[str] = []
    banner.show_message(
        "x", "error", (("重试 & 更多", lambda: done.append("a")), ("关", lambda: done.append("b")))
    )
    assert [b.text() for b in buttons(banner)] == ["重试 && 更多", "关"]
    for button in buttons(banner):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert done == ["a", "b"]
    banner.show_message("y")
    assert buttons(banner) == []


def test_a_button_may_close_its_own_banner(banner: Banner) -> None:
    banner.show_message("x", "notice", (("关", banner.clear),))
    QTest.mouseClick(buttons(banner)[0], Qt.MouseButton.LeftButton)
    assert not banner.isVisible()
    assert buttons(banner) == []


def test_what_cannot_be_shown_is_refused(banner: Banner) -> None:
    with pytest.raises(ValueError, match="cannot be shown"):
        banner.show_message("x", "alarm")
    three = (("a", list), ("b", list), ("c", list))
    with pytest.raises(ValueError, match="3 buttons"):
        banner.show_message("x", "notice", three)
    assert not banner.isVisible()
