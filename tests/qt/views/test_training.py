"""The training screen: a day is chosen, watched and taken over; the live board and its link hear nothing."""

import ast
import gc
import weakref
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from console.domain.case import CaseState
from console.domain.gesture import proposed_lead
from console.live.orders import Target
from console.live.tasks import Tasks
from console.paths import ROOT
from console.replay.timeline import MarkKind
from console.views.training.scene import scene_of
from console.widgets.striped_frame import StripedFrame
from tests.qt.views.training_room import BEGINS, Room, at, furnish


@pytest.fixture
def room(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Room]:
    tasks = Tasks()
    made = furnish(qtbot, tmp_path, monkeypatch, tasks)
    yield made
    tasks.stop()
    made.stage.board.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def press(room: Room, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
    room.screen.activateWindow()
    room.qtbot.waitUntil(room.screen.isActiveWindow)
    QTest.keyClick(room.screen, key, modifier or Qt.KeyboardModifier.NoModifier)


def give_one(room: Room) -> str:
    """Dispatch the first registered case to the unit that the duty list names."""
    picture, board = room.scene.board.picture, room.scene.board
    case = next(c for c in picture.cases.values() if c.state is CaseState.REGISTERED)
    unit = proposed_lead(case, board.city)
    assert unit is not None
    orders = room.scene.stage(room.stage).orders
    orders.give(case.id, Target("unit", unit))
    room.show()
    return case.id


# -- watching -----------------------------------------------------------------------------------------------


def test_a_day_opens_at_eight_with_the_desk_and_a_banner(room: Room) -> None:
    page = room.open()
    assert room.screen.bare
    assert room.scene.link.playback.position == at(8)
    assert room.scene.board.picture.cases
    assert page.frame.said().startswith("演练 · 2026-06-03 08:00 · 非实时")
    assert not room.stage.board.picture.cases


def test_the_banner_cannot_be_hidden_by_any_screen_inside(room: Room) -> None:
    page = room.open()
    frame = page.findChild(StripedFrame)
    assert frame is not None
    assert frame.isVisible()
    assert page.head.parent() is frame
    shot = page.grab().toImage()
    violet = {shot.pixelColor(x, y).name() for x in range(60) for y in (1, 3)}
    assert "#c79bff" in violet


def test_an_order_is_refused_while_one_only_watches(room: Room) -> None:
    page = room.open()
    room.go_to(10)
    before = room.scene.board.picture.digest
    give_one(room)
    assert page._inner.status.said() == room.stage.texts(
        "status.refused", reason=room.stage.texts("problem.replay-only")
    )
    assert room.scene.board.picture.digest == before
    assert room.sent == []


def test_keys_play_pause_change_speed_and_step(room: Room) -> None:
    room.open()
    link = room.scene.link
    press(room, Qt.Key.Key_Space)
    assert link.playback.playing
    press(room, Qt.Key.Key_Plus)
    press(room, Qt.Key.Key_Plus)
    assert link.playback.rate == 5
    press(room, Qt.Key.Key_Minus)
    assert link.playback.rate == 2
    press(room, Qt.Key.Key_Space)
    assert not link.playback.playing
    before = link.playback.position
    press(room, Qt.Key.Key_Period)
    assert link.playback.position == before + timedelta(minutes=1)
    press(room, Qt.Key.Key_Less)
    assert link.playback.position == before - timedelta(minutes=9)


def test_jumps_go_to_the_next_mark_and_choose_its_case(room: Room) -> None:
    page = room.open()
    for kind, key in ((MarkKind.RED, Qt.Key.Key_R), (MarkKind.RETURN, Qt.Key.Key_T)):
        wanted = room.scene.timeline.next(kind, room.scene.link.playback.position)
        assert wanted is not None
        press(room, key)
        assert room.scene.link.playback.position == wanted.at
        assert room.scene.selection.case == wanted.about
    press(room, Qt.Key.Key_I)
    assert page._inner.status.said() == room.stage.texts("training.no_more_incident")


def test_a_receivers_key_is_no_jump(room: Room) -> None:
    page = room.open()
    room.go_to(10)
    before = room.scene.link.playback.position
    press(room, Qt.Key.Key_D)
    press(room, Qt.Key.Key_R)
    assert room.scene.link.playback.position == before
    assert page.keys._shortcuts["R"].isEnabled()


def test_the_bar_seeks_where_it_is_clicked(room: Room) -> None:
    page = room.open()
    bar = page.transport.bar
    place = page.locate("transport", "0.5")
    assert place is not None
    room.qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=place[1].center())
    half = BEGINS + timedelta(hours=12)
    assert abs(room.scene.link.playback.position - half) < timedelta(minutes=2)
    assert abs(bar.position - 0.5) < 0.01


def test_bookmarks_come_and_go_and_are_gone_to(room: Room) -> None:
    room.open()
    press(room, Qt.Key.Key_B)
    assert room.scene.bookmarks == [at(8)]
    room.go_to(12)
    press(room, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert room.scene.link.playback.position == at(8)
    press(room, Qt.Key.Key_B)
    assert room.scene.bookmarks == []


def test_what_nobody_watches_stands_still(room: Room) -> None:
    room.open()
    room.scene.link.play()
    room.screen.hide()
    assert not room.scene.link.playback.playing


def test_one_key_goes_back_in_the_replays_own_choice(room: Room) -> None:
    room.open()
    first, second, *_ = room.scene.board.picture.cases
    room.scene.selection.choose(first)
    room.scene.selection.choose(second)
    room.screen.go_back()
    assert room.scene.selection.case == first
    assert room.stage.selection.case is None


# -- taking over --------------------------------------------------------------------------------------------


def test_a_taken_over_day_obeys_the_trainee_and_is_compared(room: Room) -> None:
    page = room.open()
    room.go_to(10)
    press(room, Qt.Key.Key_F8)
    assert "学员接手 10:00 起" in page.frame.said()
    given = give_one(room)
    assert room.scene.board.picture.cases[given].state is CaseState.DISPATCHED
    branch = room.scene.link.branch
    assert branch is not None
    branch.run_until(at(10.5))
    press(room, Qt.Key.Key_F8)
    table = page.comparing.table
    room.qtbot.waitUntil(lambda: bool(table.rows))
    assert page.transport.isHidden()
    row = table.rows[-1]
    table.scrollToBottom()
    place = page.locate("difference", row.case)
    assert place is not None
    room.qtbot.mouseClick(place[0], Qt.MouseButton.LeftButton, pos=place[1].center())
    assert room.scene.selection.case == row.case
    stand_in = page.comparing.map._map
    assert stand_in is not None
    assert set(stand_in.cases) <= {row.case for row in table.rows}
    assert room.sent == []


def test_the_past_of_a_branch_cannot_be_sought(room: Room) -> None:
    page = room.open()
    room.go_to(10)
    page.take_over()
    press(room, Qt.Key.Key_Less)
    assert room.scene.link.playback.position == at(10)
    assert page._inner.status.said() == room.stage.texts("training.no_seek")


def test_leaving_a_branch_compares_first(room: Room) -> None:
    page = room.open()
    page.take_over()
    page.leave()
    assert room.screen.replay is page
    assert page.comparing.isVisible()
    room.qtbot.waitUntil(lambda: page.comparing._found is not None)
    page.give_back()
    assert room.scene.link.branch is None
    page.leave()
    assert room.screen.replay is None
    assert not room.screen.bare
    assert scene_of(room.stage.board) is None


def test_the_replay_outlives_the_screen_that_shows_it(room: Room) -> None:
    room.open()
    room.go_to(11)
    room.page.take_over()
    scene = room.scene
    again = room.again("en")
    assert again.replay is not None
    assert again.replay.scene is scene
    assert again.bare
    assert "trainee since 11:00" in again.replay.frame.said()


# -- what it may not know -------------------------------------------------------------------------------------


def test_nothing_in_a_replay_knows_a_client() -> None:
    for file in (ROOT / "console" / "views" / "training").glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            assert not any(n.startswith(("console.client", "requests")) for n in names), file


def test_every_button_has_a_name(room: Room) -> None:
    page = room.open()
    page.take_over()
    parts = (page.transport, page.comparing, room.screen.choice)
    buttons = [b for part in parts for b in part.findChildren(QPushButton)]
    assert len(buttons) > 15
    assert [b.text() for b in buttons if not b.objectName()] == []


def test_a_letter_of_the_screen_inside_is_lent_to_it(room: Room) -> None:
    page = room.open()
    page.keys.lend("incident")
    assert not page.keys._shortcuts["R"].isEnabled()
    assert page.keys._shortcuts["Alt+R"].isEnabled()
    page.keys.lend("desk")
    page.keys.wait_for_receiver(True)
    assert [k for k, s in page.keys._shortcuts.items() if not s.isEnabled()] == ["R", "T"]
    page.keys.wait_for_receiver(False)
    assert all(s.isEnabled() for s in page.keys._shortcuts.values())


def test_a_closed_replay_leaves_nothing_in_memory(room: Room) -> None:
    room.open()
    timeline = weakref.ref(room.scene.timeline)
    room.screen.leave()
    room.qtbot.waitUntil(lambda: gc.collect() >= 0 and timeline() is None, timeout=20_000)
