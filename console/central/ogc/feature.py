"""A feature and a page of features as GeoJSON (RFC 7946), and what a collection of them has to answer."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, Protocol

from console.central.ogc.links import Link
from console.central.ogc.query import Query


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """One thing with its place (None where it has none, or none that may be told)."""

    type: Literal["Feature"] = "Feature"
    id: str
    geometry: Any
    properties: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedFeature:
    """A feature asked for by its id, with links to itself and to its collection."""

    type: Literal["Feature"] = "Feature"
    id: str
    geometry: Any
    properties: dict[str, Any]
    links: list[Link]


@dataclass(frozen=True, slots=True, kw_only=True)
class FeatureCollection:
    """One page; `numberMatched` are all that were asked for, `numberReturned` those on it."""

    type: Literal["FeatureCollection"] = "FeatureCollection"
    features: Sequence[Any]
    links: list[Link]
    numberMatched: int
    numberReturned: int


@dataclass(frozen=True, slots=True)
class Page:
    """Features in the order of their ids; `last` is the id to go on after, None at the end."""

    matched: int
    features: Sequence[Any]
    last: str | None


Bounds = tuple[float, float, float, float]
"""West, south, east, north in degrees."""


@dataclass(frozen=True, slots=True)
class Extent:
    """Where and when the features of a collection are; None is open or unknown."""

    bounds: Bounds
    begins: datetime | None = None
    ends: datetime | None = None


@dataclass(frozen=True, slots=True)
class About:
    """What a collection is, in the words of its page."""

    id: str
    title: str
    description: str
    tag: str | None = field(default=None)


class Source(Protocol):
    """One collection; every method may take its time and is called away from the event loop."""

    @property
    def about(self) -> About:
        """What it is; `tag` names the content of one that never changes while the process runs."""

    def extent(self) -> Extent:
        """Where and when its features are."""

    def page(self, query: Query) -> Page:
        """Features that are asked for, in the order of their ids."""

    def find(self, feature: str) -> Feature | None:
        """One feature."""
