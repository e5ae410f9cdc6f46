"""The ASGI application: routes, problems, the server's time on every answer."""

import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from http import HTTPStatus

from fastapi import FastAPI, Request, Response
from sqlalchemy.exc import OperationalError
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from console.central.auth import Gate
from console.central.centre import Centre
from console.central.clock import wall
from console.central.gate import Guard
from console.central.openapi import document
from console.central.problems import Problem
from console.central.routes import field, private, reading, writing
from console.wire.codec import to_builtins

log = logging.getLogger(__name__)

TIME_HEADER = "Baton-Time"
"""Server time at the moment of an answer, RFC 3339 UTC: `Date` has whole seconds only."""


def create_app(centre: Centre, gate: Gate, broken: Callable[[BaseException], None]) -> FastAPI:
    """The application of an opened centre; it runs and closes the centre with the server.

    `broken` hears why the centre cannot go on.
    """

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        await centre.run(broken)
        yield
        await centre.close()

    # Its pages of documentation would load scripts from elsewhere.
    app = FastAPI(title="Baton central API", docs_url=None, redoc_url=None, lifespan=lifespan)
    guard = Guard(gate)
    app.include_router(reading.health_router(centre))
    for routes in (reading, writing, field, private):
        app.include_router(routes.router(centre, guard))
    _answer_problems(app)
    app.openapi = document  # type: ignore[method-assign]
    app.add_middleware(ServerTime)
    return app


def _answer_problems(app: FastAPI) -> None:
    @app.exception_handler(Problem)
    async def problem(_request: Request, error: Problem) -> Response:
        return error.response()

    @app.exception_handler(HTTPException)
    async def http(_request: Request, error: HTTPException) -> Response:
        codes = {404: "not-found", 405: "method"}
        code = codes.get(error.status_code, "malformed")
        phrase = HTTPStatus(error.status_code).phrase
        return Problem(error.status_code, code, phrase, headers=error.headers).response()

    @app.exception_handler(OperationalError)
    async def busy(_request: Request, error: OperationalError) -> Response:
        log.error("the database did not answer: %s", error.__cause__ or error)
        return Problem(503, "unavailable", "try again", headers={"Retry-After": "1"}).response()

    @app.exception_handler(Exception)
    async def internal(_request: Request, _error: Exception) -> Response:
        # The server logs the traceback; what is inside stays inside.
        return Problem(500, "internal", "the centre's log has the cause").response()


class ServerTime:
    """Puts the server's time on every answer."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap an application."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, with the header added."""

        async def stamped(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)[TIME_HEADER] = to_builtins(wall())
            await send(message)

        await self._app(scope, receive, stamped)
