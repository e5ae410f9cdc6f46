from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from console.widgets.label import ElidedLabel, plain_label, set_tone


def test_words_are_never_markup(qtbot: QtBot) -> None:
    for label in (plain_label("<b>x</b>"), ElidedLabel("<b>x</b>")):
        qtbot.addWidget(label)
        assert label.textFormat() is Qt.TextFormat.PlainText
        assert label.text() == "<b>x</b>"


def test_what_does_not_fit_is_cut_and_stands_whole_in_the_tool_tip(qtbot: QtBot) -> None:
    label = ElidedLabel("龙昆北路 <img src=x> " * 5)
    qtbot.addWidget(label)
    label.resize(60, 24)
    label.grab()
    assert "龙昆北路" in label.toolTip()
    assert "<img" not in label.toolTip()
    assert "&lt;img" in label.toolTip()
    label.set_words("短")
    label.grab()
    assert label.toolTip() == ""


def test_lines_become_one(qtbot: QtBot) -> None:
    label = ElidedLabel("eins\nzwei\t drei")
    qtbot.addWidget(label)
    assert label.text() == "eins zwei drei"
    assert label.minimumSizeHint().width() == 0


def test_a_tone_is_changed(qtbot: QtBot) -> None:
    label = plain_label("x", tone="second")
    qtbot.addWidget(label)
    set_tone(label, "amber")
    assert label.property("tone") == "amber"
