import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from console.domain.clock import Level
from console.widgets.level_bars import LevelBars
from console.widgets.level_counts import LevelCounts

LEVELS = [(level.name, level, f"w{level.value}") for level in sorted(Level, reverse=True)]


@pytest.fixture
def counts(qtbot: QtBot) -> LevelCounts:
    made = LevelCounts(LEVELS, "hint")
    qtbot.addWidget(made)
    made.show()
    return made


def switches(counts: LevelCounts) -> list[QAbstractButton]:
    return counts.findChildren(QAbstractButton)


def test_switches_tell_the_names_of_those_that_are_on(counts: LevelCounts) -> None:
    told: list[list[str]] = []
    counts.chosen.connect(told.append)
    dark, red, *_ = switches(counts)
    QTest.mouseClick(red, Qt.MouseButton.LeftButton)
    QTest.keyClick(dark, Qt.Key.Key_Space)
    QTest.mouseClick(red, Qt.MouseButton.LeftButton)
    assert told == [["RED"], ["DARK_RED", "RED"], ["DARK_RED"]]
    assert counts.on() == ["DARK_RED"]
    counts.clear()
    assert counts.on() == []
    assert told[-1] == []


def test_figures_are_shown_and_read_aloud(counts: LevelCounts) -> None:
    blank = counts.grab().toImage()
    counts.set_counts({"RED": 12, "GREEN": 4096})
    assert counts.grab().toImage() != blank
    assert [b.accessibleName() for b in switches(counts)][1] == "w3 12"
    counts.set_counts({"RED": 12})
    assert switches(counts)[3].accessibleName() == "w1 0"


@pytest.mark.parametrize("count", [0, 99, 100, 10**6, 2**31, 2**53])
def test_every_count_has_room(counts: LevelCounts, count: int) -> None:
    counts.set_counts(dict.fromkeys((name for name, _, _ in LEVELS), count))
    for button in switches(counts):
        assert button.sizeHint().width() >= 10 * len(str(count))
    assert not counts.grab().isNull()


def test_bars_know_their_figures(qtbot: QtBot) -> None:
    bars = LevelBars("title", [(level, word) for _, level, word in LEVELS])
    qtbot.addWidget(bars)
    bars.resize(212, 200)
    empty = bars.grab().toImage()
    bars.show_counts({Level.RED: 7, Level.GREEN: 2**31})
    assert bars.counts() == {4: 0, 3: 7, 2: 0, 1: 2**31, 0: 0}
    assert bars.grab().toImage() != empty
    bars.resize(20, 10)
    assert not bars.grab().isNull()
