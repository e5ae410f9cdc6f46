"""Routes behind the gate: who writes too fast is refused there, reading and the feed are not."""

import asyncio

import pytest
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from console.central.auth import Grant, Seat
from console.central.centre import Centre
from console.central.gate import Guard
from console.central.pace import BURST, Pace
from console.central.problems import Problem
from console.central.reception import open_reception
from console.domain.role import Role


@pytest.fixture
def guard(centre: Centre) -> Guard:
    """Its pace's clock stands still."""
    reception = open_reception(centre, [Grant(b"t" * 16, frozenset(Role))])
    return Guard(reception.gate, Pace(lambda: 0.0))


async def nothing(_request: Request, _seat: Seat) -> Response:
    return Response(status_code=204)


def asked(route: Route, times: int, role: str, seat: str = "seat-1") -> int:
    """How many of so many requests are answered before the first refusal."""
    told = {"authorization": f"Bearer {'t' * 16}", "baton-seat": seat, "baton-role": role}
    headers = [(name.encode(), value.encode()) for name, value in told.items()]
    scope = {"type": "http", "method": "POST", "path": route.path, "headers": headers}

    async def ask() -> int:
        for number in range(times):
            try:
                await route.endpoint(Request(scope))
            except Problem as problem:
                assert problem.status == 429  # noqa: PT017
                return number
        return times

    return asyncio.run(ask())


def test_writing_has_a_pace(guard: Guard) -> None:
    route = guard.route("POST", "/x", nothing)
    many = int(BURST) + 5
    assert asked(route, many, "dispatcher") == BURST
    assert asked(guard.route("PUT", "/y", nothing), 1, "dispatcher") == 0, "one pace for all of it"
    assert asked(route, 1, "dispatcher", "seat-2") == 1


@pytest.mark.parametrize(("method", "role"), [("GET", "dispatcher"), ("POST", "field")])
def test_reading_and_the_feed_have_none(guard: Guard, method: str, role: str) -> None:
    many = int(BURST) + 5
    assert asked(guard.route(method, "/x", nothing), many, role) == many
