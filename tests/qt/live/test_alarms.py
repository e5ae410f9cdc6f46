"""The alarms of a seat: raised by what the board shows, heard or not, kept over a restart."""

from pathlib import Path
from typing import Any

import pytest

from console.domain.alarm import Alarm, AlarmKind, Priority, SilenceReason
from console.domain.assignment import AssignmentState
from console.domain.case import CaseState
from console.domain.category import Urgency
from console.domain.command import SilenceSeat
from console.domain.role import Role
from console.live.alarms import Alarms
from console.live.board import Board
from console.live.headline import Figures, Headline
from console.live.voice import GAP_S, Voice
from console.store.changes import ChangeSet
from console.wire.elapsed import elapsed_s
from console.wire.messages import BookmarkArrived
from tests.builders import CITY, at, bookmark, case, clock, order


@pytest.fixture
def board(qapp: object) -> Board:
    board = Board(CITY)
    board.time.change(clock())
    board.time.hear(clock(), elapsed_s())
    return board


def seat(board: Board, file: Path | None = None, role: Role = Role.DISPATCHER) -> Alarms:
    return Alarms(board, Headline(board, board), role, file, board)


def put(board: Board, *entities: Any, everything: bool = False) -> None:
    changes = ChangeSet(everything=everything)
    for entity in entities:
        board.picture._put(entity)
        changes.add(entity)
    board.changed.emit(changes)


def urgent(number: int) -> tuple[Any, Any]:
    """An urgent case that was sent and that nobody has signed for."""
    given = case(
        id=f"U{number}", state=CaseState.DISPATCHED, urgency=Urgency.URGENT, lead=f"A{number}"
    )
    return given, order(id=f"A{number}", case=f"U{number}", urgency=Urgency.URGENT)


def signed(number: int) -> Any:
    return order(id=f"A{number}", case=f"U{number}", state=AssignmentState.ACKNOWLEDGED)


def of(alarms: Alarms, kind: AlarmKind = AlarmKind.URGENT) -> list[str]:
    return [alarm.subject for alarm in alarms.book.waiting if alarm.kind is kind]


def test_an_unsigned_urgent_case_is_an_alarm_until_it_is_signed(board: Board) -> None:
    alarms = seat(board)
    put(board, *urgent(1))
    assert of(alarms) == ["U1"]
    put(board, signed(1))
    assert of(alarms) == []
    assert [alarm.state for alarm in alarms.book.all if alarm.kind is AlarmKind.URGENT] == [
        "cleared"
    ]


def test_sixty_at_once_are_ten_and_a_group(board: Board) -> None:
    alarms = seat(board)
    heard: list[Alarm] = []
    alarms.raised.connect(heard.append)
    for number in range(60):
        put(board, *urgent(number))
    mine = [alarm for alarm in alarms.book.singles if alarm.kind is AlarmKind.URGENT]
    assert len(mine) == 10
    assert [len(group.alarms) for group in alarms.book.groups] == [50]
    assert sum(alarm.kind is AlarmKind.URGENT for alarm in heard) == 11


def test_what_is_an_alarm_depends_on_the_seat(board: Board) -> None:
    callers, walls = seat(board, role=Role.CALL_TAKER), seat(board, role=Role.WALL)
    put(board, *urgent(1))
    assert of(callers) == of(walls) == []
    assert walls.kinds == frozenset()


def test_what_was_acknowledged_is_not_asked_again_after_a_restart(
    board: Board, tmp_path: Path
) -> None:
    file = tmp_path / "alarms.json"
    before = seat(board, file)
    put(board, *urgent(1))
    put(board, *urgent(2))
    before.acknowledge("urgent:A1")
    before.keep()
    after = seat(board, file)
    heard: list[Alarm] = []
    after.raised.connect(heard.append)
    put(board, signed(2), everything=True)
    assert of(after) == []
    states = {alarm.subject: alarm.state for alarm in after.book.all}
    assert (states["U1"], states["U2"]) == ("acknowledged", "cleared")
    assert [alarm for alarm in heard if alarm.kind is AlarmKind.URGENT] == []


def test_kept_alarms_that_cannot_be_read_are_no_obstacle(board: Board, tmp_path: Path) -> None:
    file = tmp_path / "alarms.json"
    file.write_text("{")
    put(board, *urgent(1))
    alarms = seat(board, file)
    put(board, everything=True)
    assert of(alarms) == ["U1"]


def test_a_centre_that_is_away_is_an_alarm_and_its_return_ends_it(board: Board) -> None:
    alarms = seat(board)
    board.ticked.emit()
    assert of(alarms, AlarmKind.LINK) == []
    board.time.hear(clock(), elapsed_s() - 60)
    board.ticked.emit()
    assert len(of(alarms, AlarmKind.LINK)) == 1
    board.sink(BookmarkArrived(bookmark(0), elapsed_s()))
    board.drain()
    board.ticked.emit()
    assert of(alarms, AlarmKind.LINK) == []


def test_what_was_overdue_before_the_shift_is_counted_and_what_becomes_so_is_an_alarm(
    board: Board,
) -> None:
    headline = Headline(board, board)
    alarms = Alarms(board, headline, Role.DISPATCHER, None, board)

    def overdue(*names: str) -> None:
        headline.figures = Figures(overdue=set(names))
        headline.changed.emit()

    overdue()
    for name in ("C1", "C2", "C3"):
        board.picture._put(case(id=name))
    overdue("C1")
    assert of(alarms, AlarmKind.RED) == []
    overdue("C1", "C2")
    assert of(alarms, AlarmKind.RED) == ["C2"]
    board.changed.emit(ChangeSet(everything=True))
    overdue("C1", "C2", "C3")
    assert of(alarms, AlarmKind.RED) == ["C2", "C3"], "also what turned red during an outage"
    overdue("C1")
    assert of(alarms, AlarmKind.RED) == []


# -- what is heard --------------------------------------------------------------------------------


class Ear:
    """A voice whose seconds a test counts; what it said and what it had recorded."""

    def __init__(self, board: Board) -> None:
        self.now = 100.0
        self.heard: list[Priority] = []
        self.recorded: list[SilenceSeat] = []
        self.alarms = seat(board)
        self.voice = Voice(
            self.alarms, board, self.recorded.append, board, elapsed=lambda: self.now
        )
        self.voice.play.connect(lambda told: self.heard.append(Priority(told)))

    def happens(self, kind: AlarmKind, name: str) -> None:
        self.alarms.raised.emit(
            Alarm(id=name, kind=kind, subject=name, district=None, raised_at=at(0))
        )


@pytest.fixture
def ear(board: Board) -> Ear:
    return Ear(board)


def test_never_two_sounds_at_once_and_the_loudest_first(ear: Ear) -> None:
    for kind in (AlarmKind.RED, AlarmKind.RED, AlarmKind.URGENT, AlarmKind.URGENT_RED):
        ear.happens(kind, kind)
    assert ear.heard == [Priority.LOW]
    ear.now += GAP_S
    ear.voice._speak()
    assert ear.heard == [Priority.LOW, Priority.HIGH]
    ear.now += GAP_S
    ear.voice._speak()
    assert len(ear.heard) == 2, "of what came meanwhile only the loudest"


def test_a_silence_is_recorded_and_ends_by_itself(ear: Ear, board: Board) -> None:
    ear.voice.silence(5, SilenceReason.CALL)
    ear.happens(AlarmKind.RED, "r")
    ear.happens(AlarmKind.URGENT_RED, "u")
    assert ear.heard == []
    assert ear.recorded == [SilenceSeat(minutes=5, reason=SilenceReason.CALL)]
    ear.now += 5 * 60
    board.ticked.emit()
    assert ear.voice.left == 0
    ear.happens(AlarmKind.RED, "again")
    assert ear.heard == [Priority.LOW]


def test_a_new_alarm_of_the_highest_priority_ends_it(ear: Ear) -> None:
    ear.voice.silence(30, SilenceReason.KNOWN)
    ear.happens(AlarmKind.URGENT, "u")
    assert ear.heard == [Priority.HIGH]
    assert ear.voice.left == 0
    assert ear.recorded[-1] == SilenceSeat(minutes=0, reason=SilenceReason.KNOWN)


def test_the_operator_can_end_it(ear: Ear) -> None:
    ear.voice.end()
    assert ear.recorded == []
    ear.voice.silence(15, SilenceReason.HANDOVER)
    ear.voice.end()
    assert [one.minutes for one in ear.recorded] == [15, 0]
