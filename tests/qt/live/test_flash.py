import itertools

import pytest
import shiboken6
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from console.domain.assignment import AssignmentState
from console.domain.case import CaseState
from console.domain.category import Urgency
from console.live.board import Board
from console.live.flash import HALF_MS, MOST, Flash
from console.store.changes import ChangeSet
from tests.builders import CITY, at, case, order


class Clock:
    """Epoch seconds that a test sets."""

    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def flash(qapp: object, clock: Clock) -> Flash:
    return Flash(now=clock)


def test_it_turns_once_in_half_a_second_of_the_clock(flash: Flash, clock: Clock) -> None:
    """Counted by the clock that it goes by: however often it is asked, it changes twice a second."""
    looker = QObject()
    flash.need(looker, True)
    changes = []
    flash.turned.connect(lambda: changes.append(clock.now))
    for step in range(1000):
        clock.now = 1_000_000.0 + step * 0.01
        flash._turn()
    assert 10 / (HALF_MS / 1000) - 1 <= len(changes) <= 10 / (HALF_MS / 1000)
    assert min(b - a for a, b in itertools.pairwise(changes)) >= 0.49


def test_two_of_them_are_in_phase(qapp: object, clock: Clock) -> None:
    one, other = Flash(now=clock), Flash(now=clock)
    for quarter in range(8):
        clock.now = 1_000_000.0 + quarter * 0.25
        one._turn()
        other._turn()
        assert one.lit == other.lit == (quarter // 2 % 2 == 0)


def test_the_real_timer_turns(qtbot: QtBot) -> None:
    flash, looker = Flash(), QObject()
    with qtbot.waitSignals([flash.turned, flash.turned], timeout=20_000):
        flash.need(looker, True)
    assert flash.running


def test_nobody_looking_no_timer(flash: Flash) -> None:
    one, other = QObject(), QObject()
    flash.need(one, True)
    flash.need(other, True)
    flash.need(one, False)
    assert flash.running
    shiboken6.delete(other)
    flash._turn()
    assert not flash.running


def test_where_nothing_may_move_it_stands_lit(flash: Flash, clock: Clock) -> None:
    looker = QObject()
    flash.need(looker, True)
    clock.now += 0.5
    flash._turn()
    assert not flash.bold
    flash.keep_still(True)
    assert flash.bold
    assert not flash.running
    flash.keep_still(False)
    assert flash.running


def urgent(board: Board, number: int) -> str:
    """An urgent case sent so many minutes ago that nobody has signed for."""
    name = f"U{number}"
    fields = {"state": CaseState.DISPATCHED, "urgency": Urgency.URGENT, "lead": f"A{number}"}
    board.picture._put(case(id=name, **fields))
    board.picture._put(order(id=f"A{number}", case=name, sent_at=at(-number)))
    return name


def test_the_five_longest_waiting_flash_until_they_are_signed(qapp: object) -> None:
    board = Board(CITY)
    flash = Flash(board)
    names = [urgent(board, number) for number in range(1, 9)]
    board.changed.emit(ChangeSet(everything=True))
    assert flash.ids == tuple(reversed(names[-MOST:]))
    assert flash.waiting == 8
    signed = order(id="A8", case="U8", state=AssignmentState.ACKNOWLEDGED)
    board.picture._put(signed)
    changes = ChangeSet()
    changes.add(signed)
    board.changed.emit(changes)
    assert flash.ids == ("U7", "U6", "U5", "U4", "U3")


def test_an_old_picture_stands_still(qapp: object) -> None:
    """Somebody may have signed since: nothing may call for a hand that is not needed any more."""
    board = Board(CITY)
    flash = Flash(board)
    board.ticked.emit()
    assert not flash.moving
    assert flash.bold
