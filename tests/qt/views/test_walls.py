"""Walls of a seat: chosen in the menu, remembered by display, resting while that is away; and what a wall may not do."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from console.domain.role import OPERATIONS, OTHERS, SCREENS, Role, may
from console.views import displays
from console.views.displays import key_of
from console.views.window import Window
from tests.qt.views.stand_ins import stand_in_maps
from tests.qt.views.wall_room import WallMapStandIn

MakeWindow = Callable[..., Window]
AWAY = "DEL U2720 8KX2@HDMI-2"


@dataclass(frozen=True)
class Display:
    """What names a display."""

    plug: str
    maker: str = ""
    type: str = ""
    serial: str = ""

    def name(self) -> str:
        return self.plug

    def manufacturer(self) -> str:
        return self.maker

    def model(self) -> str:
        return self.type

    def serialNumber(self) -> str:
        return self.serial


ONE = Display("HDMI-1", "DEL", "U2720", "8KX1")
TWO = Display("HDMI-2", "DEL", "U2720", "8KX2")
BARE = Display("DP-1")


@pytest.fixture
def plugged(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """These are the displays."""

    def plug(*found: Display) -> None:
        monkeypatch.setattr(displays, "displays", lambda: list(found))

    return plug


@pytest.fixture(autouse=True)
def stand_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """Maps that only stand in."""
    stand_in_maps(monkeypatch, "console.views.wall.wall_map.stage_map", WallMapStandIn)


def key(display: Any) -> str:
    return key_of(display)


def test_a_display_is_known_by_itself_and_found_at_another_plug(
    plugged: Callable[..., None],
) -> None:
    plugged(BARE, TWO, ONE)
    assert displays.present(key(ONE)) is ONE  # type: ignore[comparison-overlap]
    moved = Display("DP-3", ONE.maker, ONE.type, ONE.serial)
    plugged(moved, TWO)
    assert displays.present(key(ONE)) is moved  # type: ignore[comparison-overlap]
    plugged(TWO, BARE)
    assert displays.present(key(ONE)) is None
    assert displays.present(key(BARE)) is BARE  # type: ignore[comparison-overlap]
    assert displays.present("") is None


def test_two_displays_that_tell_the_same_serial_number_are_not_mixed_up(
    plugged: Callable[..., None],
) -> None:
    twin = Display("HDMI-3", ONE.maker, ONE.type, ONE.serial)
    plugged(twin, ONE)
    assert displays.present(key(ONE)) is ONE  # type: ignore[comparison-overlap]
    other = Display("HDMI-4", ONE.maker, ONE.type, ONE.serial)
    plugged(twin, other)
    assert displays.present(key(ONE)) is None, "it could be either"


@pytest.mark.parametrize(
    ("words", "found"), [("2", TWO), ("HDMI-1", ONE), ("8KX2", TWO), ("DP-1", BARE), ("9", None)]
)
def test_a_person_names_a_display_by_number_plug_or_serial(
    plugged: Callable[..., None], words: str, found: Display | None
) -> None:
    plugged(ONE, TWO, BARE)
    assert displays.named(words) is found  # type: ignore[comparison-overlap]


def actions(window: Window) -> dict[str, QAction]:
    """The menu of displays for walls."""
    menu = QMenu(window)
    window._walls.add_to_menu(menu)
    (below,) = menu.findChildren(QMenu)
    return {action.text(): action for action in below.actions()}


def test_a_wall_is_chosen_in_the_menu_and_given_up_there(window: Window, qtbot: QtBot) -> None:
    window.show_remembered()
    ((name, action),) = actions(window).items()
    assert not action.isChecked()
    action.trigger()
    (wall,) = window.torn
    assert wall.name == "wall"
    assert wall.isFullScreen()
    here = key_of(window.screen())
    assert window._preferences.load().walls == (here,)
    assert window._preferences.load().torn == ()
    # The main window may still show a wall of its own.
    window.go("wall")
    assert window.name == "wall"
    assert actions(window)[name].isChecked()
    actions(window)[name].trigger()
    qtbot.waitUntil(lambda: window._preferences.load().walls == ())
    assert list(window.torn) == []


def test_walls_come_back_with_the_next_start(make_window: MakeWindow, qtbot: QtBot) -> None:
    first = make_window(role="shift_leader")
    first.show_remembered()
    here = key_of(first.screen())
    first._walls.open(here)
    first._walls.open(AWAY)
    first.close()
    second = make_window(role="shift_leader")
    second.show_remembered()
    assert second._walls.keys == (here, AWAY)
    assert [wall.isVisible() for wall in second.torn] == [True, False]
    assert second.name == "desk"


def test_a_wall_whose_display_is_away_rests_with_a_notice_and_can_be_given_up(
    window: Window, qtbot: QtBot
) -> None:
    window.show_remembered()
    window._walls.open(AWAY)
    (notice,) = window.stage.notices.open
    assert AWAY in notice.text(window.texts)
    words = next(words for words in actions(window) if AWAY in words)
    assert actions(window)[words].isChecked()
    actions(window)[words].trigger()
    qtbot.waitUntil(lambda: not list(window.torn))
    assert window.stage.notices.open == ()
    assert window._preferences.load().walls == ()


def test_a_display_that_goes_takes_its_wall_out_of_sight_until_it_is_back(
    window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.show_remembered()
    screen, application = window.screen(), QGuiApplication.instance()
    assert isinstance(application, QGuiApplication)
    window._walls.open(key_of(screen))
    (wall,) = window.torn
    assert wall.isVisible()
    with monkeypatch.context() as gone:
        gone.setattr(displays, "displays", list)
        application.screenRemoved.emit(screen)
        assert not wall.isVisible()
        assert len(window.stage.notices.open) == 1
    application.screenAdded.emit(screen)
    assert wall.isVisible()
    assert wall.isFullScreen()
    assert window.stage.notices.open == ()


def test_a_program_that_ends_keeps_what_was_chosen(window: Window) -> None:
    window.show_remembered()
    here = key_of(window.screen())
    window._walls.open(here)
    window.close()
    for wall in window.torn:
        wall.close()
    assert window._preferences.load().walls == (here,)


def test_a_seat_that_is_a_wall_covers_its_display_and_waits_in_a_window_for_one_that_is_away(
    make_window: MakeWindow,
) -> None:
    wall = make_window(role="wall", displays=("1",))
    wall.show_remembered()
    assert wall.isFullScreen()
    assert list(wall.torn) == []
    waiting = make_window(role="wall", displays=(AWAY,))
    waiting.show_remembered()
    assert waiting.isVisible()
    assert not waiting.isFullScreen()


def test_the_wall_role_enters_nothing_else_and_may_do_nothing(make_window: MakeWindow) -> None:
    wall = make_window(role="wall")
    wall.show_remembered()
    for name in SCREENS:
        wall.go(name)
        wall.screen_wanted.emit(name)
        assert wall.name == "wall"
    wall.tear()
    wall.leave()
    assert list(wall.torn) == []
    assert wall.name == "wall"
    assert not any(may(Role.WALL, operation) for operation in (*OPERATIONS, *OTHERS))
    menu = QMenu(wall)
    wall._add_screens(menu)
    assert [a.isEnabled() for a in menu.actions() if a.text()].count(True) == 1


def test_a_torn_desk_of_somebody_else_does_not_come_back_for_the_wall_role(
    make_window: MakeWindow,
) -> None:
    leader = make_window(role="shift_leader")
    leader.show_remembered()
    leader.go("duty")
    leader.tear()
    leader.close()
    assert [placed.screen for placed in leader._preferences.load().torn] == ["duty"]
    wall = make_window(role="wall")
    wall.show_remembered()
    assert list(wall.torn) == []
    assert wall.name == "wall"
