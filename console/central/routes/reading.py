"""Reading: health, snapshot, stream, log, volumes, the history of a case or an incident."""

import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from console import __version__
from console.central import log_reader, volumes
from console.central.auth import Gate, Seat
from console.central.centre import Centre
from console.central.gate import Guard, plain_route
from console.central.hygiene import is_id
from console.central.inbound import day, json_response, number
from console.central.problems import Problem
from console.central.snapshots import Built
from console.central.stream import Stream
from console.wire.frames import SCHEMA

LOG_LIMIT = 5000
"""Events of one answer of `/v1/log`."""

WINDOW = 100_000
"""Revs a stream may be behind when it begins; more is cheaper as a snapshot."""

EVENT_STREAM = "text/event-stream"

STILL_EVERY_S = 4.0
"""Real seconds after which a stream looks whether its reader may still be there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """What anybody may know; `time` is server time."""

    status: str
    schema: int
    version: str
    epoch: str
    rev: int
    city: str
    time: datetime


class Reading:
    """Answers everything that reads the log and the picture."""

    def __init__(self, centre: Centre) -> None:
        """Read from this centre."""
        self._centre = centre

    def routes(self, guard: Guard) -> list[Route]:
        """Where they are answered; health is the one thing anybody may ask."""
        self._gate = guard.gate
        return [
            plain_route("GET", "/v1/health", self.health),
            guard.route("GET", "/v1/snapshot", self.snapshot),
            guard.route("GET", "/v1/events", self.events),
            guard.route("GET", "/v1/log", self.log),
            guard.route("GET", "/v1/history/{owner}", self.history),
            guard.route("GET", "/v1/volumes", self.volumes),
        ]

    async def health(self, _request: Request) -> Response:
        """Whether the centre is there, and what it is."""
        centre = self._centre
        return json_response(
            Health(
                status="ok",
                schema=SCHEMA,
                version=__version__,
                epoch=centre.epoch,
                rev=centre.tail.rev,
                city=centre.city.code,
                time=centre.clock.server_now(),
            )
        )

    async def snapshot(self, request: Request, _seat: Seat) -> Response:
        """One page of the picture."""
        page = number(request, "page", 0)
        built = await _built(request, self._centre)
        if page >= len(built.pages):
            raise Problem(404, "not-found", f"?page: the last one is {len(built.pages) - 1}")
        headers = {"ETag": built.etag, "Baton-Pages": str(len(built.pages))}
        if request.headers.get("if-none-match") == built.etag:
            return Response(status_code=304, headers=headers)
        return Response(built.pages[page], headers=headers, media_type="application/json")

    async def events(self, request: Request, seat: Seat) -> Response:
        """The log after a rev, then live."""
        stream = self._centre.stream(await _start(request, self._centre))
        frames = _visited(self._centre, seat, stream, self._gate)
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        return StreamingResponse(frames, headers=headers, media_type=EVENT_STREAM)

    async def log(self, request: Request, _seat: Seat) -> Response:
        """Events from a rev to a rev."""
        first, last = number(request, "from"), number(request, "to")
        found = await self._centre.read(
            lambda connection: log_reader.between(connection, first, last, LOG_LIMIT)
        )
        return json_response(found)

    async def history(self, request: Request, _seat: Seat) -> Response:
        """What happened to a case or an incident."""
        owner = str(request.path_params["owner"])
        if not is_id(owner):
            raise _unknown_owner()
        found = await self._centre.read(lambda connection: log_reader.history(connection, owner))
        if not found:
            raise _unknown_owner()
        return json_response(found)

    async def volumes(self, request: Request, _seat: Seat) -> Response:
        """Volumes of some days."""
        first, last = day(request, "from"), day(request, "to")
        found = await self._centre.read(lambda connection: volumes.between(connection, first, last))
        return json_response(found)


async def _built(request: Request, centre: Centre) -> Built:
    if "rev" not in request.query_params:
        return await centre.work(centre.snapshots.current)
    rev = number(request, "rev")
    built = await centre.work(lambda: centre.snapshots.at_rev(rev))
    if built is None:
        detail = f"the snapshot of rev {rev} is no longer kept; take page 0 anew"
        raise Problem(410, "snapshot-gone", detail, reason="snapshot-gone")
    return built


async def _start(request: Request, centre: Centre) -> int:
    """The rev to go on from; raises `Problem` 410 where it cannot be reached any more."""
    if number(request, "schema", SCHEMA) != SCHEMA:
        raise _gone("schema", f"this centre speaks schema {SCHEMA}")
    epoch = request.query_params.get("epoch")
    last_id = request.headers.get("last-event-id")
    if last_id is not None:
        epoch, _, raw = last_id.rpartition(":")
        if not (raw.isascii() and raw.isdecimal() and len(raw) <= 18):
            raise Problem(400, "malformed", "Last-Event-ID: epoch:rev is needed")
        after = int(raw)
    else:
        after = number(request, "after")
    if epoch is not None and epoch != centre.epoch:
        raise _gone("epoch", f"the log's epoch is {centre.epoch}")
    if after > centre.tail.rev:
        await centre.catch_up()  # another process may have told this reader of a later one
    if after > centre.tail.rev:
        raise _gone("ahead", f"the log ends at {centre.tail.rev}")
    if after < centre.tail.rev - WINDOW:
        raise _gone("compacted", f"the stream goes back {WINDOW} revs")
    return after


def _unknown_owner() -> Problem:
    return Problem(404, "unknown-case", "there is no such case or incident")


def _gone(reason: str, detail: str) -> Problem:
    return Problem(410, reason, detail, reason=reason)


async def _visited(centre: Centre, seat: Seat, stream: Stream, gate: Gate) -> AsyncIterator[bytes]:
    """The stream's frames, the visit noted; it ends for a person who may no longer read."""
    now = centre.clock.server_now
    visit = centre.visits.enter(seat.name, now(), stream.rev, lambda: stream.rev)
    asked = time.monotonic()
    try:
        async for chunk in stream.frames():
            if time.monotonic() - asked > STILL_EVERY_S:
                asked = time.monotonic()
                if not await gate.still(seat):
                    return
            yield chunk
    finally:
        visit.disconnected = now()
