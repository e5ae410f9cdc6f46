import pytest
from PySide6.QtWidgets import QStackedWidget, QWidget
from pytestqt.qtbot import QtBot

from console.domain.event import EntityKind
from console.live.board import Board
from console.store.changes import ChangeSet
from console.views.sight import Sight
from tests.builders import event


class Ear:
    """Keeps what a sight says."""

    def __init__(self, sight: Sight) -> None:
        self.heard: list[ChangeSet] = []
        self.ticks = 0
        sight.changed.connect(self.heard.append)
        sight.ticked.connect(self._tick)

    def _tick(self) -> None:
        self.ticks += 1


@pytest.fixture
def pages(qtbot: QtBot) -> QStackedWidget:
    made = QStackedWidget()
    qtbot.addWidget(made)
    made.addWidget(QWidget())
    made.addWidget(QWidget())
    return made


def test_what_is_hidden_hears_nothing_and_then_all_at_once(
    board: Board, pages: QStackedWidget
) -> None:
    pages.show()
    ear = Ear(Sight(board, pages.widget(1)))
    board.changed.emit(ChangeSet(cases={"a", "b"}, events=[event(1, EntityKind.CASE, "a")]))
    board.changed.emit(ChangeSet(removed_cases={"b"}, fixes={"w"}))
    board.ticked.emit()
    assert (ear.heard, ear.ticks) == ([], 0)
    pages.setCurrentIndex(1)
    assert ear.heard == [ChangeSet(cases={"a"}, removed_cases={"b"}, fixes={"w"})]
    assert ear.ticks == 1


def test_what_is_in_sight_hears_everything_at_once(board: Board, pages: QStackedWidget) -> None:
    pages.show()
    ear = Ear(Sight(board, pages.widget(0)))
    change = ChangeSet(cases={"a"}, events=[event(1, EntityKind.CASE, "a")])
    board.changed.emit(change)
    board.ticked.emit()
    assert (ear.heard, ear.ticks) == ([change], 1)


def test_the_first_time_it_reads_the_whole_picture(board: Board, pages: QStackedWidget) -> None:
    board.picture.epoch = "test"
    ear = Ear(Sight(board, pages.widget(0)))
    assert ear.heard == []
    pages.show()
    assert ear.heard == [ChangeSet(everything=True)]
    pages.setCurrentIndex(1)
    pages.setCurrentIndex(0)
    assert len(ear.heard) == 1


def test_without_a_picture_there_is_nothing_to_read(board: Board, pages: QStackedWidget) -> None:
    ear = Ear(Sight(board, pages.widget(0)))
    pages.show()
    assert ear.heard == []
