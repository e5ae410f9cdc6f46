"""Tiles from asking to answering: what is kept, what is asked, faults and their end."""

import queue
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from console.domain.basemap import ArchiveLayer, BaseMap, WmtsLayer, XyzLayer
from console.tiles import fetch, freshness, health, source
from console.tiles.fault import Fault
from console.tiles.service import Tile, TileService
from tests.tile_server import Reply, TileServer, picture, png
from tests.unit.tiles.archives import make_archive
from tests.unit.tiles.test_capabilities import W, document

PLACE = (12, 3303, 1813)
KEY = "k3y"


class Room:
    """A service over one base map, and what it tells."""

    def __init__(self, folder: Path, base_map: BaseMap) -> None:
        self.key: str | None = KEY
        self.faults: queue.Queue[Fault | None] = queue.Queue()
        self.service = TileService(
            [base_map], folder, lambda _: self.key, lambda _, fault: self.faults.put(fault)
        )

    def tile(self, place: tuple[int, int, int] = PLACE, layer: int = 0) -> Tile:
        told: queue.Queue[Tile] = queue.Queue()
        self.service.ask("city", layer, place, told.put)
        return told.get(timeout=20)


Make = Callable[..., Room]


@pytest.fixture
def server() -> Iterator[TileServer]:
    with TileServer() as made:
        yield made


@pytest.fixture
def make(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Make]:
    monkeypatch.setattr(fetch, "RETRY_S", (0.001, 0.001))
    monkeypatch.setattr(health, "FIRST_PAUSE_S", 0.01)
    rooms: list[Room] = []

    def one(base_map: BaseMap) -> Room:
        rooms.append(Room(tmp_path / "cache", base_map))
        return rooms[-1]

    yield one
    for room in rooms:
        room.service.stop()


def xyz(server: TileServer, **more: object) -> BaseMap:
    layer = XyzLayer(url=server.url + "/{z}/{x}/{y}.png?tk={key}")
    made = BaseMap(id="city", name="底图", name_en="Map", layers=(layer,), credit="c")
    return replace(made, **more)  # type: ignore[arg-type]


def test_a_picture_is_fetched_once(make: Make, server: TileServer) -> None:
    base_map = xyz(server)
    assert make(base_map).tile() == Tile(png(), "image/png")
    assert make(base_map).tile() == Tile(png(), "image/png")
    assert server.asked == [f"/12/3303/1813.png?tk={KEY}"]


def test_the_key_is_not_on_the_disk(make: Make, server: TileServer, tmp_path: Path) -> None:
    make(xyz(server)).tile()
    for file in (tmp_path / "cache").iterdir():
        assert KEY.encode() not in file.read_bytes()


def test_an_empty_place_is_asked_for_once(make: Make, server: TileServer) -> None:
    server.answer = lambda path, headers: Reply(404)
    room = make(xyz(server))
    assert room.tile() == room.tile() == Tile()
    assert len(server.asked) == 1
    assert room.faults.empty()


def test_an_old_picture_is_asked_after_and_may_stay(
    make: Make, server: TileServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(freshness, "DEFAULT_S", -1.0)

    def answer(path: str, headers: dict[str, str]) -> Reply:
        if headers.get("if-none-match") == '"7"':
            return Reply(304)
        return Reply(200, png(), {"ETag": '"7"'})

    server.answer = answer
    room = make(xyz(server))
    assert room.tile() == room.tile() == Tile(png(), "image/png")
    assert len(server.asked) == 2


def test_what_is_no_picture_is_not_passed_on(make: Make, server: TileServer) -> None:
    server.answer = lambda path, headers: Reply(200, b"<script>1</script>", {"Content-Type": "image/png"})  # fmt: skip
    room = make(xyz(server))
    for column in range(health.SEVERAL):
        assert room.tile((12, column, 0)) == Tile(failed=True)
    assert room.faults.get(timeout=5) is Fault.UNUSABLE


def test_a_service_that_goes_and_comes_back(
    make: Make, server: TileServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(freshness, "DEFAULT_S", -1.0)
    room = make(xyz(server))
    assert room.tile().mime
    server.answer = lambda path, headers: Reply(503)
    for column in range(health.SEVERAL):
        assert room.tile((12, column, 0)).failed
    assert room.faults.get(timeout=5) is Fault.UNREACHABLE
    assert room.service.fault("city") is Fault.UNREACHABLE
    # What is at hand is shown all the same.
    assert room.tile().mime
    server.answer = picture
    while room.service.fault("city") is not None:
        room.tile((12, 9, 9))
    assert room.faults.get(timeout=5) is None
    assert room.faults.empty()


def test_a_key_that_is_missing_then_refused_then_good(make: Make, server: TileServer) -> None:
    room = make(xyz(server))
    room.key = None
    assert room.tile().failed
    assert room.faults.get(timeout=5) is Fault.KEY_MISSING
    assert server.asked == []
    server.answer = lambda path, headers: picture() if path.endswith("=good") else Reply(403)
    room.key = "bad"
    for column in range(health.SEVERAL):
        room.service.try_again("city")
        assert room.tile((12, column, 0)).failed
    assert room.faults.get(timeout=5) is Fault.KEY_REFUSED
    room.key = "good"
    room.service.try_again("city")
    assert room.tile().mime
    assert room.faults.get(timeout=5) is None


def test_a_wmts_is_asked_what_it_offers_once(make: Make, server: TileServer) -> None:
    def answer(path: str, headers: dict[str, str]) -> Reply:
        return Reply(200, document(W, links=("w",))) if "GetCapabilities" in path else picture()

    server.answer = answer
    layer = WmtsLayer(url=server.url + "/vec_w/wmts?tk={key}", layer="vec")
    room = make(xyz(server, layers=(layer,)))
    assert room.tile().mime
    assert room.tile((12, 3304, 1813)).mime
    assert sum("GetCapabilities" in path for path in server.asked) == 1
    assert sum("TILECOL=330" in path for path in server.asked) == 2


def test_an_archive_needs_no_net(make: Make, server: TileServer, tmp_path: Path) -> None:
    make_archive(tmp_path / "city.pmtiles", {PLACE: png()})
    room = make(xyz(server, layers=(ArchiveLayer(file=tmp_path / "city.pmtiles"),)))
    assert room.tile() == Tile(png(), "image/png")
    assert room.tile((12, 1, 1)) == Tile()
    assert server.asked == []


def test_the_fault_of_one_layer_is_the_maps_until_it_is_over(
    make: Make, server: TileServer
) -> None:
    server.answer = lambda path, headers: Reply(500) if path.startswith("/names") else picture()
    names = XyzLayer(url=server.url + "/names/{z}/{x}/{y}")
    room = make(xyz(server, layers=(xyz(server).layers[0], names)))
    for column in range(health.SEVERAL):
        assert room.tile((12, column, 0), layer=1).failed
        assert room.tile((12, column, 0)).mime
    assert room.faults.get(timeout=5) is Fault.UNREACHABLE
    assert room.faults.empty()


@pytest.mark.parametrize("place", [(0, 0, 0), (19, 0, 0), (12, 4096, 0), (12, 0, 4096)])
def test_no_tile_of_the_map_is_not_asked_for(
    make: Make, server: TileServer, place: tuple[int, int, int]
) -> None:
    room = make(xyz(server))
    assert room.tile(place) == room.tile(layer=5) == Tile()
    assert server.asked == []


def test_a_question_taken_back_is_not_asked(make: Make, server: TileServer) -> None:
    begun: queue.Queue[str] = queue.Queue()

    def answer(path: str, headers: dict[str, str]) -> Reply:
        begun.put(path)
        server.released.wait(20)
        return picture()

    server.answer = answer
    room = make(xyz(server))
    told: queue.Queue[Tile] = queue.Queue()
    busy = 6
    for column in range(busy):
        room.service.ask("city", 0, (12, column, 0), told.put)
    for _ in range(busy):
        begun.get(timeout=20)
    take_back = room.service.ask("city", 0, (12, 77, 0), told.put)
    last = room.service.ask("city", 0, (12, 78, 0), told.put)
    take_back()
    server.released.set()
    for _ in range(busy + 1):
        assert told.get(timeout=20).mime
    assert not any("/77/" in path for path in server.asked)
    assert callable(last)


def test_hosts_are_those_of_the_address(server: TileServer) -> None:
    one = XyzLayer(url=server.url + "/{z}/{x}/{y}")
    assert source.layer_hosts(one) == {"127.0.0.1"}
    shared = XyzLayer(url="https://{s}.city.example/{z}/{x}/{y}", subdomains=("a", "B"))
    assert source.layer_hosts(shared) == {"a.city.example", "b.city.example"}
