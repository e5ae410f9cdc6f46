"""A wall at work on a board of its own, with a map that only stands in and a clock that a test turns."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from console.domain.assignment import AssignmentState
from console.domain.case import Case, CaseState
from console.domain.category import Urgency
from console.domain.city import City
from console.domain.role import Role
from console.geo.cities import default_city
from console.i18n import Texts
from console.live.board import Board
from console.live.headline import Headline
from console.live.orders import Orders
from console.live.readings import Readings
from console.live.tasks import Tasks
from console.settings import Settings
from console.store.picture import Picture
from console.views.selection import Selection
from console.views.stage import Stage
from console.views.wall.rotation import Mode
from console.views.wall.screen import WallScreen
from console.views.wall.setup_dialog import SetupDialog
from tests.map.fakes import fake_boundaries
from tests.qt.desk_picture import NOW, make_picture
from tests.qt.views.stand_ins import StandInLink, StandInMap, snapshot_of, stand_in_maps


class WallMapStandIn(StandInMap):
    """What a wall asks of a map besides."""

    def set_areas(self, badges: Any) -> None:
        self.areas = {badge.code: badge for badge in badges}

    def set_style(self, style: Any) -> None:
        self.style_of_map = style

    def set_footprints(self, footprints: Any) -> None:
        self.footprints = list(footprints)


@dataclass
class Seconds:
    """A monotonic clock that a test turns."""

    now: float = field(default_factory=monotonic)

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds(monkeypatch: pytest.MonkeyPatch) -> Seconds:
    made = Seconds()
    for module in ("camera", "urgent_panel", "screen"):
        monkeypatch.setattr(f"console.views.wall.{module}.monotonic", made)
    return made


def unsigned(picture: Picture, city: City, count: int, **fields: object) -> list[Case]:
    """Turn so many cases of the picture into urgent ones that nobody has signed for."""
    plain = next(
        c for c in city.categories.values() if not c.sensitive and c.urgency is Urgency.URGENT
    )
    made = []
    given = [c for c in picture.cases.values() if c.state is CaseState.DISPATCHED]
    for number, case in enumerate(given[:count]):
        lead = picture.lead(case)
        assert lead is not None
        sent = NOW - timedelta(minutes=count - number)
        picture.assignments[lead.id] = replace(
            lead,
            state=AssignmentState.SENT,
            urgency=Urgency.URGENT,
            sent_at=sent,
            response_due=sent + timedelta(minutes=30),
            acknowledged_at=None,
            responded_at=None,
        )
        known: dict[str, Any] = {"urgency": Urgency.URGENT, "category": plain.code}
        picture.cases[case.id] = replace(case, **(known | fields))
        made.append(picture.cases[case.id])
    return made


def settle(picture: Picture) -> Picture:
    """Sign every urgent order."""
    for order in list(picture.assignments.values()):
        if order.state is AssignmentState.SENT:
            signed = replace(order, state=AssignmentState.ACKNOWLEDGED, acknowledged_at=NOW)
            picture.assignments[order.id] = signed
    return picture


@pytest.fixture
def quiet_picture(city: City) -> Picture:
    return settle(make_picture(city, 150, seed=3))


MakeWall = Callable[..., WallScreen]


@pytest.fixture
def make_wall(
    qtbot: QtBot,
    board: Board,
    link: StandInLink,
    city: City,
    tmp_path: Path,
    seconds: Seconds,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[MakeWall]:
    """Makes walls at work; `picture` is what the centre sends."""
    stand_in_maps(monkeypatch, "console.views.wall.wall_map.stage_map", WallMapStandIn)
    tasks = Tasks()
    walls: list[WallScreen] = []

    def make(picture: Picture, lang: str = "zh", *, training: bool = False) -> WallScreen:
        stage = Stage(
            board=board,
            headline=Headline(board),
            readings=Readings(board, tasks),
            tasks=tasks,
            orders=Orders(board, lambda _: None),
            boundaries=fake_boundaries(2),
            texts=Texts(lang, city.case_word if lang == "zh" else city.case_word_en, strict=True),
            cache=tmp_path,
            settings=Settings(city=default_city(), data_dir=tmp_path),
            selection=Selection(),
            role=Role.WALL,
            training=training,
        )
        wall = WallScreen(stage)
        qtbot.addWidget(wall)
        wall.resize(1920, 1080)
        wall.show()
        wall.activateWindow()
        qtbot.waitUntil(wall.isActiveWindow)
        wall.attach(link)
        arrived = snapshot_of(picture, city, simulated=True)
        board.sink(arrived)
        board.drain()
        board.time.hear(arrived.pages[0].clock, monotonic())
        tick(wall)
        walls.append(wall)
        return wall

    yield make
    tasks.stop()


def tick(wall: WallScreen) -> None:
    wall.stage.board.ticked.emit()


def press(dialog: SetupDialog, words: str) -> None:
    """Click the dialog's button with these words."""
    next(b for b in dialog.findChildren(QPushButton) if b.text() == words).click()


def mode(wall: WallScreen) -> Mode:
    return wall.camera.mode


def map_of(wall: WallScreen) -> WallMapStandIn:
    found = wall.map.map
    assert isinstance(found, WallMapStandIn)
    return found
