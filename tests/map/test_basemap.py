"""Base maps on a real page: over the data to the pixel, chosen by hand, gone and back; no way to the net."""

import math
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from console.domain.basemap import BaseMap, XyzLayer
from console.domain.place import Position
from console.geo.crs import from_mercator, gcj02_to_wgs84, to_mercator, wgs84_to_gcj02
from console.map.basemap.base_maps import BaseMaps
from console.map.strings import STRINGS
from console.map.widget import MapWidget
from console.tiles import fetch, health
from console.tiles.fault import Fault
from console.tiles.service import TileService
from tests.map.fakes import CENTRE, PALETTE, fake_boundaries, fake_city
from tests.map.page import ask, wait_for
from tests.tile_server import Reply, TileServer, picture, png

CROSS = (100, 60)
"""Pixel of each tile at which the test's service draws a cross."""
EDGE_M = 2 * 20_037_508.342789244


class Choice:
    def __init__(self) -> None:
        self.last: str | None = None

    def chosen(self) -> str | None:
        return self.last

    def choose(self, map_id: str) -> None:
        self.last = map_id

    def key(self, map_id: str) -> str | None:
        return None

    def keep_key(self, map_id: str, key: str) -> None:
        raise AssertionError(map_id)


class Room:
    """A map with base maps of a service of our own."""

    def __init__(
        self, qtbot: QtBot, server: TileServer, folder: Path, pages: Path, words: list[str]
    ) -> None:
        self.qtbot, self._words = qtbot, words
        plain = BaseMap(
            id="plain",
            name="市政务底图",
            name_en="City map",
            layers=(XyzLayer(url=server.url + "/plain/{z}/{x}/{y}.png"),),
            credit="测绘局 · Survey",
            approval="GS(2025)1号",
            brightness=1.0,
            saturation=1.0,
        )
        shifted = replace(
            plain,
            id="shifted",
            layers=(XyzLayer(url=server.url + "/gcj/{z}/{x}/{y}.png"),),
            gcj02=True,
        )
        self.choice = Choice()
        self.faults: list[Fault | None] = []
        self.base_maps = BaseMaps(
            [plain, shifted],
            CENTRE,
            self.choice,
            lambda told: TileService([plain, shifted], folder, self.choice.key, told),
        )
        self.base_maps.faulted.connect(lambda _, fault: self.faults.append(fault))
        boundaries = fake_boundaries()
        self.map = MapWidget(
            boundaries,
            fake_city(boundaries),
            STRINGS["zh"],
            PALETTE,
            pages,
            QLabel("fallback"),
            base_maps=self.base_maps,
        )
        qtbot.addWidget(self.map)
        self.map.resize(800, 600)
        with qtbot.waitSignals([self.map.page_ready, self.map.view_changed], timeout=30_000):
            self.map.show()
        wait_for(qtbot, self.map, "Object.keys(window.baton.app.geometry).length === 5")

    def page_says(self, *words: str) -> None:
        """What the page's console may say in this test."""
        self._words += words

    def js(self, script: str) -> object:
        return ask(self.qtbot, self.map, script)

    def until(self, script: str) -> None:
        wait_for(self.qtbot, self.map, script)

    def show(self, map_id: str) -> None:
        self.base_maps.choose(map_id)
        self.until(f"(baton.app.basemap.shown || {{}}).id === '{map_id}'")

    def look(self, place: Position, zoom: float) -> None:
        """Go there, and wait until all of it is drawn."""
        self.js(
            f"(baton.map.setView([{place.lat!r}, {place.lon!r}], {zoom}, {{animate: false}}), 0)"
        )
        self.settle()

    def settle(self) -> None:
        self.until(
            "(() => { const { basemap, surfaces } = baton.app;"
            "return basemap.waiting === 0 && !basemap._timer && !surfaces.base._wanted"
            " && !baton.map._animatingZoom; })()"
        )

    def grab(self) -> QImage:
        return self.map.grab().toImage()


@pytest.fixture
def server() -> Iterator[TileServer]:
    with TileServer() as made:
        yield made


@pytest.fixture
def room(
    qtbot: QtBot,
    server: TileServer,
    tmp_path: Path,
    cache_dir: Path,
    caplog: pytest.LogCaptureFixture,
    page_words: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Room]:
    monkeypatch.setattr(fetch, "RETRY_S", (0.001, 0.001))
    monkeypatch.setattr(health, "FIRST_PAUSE_S", 0.05)
    with caplog.at_level("INFO", "console.map"):
        made = Room(qtbot, server, tmp_path, cache_dir, page_words)
        yield made
        made.map.shut_down()
        made.base_maps.stop()
    said = [r.getMessage() for r in caplog.records if r.name == "console.map.page"]
    assert [s for s in said if not any(word in s for word in page_words)] == []


def cross_place(zoom: int, *, shifted: bool) -> Position:
    """Where on the earth the cross of a tile near the city's centre is meant to be."""
    lon, lat = wgs84_to_gcj02(CENTRE.lon, CENTRE.lat) if shifted else (CENTRE.lon, CENTRE.lat)
    x, y = to_mercator(lon, lat)
    side = 2**zoom
    column = math.floor((x / EDGE_M + 0.5) * side) + (CROSS[0] + 0.5) / 256
    row = math.floor((0.5 - y / EDGE_M) * side) + (CROSS[1] + 0.5) / 256
    found = from_mercator((column / side - 0.5) * EDGE_M, (0.5 - row / side) * EDGE_M)
    return Position(*(gcj02_to_wgs84(*found) if shifted else found))


def middle_of_light(image: QImage, points: list[QPoint]) -> float:
    """Index of the middle of what is bright along a line; a line of one pixel may lie over two."""
    lights = [max(0, image.pixelColor(point).lightness() - 60) for point in points]
    assert sum(lights) > 100, "there is no line"
    return sum(i * light for i, light in enumerate(lights)) / sum(lights)


@pytest.mark.parametrize("map_id", ["plain", "shifted"])
def test_a_picture_lies_over_its_place_to_the_pixel(
    room: Room, map_id: str, server: TileServer
) -> None:
    server.answer = lambda path, headers: Reply(200, png((0, 0, 0), cross=CROSS))
    room.js(
        "(() => { const s = baton.app.switches;"
        "for (const name of Object.keys(s)) s[name] = false; return 0; })()"
    )
    room.show(map_id)
    for zoom in (12, 15, 18):
        place = cross_place(zoom, shifted=map_id == "shifted")
        room.look(place, zoom)
        at = room.js(
            "(() => { const m = baton.map;"
            f"const p = m.project([{place.lat!r}, {place.lon!r}]);"
            "const o = m.getPixelBounds().min; return [p.x - o.x, p.y - o.y]; })()"
        )
        assert isinstance(at, list)
        x, y = at
        left, top = round(x) - 30, round(y) - 30
        image = room.grab()
        across = [QPoint(left + i, round(y) + 35) for i in range(61)]
        down = [QPoint(round(x) + 35, top + i) for i in range(61)]
        off_x = left + middle_of_light(image, across) + 0.5 - x
        off_y = top + middle_of_light(image, down) + 0.5 - y
        assert max(abs(off_x), abs(off_y)) <= 1.0, (zoom, off_x, off_y)


def test_only_what_is_seen_and_one_ring_is_asked_for(room: Room, server: TileServer) -> None:
    room.show("plain")
    room.settle()
    server.asked.clear()
    room.look(CENTRE, 14)
    columns, rows = (800 // 256 + 2) + 2, (600 // 256 + 2) + 2
    assert 0 < len(server.asked) <= columns * rows
    assert len(set(server.asked)) == len(server.asked)
    room.look(CENTRE, 14.25)
    assert all("/plain/14/" in path for path in server.asked)


def test_whose_picture_it_is_stands_below_it(room: Room) -> None:
    credit = "document.querySelector('.baton-credits').textContent"
    assert "GS(2025)" not in str(room.js(credit))
    room.show("plain")
    assert str(room.js(credit)).startswith("测绘局 · 审图号：GS(2025)1号 · ")
    room.show("shifted")
    assert "GCJ-02 已校正到 WGS 84" in str(room.js(credit))
    room.base_maps.choose("")
    room.until(f"!{credit}.includes('GS(2025)')")


def click_on(room: Room, selector: str) -> None:
    box = room.js(
        "(() => { const r = document.querySelector(" + repr(selector) + ").getBoundingClientRect();"
        "return [r.x + r.width / 2, r.y + r.height / 2]; })()"
    )
    assert isinstance(box, list)
    pane = room.map.view.focusProxy()
    QTest.mouseClick(
        pane, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(*map(round, box))
    )


def test_chosen_with_the_mouse(room: Room) -> None:
    click_on(room, ".baton-switches > .baton-button")
    room.until("document.querySelector('[data-base=plain]') !== null")
    click_on(room, "[data-base=plain]")
    room.until("document.querySelector('[data-base=plain]').ariaChecked === 'true'")
    assert room.choice.last == "plain"
    click_on(room, "[data-base='']")
    room.until("baton.app.basemap.shown === null")
    assert room.choice.last == ""


def test_chosen_with_the_keyboard(room: Room) -> None:
    pane = room.map.view.focusProxy()
    room.map.activateWindow()
    room.map.view.setFocus()
    room.js("(document.querySelector('.baton-switches > .baton-button').focus(), 0)")
    QTest.keyClick(pane, Qt.Key.Key_Return)
    room.until("document.querySelector('[data-base=plain]') !== null")
    room.js("(document.querySelector(\"[data-base='']\").focus(), 0)")
    QTest.keyClick(pane, Qt.Key.Key_Down)
    room.until("document.activeElement.dataset.base === 'plain'")
    QTest.keyClick(pane, Qt.Key.Key_Return)
    room.until("(baton.app.basemap.shown || {}).id === 'plain'")
    room.until("document.activeElement.dataset.base === 'plain'")
    assert room.choice.last == "plain"


def test_a_service_that_fails_leaves_the_own_land_and_comes_back(
    room: Room, server: TileServer
) -> None:
    server.answer = lambda path, headers: Reply(503)
    room.js(
        "((s) => { s.load = s.grids = s.labels = s.towns = false; return 0; })(baton.app.switches)"
    )
    room.look(CENTRE, 14)
    own = room.grab()
    room.show("plain")
    room.qtbot.waitUntil(lambda: room.faults == [Fault.UNREACHABLE], timeout=20_000)
    room.until("baton.app.basemap.offered[0].failing === true")
    room.settle()
    inside = QPoint(330, 330)
    assert room.grab().pixelColor(inside) == own.pixelColor(inside)
    server.answer = picture

    def again() -> bool:
        room.js("(baton.app.basemap._retry(), 0)")
        return room.faults[-1] is None

    room.qtbot.waitUntil(again, timeout=20_000)
    room.until("baton.app.basemap.offered[0].failing === false")
    room.settle()
    room.qtbot.waitUntil(lambda: room.grab().pixelColor(inside) != own.pixelColor(inside))
    assert room.faults == [Fault.UNREACHABLE, None]


def test_what_only_begins_like_a_picture_is_left_out(room: Room, server: TileServer) -> None:
    server.answer = lambda path, headers: Reply(200, png()[:60] + b"\0" * 500)
    room.show("plain")
    room.look(CENTRE, 14)
    kept = "[...baton.app.basemap._tiles._kept.values()]"
    assert room.js(kept + ".length") != 0
    assert room.js(kept + ".some((tile) => tile.picture)") is False


STRANGE = {
    "tile/plain/0/14/../../config.json": "404 null",
    "tile/unknown/0/14/1/1": "200 empty",
    "tile/plain/7/14/1/1": "200 empty",
    "tile/plain/0/99/1/1": "200 empty",
    "tile/plain/0/14/99999/1": "200 empty",
    "tile/plain/0/14/-1/1": "404 null",
    "tile/http://example.org/": "404 null",
}
"""Path → status and kind of what the page gets."""


def test_the_page_gets_tiles_of_the_city_only(room: Room, server: TileServer) -> None:
    room.page_says("Failed to load")
    room.show("plain")
    room.settle()
    server.asked.clear()
    for path, outcome in STRANGE.items():
        room.js(
            f"(() => {{ window.outcome = ''; fetch('baton://map/{path}').then((r) =>"
            " { window.outcome = `${r.status} ${r.headers.get('X-Baton-Tile')}`; });"
            " return 0; })()"
        )
        room.until("window.outcome !== ''")
        assert room.js("window.outcome") == outcome, path
    assert server.asked == []


REACH = """(() => {
  const url = '%s'; const got = []; window.got = got;
  const tell = (name) => () => got.push(name);
  fetch(url + '/fetch').then(tell('fetch'), tell('-'));
  fetch(url + '/no-cors', { mode: 'no-cors' }).then(tell('no-cors'), tell('-'));
  const image = new Image(); image.onload = tell('image'); image.onerror = tell('-');
  image.src = url + '/image.png';
  try { const s = new EventSource(url + '/events'); s.onopen = tell('events'); s.onerror = () => { s.close(); got.push('-'); }; }
  catch { got.push('-'); }
  try { const s = new WebSocket(url.replace('http', 'ws') + '/socket'); s.onopen = tell('socket'); s.onerror = tell('-'); }
  catch { got.push('-'); }
  import(url + '/module.js').then(tell('module'), tell('-'));
  const link = document.createElement('link'); link.rel = 'stylesheet'; link.onload = tell('style');
  link.onerror = tell('-'); link.href = url + '/style.css'; document.head.append(link);
  navigator.sendBeacon(url + '/beacon', 'x');
  return 0; })()"""


def test_the_page_cannot_reach_the_service_itself(room: Room, server: TileServer) -> None:
    room.page_says("Content Security Policy", "Failed to load", "Refused", "Fetch API", "violates")
    room.show("plain")
    room.look(CENTRE, 14)
    assert server.asked
    room.js(REACH % server.url)
    room.until("window.got.length >= 7")
    assert set(room.js("window.got")) == {"-"}  # type: ignore[call-overload]
    assert [path for path in server.asked if not path.startswith("/plain/")] == []


def test_answers_bear_the_headers_that_are_meant(room: Room) -> None:
    room.js(
        "(() => { fetch('baton://map/config.json')"
        ".then((r) => { window.heads = [...r.headers]; }); return 0; })()"
    )
    room.until("Array.isArray(window.heads)")
    heads = dict(room.js("window.heads"))  # type: ignore[call-overload]
    assert heads["x-content-type-options"] == "nosniff"
    assert heads["cache-control"] == "no-store"
