"""Reads a request: its body within a limit, its numbers, its JSON; raises `Problem` with the path."""

import re
from datetime import date, datetime
from typing import TypeVar

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from console.central.problems import Problem
from console.wire.codec import BadInput, decode, encode, utc

T = TypeVar("T")

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)", re.I | re.A)
_HOST = re.compile(r"[A-Za-z0-9.-]+(?::\d{1,5})?|\[[0-9A-Fa-f:.]+\](?::\d{1,5})?", re.A)

SMALL = 1024 * 1024
"""Largest body in bytes of most requests."""

LARGE = 8 * 1024 * 1024
"""Largest body of commands: a citizen's megabyte of words arrives and is cut, not lost."""


async def body_of(request: Request, limit: int = SMALL) -> bytes:
    """The whole body; raises `Problem` 413 beyond `limit` bytes, 400 where the line was cut in it."""
    parts: list[bytes] = []
    size = 0
    try:
        async for part in request.stream():
            size += len(part)
            if size > limit:
                raise Problem(413, "too-large", f"the body is larger than {limit} bytes")
            parts.append(part)
    except ClientDisconnect:
        # Nobody hears it; but no failure of the centre either, which anybody could have it log.
        raise Problem(400, "malformed", "the body ended too early") from None
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


def moment(raw: str) -> datetime:
    """An RFC 3339 moment as aware UTC; raises `BadInput`."""
    if not _MOMENT.fullmatch(raw):
        raise BadInput("a moment with its zone is needed, such as 2026-01-31T08:30:00Z")
    try:
        return utc(datetime.fromisoformat(raw.upper()))
    except ValueError:
        raise BadInput("there is no such moment") from None


def origin(request: Request) -> str:
    """Scheme and host by which a client came, for links; nothing where its host is no host's name."""
    host = request.headers.get("host", "")
    return f"{request.scope['scheme']}://{host}" if _HOST.fullmatch(host) else ""


def json_response(
    value: object, status: int = 200, headers: dict[str, str] | None = None
) -> Response:
    """A value of the wire as JSON."""
    return Response(encode(value), status, headers=headers, media_type="application/json")
