from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from time import monotonic

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from console.domain.assignment import AssignmentState
from console.domain.city import City
from console.domain.incident import Incident, IncidentState, LevelOrder, ResponseLevel
from console.domain.indicator import IndicatorId
from console.domain.place import Position
from console.domain.roster import Roster
from console.live.board import Freshness
from console.live.flash import MOST
from console.settings import PreferencesFile
from console.store.picture import Picture
from console.theme.tokens import PANEL, RED
from console.views.displays import key_of
from console.views.wall.chiefs_panel import Chief
from console.views.wall.orbit import PERIOD_S, reach
from console.views.wall.rotation import Mode
from console.views.wall.scenes import CITY_SCENE, Scene, SceneKind
from console.views.wall.setup_dialog import SetupDialog
from console.wire.frames import DayVolumes
from tests.qt.desk_picture import NOW
from tests.qt.views.stand_ins import StandInLink, snapshot_of
from tests.qt.views.wall_room import MakeWall, Seconds, map_of, mode, press, tick, unsigned


def test_the_longest_unsigned_urgent_cases_stand_in_rows_and_the_rest_is_a_count(
    make_wall: MakeWall, quiet_picture: Picture, city: City
) -> None:
    cases = unsigned(quiet_picture, city, 18)
    wall = make_wall(quiet_picture)
    assert [row.id for row in wall.urgent.rows] == [case.id for case in cases[:6]]
    assert (wall.urgent.total, wall.urgent.more) == (18, 12)
    assert wall.urgent.rows[0].minutes == 18


def test_rows_flash_only_for_unsigned_urgent_cases_and_only_in_sight(
    make_wall: MakeWall, quiet_picture: Picture, city: City
) -> None:
    wall = make_wall(quiet_picture)
    assert not wall.stage.flash.running
    unsigned(wall.stage.board.picture, city, 7)
    tick(wall)
    assert wall.stage.flash.running
    wall.hide()
    assert not wall.stage.flash.running
    wall.show()
    assert wall.stage.flash.running


def test_no_more_than_five_rows_change_when_the_light_turns(
    make_wall: MakeWall, quiet_picture: Picture, city: City
) -> None:
    unsigned(quiet_picture, city, 8)
    wall = make_wall(quiet_picture)
    wall.stage.flash.lit = False
    dark = wall.urgent.grab().toImage()
    wall.stage.flash.lit = True
    lit = wall.urgent.grab().toImage()
    changed = []
    for row in wall.urgent.rows:
        place = wall.urgent.place_of(row.id)
        assert place is not None
        surface = place.topLeft() + QPoint(20, 20)
        changed.append(dark.pixel(surface) != lit.pixel(surface))
    assert changed == [True] * MOST + [False]


def test_a_signed_row_says_so_and_goes_at_the_next_order(
    make_wall: MakeWall, quiet_picture: Picture, city: City, seconds: Seconds
) -> None:
    first, *_ = unsigned(quiet_picture, city, 3)
    wall = make_wall(quiet_picture)
    picture = wall.stage.board.picture
    lead = picture.lead(picture.cases[first.id])
    assert lead is not None
    picture.assignments[lead.id] = replace(lead, state=AssignmentState.ACKNOWLEDGED)
    seconds.now += 1
    tick(wall)
    assert wall.urgent.rows[0].id == first.id
    assert wall.urgent.rows[0].settled
    assert wall.urgent.total == 2
    seconds.now += 5
    tick(wall)
    assert [row.settled for row in wall.urgent.rows] == [False, False]


def test_the_map_has_pins_for_red_and_unsigned_urgent_only_without_a_word(
    make_wall: MakeWall, quiet_picture: Picture, city: City
) -> None:
    unsigned(quiet_picture, city, 4)
    wall = make_wall(quiet_picture)
    shown = map_of(wall)
    assert shown.cases
    assert set(shown.cases) <= {case.id for case in wall.census.pins()}
    for pin in shown.cases.values():
        assert (pin.category, pin.place, pin.state, pin.holder_name) == ("", "", "", "")
    assert shown.workers == {}
    style = shown.style_of_map
    assert (style.workers, style.interactive, style.legend, style.controls) == (False,) * 4


def test_a_sensitive_case_has_no_pin(
    make_wall: MakeWall, quiet_picture: Picture, city: City
) -> None:
    secret = next(c.code for c in city.categories.values() if c.sensitive)
    cases = unsigned(quiet_picture, city, 3, category=secret)
    wall = make_wall(quiet_picture)
    assert not {case.id for case in cases} & set(map_of(wall).cases)
    assert all(not row.place and not row.receiver for row in wall.urgent.rows)


def test_district_totals_and_those_without_a_place_are_the_whole(
    make_wall: MakeWall, quiet_picture: Picture
) -> None:
    wall = make_wall(quiet_picture)
    figures = wall.stage.headline.figures
    totals = sum(int(badge.text) for badge in map_of(wall).areas.values())
    assert totals + figures.without_place == sum(figures.levels.values())
    assert wall.top.counts == figures.levels


def test_towns_are_counted_in_their_district_only(
    make_wall: MakeWall, quiet_picture: Picture, city: City
) -> None:
    wall = make_wall(quiet_picture)
    whole = {code: int(badge.text) for code, badge in map_of(wall).areas.items()}
    QTest.keyClick(wall, Qt.Key.Key_Right)
    district = wall.camera.scene.code
    towns = map_of(wall).areas
    assert {city.areas[code].parent for code in towns} == {district}
    assert sum(int(badge.text) for badge in towns.values()) == whole[district]
    assert sum(wall.top.counts.values()) == whole[district]
    assert map_of(wall).flown[-1] == district


def test_scenes_change_while_nothing_is_unsigned_and_the_bar_announces_it(
    make_wall: MakeWall, quiet_picture: Picture, city: City, seconds: Seconds
) -> None:
    wall = make_wall(quiet_picture)
    before = wall.top.heading
    seconds.now += 15
    tick(wall)
    assert before.left is not None
    assert wall.top.heading.left is not None
    assert wall.top.heading.left < before.left
    seconds.now += 6
    tick(wall)
    assert wall.camera.scene.kind is SceneKind.DISTRICT
    assert wall.top.heading.title == city.area_name(wall.camera.scene.code)


def test_an_unsigned_urgent_case_holds_the_city_and_says_why(
    make_wall: MakeWall, quiet_picture: Picture, city: City, seconds: Seconds
) -> None:
    wall = make_wall(quiet_picture)
    seconds.now += 21
    tick(wall)
    assert wall.camera.scene != CITY_SCENE
    unsigned(wall.stage.board.picture, city, 1)
    tick(wall)
    assert wall.camera.scene == CITY_SCENE
    assert mode(wall) is Mode.HELD
    assert wall.top.heading.note == "有紧急件未签收，停在全市"
    assert wall.top.heading.left is None


def test_the_view_is_fitted_anew_only_for_other_emergencies(
    make_wall: MakeWall, quiet_picture: Picture, city: City, seconds: Seconds
) -> None:
    unsigned(quiet_picture, city, 2)
    wall = make_wall(quiet_picture)
    flown = map_of(wall).flown
    count = len(flown)
    tick(wall)
    assert len(flown) == count
    unsigned(wall.stage.board.picture, city, 3)
    tick(wall)
    assert len(flown) == count + 1
    wall.camera.touch()
    unsigned(wall.stage.board.picture, city, 4)
    tick(wall)
    assert len(flown) == count + 1
    QTest.keyClick(wall, Qt.Key.Key_Space)
    tick(wall)
    assert len(flown) == count + 2


@pytest.mark.parametrize("hand", ["click", "wheel", "key"])
def test_any_hand_locks_the_view(make_wall: MakeWall, quiet_picture: Picture, hand: str) -> None:
    wall = make_wall(quiet_picture)
    assert mode(wall) is Mode.ROTATING
    if hand == "click":
        QTest.mouseClick(wall.windowHandle(), Qt.MouseButton.LeftButton, pos=QPoint(300, 400))
    elif hand == "wheel":
        QTest.wheelEvent(wall.windowHandle(), QPointF(50, 300), QPoint(0, 120))
    else:
        QTest.keyClick(wall, Qt.Key.Key_X)
    assert mode(wall) is Mode.LOCKED
    assert "空格" in wall.top.heading.note
    QTest.keyClick(wall, Qt.Key.Key_Space)
    assert mode(wall) is Mode.ROTATING


def test_keys_pause_and_step(make_wall: MakeWall, quiet_picture: Picture) -> None:
    wall = make_wall(quiet_picture)
    QTest.keyClick(wall, Qt.Key.Key_P)
    assert mode(wall) is Mode.PAUSED
    QTest.keyClick(wall, Qt.Key.Key_P)
    QTest.keyClick(wall, Qt.Key.Key_Left)
    last = wall.camera.scene
    QTest.keyClick(wall, Qt.Key.Key_Right)
    assert wall.camera.scene == CITY_SCENE != last


def test_nothing_can_be_dropped_anywhere(make_wall: MakeWall, quiet_picture: Picture) -> None:
    wall = make_wall(quiet_picture)
    assert not wall.acceptDrops()
    for x in range(10, 1920, 190):
        for y in range(10, 1080, 107):
            below = wall.childAt(QPoint(x, y)) or wall
            data = QMimeData()
            data.setText("C1")
            event = QDragEnterEvent(
                QPoint(1, 1),
                Qt.DropAction.CopyAction,
                data,
                Qt.MouseButton.LeftButton,
                Qt.KeyboardModifier.NoModifier,
            )
            event.ignore()
            QApplication.sendEvent(below, event)
            assert not event.isAccepted()
            assert not below.acceptDrops()


def test_calls_stand_against_what_is_normal_by_now(
    make_wall: MakeWall, quiet_picture: Picture, link: StandInLink, qtbot: QtBot
) -> None:
    today = date(2026, 3, 17)
    link.days = [
        DayVolumes(day=(today - timedelta(days=n)).isoformat(), calls=[6] * 24)
        for n in range(84, 0, -1)
    ]
    wall = make_wall(quiet_picture)
    qtbot.waitUntil(lambda: wall.calls.normal is not None)
    assert wall.calls.calls == sum(wall.stage.board.picture.day.calls) == 70
    assert wall.calls.normal is not None
    assert wall.calls.normal.place(wall.calls.calls) == 1


def test_a_past_that_is_not_there_yet_is_asked_for_again(
    make_wall: MakeWall,
    quiet_picture: Picture,
    link: StandInLink,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("console.views.past_days.PATIENCE_MS", 5)
    wall = make_wall(quiet_picture)
    link.days = [DayVolumes(day=f"2026-03-{n:02d}", calls=[1] * 24) for n in range(1, 17)]
    qtbot.waitUntil(lambda: wall.calls.normal is not None)


def test_the_share_is_the_boards(make_wall: MakeWall, quiet_picture: Picture, qtbot: QtBot) -> None:
    wall = make_wall(quiet_picture)
    qtbot.waitUntil(lambda: wall.share.reading is not None)
    assert wall.share.reading is wall.stage.readings.of(IndicatorId.RESPONSE)


def test_each_district_has_its_chief_or_says_that_there_is_none(
    make_wall: MakeWall, quiet_picture: Picture, city: City
) -> None:
    wall = make_wall(quiet_picture)
    districts = [area for area in city.areas.values() if area.parent is None]
    assert [chief.district for chief in wall.chiefs.chiefs] == [area.name for area in districts]
    assert all(chief.name for chief in wall.chiefs.chiefs)
    unit = city.unit_of_area[districts[0].code].code
    day = timedelta(days=1)
    turns = Roster(city.rotas, (), city.tz).turns(unit, NOW - day, NOW + day)
    taken_off = {turn.id: replace(turn, version=1, end=turn.start) for turn in turns}
    wall.stage.board.picture.turns.update(taken_off)
    tick(wall)
    assert wall.chiefs.chiefs[0].name is None
    assert wall.chiefs.chiefs[1].name


def test_an_old_picture_says_so_in_words_and_the_wall_wears_red_when_it_is_cut_off(
    make_wall: MakeWall, quiet_picture: Picture
) -> None:
    wall = make_wall(quiet_picture)
    board = wall.stage.board
    page = snapshot_of(quiet_picture, board.city).pages[0]
    assert (wall.top.now.freshness, wall.top.now.estimated) == (Freshness.LIVE, "")
    board.time.hear(page.clock, monotonic() - 15)
    tick(wall)
    assert wall.top.now.age.startswith("截至")
    assert wall.top.now.estimated == "估"
    corner = wall.grab().toImage().pixelColor(3, 3)
    board.time.hear(page.clock, monotonic() - 90)
    tick(wall)
    assert wall.top.now.age.startswith("已断开")
    assert wall.grab().toImage().pixelColor(3, 3) != corner
    assert wall.grab().toImage().pixelColor(3, 3).name().upper() == RED


@pytest.mark.parametrize(
    ("training", "lang", "words"), [(True, "zh", "演练"), (False, "en", "Simulated")]
)
def test_what_is_not_the_real_city_is_marked(
    make_wall: MakeWall, quiet_picture: Picture, training: bool, lang: str, words: str
) -> None:
    wall = make_wall(quiet_picture, lang, training=training)
    assert wall.top.mark.words == words


def test_an_open_incident_is_a_scene_and_its_response_level_the_title(
    make_wall: MakeWall, quiet_picture: Picture
) -> None:
    wall = make_wall(quiet_picture)
    ring = tuple(Position(*p) for p in ((110.3, 20.0), (110.35, 20.0), (110.35, 20.04)))
    incident = Incident(
        id="I1",
        version=1,
        state=IncidentState.CONFIRMED,
        name="海甸岛积水",
        footprint=ring,
        district=None,
        started_at=NOW,
        started_by="seat-1",
        level=LevelOrder(level=ResponseLevel.II, number="1", ordered_at=NOW),
    )
    wall.stage.board.picture.incidents["I1"] = incident
    tick(wall)
    QTest.keyClick(wall, Qt.Key.Key_Left)
    assert wall.camera.scene == Scene(SceneKind.INCIDENT, "I1")
    assert wall.top.heading.title == "三防 II 级应急响应"
    assert wall.top.heading.note.startswith("海甸岛积水")
    assert [f.id for f in map_of(wall).footprints] == ["I1"]
    ended = replace(incident, state=IncidentState.ENDED)
    wall.stage.board.picture.incidents["I1"] = ended
    tick(wall)
    assert wall.camera.scene == CITY_SCENE
    assert wall.top.heading.title == "海口 12345"


def test_out_of_sight_nothing_is_counted(
    make_wall: MakeWall, quiet_picture: Picture, city: City
) -> None:
    wall = make_wall(quiet_picture)
    wall.hide()
    known = wall.census
    unsigned(wall.stage.board.picture, city, 2)
    tick(wall)
    assert wall.census is known
    wall.show()
    assert len(wall.census.unsigned) == 2


def test_the_distance_is_asked_for_remembered_and_sizes_the_type(
    make_wall: MakeWall, quiet_picture: Picture, tmp_path: Path, qtbot: QtBot
) -> None:
    wall = make_wall(quiet_picture)
    unit = wall.top.plan.unit
    menu = QMenu()
    qtbot.addWidget(menu)
    wall.add_to_menu(menu)
    next(a for a in menu.actions() if a.text() == "墙屏设置…").trigger()
    dialog = wall.findChild(SetupDialog)
    assert isinstance(dialog, SetupDialog)
    dialog.metres.setValue(40)
    assert "米内看得清" in dialog.note.text()
    press(dialog, "确定")
    assert wall.top.plan.unit > unit
    key = key_of(wall.screen())
    assert PreferencesFile(tmp_path).load().wall_choices[key].distance_m == 40


def test_everything_wanders_in_an_hour_farther_than_strokes_are_wide(
    make_wall: MakeWall, quiet_picture: Picture, seconds: Seconds
) -> None:
    wall = make_wall(quiet_picture)
    most = reach(1080)
    places = []
    for _ in range(120):
        size = wall.map.size()
        seconds.now += PERIOD_S / 120
        tick(wall)
        assert wall.map.size() == size
        places.append((wall.top.x(), wall.top.y()))
        corner = wall.grab().toImage().pixelColor(0, 0).name() if len(places) < 4 else ""
        assert corner in ("", PANEL.lower()), "no gap opens at the edge"
    for axis in (0, 1):
        found = [place[axis] for place in places]
        assert min(found) >= 0
        assert max(found) - min(found) >= 2 * most - 4
        # A stroke of the largest type is less wide than the way it goes.
        assert max(found) - min(found) > wall.top.plan.px(140) / 9


@pytest.mark.parametrize(
    ("width", "height"), [(1920, 1080), (3840, 2160), (1080, 1920), (3840, 1080)]
)
def test_every_size_keeps_everything_in_sight(
    make_wall: MakeWall, quiet_picture: Picture, city: City, width: int, height: int
) -> None:
    unsigned(quiet_picture, city, 40)
    wall = make_wall(quiet_picture, "en")
    wall.resize(width, height)
    QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
    for name in ("top", "map", "urgent", "calls", "share", "chiefs"):
        found = wall.locate("panel", name)
        assert found is not None
        widget, rect = found
        inside = rect.translated(widget.mapTo(wall, QPoint(0, 0)))
        assert wall.rect().contains(inside)
        assert not widget.grab().isNull()
    row = wall.locate("wall-row", wall.urgent.rows[-1].id)
    assert row is not None
    assert wall.urgent.rect().contains(row[1])
    assert wall.locate("wall-row", "nobody") is None
    assert wall.locate("button", "x") is None


def test_a_city_of_many_districts_shows_gaps_first(
    make_wall: MakeWall, quiet_picture: Picture
) -> None:
    panel = make_wall(quiet_picture).chiefs
    panel.show_chiefs([Chief(f"区{n}", None if n == 19 else "王榕涛") for n in range(20)])
    with_gap = panel.grab().toImage()
    panel.show_chiefs([Chief(f"区{n}", "王榕涛") for n in range(20)])
    assert panel.grab().toImage() != with_gap
