"""Answers the page's requests for tiles, `baton://map/tile/<id>/<layer>/<zoom>/<column>/<row>`."""

import re
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, Qt, Signal
from PySide6.QtWebEngineCore import QWebEngineUrlRequestJob

from console.map.basemap.base_maps import BaseMaps
from console.map.headers import HEADERS
from console.tiles.shift import true_box

if TYPE_CHECKING:
    from console.tiles.service import Tile

PREFIX = "/tile/"
_PATH = re.compile(r"/tile/([a-z0-9-]{1,32})/([0-9])/([0-9]{1,2})/([0-9]{1,7})/([0-9]{1,7})")


class TileEndpoint(QObject):
    """Holds each request until its picture is there; one that the page gives up is taken back."""

    _done = Signal(int, object)

    def __init__(self, base_maps: BaseMaps, parent: QObject | None = None) -> None:
        """For the pages of one map widget."""
        super().__init__(parent)
        self._base_maps = base_maps
        self._asked: dict[int, tuple[QWebEngineUrlRequestJob, str]] = {}
        self._given = 0
        self._done.connect(self._on_done, Qt.ConnectionType.QueuedConnection)

    def begin(self, job: QWebEngineUrlRequestJob, path: str) -> None:
        """Answer later; a path that names no tile fails at once."""
        found = _PATH.fullmatch(path)
        if found is None:
            job.fail(QWebEngineUrlRequestJob.Error.UrlNotFound)
            return
        map_id = found[1]
        layer, zoom, column, row = (int(found[i]) for i in range(2, 6))
        self._given += 1
        number = self._given
        self._asked[number] = (job, self._place(map_id, (zoom, column, row)))
        take_back: list[Callable[[], None]] = []
        job.destroyed.connect(lambda: self._drop(number, take_back))
        take_back.append(
            self._base_maps.tiles.ask(
                map_id, layer, (zoom, column, row), lambda tile: self._tell(number, tile)
            )
        )

    def _tell(self, number: int, tile: "Tile") -> None:
        """From the thread that has the picture; the map may have ended meanwhile."""
        with suppress(RuntimeError):
            self._done.emit(number, tile)

    def _place(self, map_id: str, place: tuple[int, int, int]) -> str:
        """Where a picture of the shifted system belongs; "" for all others, which lie where they say."""
        if not self._base_maps.is_gcj02(map_id) or place[0] > 22:
            return ""
        return " ".join(repr(edge) for edge in true_box(*place))

    def _drop(self, number: int, take_back: list[Callable[[], None]]) -> None:
        if self._asked.pop(number, None) is not None:
            for call in take_back:
                call()

    def _on_done(self, number: int, tile: "Tile") -> None:
        job, place = self._asked.pop(number, (None, ""))
        if job is None or not shiboken6.isValid(job):
            return
        state = b"failed" if tile.failed else b"picture" if tile.mime else b"empty"
        headers = {**HEADERS, QByteArray(b"X-Baton-Tile"): [QByteArray(state)]}
        if place:
            headers[QByteArray(b"X-Baton-Place")] = [QByteArray(place.encode())]
        job.setAdditionalResponseHeaders(headers)
        body = QBuffer(job)
        body.setData(QByteArray(tile.body if tile.mime else b""))
        body.open(QIODevice.OpenModeFlag.ReadOnly)
        job.reply(QByteArray((tile.mime or "application/octet-stream").encode()), body)
