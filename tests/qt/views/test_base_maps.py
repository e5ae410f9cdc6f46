"""The base maps of a seat: remembered, keys kept safe, faults said once, the key asked for by hand only."""

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from console.app.base_maps import SeatChoice, SeatMaps, read_keys
from console.app.problems import StartProblem
from console.client.token_store import MemoryStore
from console.domain.basemap import BaseMap, XyzLayer
from console.domain.city import City
from console.i18n import LANGUAGES, Texts
from console.live.tasks import Tasks
from console.settings import PreferencesFile, Settings
from console.tiles.fault import Fault
from console.views.map_key_dialog import MapKeyDialog
from console.views.notices import NoticeBook
from console.views.window import Window

TIANDITU = BaseMap(
    id="tianditu",
    name="天地图",
    name_en="Tianditu",
    layers=(XyzLayer(url="http://127.0.0.1:9/{z}/{x}/{y}?tk={key}"),),
    credit="c",
)
OTHER = replace(TIANDITU, id="other", name="别的", first=True)


@pytest.fixture
def settings(city: City, tmp_path: Path) -> Settings:
    return Settings(city=tmp_path, data_dir=tmp_path, seat="seat-7")


@pytest.fixture
def tasks() -> Tasks:
    return Tasks()


class Seat(QWidget):
    """Stands where the window is."""

    def __init__(self) -> None:
        super().__init__()
        self.texts = Texts("zh", strict=True)
        self.stage = SimpleNamespace(notices=NoticeBook(self))


@pytest.fixture
def seat(qtbot: QtBot) -> Seat:
    made = Seat()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def maps(city: City, settings: Settings, tasks: Tasks, seat: Seat) -> Any:
    offering = _with(city, (TIANDITU, OTHER))
    made = SeatMaps(settings, offering, tasks, seat)
    made._choice._store = MemoryStore()
    made.join(cast(Window, seat))
    yield made
    made.stop()


def _with(city: City, base_maps: tuple[BaseMap, ...]) -> City:
    return replace(city, base_maps=base_maps)


def test_each_seat_remembers_its_own(settings: Settings, tasks: Tasks) -> None:
    here = SeatChoice(settings, "460100", {}, tasks)
    there = SeatChoice(replace(settings, seat="seat-8"), "460100", {}, tasks)
    assert here.chosen() is None
    here.choose("tianditu")
    there.choose("")
    assert (here.chosen(), there.chosen()) == ("tianditu", "")
    assert SeatChoice(settings, "110100", {}, tasks).chosen() is None


def test_the_key_goes_to_the_keyring_and_nowhere_else(
    settings: Settings, tasks: Tasks, qtbot: QtBot
) -> None:
    store = MemoryStore()
    choice = SeatChoice(settings, "460100", {}, tasks, store)
    assert choice.key("tianditu") is None
    choice.keep_key("tianditu", "s3cret")
    assert choice.key("tianditu") == "s3cret"
    qtbot.waitUntil(lambda: store.load("base map 460100/tianditu") == "s3cret")
    choice.choose("tianditu")
    for file in settings.data_dir.rglob("*"):
        assert file.is_dir() or b"s3cret" not in file.read_bytes()
    assert SeatChoice(settings, "460100", {}, tasks, store).key("tianditu") == "s3cret"


def test_keys_from_a_file(settings: Settings, tasks: Tasks, tmp_path: Path) -> None:
    file = tmp_path / "keys.toml"
    file.write_text('tianditu = " abc "\nother = 5\n', encoding="utf-8")
    assert read_keys(file) == {"tianditu": "abc"}
    assert SeatChoice(settings, "460100", read_keys(file), tasks).key("tianditu") == "abc"
    file.write_text("tianditu = s3cret", encoding="utf-8")
    with pytest.raises(StartProblem) as caught:
        read_keys(file)
    assert "s3cret" not in caught.value.zh + caught.value.en
    with pytest.raises(StartProblem):
        read_keys(tmp_path / "none.toml")


def test_the_first_is_shown_where_nobody_has_chosen(maps: SeatMaps, settings: Settings) -> None:
    assert maps.base_maps.shown is not None
    assert maps.base_maps.shown.id == "other"
    maps.base_maps.choose("")
    assert maps.base_maps.shown is None
    assert PreferencesFile(settings.data_dir).load().base_maps == {"460100/seat-7": ""}
    maps.base_maps.choose("unknown")
    assert maps.base_maps.shown is None


def test_a_fault_is_said_once_and_taken_back(maps: SeatMaps, seat: Seat) -> None:
    notices = seat.stage.notices
    maps.base_maps.choose("tianditu")
    maps._on_fault("tianditu", Fault.UNREACHABLE)
    assert ["天地图" in one.text(seat.texts) for one in notices.open] == [True]
    maps._on_fault("tianditu", None)
    assert notices.open == ()
    maps._on_fault("tianditu", Fault.UNREACHABLE)
    maps.base_maps.choose("")
    assert notices.open == ()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_fault_has_words(lang: str) -> None:
    texts = Texts(lang, strict=True)
    for fault in Fault:
        assert "Map" in texts(f"basemap.fault.{fault}", name="Map")


def asked(seat: Seat) -> list[MapKeyDialog]:
    return seat.findChildren(MapKeyDialog)


def test_the_key_is_asked_for_when_it_is_chosen_by_hand(
    maps: SeatMaps, seat: Seat, qtbot: QtBot
) -> None:
    base_maps = maps.base_maps
    base_maps._told.emit("other", Fault.KEY_MISSING)
    qtbot.waitUntil(lambda: len(seat.stage.notices.open) == 1)
    assert asked(seat) == []
    base_maps.choose("tianditu")
    base_maps.tiles.ask("tianditu", 0, (12, 1, 1), lambda _: None)
    qtbot.waitUntil(lambda: len(asked(seat)) == 1, timeout=20_000)
    dialog = asked(seat)[0]
    field = dialog.findChild(QLineEdit, "map-key")
    assert field is not None
    assert field.echoMode() is QLineEdit.EchoMode.Password
    qtbot.keyClicks(field, " my-key ")
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: maps._choice.key("tianditu") == "my-key")
    qtbot.waitUntil(lambda: asked(seat) == [])
