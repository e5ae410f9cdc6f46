import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from console.theme import tokens
from console.widgets.seek_bar import HEIGHT, SeekBar, Strip


@pytest.fixture
def bar(qtbot: QtBot) -> SeekBar:
    made = SeekBar(lambda place: f"{place:.2f}")
    qtbot.addWidget(made)
    made.resize(1024, HEIGHT)
    made.show_span([0, 4, 2, 1], [(0.0, "00:00"), (1.0, "24:00")])
    made.show()
    return made


def colours(bar: SeekBar, x: int) -> set[str]:
    """All that is drawn in a column of pixels."""
    shot = bar.grab().toImage()
    return {shot.pixelColor(x, y).name() for y in range(shot.height())}


def test_a_click_and_a_drag_seek(bar: SeekBar, qtbot: QtBot) -> None:
    places: list[float] = []
    bar.sought.connect(places.append)
    qtbot.mousePress(bar, Qt.MouseButton.LeftButton, pos=bar.place_of(0.25).center())
    assert places == [pytest.approx(0.25, abs=0.005)]
    bar.show_span([1], [])
    qtbot.mousePress(bar, Qt.MouseButton.LeftButton, pos=QPoint(0, 5))
    qtbot.mousePress(bar, Qt.MouseButton.LeftButton, pos=QPoint(1023, 5))
    assert places[1:] == [0.0, 1.0]


def test_keys_step_and_go_to_the_ends(bar: SeekBar, qtbot: QtBot) -> None:
    steps: list[int] = []
    places: list[float] = []
    bar.nudged.connect(steps.append)
    bar.sought.connect(places.append)
    for key in (Qt.Key.Key_Left, Qt.Key.Key_PageDown, Qt.Key.Key_End, Qt.Key.Key_Home):
        qtbot.keyClick(bar, key)
    assert steps == [-1, 10]
    assert places == [1.0, 0.0]


def test_marks_flags_and_the_playhead_are_drawn_where_they_are(bar: SeekBar) -> None:
    bar.show_strips([Strip(tokens.RED, [0.5])])
    bar.show_flags([0.75])
    bar.set_position(0.25)
    assert tokens.RED.lower() in colours(bar, bar.place_of(0.5).center().x())
    assert tokens.TRAINING.lower() in colours(bar, bar.place_of(0.75).center().x())
    assert tokens.WHITE.lower() in colours(bar, bar.place_of(0.25).center().x())
    assert tokens.RED.lower() not in colours(bar, bar.place_of(0.1).center().x())


def test_a_span_without_anything_can_be_drawn(bar: SeekBar) -> None:
    bar.show_span([], [])
    assert not bar.grab().isNull()
