"""A training screen over the small made day of the model city, with maps that only stand in."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from pytestqt.qtbot import QtBot

from console.domain.role import Role
from console.geo.cities import default_city
from console.i18n import Texts
from console.live.board import Board
from console.live.headline import Headline
from console.live.orders import Orders
from console.live.readings import Readings
from console.live.tasks import Tasks
from console.replay.file import FOLDER, write_recording
from console.settings import Settings
from console.views import factories
from console.views.selection import Selection
from console.views.stage import Stage
from console.views.training.replay_page import ReplayPage
from console.views.training.scene import Scene
from console.views.training.screen import TrainingScreen
from console.wire.commands import Envelope
from tests.map.fakes import fake_boundaries
from tests.qt.views.stand_ins import stand_in_maps
from tests.unit.field.model_city import point_in_grid
from tests.unit.field.rehearsing import CITY, locate
from tests.unit.replay.made import recording

BEGINS = recording().about.begins


def at(hours: float) -> datetime:
    return BEGINS + timedelta(hours=hours)


@dataclass
class Room:
    """The live stage, what was sent to the live centre, and the screen."""

    stage: Stage
    sent: list[Envelope]
    screen: TrainingScreen
    qtbot: QtBot

    def make_file(self) -> Path:
        file = self.stage.settings.data_dir / FOLDER / "2026-06-03.batonday"
        write_recording(recording(), file)
        return file

    def open(self, file: Path | None = None) -> ReplayPage:
        self.screen.choice.open(file or self.make_file())
        self.qtbot.waitUntil(lambda: self.screen.replay is not None)
        return self.page

    @property
    def page(self) -> ReplayPage:
        assert self.screen.replay is not None
        return self.screen.replay

    @property
    def scene(self) -> Scene:
        return self.page.scene

    def show(self) -> None:
        """Everything that has arrived is on the screen."""
        while self.scene.board._inbox:
            self.scene.board.drain()

    def go_to(self, hours: float) -> None:
        self.scene.link.seek(at(hours))
        self.show()

    def again(self, lang: str) -> TrainingScreen:
        """The screen built anew, as after a change of language."""
        self.screen.shut_down()
        texts = Texts(lang, strict=True)
        stage = SimpleNamespace(**{f: getattr(self.stage, f) for f in Stage.__slots__})
        made = Stage(**{**vars(stage), "texts": texts})
        self.screen.deleteLater()
        self.screen = TrainingScreen(made, factories.build)
        self.qtbot.addWidget(self.screen)
        return self.screen


def furnish(qtbot: QtBot, folder: Path, monkeypatch: pytest.MonkeyPatch, tasks: Tasks) -> Room:
    """A room without recordings; days are not made unless a test asks for it."""
    stand_in_maps(monkeypatch, "console.views.desk.screen.working_map")
    stand_in_maps(monkeypatch, "console.views.training.difference_map.stage_map")
    geometry = SimpleNamespace(locate=locate, point_in_grid=point_in_grid)
    monkeypatch.setattr("console.views.training.scene.Geometry", lambda *_: geometry)
    monkeypatch.setattr("console.views.training.day_maker.DayMaker._next", lambda _: None)
    board = Board(CITY)
    sent: list[Envelope] = []
    settings = Settings(city=default_city(), data_dir=folder, role=Role.SHIFT_LEADER.value)
    stage = Stage(
        board=board,
        headline=Headline(board, board),
        readings=Readings(board, tasks, board),
        tasks=tasks,
        orders=Orders(board, sent.append, board, role=Role.SHIFT_LEADER),
        boundaries=fake_boundaries(2),
        texts=Texts("zh", strict=True),
        cache=folder,
        settings=settings,
        selection=Selection(board),
        role=Role.SHIFT_LEADER,
    )
    screen = TrainingScreen(stage, factories.build)
    qtbot.addWidget(screen)
    screen.resize(1920, 1080)
    screen.show()
    return Room(stage, sent, screen, qtbot)
