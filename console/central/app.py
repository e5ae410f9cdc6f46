"""The ASGI application: routes, problems, the server's time on every answer.

Starlette without FastAPI on top: the wire's own codec reads the bodies and `openapi` describes
them, so that FastAPI would only add its 200 ms to every start of the console.
"""

import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from http import HTTPStatus

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from console.central.centre import Centre
from console.central.gate import Guard, plain_route
from console.central.inbound import json_response
from console.central.ogc.routes import Ogc
from console.central.open311.routes import Open311
from console.central.pace import Pace
from console.central.problems import Problem
from console.central.reception import Reception
from console.central.routes.field import Field
from console.central.routes.people import PeopleDesk
from console.central.routes.private import PrivateData
from console.central.routes.reading import Reading
from console.central.routes.sessions import SessionDesk
from console.central.routes.writing import Writing
from console.central.store import Store
from console.central.telephone import Telephone
from console.wire.codec import to_builtins

log = logging.getLogger(__name__)

TIME_HEADER = "Baton-Time"
"""Server time at the moment of an answer, RFC 3339 UTC: `Date` has whole seconds only."""


def create_app(
    centre: Centre,
    reception: Reception,
    broken: Callable[[BaseException], None],
    telephone: Telephone | None = None,
) -> Starlette:
    """The application of an opened centre; it runs and closes the centre with the server.

    `broken` hears why the centre cannot go on; `telephone` connects seats with citizens.
    """

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        await centre.run(broken)
        yield
        await centre.close()

    async def busy(_request: Request, error: Exception) -> Response:
        return _busy(error, centre.database.store)

    async def internal(_request: Request, _error: Exception) -> Response:
        return _internal(centre.clock.server_now())

    guard = Guard(reception.gate, Pace())
    parts = (
        Reading(centre),
        Writing(centre),
        Field(centre),
        PrivateData(centre, telephone),
        Ogc(centre),
        Open311(centre, reception),
        SessionDesk(centre, reception),
        PeopleDesk(centre, reception),
    )
    routes = [route for part in parts for route in part.routes(guard)]
    return Starlette(
        routes=[*routes, plain_route("GET", "/openapi.json", _openapi)],
        exception_handlers={
            Problem: _problem,
            HTTPException: _http,
            OperationalError: busy,
            InterfaceError: busy,
            PoolTimeout: busy,
            Exception: internal,
        },
        middleware=[Middleware(TimeHeader, now=centre.clock.server_now)],
        lifespan=lifespan,
    )


async def _openapi(_request: Request) -> Response:
    from console.central.openapi import document  # here: its table costs every start 50 ms

    return json_response(document())


async def _problem(_request: Request, error: Exception) -> Response:
    assert isinstance(error, Problem)
    return error.response()


async def _http(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    code = {404: "not-found", 405: "method"}.get(error.status_code, "malformed")
    phrase = HTTPStatus(error.status_code).phrase
    return Problem(error.status_code, code, phrase, headers=error.headers).response()


def _busy(error: Exception, store: Store) -> Response:
    log.error("the database did not answer: %s", error.__cause__ or error)
    if isinstance(error, DBAPIError) and store.no_room(error):
        detail = "the disk is full or may only be read"
        return Problem(503, "storage", detail, headers={"Retry-After": "5"}).response()
    return Problem(503, "unavailable", "try again", headers={"Retry-After": "1"}).response()


def _internal(now: datetime) -> Response:
    # The server logs the traceback; what is inside stays inside. Starlette answers this outside of
    # every middleware, so the time is put on here.
    headers = {TIME_HEADER: to_builtins(now)}
    return Problem(500, "internal", "the centre's log has the cause", headers=headers).response()


class TimeHeader:
    """Puts the server's time on every answer."""

    def __init__(self, app: ASGIApp, now: Callable[[], datetime]) -> None:
        """Wrap an application; `now` is server time."""
        self._app = app
        self._now = now

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, with the header added."""

        async def stamped(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)[TIME_HEADER] = to_builtins(self._now())
            await send(message)

        await self._app(scope, receive, stamped)
