from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from console.widgets.empty_state import EmptyState
from console.widgets.section import HEADING, Section


def test_a_heading_with_something_beside_it_and_below(qtbot: QtBot) -> None:
    section = Section("附近人员")
    qtbot.addWidget(section)
    beside, below = QPushButton("x"), QLabel("y")
    section.add_to_head(beside)
    section.add(below, 1)
    section.resize(432, 300)
    with qtbot.waitExposed(section):
        section.show()
    assert beside.mapTo(section, beside.rect().center()).y() < HEADING
    assert below.mapTo(section, below.rect().topLeft()).y() >= HEADING
    section.set_title("<b>附近</b>")
    titles = [label.text() for label in section.findChildren(QLabel)]
    assert "<b>附近</b>" in titles


def test_an_empty_state_hides_an_empty_hint(qtbot: QtBot) -> None:
    state = EmptyState("没有待派办件", "清除筛选")
    qtbot.addWidget(state)
    state.show()
    title, hint = state.findChildren(QLabel)
    assert (title.text(), hint.text()) == ("没有待派办件", "清除筛选")
    assert {title.textFormat(), hint.textFormat()} == {Qt.TextFormat.PlainText}
    state.set_words("没有")
    assert not hint.isVisible()
