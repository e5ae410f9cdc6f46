"""Routes behind the gate: a handler is only called with a seat that was let in."""

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from console.central.auth import Gate, Seat

Handler = Callable[[Request, Seat], Awaitable[Response]]
"""Answers a request of a seat; raises `Problem`."""


class Guard:
    """Makes routes that need a token."""

    def __init__(self, gate: Gate) -> None:
        """Ask this gate."""
        self._gate = gate

    @property
    def gate(self) -> Gate:
        """Who is asked."""
        return self._gate

    def route(self, method: str, path: str, handler: Handler, *, renewing: bool = False) -> Route:
        """A route whose handler gets the seat; `renewing` is open to who must change a password."""

        async def admitted(request: Request) -> Response:
            return await handler(
                request, await self._gate.admit(request.headers, renewing=renewing)
            )

        return plain_route(method, path, admitted)


def plain_route(method: str, path: str, answer: Callable[[Request], Awaitable[Response]]) -> Route:
    """A route for this method alone: Starlette would answer HEAD too, on the stream for ever."""
    route = Route(path, answer, methods=[method])
    route.methods = {method}
    return route
