import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from console.widgets.status_line import HEIGHT, StatusLine


@pytest.fixture
def line(qtbot: QtBot) -> StatusLine:
    made = StatusLine()
    qtbot.addWidget(made)
    made.resize(800, HEIGHT)
    made.show()
    return made


def words(line: StatusLine) -> list[str]:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    return [label.text() for label in line.findChildren(QLabel)]


def test_what_was_said_last_stays(line: StatusLine) -> None:
    line.say("已派 市水务局")
    line.say("就绪")
    assert line.said() == "就绪"


def test_facts_come_change_and_go(line: StatusLine) -> None:
    line.set_fact("waiting", "待发送 1")
    line.set_fact("feed", "数据已放完")
    line.set_fact("waiting", "待发送 2")
    assert set(words(line)) == {"", "待发送 2", "数据已放完"}
    line.set_fact("waiting", "")
    line.set_fact("nothing", "")
    assert set(words(line)) == {"", "数据已放完"}


def test_very_long_words_do_not_widen_it(line: StatusLine) -> None:
    least = line.minimumSizeHint().width()
    line.say("很长" * 500)
    assert line.minimumSizeHint().width() == least


def test_something_small_stands_at_the_end(line: StatusLine) -> None:
    button = QPushButton("待确认 1")
    line.add(button)
    button.show()
    line.layout().activate()
    assert button.x() > 400
