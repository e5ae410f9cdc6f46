"""What is set for a wall: its scenes in their order, seconds, distance, night; each display its own."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListWidgetItem
from pytestqt.qtbot import QtBot

from console.domain.city import City
from console.settings import PreferencesFile, WallChoice
from console.store.picture import Picture
from console.views.displays import key_of
from console.views.wall.rotation import Mode
from console.views.wall.scenes import CITY_SCENE, SceneKind
from console.views.wall.screen import WallScreen
from console.views.wall.setup_dialog import SetupDialog
from console.wire.frames import DayVolumes
from tests.qt.views.stand_ins import StandInLink
from tests.qt.views.wall_room import MakeWall, Seconds, mode, press, tick, unsigned


def ask(wall: WallScreen) -> SetupDialog:
    wall._ask()
    dialog = wall.findChild(SetupDialog)
    assert isinstance(dialog, SetupDialog)
    return dialog


def item_of(dialog: SetupDialog, name: str) -> QListWidgetItem:
    items = [dialog.scenes.item(row) for row in range(dialog.scenes.count())]
    return next(item for item in items if item.data(Qt.ItemDataRole.UserRole) == name)


def test_scenes_are_ticked_ordered_and_remembered_for_the_display(
    make_wall: MakeWall, quiet_picture: Picture, tmp_path: Path, seconds: Seconds
) -> None:
    wall = make_wall(quiet_picture)
    dialog = ask(wall)
    for name in ("districts", "incidents"):
        item_of(dialog, name).setCheckState(Qt.CheckState.Unchecked)
    ranking = item_of(dialog, "ranking")
    assert ranking.checkState() is Qt.CheckState.Unchecked, "figures are shown by choice only"
    ranking.setCheckState(Qt.CheckState.Checked)
    dialog.scenes.setCurrentItem(ranking)
    for _ in range(dialog.scenes.row(ranking)):
        dialog.move_scene(-1)
    dialog.seconds.setValue(45)
    press(dialog, "确定")
    chosen = PreferencesFile(tmp_path).load().wall_choices[key_of(wall.screen())]
    assert (chosen.scenes, chosen.seconds) == (("ranking", "city"), 45)
    shown = []
    for _ in range(4):
        tick(wall)
        shown.append(wall.camera.scene.kind)
        seconds.now += 46
    assert shown[1:] == [SceneKind.RANKING, SceneKind.CITY, SceneKind.RANKING]


def test_nothing_is_set_when_the_dialog_is_cancelled(
    make_wall: MakeWall, quiet_picture: Picture, tmp_path: Path
) -> None:
    dialog = ask(make_wall(quiet_picture))
    dialog.seconds.setValue(300)
    press(dialog, "取消")
    assert PreferencesFile(tmp_path).load().wall_choices == {}


def test_each_display_has_its_own_setup(
    make_wall: MakeWall,
    quiet_picture: Picture,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kept = {"": WallChoice(seconds=30), "B": WallChoice(seconds=50)}
    PreferencesFile(tmp_path).save(wall_choices=kept)
    wall = make_wall(quiet_picture)
    assert wall.setup.seconds == 30
    monkeypatch.setattr("console.views.wall.setup.key_of", lambda _: "B")
    tick(wall)
    assert wall.setup.seconds == 50


@pytest.mark.parametrize("chosen", [("hours",), ("ranking", "hours"), ("incidents",)])
def test_an_unsigned_urgent_case_brings_the_map_whatever_was_chosen(
    make_wall: MakeWall, quiet_picture: Picture, city: City, chosen: tuple[str, ...]
) -> None:
    wall = make_wall(quiet_picture)
    wall.setup.set(WallChoice(scenes=chosen))
    tick(wall)
    unsigned(wall.stage.board.picture, city, 1)
    tick(wall)
    assert wall.camera.scene == CITY_SCENE
    assert mode(wall) is Mode.HELD
    assert not wall.hours.isVisible()
    assert not wall.ranking.isVisible()
    QTest.keyClick(wall, Qt.Key.Key_X)
    tick(wall)
    assert wall.camera.scene == CITY_SCENE


def test_a_wall_of_one_district_holds_that(
    make_wall: MakeWall, quiet_picture: Picture, city: City
) -> None:
    code = next(area.code for area in city.areas.values() if area.parent is None)
    wall = make_wall(quiet_picture)
    wall.setup.set(WallChoice(scenes=(f"district:{code}", "ranking")))
    unsigned(wall.stage.board.picture, city, 1)
    tick(wall)
    assert (wall.camera.scene.kind, wall.camera.scene.code) == (SceneKind.DISTRICT, code)
    assert wall.top.heading.note == f"有紧急件未签收，停在{city.area_name(code)}"


def test_calls_by_the_hour_stand_over_what_is_normal(
    make_wall: MakeWall, quiet_picture: Picture, link: StandInLink, qtbot: QtBot
) -> None:
    today = date(2026, 3, 17)
    link.days = [
        DayVolumes(day=(today - timedelta(days=n)).isoformat(), calls=[n % 7 + 3] * 24)
        for n in range(84, 0, -1)
    ]
    wall = make_wall(quiet_picture)
    wall.setup.set(WallChoice(scenes=("hours",)))
    qtbot.waitUntil(lambda: wall.hours.normal is not None)
    assert wall.hours.isVisible()
    assert wall.hours.calls == tuple(wall.stage.board.picture.day.calls)
    assert wall.hours.hour == 10
    assert wall.hours.geometry() == wall.map.geometry()
    tick(wall)  # the same again, with its bands
    assert not wall.hours.grab().isNull()


@pytest.mark.parametrize("size", [(1920, 1080), (1080, 1920), (3840, 1080)])
def test_districts_are_compared_with_numbers_and_what_they_are_part_of(
    make_wall: MakeWall, quiet_picture: Picture, city: City, qtbot: QtBot, size: tuple[int, int]
) -> None:
    wall = make_wall(quiet_picture)
    wall.resize(*size)
    wall.setup.set(WallChoice(scenes=("ranking",)))
    qtbot.waitUntil(lambda: any(one.answered for one in wall.ranking.standings))
    found = wall.ranking.standings
    assert [one.overdue for one in found] == sorted((o.overdue for o in found), reverse=True)
    assert sum(one.open for one in found) == sum(map(sum, wall.census.districts.values()))
    assert all(one.overdue <= one.open for one in found)
    picture = wall.ranking.grab().toImage()
    wall.ranking.standings = [*found] * 9
    assert wall.ranking.grab().toImage() != picture


def test_a_wall_is_dim_at_night_by_choice_and_not_while_something_urgent_is_unsigned(
    make_wall: MakeWall, quiet_picture: Picture, city: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    wall = make_wall(quiet_picture)
    assert not wall.shade.isVisible()
    wall.setup.set(WallChoice(dim_at_night=True))
    assert not wall.shade.isVisible(), "it is ten in the morning"
    monkeypatch.setattr("console.views.wall.screen.is_night", lambda _: True)
    light = wall.grab().toImage().pixelColor(960, 20)
    tick(wall)
    assert wall.shade.isVisible()
    assert wall.grab().toImage().pixelColor(960, 20).lightness() < light.lightness()
    unsigned(wall.stage.board.picture, city, 1)
    tick(wall)
    assert not wall.shade.isVisible()


def test_a_new_page_of_the_map_is_begun_only_when_nothing_happens(
    make_wall: MakeWall, quiet_picture: Picture, city: City, seconds: Seconds
) -> None:
    wall = make_wall(quiet_picture)
    asked: list[bool] = []
    wall.map.pages.due = lambda *, quiet: asked.append(quiet) or False  # type: ignore[method-assign, func-returns-value]
    tick(wall)
    seconds.now += 15  # the next scene is five seconds away
    tick(wall)
    wall.camera.touch()
    tick(wall)
    wall.camera.release()
    unsigned(wall.stage.board.picture, city, 1)
    tick(wall)
    assert asked == [True, False, False, False]
