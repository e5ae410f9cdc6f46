"""Operations of OGC API – Features; `/ogc/api` describes the same in the form that the standard asks for."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from console.central.ogc.definition import definition
from console.central.ogc.documents import (
    Collection,
    CollectionExtent,
    Collections,
    Conformance,
    Landing,
    SpatialExtent,
    TemporalExtent,
)
from console.central.ogc.feature import Feature, FeatureCollection, LinkedFeature
from console.central.ogc.links import GEOJSON, JSON, OPENAPI, ROOT, Link
from console.central.ogc.query import DEFAULT_LIMIT, MAX_LIMIT
from console.central.openapi.operation import Content, Operation, Parameter, query

_NAMES = ("districts", "towns", "grids", "workers", "cases")
_HERE = "https://centre.example/ogc"
_SELF = Link(_HERE, "self", JSON, "this page")
_CASE: dict[str, Any] = {
    "id": "C-20260603-0042",
    "geometry": {"type": "Point", "coordinates": [110.3287, 20.0312]},
    "properties": {"state": "dispatched", "level": "amber", "district": "460106"},
}
_COLLECTION = Collection(
    id="cases",
    title="办件 · Cases",
    description="Open cases and those closed today",
    links=[Link(f"{_HERE}/collections/cases/items", "items", GEOJSON, "办件 · Cases")],
    extent=CollectionExtent(
        spatial=SpatialExtent(bbox=[(110.1, 19.5, 110.7, 20.1)]),
        temporal=TemporalExtent(interval=[(datetime(2026, 6, 3, 2, tzinfo=UTC), None)]),
    ),
)
_WHICH = Parameter(
    "collection_id",
    "path",
    True,
    "id of a collection",
    {"type": "string", "enum": [*_NAMES]},
    "cases",
)
_DEGREES = r"-?[0-9]{1,3}(\.[0-9]+)?"
_MOMENT = (
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})"
)
_FORMAT = query("f", "only JSON is spoken", {"type": "string", "enum": ["json"]}, example="json")
_PAGE = (
    query(
        "bbox",
        "west,south,east,north in degrees (CRS84), also with heights, also across 180°",
        {"type": "string", "pattern": rf"^{_DEGREES}(,{_DEGREES}){{3}}((,{_DEGREES}){{2}})?$"},
        example="110.3,20.0,110.4,20.1",
    ),
    query(
        "datetime",
        "an RFC 3339 instant, or an interval a/b, ../b, a/..",
        {"type": "string", "pattern": rf"^({_MOMENT}(/({_MOMENT}|\.\.)?)?|(\.\.)?/{_MOMENT})$"},
        example="2026-06-03T02:00:00Z/..",
    ),
    query(
        "limit",
        f"features of one page; more than {MAX_LIMIT} gives {MAX_LIMIT}",
        {"type": "integer", "minimum": 1, "default": DEFAULT_LIMIT},
        example=100,
    ),
    query("after", "id to go on after; taken from the link `next`", example="C-20260603-0042"),
)


def _read(path: str, says: str, answer: Content, *more: Parameter, **fields: Any) -> Operation:
    return Operation(
        method="get",
        path=f"{ROOT}{path}",
        says=says,
        answers={200: answer} | fields.pop("answers", {}),
        problems={400: ("malformed",)} | fields.pop("problems", {}),
        parameters=(*more, _FORMAT),
        seated=False,
        **fields,
    )


def _says(value: Any, media: str = JSON, **headers: str) -> Content:
    return Content(type(value), {"example": value}, media=media, headers=headers)


_MISSING: dict[int, Sequence[str]] = {404: ("not-found",)}
_TAG = {304: Content(says="Not modified: the ETag is the current one")}

OGC: Sequence[Operation] = (
    _read(
        "",
        "OGC API – Features: the landing page",
        _says(Landing(title="海口市 · 指挥棒 Baton", description="", links=[_SELF])),
    ),
    _read(
        "/api",
        "The API definition, OpenAPI 3.0",
        Content(dict[str, Any], {"example": definition(_NAMES)}, media=OPENAPI),
        guarded=False,
    ),
    _read("/conformance", "Conformance classes that are kept", _says(Conformance())),
    _read(
        "/collections",
        "The collections",
        _says(Collections(links=[_SELF], collections=[_COLLECTION])),
    ),
    _read(
        "/collections/{collection_id}",
        "One collection",
        _says(_COLLECTION),
        _WHICH,
        problems=_MISSING,
    ),
    _read(
        "/collections/{collection_id}/items",
        "A page of features as GeoJSON; the link `next` leads on",
        _says(
            FeatureCollection(
                features=[Feature(**_CASE)], links=[_SELF], numberMatched=1, numberReturned=1
            ),
            GEOJSON,
            Link="self, collection, next",
        ),
        _WHICH,
        *_PAGE,
        problems=_MISSING,
        answers=_TAG,
    ),
    _read(
        "/collections/{collection_id}/items/{feature_id}",
        "One feature as GeoJSON",
        _says(LinkedFeature(**_CASE, links=[_SELF]), GEOJSON, Link="self, collection"),
        _WHICH,
        Parameter(
            "feature_id", "path", True, "id of a feature", {"type": "string"}, "C-20260603-0042"
        ),
        problems=_MISSING,
    ),
)
"""Every role reads them."""
