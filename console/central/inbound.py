"""Reads a request: its body within a limit, its numbers, its JSON; raises `Problem` with the path."""

from datetime import date
from typing import TypeVar

from starlette.requests import Request
from starlette.responses import Response

from console.central.problems import Problem
from console.wire.codec import BadInput, decode, encode

T = TypeVar("T")

SMALL = 1024 * 1024
"""Largest body in bytes of most requests."""

LARGE = 8 * 1024 * 1024
"""Largest body of commands: a citizen's megabyte of words arrives and is cut, not lost."""


async def body_of(request: Request, limit: int = SMALL) -> bytes:
    """The whole body; raises `Problem` 413 beyond `limit` bytes."""
    parts: list[bytes] = []
    size = 0
    async for part in request.stream():
        size += len(part)
        if size > limit:
            raise Problem(413, "too-large", f"the body is larger than {limit} bytes")
        parts.append(part)
    return b"".join(parts)


def parsed(body: bytes, kind: type[T]) -> T:
    """The body as `kind`; raises `Problem` 400 that names the path."""
    try:
        return decode(body, kind)
    except BadInput as error:
        raise malformed(error) from error


def malformed(error: Exception) -> Problem:
    """A `Problem` 400 with the reason, cut to a readable length."""
    return Problem(400, "malformed", str(error)[:300])


def number(request: Request, name: str, default: int | None = None) -> int:
    """A query parameter that is a whole number from 0 up; raises `Problem` 400."""
    raw = request.query_params.get(name)
    if raw is None and default is not None:
        return default
    # isdecimal alone lets other scripts' digits in, and 2**63 ends what a database counts.
    if raw is None or not (raw.isascii() and raw.isdecimal()) or len(raw) > 18:
        raise Problem(400, "malformed", f"?{name}: a whole number from 0 up is needed")
    return int(raw)


def day(request: Request, name: str) -> date:
    """A query parameter that is a date; raises `Problem` 400."""
    try:
        return date.fromisoformat(request.query_params.get(name, ""))
    except ValueError:
        raise Problem(400, "malformed", f"?{name}: a date such as 2026-01-31 is needed") from None


def json_response(
    value: object, status: int = 200, headers: dict[str, str] | None = None
) -> Response:
    """A value of the wire as JSON."""
    return Response(encode(value), status, headers=headers, media_type="application/json")
