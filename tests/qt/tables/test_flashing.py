"""Rows that flash: what is drawn, counted over the halves of a clock that the test turns."""

from itertools import pairwise

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from console.domain.assignment import AssignmentState
from console.domain.case import CaseState
from console.domain.category import Urgency
from console.domain.city import City
from console.i18n import Texts
from console.live.board import Board
from console.live.flash import MOST, Flash
from console.store.changes import ChangeSet
from console.tables.case_queue import CaseQueueModel
from console.tables.queue_order import QueueTab
from console.tables.queue_view import QueueView
from tests.builders import at, case, order

COUNT = 8
HALVES = 8


class Desk:
    """A queue of urgent cases that nobody has signed for, on a clock of its own."""

    def __init__(self, qtbot: QtBot, city: City, zh: Texts) -> None:
        self.now = 1_000_000.0
        self.board = Board(city)
        self.flash = Flash(self.board, now=lambda: self.now)
        # The board has heard of no centre: this picture counts as live all the same.
        self.flash.moving = True
        self.model = CaseQueueModel(city, zh)
        for number in range(1, COUNT + 1):
            self.put(number, AssignmentState.SENT)
        self.model.set_tab(QueueTab.ALL)
        self.model.reset(self.board.picture, at(5))
        self.view = QueueView(self.model, zh)
        self.model.setParent(self.view)
        self.view.set_flash(self.flash)
        qtbot.addWidget(self.view)
        self.view.resize(432, 52 * COUNT + 20)
        with qtbot.waitExposed(self.view):
            self.view.show()
        self.follow()

    def put(self, number: int, state: AssignmentState) -> None:
        name, lead = f"U{number}", f"A{number}"
        given = CaseState.DISPATCHED if state is AssignmentState.SENT else CaseState.ACKNOWLEDGED
        fields = {"id": name, "state": given, "urgency": Urgency.URGENT, "lead": lead}
        self.board.picture._put(case(**fields))
        sent = {"sent_at": at(-number), "response_due": at(30 - number), "state": state}
        self.board.picture._put(order(id=lead, case=name, urgency=Urgency.URGENT, **sent))

    def follow(self) -> None:
        """The board tells of another picture."""
        self.board.changed.emit(ChangeSet(everything=True))
        self.model.reset(self.board.picture, at(5))

    def turns(self) -> dict[str, int]:
        """How often each row was drawn in another way in so many halves of a second."""
        seen: dict[str, list[bytes]] = {}
        for _ in range(HALVES):
            for name in (f"U{n}" for n in range(1, COUNT + 1)):
                spot = self.view.place_of(name)
                assert spot is not None
                picture = self.view.viewport().grab(spot[1]).toImage()
                picture = picture.convertToFormat(QImage.Format.Format_RGB32)
                seen.setdefault(name, []).append(bytes(picture.constBits()))
            self.now += 0.5
            self.flash._turn()
        return {name: sum(a != b for a, b in pairwise(looks)) for name, looks in seen.items()}


@pytest.fixture
def desk(qtbot: QtBot, city: City, zh: Texts) -> Desk:
    return Desk(qtbot, city, zh)


def test_five_rows_flash_once_a_second_together_and_the_rest_stand(desk: Desk) -> None:
    turns = desk.turns()
    longest = [f"U{n}" for n in range(COUNT, COUNT - MOST, -1)]
    assert {name for name, many in turns.items() if many} == set(longest)
    assert {turns[name] for name in longest} == {HALVES - 1}


def test_a_signature_ends_it_at_once(desk: Desk) -> None:
    desk.put(COUNT, AssignmentState.ACKNOWLEDGED)
    desk.follow()
    turns = desk.turns()
    assert turns[f"U{COUNT}"] == 0
    assert sum(many > 0 for many in turns.values()) == MOST, "the next in line flashes instead"


def test_where_nothing_may_move_the_five_wear_their_thick_ring(desk: Desk) -> None:
    desk.flash.keep_still(True)
    assert set(desk.turns().values()) == {0}
    assert desk.view.bold(f"U{COUNT}")
    assert not desk.view.bold("U1")


def test_a_hidden_queue_needs_no_timer(desk: Desk) -> None:
    assert desk.flash.running
    desk.view.hide()
    assert not desk.flash.running
    desk.view.show()
    assert desk.flash.running
