"""Whole windows with a map and a link that only stand in."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from console.domain.city import City
from console.geo.cities import default_city
from console.live.board import Board
from console.live.tasks import Tasks
from console.settings import PreferencesFile, Settings
from console.store.picture import Picture
from console.views import window as window_module
from console.views.window import Window
from tests.map.fakes import fake_boundaries
from tests.qt.desk_picture import make_picture
from tests.qt.views.duty_stage import Duty, MakeDuty, make_duty
from tests.qt.views.linkage_room import make_linkage
from tests.qt.views.stand_ins import StandInLink, StandInMap, desk_of, snapshot_of, stand_in_maps
from tests.qt.views.wall_room import make_wall, quiet_picture, seconds

__all__ = ["make_linkage", "make_wall", "quiet_picture", "seconds"]

MakeWindow = Callable[..., Window]


@pytest.fixture
def board(city: City) -> Iterator[Board]:
    """A board that moves only when a test drains or ticks it."""
    made = Board(city)
    yield made
    made.stop()
    made.deleteLater()


@pytest.fixture
def link(board: Board) -> StandInLink:
    return StandInLink(board.sink)


@pytest.fixture
def desk_picture(city: City) -> Picture:
    return make_picture(city, 150, seed=3)


def _close_torn(window: Window) -> None:
    for torn in list(window.torn):
        torn.close()


@pytest.fixture
def make_window(
    qtbot: QtBot, board: Board, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[MakeWindow]:
    """Makes windows; nothing is attached yet."""
    stand_in_maps(monkeypatch, "console.views.desk.screen.working_map")
    monkeypatch.setattr(window_module.QApplication, "quit", lambda: None)
    tasks = Tasks()

    def make(lang: str = "zh", **fields: object) -> Window:
        settings = Settings(city=default_city(), data_dir=tmp_path, lang=lang, **fields)  # type: ignore[arg-type]
        made = Window(
            board, tasks, fake_boundaries(2), settings, tmp_path, PreferencesFile(tmp_path)
        )
        # Windows torn off have no parent, and would be left for the next tests to find.
        qtbot.addWidget(made, before_close_func=_close_torn)
        made.resize(1920, 1080)
        return made

    yield make
    tasks.stop()


@pytest.fixture
def window(
    make_window: MakeWindow,
    board: Board,
    link: StandInLink,
    desk_picture: Picture,
    city: City,
    qtbot: QtBot,
) -> Window:
    """The window at work: shown, active, attached, with a picture."""
    made = make_window()
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    board.sink(snapshot_of(desk_picture, city))
    made.attach(link)
    board.drain()
    return made


@pytest.fixture
def map_of(window: Window) -> Callable[[], StandInMap]:
    """The window's present map."""

    def find() -> StandInMap:
        found: QWidget = desk_of(window).map
        assert isinstance(found, StandInMap)
        return found

    return find


@pytest.fixture
def duty(city: City, tmp_path: Path, qtbot: QtBot) -> Iterator[MakeDuty]:
    """Makes duty screens, each on a board of its own."""
    tasks = Tasks()
    made: list[Duty] = []

    def build(**fields: object) -> Duty:
        one = make_duty(city, tasks, tmp_path, **fields)  # type: ignore[arg-type]
        qtbot.addWidget(one.screen)
        made.append(one)
        return one

    yield build
    tasks.stop()
    for one in made:
        one.stage.board.stop()
