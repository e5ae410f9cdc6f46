"""Answers under /ogc: every role that may come in may read, nobody writes."""

import hashlib
from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from console import __version__
from console.central.auth import Gate
from console.central.centre import Centre
from console.central.gate import Guard, plain_route
from console.central.inbound import json_response
from console.central.ogc import documents
from console.central.ogc.definition import definition
from console.central.ogc.feature import FeatureCollection, LinkedFeature, Page, Source
from console.central.ogc.links import GEOJSON, JSON, OPENAPI, ROOT, Link, Site, link_header
from console.central.ogc.query import OF_DOCUMENT, check_parameters, read_query
from console.central.ogc.sources import sources_of
from console.central.problems import Problem
from console.wire.codec import encode

SEAT = "ogc"
"""Name of a seat that gives none: a stock client has a token and nothing else to say."""

_FRESH = {"Cache-Control": "private, no-cache"}


class Ogc:
    """OGC API – Features of one centre."""

    def __init__(self, centre: Centre) -> None:
        """Of this centre; outlines are read at the first question for them."""
        self._centre = centre
        self._sources = sources_of(centre)

    def routes(self, guard: Guard) -> list[Route]:
        """Where they are answered; the API definition says nothing about the city and is open."""
        of_one = f"{ROOT}/collections/{{collection_id}}"
        answers: dict[str, Callable[[Request], Any]] = {
            ROOT: self.landing,
            f"{ROOT}/conformance": self.conformance,
            f"{ROOT}/collections": self.collections,
            of_one: self.collection,
            f"{of_one}/items": self.items,
            f"{of_one}/items/{{feature_id}}": self.feature,
        }
        guarded = [_guarded(guard.gate, path, answer) for path, answer in answers.items()]
        return [*guarded, plain_route("GET", f"{ROOT}/api", self.api)]

    async def landing(self, request: Request) -> Response:
        """The landing page."""
        check_parameters(request, OF_DOCUMENT)
        return _document(documents.landing(self._centre.city, Site(request)))

    async def api(self, request: Request) -> Response:
        """The API definition."""
        check_parameters(request, OF_DOCUMENT)
        return Response(encode(definition(self._sources)), media_type=OPENAPI)

    async def conformance(self, request: Request) -> Response:
        """Which classes of the standard are kept."""
        check_parameters(request, OF_DOCUMENT)
        return json_response(documents.Conformance())

    async def collections(self, request: Request) -> Response:
        """Every collection."""
        check_parameters(request, OF_DOCUMENT)
        site = Site(request)
        return _document(
            await self._centre.work(lambda: documents.collections(self._sources, site))
        )

    async def collection(self, request: Request) -> Response:
        """One collection."""
        check_parameters(request, OF_DOCUMENT)
        source, site = self._source(request), Site(request)
        return _document(await self._centre.work(lambda: documents.collection(source, site)))

    async def items(self, request: Request) -> Response:
        """A page of features."""
        source = self._source(request)
        query = read_query(request)
        headers = _cached(source, request)
        known = request.headers.get("if-none-match", "").removeprefix("W/")
        if known and known == headers.get("ETag"):
            return Response(status_code=304, headers=headers)
        # Filtered and written away from the event loop: ten thousand cases take their time.
        return await self._centre.work(lambda: _items(source, source.page(query), request, headers))

    async def feature(self, request: Request) -> Response:
        """One feature."""
        check_parameters(request, OF_DOCUMENT)
        source, site = self._source(request), Site(request)
        headers = _cached(source, request)
        wanted = str(request.path_params["feature_id"])
        found = await self._centre.work(lambda: source.find(wanted))
        if found is None:
            raise Problem(404, "not-found", f"{source.about.id} has no feature {wanted[:80]!r}")
        own = ("collections", source.about.id)
        linked = LinkedFeature(
            id=found.id,
            geometry=found.geometry,
            properties=found.properties,
            links=[
                Link(site.at(*own, "items", found.id), "self", GEOJSON, found.id),
                Link(site.at(*own), "collection", JSON, source.about.title),
            ],
        )
        headers |= link_header(linked.links)
        return Response(encode(linked), headers=headers, media_type=GEOJSON)

    def _source(self, request: Request) -> Source:
        wanted = str(request.path_params["collection_id"])
        source = self._sources.get(wanted)
        if source is None:
            raise Problem(404, "not-found", f"there is no collection {wanted[:80]!r}")
        return source


def _guarded(gate: Gate, path: str, answer: Callable[[Request], Any]) -> Route:
    async def admitted(request: Request) -> Response:
        await gate.admit({"baton-seat": SEAT, **request.headers})
        response: Response = await answer(request)
        return response

    return plain_route("GET", path, admitted)


def _document(value: documents.Landing | documents.Collections | documents.Collection) -> Response:
    return json_response(value, headers=_FRESH | link_header(value.links))


def _cached(source: Source, request: Request) -> dict[str, str]:
    """What never changes while the process runs has a tag, of the program and the address too: links hold that."""
    if source.about.tag is None:
        return dict(_FRESH)
    # The scope's own words: an address made of a strange host could not even be read.
    path, query = request.scope["path"], request.scope["query_string"].decode("latin-1")
    text = f"{__version__} {source.about.tag} {Site(request).at()} {path} {query}"
    return {"ETag": f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"', **_FRESH}


def _items(source: Source, page: Page, request: Request, headers: dict[str, str]) -> Response:
    path, site = ("collections", source.about.id), Site(request)
    asked = {k: v for k, v in request.query_params.items() if k != "after"}
    links = [
        Link(site.at(*path, "items", **request.query_params), "self", GEOJSON, "this page"),
        Link(site.at(*path), "collection", JSON, source.about.title),
    ]
    if page.last is not None:
        more = site.at(*path, "items", **asked, after=page.last)
        links.append(Link(more, "next", GEOJSON, "the next page"))
    body = FeatureCollection(
        features=page.features,
        links=links,
        numberMatched=page.matched,
        numberReturned=len(page.features),
    )
    return Response(encode(body), headers=headers | link_header(links), media_type=GEOJSON)
