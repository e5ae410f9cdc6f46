"""Base maps that a city offers below its live layers: where the pictures come from and how they look."""

from dataclasses import dataclass
from pathlib import Path

KEY = "{key}"
"""Stands in an address where the user's key goes; the key itself is never in a city pack."""

LOWEST_ZOOM, HIGHEST_ZOOM = 1, 20
"""Zooms that a base map may name; Web Mercator tiles of 256 pixels, 0 is the whole world."""


@dataclass(frozen=True, slots=True, kw_only=True)
class XyzLayer:
    """Pictures under one address with `{z}`, `{x}`, `{y}` (or `{-y}`: from the south), `{s}`, `{key}`."""

    url: str
    subdomains: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WmtsLayer:
    """One layer of a WMTS; `url` is the service's address, with `{key}` where a key goes.

    `style`, `matrix_set` and `format` are chosen from what the service lists where they are "".
    """

    url: str
    layer: str
    style: str = ""
    matrix_set: str = ""
    format: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveLayer:
    """Pictures of a local PMTiles file of version 3."""

    file: Path


BaseLayer = XyzLayer | WmtsLayer | ArchiveLayer


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseMap:
    """One base map; its `layers` lie on each other, the first lowest.

    `gcj02` says that the pictures are drawn in the shifted coordinates of Chinese map services.
    `credit` is written "中文 · English", or as one text for both. `names`: the pictures bear names
    of places. `brightness` and `saturation` are factors, applied after `invert`. `hosts` may be
    asked beside those of the addresses, `subdomains` included.
    """

    id: str
    name: str
    name_en: str
    layers: tuple[BaseLayer, ...]
    credit: str
    approval: str | None = None
    gcj02: bool = False
    names: bool = False
    first: bool = False
    """Whether it is shown at a seat where nobody has chosen yet."""
    invert: bool = False
    brightness: float = 0.45
    saturation: float = 0.6
    lowest: int = LOWEST_ZOOM
    highest: int = 18
    referer: str | None = None
    hosts: frozenset[str] = frozenset()

    @property
    def needs_key(self) -> bool:
        """Whether an address has a place for the user's key."""
        return any(KEY in one.url for one in self.layers if not isinstance(one, ArchiveLayer))
