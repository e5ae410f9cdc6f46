"""The link's place in a training: a board follows the day, orders wait for the take-over, nothing leaves."""

import ast
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from console.domain.command import Dispatch, Register
from console.domain.gesture import proposed_lead
from console.live import replayed
from console.live.board import Board
from console.live.link import Link, NotKept
from console.live.orders import Orders, Target
from console.live.replayed import REPLAY_ONLY, ReplayLink
from console.replay.comparison import compare
from console.replay.timeline import MarkKind, Timeline
from console.wire.commands import wrap
from console.wire.frames import DayVolumes
from console.wire.messages import CommandMoved, LinkState, Tick
from tests.unit.field.rehearsing import CITY
from tests.unit.replay.branching import WORLD, at
from tests.unit.replay.made import recording


class Clock:
    """Monotonic seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


class Room:
    """A board with a replay behind it."""

    def __init__(self, hours: float) -> None:
        self.clock = Clock()
        self.board = Board(CITY)
        self.board.time._elapsed = self.clock
        self.link = ReplayLink(
            Timeline(recording(), CITY),
            WORLD,
            self.board.sink,
            begin=at(hours),
            volumes=[DayVolumes(day="2026-05-01"), DayVolumes(day="2025-05-01")],
            monotonic=self.clock,
        )
        self.moved: list[CommandMoved] = []
        self.board.command_moved.connect(self.moved.append)
        self.link.pump()
        self.show()

    def show(self) -> None:
        while self.board._inbox:
            self.board.drain()

    def wait(self, seconds: float) -> None:
        for _ in range(round(seconds * 10)):
            self.clock.now += 0.1
            self.link.pump()
        self.show()


@pytest.fixture
def room(qtbot: QtBot) -> Room:
    return Room(10.0)


def as_link(link: Link) -> Link:
    return link


def test_it_is_a_link(room: Room) -> None:
    assert as_link(room.link) is room.link
    assert room.board.link.state is LinkState.STREAMING
    assert room.board.time.simulated


def test_the_board_follows_the_day(room: Room) -> None:
    room.link.set_rate(600)
    room.link.play()
    room.wait(6)
    assert at(10.9) < room.link.playback.position <= at(11.01)
    known = room.link.timeline.picture_at(room.link.playback.position)
    assert room.board.picture.cases == known.cases
    assert room.board.picture.digest == known.digest
    passed = room.board.time.domain_now() - room.link.playback.position
    assert abs(passed) < timedelta(seconds=60)


def test_the_timer_pumps_by_itself(qtbot: QtBot, room: Room) -> None:
    with qtbot.waitSignal(room.link.indexed):
        room.link.start()
    room.link.stop()


def test_seeking_and_jumping_show_the_picture_there(room: Room) -> None:
    with_mark = room.link.seek_next(MarkKind.RETURN)
    assert with_mark is not None
    room.show()
    assert room.link.playback.position == with_mark.at
    assert room.board.picture.cases[with_mark.about].state == "return_asked"
    room.link.seek(at(3))
    room.show()
    assert room.board.time.domain_now() == at(3)


def waiting_case(room: Room) -> str:
    return next(c.id for c in room.board.picture.cases.values() if c.state == "registered")


def test_while_watching_every_command_is_refused_and_nothing_changes(room: Room) -> None:
    case = waiting_case(room)
    before = room.board.picture.fork()
    commands = (Dispatch(case=case, assignment="mine", unit=min(CITY.units)), Register(case=case))
    for number, command in enumerate(commands):
        room.link.submit(wrap(command, f"k{number}"))
    room.wait(1)
    assert [m.tick for m in room.moved] == [Tick.REFUSED, Tick.REFUSED]
    assert {m.answer.problem for m in room.moved if m.answer} == {REPLAY_ONLY}
    assert room.board.picture.digest == before.digest
    assert room.board.picture.rev == before.rev


def test_after_taking_over_the_desks_own_orders_count(room: Room) -> None:
    room.link.take_over()
    room.show()
    orders = Orders(room.board, room.link.submit)
    case = waiting_case(room)
    unit = proposed_lead(room.board.picture.cases[case], CITY)
    assert unit is not None
    orders.give(case, Target("unit", unit))
    room.show()
    assert [m.tick for m in room.moved] == [Tick.STORED, Tick.COMMITTED]
    assert room.board.picture.cases[case].state == "dispatched"
    room.link.set_rate(600)
    room.link.play()
    room.wait(6)
    lead = room.board.picture.lead(room.board.picture.cases[case])
    assert lead is not None
    assert lead.announced_at is not None
    steps = [event.type for event in room.link.history(case)]
    assert steps[0] == "case.received"
    assert "case.dispatched" in steps
    assert room.link.branch is not None
    found = compare(room.link.branch)
    assert case in {d.case for d in found.differences} or lead.acknowledged_at is None


def test_giving_back_returns_to_history_where_the_branch_stood(room: Room) -> None:
    room.link.take_over()
    room.link.set_rate(600)
    room.link.play()
    room.wait(3)
    stood = room.link.playback.position
    assert room.link.branch is not None
    room.link.give_back()
    room.show()
    assert room.link.branch is None
    assert room.link.playback.position == stood
    assert not room.link.playback.playing
    assert room.board.picture.digest == room.link.timeline.picture_at(stood).digest


def test_while_it_is_held_nothing_moves_and_commands_wait(room: Room) -> None:
    room.link.take_over()
    room.show()
    room.link.set_rate(600)
    room.link.play()
    position = room.link.playback.position
    room.link.hold()
    orders = Orders(room.board, room.link.submit)
    case = waiting_case(room)
    unit = proposed_lead(room.board.picture.cases[case], CITY)
    assert unit is not None
    orders.give(case, Target("unit", unit))
    room.wait(2)
    assert room.link.playback.position == position
    assert [m.tick for m in room.moved] == [Tick.STORED]
    room.link.go_on()
    room.show()
    assert [m.tick for m in room.moved] == [Tick.STORED, Tick.COMMITTED]
    assert room.board.picture.cases[case].state == "dispatched"
    assert room.link.playback.position > position


def test_a_branch_knows_no_seek(room: Room) -> None:
    room.link.take_over()
    position = room.link.playback.position
    room.link.seek(at(20))
    assert room.link.seek_next(MarkKind.RED) is None
    assert room.link.playback.position == position


def test_a_picture_that_differs_is_told_anew(room: Room) -> None:
    room.board.picture.cases.clear()
    room.link.relist()
    room.wait(0.1)
    known = room.link.timeline.picture_at(at(10))
    assert room.board.picture.cases == known.cases


def test_history_shows_nothing_that_is_not_known_yet(room: Room) -> None:
    later = next(e for e in recording().events if e.type == "case.dispatched" and e.at > at(10.5))
    full = recording().history(later.entity_id)
    assert len(room.link.history(later.entity_id)) < len(full)
    assert all(e.at <= at(10) for e in room.link.history(later.entity_id))


def test_personal_data_are_not_in_a_replay(room: Room) -> None:
    with pytest.raises(NotKept):
        room.link.private("any")


def test_volumes_are_those_of_the_recordings(room: Room) -> None:
    day = recording().about.day
    found = room.link.volumes(day - timedelta(days=60), day)
    assert [volumes.day for volumes in found] == ["2026-05-01", day.isoformat()]
    assert sum(found[-1].calls) == recording().about.calls


def test_nothing_waits_and_nothing_is_held(room: Room) -> None:
    link = room.link
    assert (link.waiting(), link.held_count(), link.held()) == (0, 0, [])
    link.release("x")
    link.discard("x")


def test_no_module_of_a_replay_names_a_client_or_a_database() -> None:
    """What import-linter checks for every way, said once more where a newcomer looks for it."""
    folder = Path(replayed.__file__).parents[1]
    files = [*folder.joinpath("replay").glob("*.py"), Path(replayed.__file__)]
    names = set()
    for file in files:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom):
                names.add(node.module or "")
            elif isinstance(node, ast.Import):
                names |= {alias.name for alias in node.names}
    assert len(files) > 15
    for forbidden in ("console.client", "console.central", "requests", "sqlite3", "sqlalchemy"):
        assert not [name for name in names if name.startswith(forbidden)]


def broken_day(after: float) -> Timeline:
    """A day whose file is whole but holds, from an hour on, what cannot be."""
    events = [
        replace(e, change={**e.change, "state": "flying"}) if e.at > at(after) and e.change else e
        for e in recording().events
    ]
    return Timeline(replace(recording(), events=events), CITY)


@pytest.mark.parametrize("begin", [9.9, 12.0])
def test_a_day_that_cannot_be_played_is_told_and_stops(qtbot: QtBot, begin: float) -> None:
    clock = Clock()
    line = broken_day(10.0)
    link = ReplayLink(line, WORLD, lambda _: None, begin=at(begin), monotonic=clock)
    with qtbot.waitSignal(link.failed, timeout=30_000) as failed:
        link.start()
        link.set_rate(600)
        link.play()
        for _ in range(10):
            clock.now += 1.0
            link.pump()
    assert failed.args[0].code == "recording-damaged"


def test_the_boards_clock_is_the_playbacks_in_day_and_branch(room: Room) -> None:
    def agree() -> None:
        room.show()
        apart = room.board.time.domain_now() - room.link.playback.position
        assert abs(apart) < timedelta(seconds=1)

    room.link.set_rate(600)
    room.link.play()
    room.wait(7)
    agree()
    room.clock.now += 30
    room.link.take_over()
    agree()
    room.wait(5)
    agree()
    room.link.play()
    room.wait(5)
    agree()
    room.link.give_back()
    room.link.play()
    room.wait(5)
    agree()
