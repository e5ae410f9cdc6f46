from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from console.domain.case import CaseState
from console.domain.command import Dispatch
from console.live.board import Board
from console.live.orders import UNDO_KEPT, Given, Orders, Target, wants_assist
from console.wire.commands import Envelope, unwrap
from console.wire.messages import CommandMoved, Tick
from tests.builders import BUREAU, CITY, GAS, TOWN, WORKER, case, duty, order

TO_TOWN, TO_BUREAU, TO_WORKER = (
    Target("unit", TOWN),
    Target("unit", BUREAU),
    Target("worker", WORKER),
)


@pytest.fixture
def board(qapp: object) -> Board:
    made = Board(CITY)
    made.picture.cases["C1"] = case(version=7)
    made.picture.workers[WORKER] = duty()
    return made


@pytest.fixture
def sent() -> list[Envelope]:
    return []


@pytest.fixture
def orders(board: Board, sent: list[Envelope]) -> Orders:
    return Orders(board, sent.append)


def lead(board: Board) -> None:
    """The case is with the town."""
    board.picture.cases["C1"] = case(state=CaseState.DISPATCHED, lead="A1", version=8)
    board.picture.assignments["A1"] = order()
    board.picture.of_owner["C1"] = ("A1",)


def test_a_gesture_is_one_envelope_with_the_version_that_was_seen(
    orders: Orders, sent: list[Envelope]
) -> None:
    given: list[Given] = []
    orders.given.connect(given.append)
    gesture = orders.give("C1", TO_BUREAU)
    assert gesture is not None
    assert gesture.allowed
    (envelope,) = sent
    assert envelope.type == "dispatch"
    assert envelope.expect == {"case:C1": 7}
    command = unwrap(envelope)
    assert isinstance(command, Dispatch)
    assert (command.case, command.unit, command.worker) == ("C1", BUREAU, None)
    assert given == [Given(envelope.key, command.assignment, "C1", TO_BUREAU, "dispatch")]


def test_every_intention_has_its_own_keys(orders: Orders, sent: list[Envelope]) -> None:
    for _ in range(20):
        orders.give("C1", TO_BUREAU)
    assert len({e.key for e in sent}) == 20
    assert len({e.body["assignment"] for e in sent}) == 20


def test_on_a_worker_the_town_leads(orders: Orders, sent: list[Envelope]) -> None:
    orders.give("C1", TO_WORKER)
    assert (sent[0].body["unit"], sent[0].body["worker"]) == (TOWN, WORKER)


def test_beside_a_lead_it_is_help(board: Board, orders: Orders, sent: list[Envelope]) -> None:
    lead(board)
    orders.give("C1", TO_BUREAU)
    assert (sent[0].type, sent[0].expect) == ("assist", {"case:C1": 8})


def test_a_case_on_a_case_is_linked(board: Board, orders: Orders, sent: list[Envelope]) -> None:
    board.picture.cases["C2"] = case(id="C2")
    given: list[Given] = []
    orders.given.connect(given.append)
    orders.give("C1", Target("case", "C2"))
    assert (sent[0].type, sent[0].body) == ("link_repeat", {"case": "C1", "main": "C2"})
    assert given == []


def test_an_own_case_on_the_queue_is_taken_back(
    board: Board, orders: Orders, sent: list[Envelope]
) -> None:
    lead(board)
    orders.give("C1", Target("queue", ""))
    assert (sent[0].type, sent[0].body["assignment"]) == ("recall", "A1")


@pytest.mark.parametrize(
    ("case_id", "target", "refusal"),
    [
        ("C1", Target("unit", TOWN), "already-assigned"),
        ("C1", Target("case", "C1"), "repeat-of-itself"),
        ("C9", TO_BUREAU, None),
        ("C1", Target("unit", "nobody"), None),
        ("C1", Target("worker", "nobody"), None),
        ("C1", Target("case", "C9"), None),
        ("C1", Target("weather", "typhoon"), None),
        ("C1", Target("", ""), None),
    ],
)
def test_what_is_refused_or_not_there_sends_nothing(
    board: Board, orders: Orders, sent: list[Envelope], case_id: str, target: Target,
    refusal: str | None,
) -> None:  # fmt: skip
    lead(board)
    gesture = orders.give(case_id, target)
    assert (gesture.refusal if gesture is not None else None) == refusal
    assert sent == []
    assert orders.undo() is None


def test_somebody_off_duty_and_a_bureau_for_gas_are_refused(
    board: Board, orders: Orders, sent: list[Envelope]
) -> None:
    board.picture.workers[WORKER] = duty(on_duty=False)
    refused = orders.give("C1", TO_WORKER)
    board.picture.cases["C1"] = case(category=GAS)
    unfit = orders.give("C1", TO_BUREAU)
    assert [g.refusal for g in (refused, unfit) if g is not None] == ["off-duty", "not-qualified"]
    assert sent == []


# -- taking back -------------------------------------------------------------------------------------


def test_undo_stands_on_the_orders_own_command(orders: Orders, sent: list[Envelope]) -> None:
    undone: list[Given] = []
    orders.undone.connect(undone.append)
    orders.give("C1", TO_BUREAU)
    given = orders.undo()
    assert given is not None
    assert sent[1].type == "recall"
    assert sent[1].body == {"assignment": given.assignment, "reason": "undo"}
    assert sent[1].expect == {f"assignment:{given.assignment}": {"after": sent[0].key}}
    assert undone == [given]
    assert orders.undo() is None
    orders.undo_one(given)
    assert len(sent) == 2


def test_the_last_is_taken_back_first(orders: Orders, sent: list[Envelope]) -> None:
    for target in (TO_BUREAU, TO_TOWN):
        orders.give("C1", target)
    assert [orders.undo().target, orders.undo().target] == [TO_TOWN, TO_BUREAU]  # type: ignore[union-attr]


def test_any_of_them_can_be_taken_back(orders: Orders, sent: list[Envelope]) -> None:
    given: list[Given] = []
    orders.given.connect(given.append)
    for target in (TO_BUREAU, TO_TOWN):
        orders.give("C1", target)
    orders.undo_one(given[0])
    assert sent[2].body["assignment"] == given[0].assignment
    assert orders.undo() == given[1]


def test_only_the_latest_are_kept(orders: Orders) -> None:
    for _ in range(UNDO_KEPT + 5):
        orders.give("C1", TO_BUREAU)
    count = 0
    while orders.undo() is not None:
        count += 1
    assert count == UNDO_KEPT


def test_what_was_refused_cannot_be_taken_back(
    board: Board, orders: Orders, sent: list[Envelope]
) -> None:
    moved: list[CommandMoved] = []
    orders.moved.connect(moved.append)
    orders.give("C1", TO_BUREAU)
    for tick in (Tick.STORED, Tick.COMMITTED):
        board.sink(CommandMoved(sent[0], tick))
    board.drain()
    assert [m.tick for m in moved] == [Tick.STORED, Tick.COMMITTED]
    board.sink(CommandMoved(sent[0], Tick.REFUSED))
    board.drain()
    assert orders.undo() is None


def test_an_order_is_recalled_at_the_version_that_was_seen(
    board: Board, orders: Orders, sent: list[Envelope]
) -> None:
    lead(board)
    orders.recall("A1", "派错单位")
    assert sent[0].expect == {"assignment:A1": board.picture.assignments["A1"].version}
    orders.recall("A9", "派错单位")
    assert sent[1].expect == {}


def test_a_case_is_opened(orders: Orders, sent: list[Envelope]) -> None:
    orders.register("C1")
    assert (sent[0].type, sent[0].expect) == ("register", {"case:C1": 7})


def test_what_cannot_be_stored_is_not_given(board: Board) -> None:
    def full(_: Envelope) -> None:
        raise OSError("disk full")

    orders = Orders(board, full)
    given: list[Given] = []
    orders.given.connect(given.append)
    with pytest.raises(OSError, match="disk full"):
        orders.give("C1", TO_BUREAU)
    assert given == []
    assert orders._given == []


def test_the_picture_is_never_changed_by_an_order(board: Board, orders: Orders) -> None:
    before = replace(board.picture.cases["C1"])
    orders.give("C1", TO_BUREAU)
    assert board.picture.cases["C1"] == before
    assert board.picture.assignments == {}


@pytest.mark.parametrize(
    ("keys", "assist"),
    [
        (Qt.KeyboardModifier.NoModifier, False),
        (Qt.KeyboardModifier.AltModifier, False),
        (Qt.KeyboardModifier.ControlModifier, True),
        (Qt.KeyboardModifier.ShiftModifier, True),
        (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier, True),
    ],
)
def test_ctrl_or_shift_makes_a_helper(keys: Qt.KeyboardModifier, assist: bool) -> None:
    assert wants_assist(keys) is assist
