"""All base maps of a city: a tile is asked for, its picture comes when it is there."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from console.domain.basemap import BaseMap
from console.tiles.capabilities import Place
from console.tiles.fault import Fault, NoPicture
from console.tiles.fetch import Fetcher
from console.tiles.health import Health
from console.tiles.picture import picture_type
from console.tiles.source import Source, layer_hosts, make_source
from console.tiles.store import BOUND_BYTES, TileStore
from console.tiles.workers import Workers


@dataclass(frozen=True, slots=True)
class Tile:
    """`mime` is "" where there is no picture; `failed`: there may be one, ask again later."""

    body: bytes = b""
    mime: str = ""
    failed: bool = False


Done = Callable[[Tile], None]
KeyOf = Callable[[str], str | None]
"""A base map's id → the user's key for it."""
FAILED = Tile(failed=True)


class TileService:
    """Threads, connections and the disk; nothing of it knows Qt. Calls back from its own threads."""

    def __init__(
        self,
        maps: Sequence[BaseMap],
        folder: Path,
        key_of: KeyOf,
        told: Callable[[str, Fault | None], None],
        *,
        ca_file: Path | None = None,
        bound: int = BOUND_BYTES,
    ) -> None:
        """`told` hears of a base map's faults and their end; nothing is asked or opened yet."""
        self._workers = Workers()
        self._store = TileStore(folder / "tiles.sqlite", bound)
        self._maps = {one.id: self._make(one, key_of, told, ca_file) for one in maps}

    def ask(self, map_id: str, layer: int, place: Place, done: Done) -> Callable[[], None]:
        """Have one tile of one layer told; what is returned takes the question back.

        A tile that no base map has is answered at once, without a picture.
        """
        found = self._maps.get(map_id)
        if found is None or not 0 <= layer < len(found.sources) or not found.has(place):
            done(Tile())
            return lambda: None
        source, health = found.sources[layer], found.healths[layer]
        number = self._workers.give(
            lambda: done(_answer(source, health, place)), lambda: done(FAILED)
        )
        return lambda: self._workers.take_back(number)

    def fault(self, map_id: str) -> Fault | None:
        """What is wrong with a base map now."""
        return self._maps[map_id].fault

    def try_again(self, map_id: str) -> None:
        """Something was changed: do not wait for the next try."""
        for health in self._maps[map_id].healths:
            health.forget()

    def stop(self) -> None:
        """Ask nothing more, close files; nobody is called back for what waits."""
        self._workers.stop()
        self._store.close()
        for one in self._maps.values():
            for source in one.sources:
                source.close()

    def _make(
        self,
        base_map: BaseMap,
        key_of: KeyOf,
        told: Callable[[str, Fault | None], None],
        ca_file: Path | None,
    ) -> "_Served":
        named = [layer_hosts(layer) for layer in base_map.layers]
        fetcher = Fetcher(
            base_map.hosts.union(*named),
            self._workers.stopped,
            referer=base_map.referer,
            ca_file=ca_file,
        )
        sources = [
            make_source(layer, fetcher, self._store, lambda: key_of(base_map.id))
            for layer in base_map.layers
        ]
        return _Served(base_map, sources, lambda fault: told(base_map.id, fault))


class _Served:
    """A base map at work; it is as well as the worst of its layers."""

    def __init__(
        self, base_map: BaseMap, sources: Sequence[Source], told: Callable[[Fault | None], None]
    ) -> None:
        self.sources = sources
        self.healths = [
            Health(f"{base_map.id} layer {number}", self._on_told)
            for number in range(1, len(sources) + 1)
        ]
        self.fault: Fault | None = None
        self._base_map, self._told = base_map, told
        self._lock = threading.Lock()

    def _on_told(self, _: Fault | None) -> None:
        with self._lock:
            fault = next((one.fault for one in self.healths if one.fault is not None), None)
            if fault is self.fault:
                return
            self.fault = fault
        self._told(fault)

    def has(self, place: Place) -> bool:
        zoom, column, row = place
        inside = self._base_map.lowest <= zoom <= self._base_map.highest
        return inside and 0 <= column < 2**zoom and 0 <= row < 2**zoom


def _answer(source: Source, health: Health, place: Place) -> Tile:
    """What is kept and fresh, else what the source gives, else what is kept all the same."""
    kept = source.kept(place)
    if kept is not None and kept[1]:
        return _tile(kept[0])
    if health.may_ask():
        try:
            body = source.fetch(place)
        except NoPicture as why:
            health.failed(why)
        else:
            health.succeeded()
            return _tile(body)
    return _tile(kept[0]) if kept is not None else FAILED


def _tile(body: bytes) -> Tile:
    return Tile(body, picture_type(body) or "") if body else Tile()
