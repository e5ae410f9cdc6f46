"""Choosing a past day: the calendar, the ready days being made, and files that cannot be opened."""

import json
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPointF, Qt, QTime, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QProgressBar, QPushButton
from pytestqt.qtbot import QtBot

from console.feed.make_day_cli import _parser
from console.live.tasks import Tasks
from console.replay.file import FOLDER, read_recording, write_recording
from console.replay.scenario import FOLDER as SCENARIOS
from console.replay.scenario import read_scenario
from console.views.training.day_maker import arguments
from console.views.training.scenario_dialog import ScenarioDialog, free_name
from console.wire.frames import DayVolumes
from tests.qt.views.stand_ins import StandInLink
from tests.qt.views.training_room import Room, at, furnish
from tests.unit.field.rehearsing import CITY
from tests.unit.replay.made import PLAN, recording

DAY = date(2026, 6, 3)


@pytest.fixture
def room(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Room]:
    tasks = Tasks()
    made = furnish(qtbot, tmp_path, monkeypatch, tasks)
    yield made
    tasks.stop()
    made.stage.board.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def buttons(room: Room) -> dict[str, QPushButton]:
    """Those in sight, by their names."""
    found = room.screen.choice.findChildren(QPushButton)
    return {b.objectName(): b for b in found if b.isVisible()}


def look(room: Room) -> None:
    """Read the folders and wait for them."""
    choice = room.screen.choice
    with room.qtbot.waitSignal(choice.shelf.changed):
        choice.shelf.read()
    # That may have been an earlier reading, begun before the test put a file there.
    there = choice.shelf._look()
    room.qtbot.waitUntil(lambda: choice.shelf.kept == there)


def error_of(room: Room, file: Path) -> str:
    """What is said in place of opening the file."""
    room.screen.choice.open(file)
    banner = room.screen.choice.banner
    room.qtbot.waitUntil(lambda: banner.property("kind") == "error")
    assert room.screen.replay is None
    return banner.words()


# -- the first time ------------------------------------------------------------------------------------------


def test_on_a_new_machine_the_ready_days_are_being_made(room: Room) -> None:
    look(room)
    choice = room.screen.choice
    assert [plan.storm for plan in choice._maker.orders] == [False, True]
    bars = [b for b in choice.ready.findChildren(QProgressBar) if b.isVisible()]
    assert [b.format() for b in bars] == ["排队等待生成", "排队等待生成"]
    assert "training-open-file" in buttons(room)


def test_a_console_of_a_real_centre_makes_nothing_unasked(room: Room) -> None:
    choice = room.screen.choice
    settings = replace(room.stage.settings, api="https://centre.example")
    choice._stage = replace(room.stage, settings=settings)
    choice._maker.end()
    look(room)
    assert choice._maker.orders == []
    assert "training-make-ready-0" in buttons(room)


def test_progress_and_failure_of_a_day_are_shown(room: Room) -> None:
    look(room)
    maker = room.screen.choice._maker
    plan = maker._queue.pop(0)
    maker._now = plan
    maker._hear({"state": "making", "done": 0.42})
    bar = room.screen.choice.ready.findChildren(QProgressBar)[0]
    assert (bar.value(), bar.format()) == (42, "正在生成 42 %")
    maker._hear({"state": "failed", "zh": "磁盘已满", "en": "disk full"})
    maker._finish(2)
    assert maker.problem(plan) is not None
    assert "training-make-ready-0" in buttons(room)
    assert room.screen.choice.ready._rows[0]._problem.text() == "没有生成：磁盘已满"


def test_the_makers_arguments_are_those_of_the_command_line(tmp_path: Path) -> None:
    words = arguments(PLAN, tmp_path, tmp_path)
    assert words[:3] == ["-m", "console.feed", "make-day"]
    given = _parser().parse_args(words[3:])
    assert (given.date, given.calls, given.seed) == ("2026-06-03", 400, 3)
    assert given.until_eof


# -- the calendar ----------------------------------------------------------------------------------------------


def test_the_calendar_knows_the_centres_volumes_and_the_recordings(room: Room) -> None:
    room.make_file()
    look(room)
    choice = room.screen.choice
    link = StandInLink(room.stage.board.sink)
    link.days = [DayVolumes(day="2026-06-02", calls=[100] * 24)]
    room.screen.attach(link)
    room.qtbot.waitUntil(lambda: bool(choice.shelf.counted))
    cells = choice.calendar.map._days
    assert cells[date(2026, 6, 2)].count == 2400
    assert not cells[date(2026, 6, 2)].marked
    assert cells[DAY].marked
    assert cells[DAY].count == choice.shelf.calls_on(DAY)
    choice.calendar.choose_first()
    assert choice.calendar.map.chosen_day == DAY


def test_a_centre_that_still_fills_its_past_is_asked_again(room: Room) -> None:
    shelf = room.screen.choice.shelf
    shelf._patience_ms = 5
    link = StandInLink(room.stage.board.sink)
    room.screen.attach(link)
    room.qtbot.waitUntil(lambda: shelf._patience_ms > 5)
    assert shelf.counted == {}
    link.days = [DayVolumes(day="2026-06-02", calls=[1] * 24)]
    room.qtbot.waitUntil(lambda: shelf.calls_on(date(2026, 6, 2)) == 24)


def test_a_recorded_day_is_chosen_and_opened_with_mouse_and_keys(room: Room) -> None:
    room.make_file()
    look(room)
    calendar = room.screen.choice.calendar.map
    calendar.choose(DAY)
    place = room.screen.locate("day", "2026-06-04")
    assert place is not None
    room.qtbot.mouseClick(calendar, Qt.MouseButton.LeftButton, pos=place[1].center())
    assert calendar.chosen_day == date(2026, 6, 4)
    room.qtbot.keyClick(calendar, Qt.Key.Key_Left)
    assert calendar.chosen_day == DAY
    room.qtbot.keyClick(calendar, Qt.Key.Key_Return)
    room.qtbot.waitUntil(lambda: room.screen.replay is not None)


def test_a_day_without_a_recording_says_how_to_get_one_and_makes_it(room: Room) -> None:
    look(room)
    choice = room.screen.choice
    day = choice._today - timedelta(days=40)
    choice.shelf.counted = {day: DayVolumes(day=day.isoformat(), calls=[1234] + [0] * 23)}
    choice.calendar.map.choose(day)
    make = buttons(room)["training-make"]
    make.click()
    assert choice._maker.orders[-1].day == day
    assert choice._maker.orders[-1].calls == 1234
    choice.calendar.map.choose(choice._today)
    room.qtbot.waitUntil(lambda: "training-make" not in buttons(room))


# -- files that cannot be opened ----------------------------------------------------------------------------------


def test_a_truncated_file_says_so_in_place(room: Room) -> None:
    file = room.make_file()
    file.write_bytes(file.read_bytes()[:-200])
    words = error_of(room, file)
    assert "不完整：缺少 文件末尾的目录" in words
    assert "table" not in words


def test_a_newer_file_says_so_in_place(room: Room) -> None:
    file = room.make_file()
    newer = file.with_name("newer.batonday")
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(newer, "w") as made:
        for name in old.namelist():
            content = old.read(name)
            if name == "about.json":
                content = json.dumps(json.loads(content) | {"format": 99}).encode()
            made.writestr(name, content)
    assert "更新的版本" in error_of(room, newer)


def test_a_file_of_another_city_or_of_nothing_says_so_in_place(room: Room) -> None:
    file = room.make_file()
    other = file.with_name("other.batonday")
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(other, "w") as made:
        for name in old.namelist():
            content = old.read(name)
            if name == "about.json":
                told = json.loads(content)
                told["about"]["city"] = "999999"
                content = json.dumps(told).encode()
            made.writestr(name, content)
    assert "999999" in error_of(room, other)
    words = room.stage.settings.data_dir / "words.txt"
    words.write_text("nothing")
    assert "words.txt" in error_of(room, words)
    assert "gone.batonday" in error_of(room, words.with_name("gone.batonday"))


def test_a_day_on_which_nothing_happened_says_so_in_place(room: Room) -> None:
    file = room.make_file()
    about = replace(recording().about, calls=0)
    write_recording(replace(recording(), about=about, events=[], moments=[]), file)
    assert "没有任何记录" in error_of(room, file)


def test_a_dropped_file_is_opened(room: Room) -> None:
    file = room.make_file()
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file))])
    event = QDropEvent(
        QPointF(9, 9),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    room.screen.choice.dropEvent(event)
    room.qtbot.waitUntil(lambda: room.screen.replay is not None)


# -- scenarios -------------------------------------------------------------------------------------------------


def test_a_stretch_is_saved_as_a_scenario_and_opened_again(room: Room) -> None:
    page = room.open()
    room.go_to(9)
    page.save_scenario()
    dialog = page.findChild(ScenarioDialog)
    assert dialog is not None
    dialog._save()
    assert dialog._said.text() == "请填写名称。"
    dialog._title.setText("早高峰 / 一小时")
    dialog._response.setValue(90)
    dialog._wait.setValue(45)
    with room.qtbot.waitSignal(page.saved) as saved:
        dialog._save()
    (file,) = saved.args
    assert file == room.stage.settings.data_dir / SCENARIOS / "早高峰-一小时.batonscenario"
    scenario = read_scenario(file, CITY)
    assert (scenario.recording.about.begins, scenario.recording.about.ends) == (at(9), at(10))
    assert [(e.figure, e.at_least, e.at_most) for e in scenario.expectations] == [
        ("response", "0.90", None),
        ("longest_wait_min", None, "45"),
    ]
    assert free_name(file.parent, "早高峰 / 一小时") != file
    room.screen.leave()
    again = room.open(file)
    assert again.scene.title == "早高峰 / 一小时"
    assert again.scene.link.playback.position == at(9)
    assert "早高峰 / 一小时" in again.frame.said()
    again.take_over()
    branch = again.scene.link.branch
    assert branch is not None
    branch.run_until(at(10))
    again.compare()
    verdicts = again.comparing._verdicts
    room.qtbot.waitUntil(verdicts.isVisible)
    response, wait = verdicts.text().split("\n")
    assert response[2:].startswith("期望 响应率 ≥ 90 %：")
    assert wait.startswith("✗ 期望 最长等待（分钟） ≤ 45：")


def test_a_stretch_that_is_left_as_offered_is_exact(room: Room) -> None:
    page = room.open()
    begun = at(9) + timedelta(seconds=37.5)
    room.scene.link.seek(begun)
    room.show()
    page.save_scenario()
    dialog = page.findChild(ScenarioDialog)
    assert dialog is not None
    assert dialog._moment(dialog._from) == begun
    assert dialog._moment(dialog._until) == begun + timedelta(hours=1)
    dialog._from.setTime(QTime(9, 30))
    assert dialog._moment(dialog._from) == at(9.5)


def test_a_replay_leaves_the_recording_as_it_was(room: Room) -> None:
    file = room.make_file()
    before = file.read_bytes()
    page = room.open(file)
    page.take_over()
    page.scene.link.pump()
    room.screen.leave()
    assert file.read_bytes() == before
    assert read_recording(file, CITY).about.day == DAY
    assert sorted(p.name for p in (room.stage.settings.data_dir / FOLDER).iterdir()) == [file.name]
