from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QMimeData, QObject, Qt, Signal
from PySide6.QtGui import QPixmap
from pytestqt.qtbot import QtBot

from console.domain.case import Case, CaseState
from console.domain.category import Urgency
from console.domain.city import City
from console.domain.place import Position
from console.live import drag as drag_module
from console.live.board import Board
from console.live.drag import Payload
from console.live.orders import Target
from console.map.pins import Kind
from console.store.changes import ChangeSet
from console.tables.rows import category_name
from console.views.window import Window
from console.widgets.pill import PillStack
from console.wire.codec import encode
from console.wire.commands import Answer
from console.wire.messages import CommandMoved, Tick
from tests.qt.desk_picture import add_case
from tests.qt.tables.listing import drag_move, drop, foreign, middle, ours
from tests.qt.views.stand_ins import StandInLink, StandInMap, desk_of

NOWHERE = Position(110.3, 20.0)


class HeldDrag(QObject):
    """A `QDrag` whose pointer is the test: `during` runs while the button is down."""

    during: Callable[[], bool] = staticmethod(lambda: False)
    over = Signal()

    def setMimeData(self, mime: QMimeData) -> None:
        self.mime = mime

    def setPixmap(self, ghost: QPixmap) -> None:
        assert not ghost.isNull()

    def setHotSpot(self, at: object) -> None:
        self.at = at

    def exec(self, actions: object) -> Qt.DropAction:
        dropped = HeldDrag.during()
        return Qt.DropAction.MoveAction if dropped else Qt.DropAction.IgnoreAction


@pytest.fixture
def holding(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], object]], None]:
    """Says what happens during the next drags; True means that it was dropped on something."""
    monkeypatch.setattr(drag_module, "QDrag", HeldDrag)

    def during(act: Callable[[], object]) -> None:
        monkeypatch.setattr(HeldDrag, "during", staticmethod(lambda: bool(act())))

    return during


@pytest.fixture
def case(window: Window, board: Board) -> Case:
    """A registered case without hazard, chosen."""
    found = next(
        c
        for c in board.picture.cases.values()
        if c.state is CaseState.REGISTERED
        and c.position is not None
        and c.urgency is Urgency.NORMAL
        and not board.city.categories[c.category].hazard
    )
    assert desk_of(window).queue.view.select_case(found.id)
    return found


def in_hand(case: Case) -> Payload:
    return Payload(kind="case", ids=[case.id])


def test_a_drag_lights_the_targets_and_holds_everything(
    window: Window,
    case: Case,
    holding: Callable[[Callable[[], object]], None],
    map_of: Callable[[], StandInMap],
) -> None:
    desk = desk_of(window)
    seen: list[object] = []

    def during() -> bool:
        units = [desk.units.view.is_target(u) for u in desk.units.ids()]
        workers = [desk.workers.view.is_target(w) for w in desk.workers.ids()]
        seen.extend([any(units), any(workers), map_of().frozen, desk.dragging.running])
        targets = map_of().targets
        assert targets is not None
        assert {t.kind for t in targets} == {Kind.WORKER}
        assert sum(t.best for t in targets) == 6
        assert all(t.label for t in targets if t.best)
        return False

    holding(during)
    desk.queue.view.drag_wanted.emit([case.id])
    assert seen == [True, True, True, True]
    assert desk.units.view.is_target(desk.units.ids()[0]) is None
    assert desk.workers.view.is_target(desk.workers.ids()[0]) is None
    assert map_of().targets is None
    assert not map_of().frozen
    assert not desk.dragging.running
    assert window.status.said() == window.texts("drag.cancelled")


def test_rows_hold_still_until_a_while_after_the_drag(
    window: Window,
    case: Case,
    board: Board,
    city: City,
    holding: Callable[[Callable[[], object]], None],
    qtbot: QtBot,
) -> None:
    queue = desk_of(window).queue
    before = [queue.model.id_at(n) for n in range(queue.model.rowCount())]

    def arrives() -> bool:
        new = add_case(board.picture, city, 990, CaseState.REGISTERED)
        board.changed.emit(ChangeSet(cases={new.id}))
        assert queue._pending.isVisible()
        assert queue._pending.text() == window.texts("queue.pending_new", n=1)
        return False

    holding(arrives)
    queue.view.drag_wanted.emit([case.id])
    now = [queue.model.id_at(n) for n in range(queue.model.rowCount())]
    assert now == before
    assert queue.model.pending_new == 1
    qtbot.waitUntil(lambda: queue.model.pending_new == 0)
    assert queue.model.rowCount() == len(before) + 1
    assert not queue._pending.isVisible()


def test_a_second_drag_within_that_while_holds_on(
    window: Window,
    case: Case,
    board: Board,
    city: City,
    holding: Callable[[Callable[[], object]], None],
    qtbot: QtBot,
) -> None:
    queue = desk_of(window).queue
    holding(lambda: False)
    queue.view.drag_wanted.emit([case.id])

    def waits() -> bool:
        qtbot.wait(queue._settle.interval() + 50)
        new = add_case(board.picture, city, 991, CaseState.REGISTERED)
        board.changed.emit(ChangeSet(cases={new.id}))
        assert queue.model.pending_new == 1
        return False

    holding(waits)
    queue.view.drag_wanted.emit([case.id])
    assert queue.model.pending_new == 1


def test_several_are_one_order_each(window: Window, board: Board, link: StandInLink) -> None:
    ids = [
        c.id
        for c in board.picture.cases.values()
        if c.state is CaseState.REGISTERED and not board.city.categories[c.category].hazard
    ][:3]
    unit = desk_of(window).units.ids()[0]
    assert desk_of(window).dragging.drop(Payload(kind="case", ids=ids), Target("unit", unit))
    assert [e.body["case"] for e in link.sent] == ids
    assert len({e.key for e in link.sent}) == 3


def test_a_drop_event_on_a_unit_row_gives_it_the_case(
    window: Window, case: Case, link: StandInLink
) -> None:
    view = desk_of(window).units.view
    mime = ours("case", case.id)
    assert drag_move(view, mime, middle(view, 1))
    assert drop(view, mime, middle(view, 1))
    (sent,) = link.sent
    assert (sent.type, sent.body["unit"]) == ("dispatch", desk_of(window).units.ids()[1])


def test_a_drop_event_on_a_worker_row_gives_them_the_case(
    window: Window, case: Case, link: StandInLink
) -> None:
    view = desk_of(window).workers.view
    mime = ours("case", case.id)
    assert drop(view, mime, middle(view, 0))
    assert link.sent[0].body["worker"] == desk_of(window).workers.ids()[0]


def test_a_worker_dropped_on_a_case_is_the_case_dropped_on_the_worker(
    window: Window, case: Case, link: StandInLink
) -> None:
    view = desk_of(window).queue.view
    worker = desk_of(window).workers.ids()[0]
    row = desk_of(window).queue.model.row_of(case.id)
    assert row is not None
    view.scrollTo(desk_of(window).queue.model.index(row))
    assert drop(view, ours("worker", worker), middle(view, row))
    assert (link.sent[0].body["case"], link.sent[0].body["worker"]) == (case.id, worker)


def test_a_worker_on_a_worker_or_a_unit_is_nothing(
    window: Window, case: Case, link: StandInLink
) -> None:
    worker = desk_of(window).workers.ids()[0]
    for view in (desk_of(window).workers.view, desk_of(window).units.view):
        assert not drag_move(view, ours("worker", worker), middle(view, 1))
        assert not drop(view, ours("worker", worker), middle(view, 1))
    assert link.sent == []


def test_foreign_things_are_ignored_everywhere(
    window: Window, case: Case, link: StandInLink, map_of: Callable[[], StandInMap]
) -> None:
    desk = desk_of(window)
    for view in (desk.queue.view, desk.workers.view, desk.units.view):
        assert not drop(view, foreign(), middle(view, 0))
    assert not desk.dragging.drop(None, Target("unit", desk.units.ids()[0]))
    assert window.status.said() == window.texts("drag.ignored")
    map_of().foreign_drop.emit()
    assert window.status.said() == window.texts("drag.ignored")
    assert not map_of().policy(b"not ours", "worker", desk.workers.ids()[0])
    assert link.sent == []


def test_what_is_not_there_any_more_is_no_order(window: Window, link: StandInLink) -> None:
    unit = desk_of(window).units.ids()[0]
    assert not desk_of(window).dragging.drop(
        Payload(kind="case", ids=["gone"]), Target("unit", unit)
    )
    assert not desk_of(window).dragging.accepts(
        Payload(kind="weather", ids=["typhoon"]), Target("unit", unit)
    )
    assert link.sent == []


def test_a_refused_drop_says_why(
    window: Window, board: Board, case: Case, link: StandInLink
) -> None:
    worker = desk_of(window).workers.ids()[0]
    duty = board.picture.workers[worker]
    board.picture.workers[worker] = replace(duty, on_duty=False)
    assert not desk_of(window).dragging.drop(in_hand(case), Target("worker", worker))
    assert window.status.said() == window.texts("problem.off-duty")
    assert link.sent == []


# -- the map ------------------------------------------------------------------------------------------


def test_a_pin_is_dropped_on_a_worker_of_the_map(
    window: Window, case: Case, link: StandInLink, map_of: Callable[[], StandInMap]
) -> None:
    worker = desk_of(window).workers.ids()[0]
    mime = encode(in_hand(case))
    assert map_of().policy(mime, "worker", worker)
    assert not map_of().policy(mime, None, None)
    map_of().dropped.emit(mime, "", "", NOWHERE)
    assert link.sent == []
    map_of().dropped.emit(mime, "worker", worker, NOWHERE)
    assert link.sent[0].body["worker"] == worker


def test_no_drag_from_a_map_that_hangs(
    window: Window,
    case: Case,
    map_of: Callable[[], StandInMap],
    holding: Callable[[Callable[[], object]], None],
) -> None:
    ran: list[int] = []
    holding(lambda: ran.append(1))
    map_of().drag_wanted.emit("case", case.id)
    assert ran == [1]
    map_of().alive = False
    map_of().drag_wanted.emit("case", case.id)
    assert ran == [1]
    assert window.status.said() == window.texts("map.failed")


def test_a_worker_in_hand_lights_the_cases_of_the_map(
    window: Window,
    board: Board,
    map_of: Callable[[], StandInMap],
    holding: Callable[[Callable[[], object]], None],
) -> None:
    lit: list[str] = []

    def during() -> bool:
        assert map_of().targets is not None
        lit.extend(t.id for t in map_of().targets or () if t.kind is Kind.CASE)
        return False

    holding(during)
    desk_of(window).workers.drag_wanted.emit([desk_of(window).workers.ids()[0]])
    assert lit
    assert all(board.picture.cases[c].position is not None for c in lit)
    assert all(board.picture.cases[c].state is not CaseState.CLOSED for c in lit)


def test_the_map_follows_the_picture(
    window: Window, board: Board, case: Case, map_of: Callable[[], StandInMap]
) -> None:
    open_with_place = {
        c.id
        for c in board.picture.cases.values()
        if c.position is not None and c.state is not CaseState.CLOSED
    }
    assert set(map_of().cases) == open_with_place
    assert set(map_of().workers) == set(board.picture.fixes)
    assert sum(map_of().load.values()) > 0
    board.picture.cases[case.id] = replace(case, state=CaseState.CLOSED)
    board.changed.emit(ChangeSet(cases={case.id}))
    assert case.id not in map_of().cases


# -- what was sent --------------------------------------------------------------------------------------


def pills(window: Window) -> list[str]:
    stack = desk_of(window).map.findChild(PillStack)
    assert isinstance(stack, PillStack)
    return [pill.words() for pill in stack.pills()]


def test_an_order_has_a_pill_that_takes_it_back(
    window: Window, board: Board, case: Case, link: StandInLink
) -> None:
    unit = desk_of(window).units.ids()[0]
    name = board.city.units[unit].name
    desk_of(window).dragging.drop(in_hand(case), Target("unit", unit))
    what = category_name(case, board.city, window.texts)
    assert pills(window) == [window.texts("status.pill_sending", what=what, target=name)]
    assert name in window.status.said()
    board.sink(CommandMoved(link.sent[0], Tick.COMMITTED))
    board.drain()
    assert pills(window) == [window.texts("status.pill", what=what, target=name)]
    stack = desk_of(window).map.findChild(PillStack)
    assert isinstance(stack, PillStack)
    stack.pills()[0]._done()
    assert [e.type for e in link.sent] == ["dispatch", "recall"]
    assert pills(window) == []
    assert window.status.said() == window.texts("status.undo_sent", target=name)


def test_a_refused_order_loses_its_pill_and_says_why(
    window: Window, board: Board, case: Case, link: StandInLink
) -> None:
    desk_of(window).dragging.drop(in_hand(case), Target("unit", desk_of(window).units.ids()[0]))
    sent = link.sent[0]
    board.drain()
    answer = Answer(key=sent.key, status=409, problem="expectation")
    board.sink(CommandMoved(sent, Tick.REFUSED, answer))
    board.drain()
    assert pills(window) == []
    reason = window.texts("problem.expectation")
    assert window.status.said() == window.texts("status.refused", reason=reason)


def test_ticks_stand_in_the_row(
    window: Window, board: Board, case: Case, link: StandInLink
) -> None:
    queue = desk_of(window).queue.model
    desk_of(window).dragging.drop(in_hand(case), Target("unit", desk_of(window).units.ids()[0]))
    marks = []
    for tick in (Tick.STORED, Tick.COMMITTED, Tick.REFUSED):
        board.sink(CommandMoved(link.sent[0], tick, Answer(key="k", status=409, problem="x")))
        board.drain()
        row = queue.row_of(case.id)
        assert row is not None
        marks.append(queue.row(row).ticks)  # type: ignore[union-attr]
    assert marks == ["✓", "✓✓", "✗"]


def test_a_problem_of_another_version_is_said_by_its_code(
    window: Window, board: Board, case: Case, link: StandInLink
) -> None:
    desk_of(window).dragging.drop(in_hand(case), Target("unit", desk_of(window).units.ids()[0]))
    answer = Answer(key="k", status=409, problem="of-tomorrow")
    board.sink(CommandMoved(link.sent[0], Tick.REFUSED, answer))
    board.drain()
    assert "of-tomorrow" in window.status.said()


def test_what_is_given_stands_in_mine(window: Window, case: Case, link: StandInLink) -> None:
    desk_of(window).dragging.drop(in_hand(case), Target("unit", desk_of(window).units.ids()[0]))
    desk_of(window).queue.next_tab(1)
    model = desk_of(window).queue.model
    assert [model.id_at(n) for n in range(model.rowCount())] == [case.id]
    window.orders.undo()
    assert model.rowCount() == 0
