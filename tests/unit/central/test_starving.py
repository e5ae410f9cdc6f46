"""What hangs, and what strangers ask, takes no thread away from the consoles."""

import asyncio
import threading
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from starlette.requests import Request
from starlette.routing import Route

from console.central.auth import Grant, Seat
from console.central.centre import Centre
from console.central.gate import Guard
from console.central.open311 import records
from console.central.open311.routes import AT_ONCE, Open311
from console.central.pace import Pace
from console.central.reception import open_reception
from console.central.routes.private import LINES, PrivateData
from console.central.telephone import Call
from console.domain.command import Private
from console.domain.role import Role
from tests.unit.central.desk import accept, do

MANY = 40
"""More than the event loop has threads on any machine."""

PATIENCE_S = 60


class Hanging:
    """Something slow: it returns when it is told to."""

    def __init__(self) -> None:
        self.most = 0
        self._inside = 0
        self._lock = threading.Lock()
        self._full = threading.Event()
        self._go = threading.Event()

    def enter(self, wanted: int) -> None:
        with self._lock:
            self._inside += 1
            self.most = max(self.most, self._inside)
            if self._inside == wanted:
                self._full.set()
        assert self._go.wait(PATIENCE_S)
        with self._lock:
            self._inside -= 1

    def connect(self, _call: Call) -> None:
        """As a telephone system."""
        self.enter(LINES)

    def search(self, *_: object) -> list[Any]:
        """As a search that finds nothing."""
        self.enter(AT_ONCE)
        return []

    async def at_its_worst(self, centre: Centre, asked: Sequence[Any]) -> list[Any]:
        """Ask all of it, and somebody else something of the centre while it hangs."""
        tasks = [asyncio.ensure_future(one) for one in asked]
        try:
            while not self._full.is_set():
                await asyncio.sleep(0)
            await asyncio.wait_for(centre.read(lambda _: None), PATIENCE_S)
        finally:
            self._go.set()
        return await asyncio.gather(*tasks)


def request(path_params: dict[str, str]) -> Request:
    scope = {"type": "http", "path_params": path_params, "query_string": b"", "headers": []}
    return Request(scope)


def test_a_telephone_system_that_hangs_holds_up_nobody_else(centre: Centre) -> None:
    do(centre, accept("C1", private=Private(phone="13812341234")))
    slow = Hanging()
    desk = PrivateData(centre, slow)
    dials = [
        desk.dial(request({"case_id": "C1"}), Seat(f"seat-{number}", Role.DISPATCHER))
        for number in range(MANY)
    ]
    answers = asyncio.run(slow.at_its_worst(centre, dials))
    assert {one.status_code for one in answers} == {200}
    assert slow.most == LINES


def test_searches_of_strangers_hold_up_nobody_else(
    centre: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = Hanging()
    outlines: Callable[[], Any] = lambda: type("Outlines", (), {"grids": None})  # noqa: E731
    monkeypatch.setattr(centre, "outlines", outlines)
    monkeypatch.setattr(records, "matching", slow.search)
    reception = open_reception(centre, [Grant(b"t" * 16, frozenset(Role))])
    routes = Open311(centre, reception).routes(Guard(reception.gate, Pace()))
    search = _endpoint(routes, "/open311/v2/requests.json")
    answers = asyncio.run(slow.at_its_worst(centre, [search(request({})) for _ in range(MANY)]))
    assert {one.body for one in answers} == {b"[]"}
    assert slow.most == AT_ONCE


def _endpoint(routes: Sequence[Route], path: str) -> Callable[[Request], Any]:
    (found,) = (one for one in routes if one.path == path and one.methods == {"GET"})
    endpoint: Callable[[Request], Any] = found.endpoint
    return endpoint
