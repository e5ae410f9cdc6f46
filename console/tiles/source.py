"""Where one layer's pictures come from: a service on the net with what is kept of it, or an archive."""

import threading
import time
from collections.abc import Callable
from hashlib import sha256
from typing import Protocol

from console.domain.basemap import ArchiveLayer, BaseLayer, WmtsLayer, XyzLayer
from console.tiles.address import hosts_of, tile_address, with_key
from console.tiles.archive import Archive
from console.tiles.capabilities import (
    LARGEST_BYTES as LARGEST_CAPABILITIES,
)
from console.tiles.capabilities import (
    Place,
    WmtsPlan,
    capabilities_address,
    read_capabilities,
)
from console.tiles.fault import Fault, NoPicture
from console.tiles.fetch import Fetched, Fetcher
from console.tiles.freshness import ABSENT_S, fresh_for
from console.tiles.picture import LARGEST_BYTES, picture_type
from console.tiles.store import Kept, TileStore

Key = Callable[[], str | None]
"""The user's key, None when there is none."""


class Source(Protocol):
    """One layer."""

    def kept(self, place: Place) -> tuple[bytes, bool] | None:
        """What is at hand without asking, and whether it is fresh."""

    def fetch(self, place: Place) -> bytes:
        """The picture, b"" where there is none; raises NoPicture."""

    def close(self) -> None:
        """Let go of files."""


class ArchiveSource:
    """A local file: nothing of it need be kept."""

    def __init__(self, layer: ArchiveLayer) -> None:
        """The file is opened at the first look."""
        self._archive = Archive(layer.file)

    def kept(self, place: Place) -> tuple[bytes, bool] | None:
        """Nothing."""
        return None

    def fetch(self, place: Place) -> bytes:
        """From the file."""
        return self._archive.tile(place)

    def close(self) -> None:
        """Close the file."""
        self._archive.close()


class WebSource:
    """A service on the net; what it has given is kept under names in which no key is."""

    def __init__(
        self, layer: XyzLayer | WmtsLayer, fetcher: Fetcher, store: TileStore, key: Key
    ) -> None:
        """Nothing is asked yet."""
        self._layer, self._fetcher, self._store, self._key = layer, fetcher, store, key
        self._address = _Wmts(layer, fetcher) if isinstance(layer, WmtsLayer) else _Xyz(layer)
        self._name = sha256(repr(layer).encode()).hexdigest()[:24]
        self._needs_key = "{key}" in layer.url

    def kept(self, place: Place) -> tuple[bytes, bool] | None:
        """From the disk."""
        found = self._store.find(self._named(place))
        return None if found is None else (found.body, found.fresh_until > time.time())

    def fetch(self, place: Place) -> bytes:
        """From the service."""
        key = self._key() if self._needs_key else ""
        if not key and self._needs_key:
            raise NoPicture(Fault.KEY_MISSING, "no key has been given")
        address = self._address(key or "", place)
        if address is None:
            return b""
        before = self._store.find(self._named(place))
        etag = before.etag if before is not None else ""
        found = self._fetcher.get(address, largest=LARGEST_BYTES, etag=etag)
        return self._keep(place, found, before)

    def close(self) -> None:
        """Nothing is open here."""

    def _named(self, place: Place) -> str:
        zoom, column, row = place
        return f"{self._name}/{zoom}/{column}/{row}"

    def _keep(self, place: Place, found: Fetched, before: Kept | None) -> bytes:
        body = found.body
        if body is None:
            if before is None:
                raise NoPicture(Fault.UNUSABLE, "status 304 to a question without a condition")
            body = before.body
        elif body and picture_type(body) is None:
            raise NoPicture(Fault.UNUSABLE, "what came is no PNG, JPEG or WebP that can be shown")
        seconds = fresh_for(found.headers) if body else ABSENT_S
        if seconds is not None:
            etag = found.headers.get("ETag", "")
            self._store.put(self._named(place), Kept(body, etag[:200], time.time() + seconds))
        return body


class _Xyz:
    def __init__(self, layer: XyzLayer) -> None:
        self._layer = layer

    def __call__(self, key: str, place: Place) -> str | None:
        return tile_address(self._layer.url, self._layer.subdomains, key, place)


class _Wmts:
    """Asks once what the service offers; a plan is kept until another key is used."""

    def __init__(self, layer: WmtsLayer, fetcher: Fetcher) -> None:
        self._layer, self._fetcher = layer, fetcher
        self._lock = threading.Lock()
        self._plan: tuple[str, WmtsPlan] | None = None

    def __call__(self, key: str, place: Place) -> str | None:
        # One thread asks, the others wait for what it hears.
        with self._lock:
            if self._plan is None or self._plan[0] != key:
                self._plan = key, self._ask(with_key(self._layer.url, key))
            plan = self._plan[1]
        return plan.address(place)

    def _ask(self, url: str) -> WmtsPlan:
        found = self._fetcher.get(capabilities_address(url), largest=LARGEST_CAPABILITIES)
        return read_capabilities(found.body or b"", self._layer, url)


def layer_hosts(layer: BaseLayer) -> frozenset[str]:
    """The hosts that a layer's address names."""
    if isinstance(layer, XyzLayer):
        return hosts_of(layer.url, layer.subdomains)
    return hosts_of(layer.url) if isinstance(layer, WmtsLayer) else frozenset()


def make_source(layer: BaseLayer, fetcher: Fetcher, store: TileStore, key: Key) -> Source:
    """The source of a layer."""
    if isinstance(layer, ArchiveLayer):
        return ArchiveSource(layer)
    return WebSource(layer, fetcher, store, key)
