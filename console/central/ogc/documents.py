"""The documents round the features: landing page, conformance, the list of collections and each of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from console.central.ogc.feature import Source
from console.central.ogc.links import GEOJSON, JSON, OPENAPI, Link, Site
from console.domain.city import City

CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
GREGORIAN = "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian"

CLASSES = tuple(
    f"http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/{name}"
    for name in ("core", "geojson", "oas30")
)
"""Conformance classes of 17-069r4 that are kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Landing:
    """Where everything begins."""

    title: str
    description: str
    links: list[Link]


@dataclass(frozen=True, slots=True, kw_only=True)
class Conformance:
    """Which classes of the standard are kept."""

    conformsTo: tuple[str, ...] = CLASSES


@dataclass(frozen=True, slots=True, kw_only=True)
class SpatialExtent:
    """Boxes west, south, east, north in degrees."""

    bbox: list[tuple[float, float, float, float]]
    crs: str = CRS84


@dataclass(frozen=True, slots=True, kw_only=True)
class TemporalExtent:
    """Intervals; null is open."""

    interval: list[tuple[datetime | None, datetime | None]]
    trs: str = GREGORIAN


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectionExtent:
    """Where and when the features of a collection are."""

    spatial: SpatialExtent
    temporal: TemporalExtent


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """What a collection is and where its features are read."""

    id: str
    title: str
    description: str
    links: list[Link]
    extent: CollectionExtent
    itemType: Literal["feature"] = "feature"
    crs: tuple[str, ...] = (CRS84,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Collections:
    """Every collection."""

    links: list[Link]
    collections: list[Collection]


def landing(city: City, site: Site) -> Landing:
    """The landing page of a city."""
    return Landing(
        title=f"{city.name} {city.name_en} · 指挥棒 Baton",
        description="Districts, towns, grids, workers and cases. " + " ".join(city.credits),
        links=[
            Link(site.at(), "self", JSON, "this page"),
            Link(site.at("api"), "service-desc", OPENAPI, "the API definition"),
            Link(site.at("conformance"), "conformance", JSON, "conformance classes"),
            Link(site.at("collections"), "data", JSON, "the collections"),
        ],
    )


def collections(sources: Mapping[str, Source], site: Site) -> Collections:
    """All of them; takes its time at the first call."""
    return Collections(
        links=[Link(site.at("collections"), "self", JSON, "the collections")],
        collections=[collection(source, site) for source in sources.values()],
    )


def collection(source: Source, site: Site) -> Collection:
    """One of them; takes its time at the first call."""
    about, extent = source.about, source.extent()
    return Collection(
        id=about.id,
        title=about.title,
        description=about.description,
        links=[
            Link(site.at("collections", about.id), "self", JSON, about.title),
            Link(site.at("collections", about.id, "items"), "items", GEOJSON, about.title),
        ],
        extent=CollectionExtent(
            spatial=SpatialExtent(bbox=[extent.bounds]),
            temporal=TemporalExtent(interval=[(extent.begins, extent.ends)]),
        ),
    )
