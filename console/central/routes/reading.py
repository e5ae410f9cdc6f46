"""Reading: health, snapshot, stream, log, volumes, a case's history."""

from collections.abc import AsyncIterator
from importlib.metadata import PackageNotFoundError, version

from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse

from console.central import log_reader, volumes
from console.central.centre import Centre
from console.central.gate import Guard, seat_of
from console.central.problems import Problem
from console.central.requests import day, json_response, number
from console.central.snapshots import Built
from console.central.stream import Stream
from console.wire.codec import to_builtins
from console.wire.frames import SCHEMA

LOG_LIMIT = 5000
"""Events of one answer of `/v1/log`."""

WINDOW = 100_000
"""Revs a stream may be behind when it begins; more is cheaper as a snapshot."""

EVENT_STREAM = "text/event-stream"


def health_router(centre: Centre) -> APIRouter:
    """The one thing anybody may ask."""
    router = APIRouter()
    program = _version()

    @router.get("/v1/health")
    async def health() -> Response:
        return json_response(
            {
                "status": "ok",
                "schema": SCHEMA,
                "version": program,
                "epoch": centre.epoch,
                "rev": centre.tail.rev,
                "city": centre.city.code,
                "time": to_builtins(centre.clock.server_now()),
            }
        )

    return router


def _version() -> str:
    try:
        return version("baton")
    except PackageNotFoundError:
        return "0"


def router(centre: Centre, guard: Guard) -> APIRouter:
    """Everything that reads the log and the picture."""
    router = APIRouter(dependencies=[guard.dependency])
    _add_snapshot(router, centre)
    _add_stream(router, centre)
    _add_log(router, centre)
    return router


def _add_snapshot(router: APIRouter, centre: Centre) -> None:
    @router.get("/v1/snapshot")
    async def snapshot(request: Request) -> Response:
        page = number(request, "page", 0)
        built = await _built(request, centre)
        if page >= len(built.pages):
            raise Problem(404, "not-found", f"?page: the last one is {len(built.pages) - 1}")
        headers = {"ETag": built.etag, "Baton-Pages": str(len(built.pages))}
        if request.headers.get("if-none-match") == built.etag:
            return Response(status_code=304, headers=headers)
        return Response(built.pages[page], headers=headers, media_type="application/json")


async def _built(request: Request, centre: Centre) -> Built:
    if "rev" not in request.query_params:
        return await centre.work(centre.snapshots.current)
    rev = number(request, "rev")
    built = centre.snapshots.at_rev(rev)
    if built is None:
        detail = f"the snapshot of rev {rev} is no longer kept; take page 0 anew"
        raise Problem(410, "snapshot-gone", detail, reason="snapshot-gone")
    return built


def _add_stream(router: APIRouter, centre: Centre) -> None:
    @router.get("/v1/events")
    async def events(request: Request) -> Response:
        after = _start(request, centre)
        stream = centre.stream(after)
        frames = _visited(centre, seat_of(request).name, stream)
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        return StreamingResponse(frames, headers=headers, media_type=EVENT_STREAM)


def _start(request: Request, centre: Centre) -> int:
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
        raise _gone("ahead", f"the log ends at {centre.tail.rev}")
    if after < centre.tail.rev - WINDOW:
        raise _gone("compacted", f"the stream goes back {WINDOW} revs")
    return after


def _gone(reason: str, detail: str) -> Problem:
    return Problem(410, reason, detail, reason=reason)


async def _visited(centre: Centre, seat: str, stream: Stream) -> AsyncIterator[bytes]:
    """The stream's frames, the visit noted."""
    visit = centre.visits.enter(seat, centre.clock.server_now(), stream.rev, lambda: stream.rev)
    try:
        async for chunk in stream.frames():
            yield chunk
    finally:
        visit.disconnected = centre.clock.server_now()


def _add_log(router: APIRouter, centre: Centre) -> None:
    @router.get("/v1/log")
    async def log(request: Request) -> Response:
        first, last = number(request, "from"), number(request, "to")
        return json_response(
            await centre.read(lambda c: log_reader.between(c, first, last, LOG_LIMIT))
        )

    @router.get("/v1/cases/{case_id}/history")
    async def history(case_id: str) -> Response:
        found = await centre.read(lambda c: log_reader.history(c, case_id))
        if not found:
            raise Problem(404, "unknown-case", "there is no such case")
        return json_response(found)

    @router.get("/v1/volumes")
    async def read_volumes(request: Request) -> Response:
        first, last = day(request, "from"), day(request, "to")
        return json_response(await centre.read(lambda c: volumes.between(c, first, last)))
