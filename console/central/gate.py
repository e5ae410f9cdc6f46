"""Routes behind the gate: a handler is only called with a seat that was let in."""

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from console.central.auth import Gate, Seat
from console.central.pace import Pace
from console.domain.role import Role

Handler = Callable[[Request, Seat], Awaitable[Response]]
"""Answers a request of a seat; raises `Problem`."""


class Guard:
    """Makes routes that need a token."""

    def __init__(self, gate: Gate, pace: Pace) -> None:
        """Ask this gate, and let seats write at this pace."""
        self._gate = gate
        self._pace = pace

    @property
    def gate(self) -> Gate:
        """Who is asked."""
        return self._gate

    def route(self, method: str, path: str, handler: Handler, *, renewing: bool = False) -> Route:
        """A route whose handler gets the seat; `renewing` is open to who must change a password.

        Who writes faster than a human hears 429; the feed speaks for a whole city and does not.
        """
        writes = method != "GET"

        async def admitted(request: Request) -> Response:
            seat = await self._gate.admit(request.headers, renewing=renewing)
            if writes and seat.role is not Role.FIELD:
                self._pace.take(seat.name)
            return await handler(request, seat)

        return plain_route(method, path, admitted)


def plain_route(method: str, path: str, answer: Callable[[Request], Awaitable[Response]]) -> Route:
    """A route for this method alone: Starlette would answer HEAD too, on the stream for ever."""
    route = Route(path, answer, methods=[method])
    route.methods = {method}
    return route
