"""The board's figures: measured while somebody looks, once for everybody."""

from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from console.domain.city import City
from console.domain.indicator import INDICATORS, IndicatorId, measure
from console.live.board import Board
from console.live.readings import SHOWN, Readings
from console.live.tasks import Tasks
from console.store.case_files import case_files
from tests.qt.desk_picture import make_picture
from tests.qt.views.stand_ins import snapshot_of


@pytest.fixture
def board(city: City) -> Iterator[Board]:
    made = Board(city)
    made.sink(snapshot_of(make_picture(city, 80, seed=5), city))
    made.drain()
    yield made
    made.stop()
    made.deleteLater()


@pytest.fixture
def tasks() -> Iterator[Tasks]:
    made = Tasks()
    yield made
    made.stop()


@pytest.fixture
def readings(board: Board, tasks: Tasks) -> Readings:
    return Readings(board, tasks, board)


def shown(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    return widget


def test_nothing_is_measured_while_nobody_looks(readings: Readings, qtbot: QtBot) -> None:
    hidden = QWidget()
    qtbot.addWidget(hidden)
    with qtbot.assertNotEmitted(readings.changed, wait=150):
        readings.listen(hidden)
        readings._board.ticked.emit()
    assert readings.of(IndicatorId.RESPONSE) is None


def test_who_looks_gets_figures_at_once(readings: Readings, qtbot: QtBot) -> None:
    with qtbot.waitSignal(readings.changed):
        readings.listen(shown(qtbot))
    found = readings.of(IndicatorId.RESPONSE)
    assert found is not None
    assert found.denominator


def test_they_are_what_the_domain_measures(readings: Readings, board: Board, qtbot: QtBot) -> None:
    with qtbot.waitSignal(readings.changed):
        readings.listen(shown(qtbot))
    latest = readings.latest()
    assert latest is not None
    for id_ in SHOWN:
        files = case_files(board.picture)
        policy = board.city.policy
        assert readings.of(id_) == measure(
            INDICATORS[id_], files, latest.period, latest.now, policy
        )


def test_two_screens_read_the_same_object(readings: Readings, qtbot: QtBot) -> None:
    """There is one measuring for all: no screen can have another figure than its neighbour."""
    with qtbot.waitSignal(readings.changed):
        readings.listen(shown(qtbot))
        readings.listen(shown(qtbot))
    first = [readings.of(id_, "D.460106") for id_ in SHOWN]
    assert all(
        a is b for a, b in zip(first, [readings.of(i, "D.460106") for i in SHOWN], strict=True)
    )


def test_it_rests_between_two_measurings(readings: Readings, board: Board, qtbot: QtBot) -> None:
    with qtbot.waitSignal(readings.changed):
        readings.listen(shown(qtbot))
    with qtbot.assertNotEmitted(readings.changed, wait=150):
        board.ticked.emit()


def test_the_shift_is_measured_from_when_it_is_asked_for(
    readings: Readings, board: Board, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(readings.changed):
        readings.listen(shown(qtbot))
    assert readings.of(IndicatorId.RESPONSE, shift=True) is None
    with qtbot.waitSignal(readings.changed):
        board.ticked.emit()
    shift = readings.latest(shift=True)
    day = readings.latest()
    assert shift is not None
    assert day is not None
    assert shift.period.start > day.period.start


def test_a_new_snapshot_voids_what_was_measured(
    readings: Readings, board: Board, city: City, qtbot: QtBot
) -> None:
    widget = shown(qtbot)
    with qtbot.waitSignal(readings.changed):
        readings.listen(widget)
    widget.hide()
    board.sink(snapshot_of(make_picture(city, 3), city))
    board.drain()
    assert readings.of(IndicatorId.RESPONSE) is None


def test_a_listener_that_is_gone_is_forgotten(
    readings: Readings, board: Board, qtbot: QtBot
) -> None:

    widget = QWidget()
    readings.listen(widget)
    shiboken6.delete(widget)
    with qtbot.assertNotEmitted(readings.changed, wait=50):
        board.ticked.emit()
