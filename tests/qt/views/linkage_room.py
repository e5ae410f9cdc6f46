"""An incident screen at work, and what every test does there first: draw an area, ask some receivers."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from console.domain.case import CaseState
from console.domain.city import City
from console.domain.place import Position
from console.domain.role import Role
from console.geo.cities import default_city
from console.i18n import Texts
from console.live.board import Board
from console.live.flash import Flash
from console.live.headline import Headline
from console.live.orders import Orders
from console.live.readings import Readings
from console.live.tasks import Tasks
from console.settings import Settings
from console.store.changes import ChangeSet
from console.store.inside import circle
from console.views.incident.ask_dialog import AskDialog
from console.views.incident.screen import IncidentScreen
from console.views.selection import Selection
from console.views.stage import Stage
from tests.map.fakes import fake_boundaries
from tests.qt.desk_picture import add_case, make_picture
from tests.qt.views.linkage import CENTRE, Linkage, LinkageMap, RuleCentre
from tests.qt.views.stand_ins import stand_in_maps

MakeLinkage = Callable[..., Linkage]
UNITS = ("B.water", "B.urban", "B.enforce", "U.waste", "D.460106")
RING = circle(CENTRE, 900)


@pytest.fixture
def make_linkage(
    qtbot: QtBot, city: City, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[MakeLinkage]:
    """Makes a screen for a role on a picture with ten calls in the area."""
    stand_in_maps(monkeypatch, "console.views.incident.map_panel.working_map", LinkageMap)
    tasks, boards = Tasks(), []

    def build(role: Role = Role.EMERGENCY, lang: str = "zh") -> Linkage:
        board = Board(city)
        boards.append(board)
        board.picture = make_picture(city, 20, seed=3)
        for number in range(10):
            call(board, city, number)
        centre = RuleCentre(board, city, role)
        word = city.case_word if lang == "zh" else city.case_word_en
        stage = Stage(
            board=board,
            headline=Headline(board, board),
            readings=Readings(board, tasks, board),
            tasks=tasks,
            orders=Orders(board, centre.submit, board, role=role),
            boundaries=fake_boundaries(2),
            texts=Texts(lang, word, strict=True),
            cache=tmp_path,
            settings=Settings(city=default_city(), data_dir=tmp_path, lang=lang),
            selection=Selection(board),
            role=role,
            flash=Flash(board, board, now=lambda: centre.minutes * 60),
        )
        screen = IncidentScreen(stage)
        qtbot.addWidget(screen)
        screen.resize(1920, 1000)
        screen.show()
        screen.attach(centre)  # type: ignore[arg-type]
        board.changed.emit(ChangeSet(everything=True))
        return Linkage(screen, board, centre)

    yield build
    tasks.stop()
    for board in boards:
        board.stop()
        board.deleteLater()


def call(board: Board, city: City, number: int, category: str = "0901") -> str:
    made = add_case(board.picture, city, 700 + number, CaseState.REGISTERED, seed=9)
    place = Position(CENTRE.lon + 0.0005 * (number % 10), CENTRE.lat)
    grid = next(g for g in city.grids.values() if g.district == "460106")
    board.picture.cases[made.id] = replace(
        made,
        position=place,
        category=category,
        district=grid.district,
        town=grid.town,
        grid=grid.code,
    )
    return made.id


def map_of(linkage: Linkage) -> LinkageMap:
    found = linkage.screen.map.map
    assert isinstance(found, LinkageMap)
    return found


def start(linkage: Linkage) -> None:
    """Draw a lasso and confirm."""
    map_of(linkage).finish(RING)
    QTest.mouseClick(linkage.screen.map.start.start, Qt.MouseButton.LeftButton)


def ask(linkage: Linkage, units: tuple[str, ...] = UNITS) -> None:
    linkage.screen.dialogs.ask()
    (dialog,) = linkage.screen.findChildren(AskDialog)
    dialog._tick_all(Qt.CheckState.Unchecked)
    for unit in units:
        dialog.tick(unit)
    QTest.mouseClick(dialog.send, Qt.MouseButton.LeftButton)
