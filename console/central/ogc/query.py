"""What a client asks of a collection: box, time, page size and place to go on; anything else is refused."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from starlette.requests import Request

from console.central.inbound import moment
from console.central.problems import Problem
from console.wire.codec import BadInput

DEFAULT_LIMIT, MAX_LIMIT = 500, 5000
"""Features of one page when none is asked for, and at most."""

OF_DOCUMENT = frozenset({"f"})
OF_ITEMS = frozenset({"f", "bbox", "datetime", "limit", "after"})
"""Parameters of a document, and of a page of features."""

_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_OPEN = ("", "..")
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Box:
    """West, south, east, north in degrees (CRS84); never across the antimeridian, edges included."""

    west: float
    south: float
    east: float
    north: float

    def holds(self, lon: float, lat: float) -> bool:
        """Whether the point lies in it or on its edge."""
        return self.west <= lon <= self.east and self.south <= lat <= self.north


@dataclass(frozen=True, slots=True)
class Span:
    """From `start` to `end`, both included, aware UTC; None is open."""

    start: datetime | None
    end: datetime | None

    def meets(self, start: datetime, end: datetime | None) -> bool:
        """Whether something that lasts from `start` to `end` (None: still) has a moment in it."""
        begins_in_time = self.end is None or start <= self.end
        return begins_in_time and (self.start is None or end is None or end >= self.start)


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """One page: at most `limit` features after the id `after`, of those in a box and in the span."""

    limit: int = DEFAULT_LIMIT
    after: str = ""
    boxes: Sequence[Box] | None = None
    span: Span | None = None

    def finds(self, lon: float, lat: float) -> bool:
        """Whether a point is asked for."""
        return self.boxes is None or any(box.holds(lon, lat) for box in self.boxes)


def check_parameters(request: Request, allowed: frozenset[str]) -> None:
    """Raises `Problem` 400 for a parameter that is unknown here or stands twice, and for a format but JSON."""
    names = [name for name, _ in request.query_params.multi_items()]
    for name in names:
        if name not in allowed:
            raise _bad(name, f"is not known here; known: {', '.join(sorted(allowed))}")
        if names.count(name) > 1:
            raise _bad(name, "stands twice")
    if request.query_params.get("f", "json") != "json":
        raise _bad("f", "only json is spoken")


def read_query(request: Request) -> Query:
    """The page that is asked for; raises `Problem` 400 that names the parameter."""
    check_parameters(request, OF_ITEMS)
    given = request.query_params
    return Query(
        limit=_limit(given["limit"]) if "limit" in given else DEFAULT_LIMIT,
        after=given.get("after", "")[:_LONGEST],
        boxes=read_boxes(given["bbox"]) if "bbox" in given else None,
        span=read_span(given["datetime"]) if "datetime" in given else None,
    )


def _limit(raw: str) -> int:
    """From 1 up; more than the most is answered with the most, as the standard wants."""
    if not (raw.isascii() and raw.isdecimal()) or int(raw[:18]) < 1:
        raise _bad("limit", "a whole number from 1 up is needed")
    return min(int(raw[:18]), MAX_LIMIT)


def read_boxes(raw: str) -> tuple[Box, ...]:
    """A `bbox` of four or six numbers, CRS84: one box, or two where it spans the antimeridian.

    Heights are read and left: no feature has one. Raises `Problem` 400.
    """
    parts = raw[:_LONGEST].split(",")
    if len(parts) not in (4, 6) or not all(_NUMBER.fullmatch(part.strip()) for part in parts):
        raise _bad("bbox", "four or six numbers are needed: west,south,east,north")
    numbers = [float(part) for part in parts]
    if not all(math.isfinite(number) for number in numbers):
        raise _bad("bbox", "the numbers must be finite")
    half = len(numbers) // 2
    (west, south, *low), (east, north, *high) = numbers[:half], numbers[half:]
    if max(abs(west), abs(east)) > 180 or max(abs(south), abs(north)) > 90:
        raise _bad("bbox", "not longitudes and latitudes in degrees; are the two swapped?")
    if south > north or low > high:
        raise _bad("bbox", "the lower edge lies above the upper one")
    if west <= east:
        return (Box(west, south, east, north),)
    return Box(west, south, 180.0, north), Box(-180.0, south, east, north)


def read_span(raw: str) -> Span:
    """A `datetime`: an RFC 3339 instant, or two joined by `/` of which one may be open; raises `Problem` 400."""
    start, slash, end = raw.partition("/")
    if not slash:
        at = _moment(start)
        return Span(at, at)
    span = Span(
        None if start in _OPEN else _moment(start),
        None if end in _OPEN else _moment(end),
    )
    if span.start is None and span.end is None:
        raise _bad("datetime", "an interval needs at least one end")
    if span.start is not None and span.end is not None and span.start > span.end:
        raise _bad("datetime", "the interval ends before it starts")
    return span


def _moment(raw: str) -> datetime:
    try:
        return moment(raw)
    except BadInput as error:
        raise _bad("datetime", str(error)) from None


def _bad(name: str, why: str) -> Problem:
    return Problem(400, "malformed", f"?{name[:40]}: {why}")
