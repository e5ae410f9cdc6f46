"""The API definition that the standard asks for: OpenAPI 3.0, of these paths alone (`/openapi.json` has all)."""

from collections.abc import Iterable
from typing import Any

from console import __version__
from console.central.ogc.links import GEOJSON, JSON, OPENAPI, ROOT
from console.central.ogc.query import DEFAULT_LIMIT, MAX_LIMIT
from console.central.problems import MEDIA_TYPE

_TEXT = {"type": "string"}
_F = {
    "name": "f",
    "in": "query",
    "description": "Format; only JSON is spoken",
    "schema": {"type": "string", "enum": ["json"]},
}
_PAGE: tuple[dict[str, Any], ...] = (
    {
        "name": "bbox",
        "in": "query",
        "description": "west,south,east,north in degrees (CRS84), also with heights, also across 180°",
        "style": "form",
        "explode": False,
        "schema": {
            "type": "array",
            "oneOf": [{"minItems": 4, "maxItems": 4}, {"minItems": 6, "maxItems": 6}],
            "items": {"type": "number"},
        },
    },
    {
        "name": "datetime",
        "in": "query",
        "description": "An RFC 3339 instant, or an interval a/b, ../b, a/..",
        "style": "form",
        "explode": False,
        "schema": _TEXT,
    },
    {
        "name": "limit",
        "in": "query",
        "description": "Features of one page; more than the most gives the most",
        "style": "form",
        "explode": False,
        "schema": {
            "type": "integer",
            "minimum": 1,
            "maximum": MAX_LIMIT,
            "default": DEFAULT_LIMIT,
        },
    },
    {
        "name": "after",
        "in": "query",
        "description": "Id to go on after; taken from the link `next`",
        "schema": _TEXT,
    },
)


def definition(collections: Iterable[str]) -> dict[str, Any]:
    """The OpenAPI 3.0 document."""
    one = _path("collectionId", "id of a collection", {"type": "string", "enum": [*collections]})
    feature = _path("featureId", "id of a feature", _TEXT)
    operations = {
        "/": _get("landing", "Landing page", JSON),
        "/api": _get("api", "This document", OPENAPI),
        "/conformance": _get("conformance", "Conformance classes", JSON),
        "/collections": _get("collections", "The collections", JSON),
        "/collections/{collectionId}": _get("collection", "One collection", JSON, one),
        "/collections/{collectionId}/items": _get("items", "Features", GEOJSON, one, *_PAGE),
        "/collections/{collectionId}/items/{featureId}": _get(
            "feature", "One feature", GEOJSON, one, feature
        ),
    }
    return {
        "openapi": "3.0.3",
        "info": {"title": "Baton, OGC API - Features", "version": __version__},
        "servers": [{"url": ROOT}],
        "security": [{"token": []}],
        "paths": {path: {"get": operation} for path, operation in operations.items()},
        "components": {"securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}},
    }


def _path(name: str, says: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "description": says, "schema": schema}


def _get(name: str, says: str, media: str, *parameters: dict[str, Any]) -> dict[str, Any]:
    refused = {"content": {MEDIA_TYPE: {"schema": {"type": "object"}}}}
    return {
        "operationId": name,
        "summary": says,
        "parameters": [*parameters, _F],
        "responses": {
            "200": {"description": says, "content": {media: {"schema": {"type": "object"}}}},
            "400": {"description": "A parameter is unknown or wrong"} | refused,
            "401": {"description": "The token is missing or wrong"} | refused,
            "404": {"description": "There is no such thing"} | refused,
            "default": {"description": "Problem (RFC 9457)"} | refused,
        },
    }
