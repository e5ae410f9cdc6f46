"""Workers' positions: taken in one by one, sent on about once a second, sampled into tracks."""

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, func, insert, select

from console.central.hygiene import quantised
from console.central.tables import tracks
from console.domain.place import Position, distance_m
from console.domain.worker import Fix
from console.wire.codec import BadInput, from_builtins

SAMPLE_EVERY = timedelta(minutes=1)
SAMPLE_STANDING_EVERY = timedelta(minutes=10)
"""A track point a minute while a worker moves, one in ten minutes while they stand; domain time."""

_MOVED_M = 30.0
_AHEAD = timedelta(seconds=5)
_OLDEST = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One position as a device tells it: WGS 84 degrees, `fix_at` domain time."""

    worker: str
    lon: float
    lat: float
    fix_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Positions of several workers; each is judged alone."""

    fixes: list[dict[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Why the position at `index` of the batch was not taken."""

    index: int
    problem: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How many were taken, and what was wrong with the rest."""

    accepted: int
    refused: list[Fault]


class _Bad(Exception):
    def __init__(self, problem: str, detail: str) -> None:
        super().__init__(detail)
        self.problem = problem
        self.detail = detail


def judge(
    batch: Batch, roster: Mapping[str, object], now: datetime, rate: float
) -> tuple[list[Fix], list[Fault]]:
    """Good fixes and faults; `now` is domain time, `rate` domain seconds per real second."""
    good: list[Fix] = []
    faults: list[Fault] = []
    latest = now + _AHEAD * max(rate, 1.0)
    for index, raw in enumerate(batch.fixes):
        try:
            good.append(_fix(raw, roster, now, latest))
        except _Bad as bad:
            faults.append(Fault(index=index, problem=bad.problem, detail=bad.detail[:200]))
    return good, faults


def _fix(raw: dict[str, Any], roster: Mapping[str, object], now: datetime, latest: datetime) -> Fix:
    try:
        report = from_builtins(raw, Report)
        position = quantised(Position(report.lon, report.lat))
    except (BadInput, ValueError) as error:
        raise _Bad("malformed", str(error)) from error
    if report.worker not in roster:
        raise _Bad("unknown-worker", f"the city pack has no worker {report.worker[:80]!r}")
    if report.fix_at > latest:
        raise _Bad("future", "measured after now")
    if report.fix_at < now - _OLDEST:
        raise _Bad("too-old", "measured more than a day ago")
    fix_at = min(report.fix_at, now)
    return Fix(worker=report.worker, position=position, fix_at=fix_at, received_at=now)


class Tracks:
    """Collects sampled positions until they are written."""

    def __init__(self) -> None:
        """Nothing is sampled yet."""
        self._lock = threading.Lock()
        self._last: dict[str, Fix] = {}
        self._waiting: list[Fix] = []

    @property
    def waiting(self) -> bool:
        """Whether there is something to write."""
        return bool(self._waiting)

    def sample(self, fixes: Sequence[Fix]) -> None:
        """Keep those that are due by time and distance."""
        with self._lock:
            for fix in fixes:
                if _due(self._last.get(fix.worker), fix):
                    self._last[fix.worker] = fix
                    self._waiting.append(fix)

    def write(self, connection: Connection) -> int:
        """Write what was collected so far; how many. Call `written` with it after the commit."""
        with self._lock:
            waiting = list(self._waiting)
        if waiting:
            connection.execute(insert(tracks), [_row(fix) for fix in waiting])
        return len(waiting)

    def written(self, count: int) -> None:
        """The first so many are on the disk: a commit that failed must not lose them."""
        with self._lock:
            del self._waiting[:count]


def _due(last: Fix | None, fix: Fix) -> bool:
    if last is None:
        return True
    age = fix.fix_at - last.fix_at
    if age < SAMPLE_EVERY:
        return False
    return age >= SAMPLE_STANDING_EVERY or distance_m(last.position, fix.position) >= _MOVED_M


def _row(fix: Fix) -> dict[str, Any]:
    return {
        "worker": fix.worker,
        "fix_at": fix.fix_at,
        "received_at": fix.received_at,
        "lon": fix.position.lon,
        "lat": fix.position.lat,
    }


def latest(connection: Connection) -> list[Fix]:
    """The last sampled position of every worker."""
    newest = select(func.max(tracks.c.id)).group_by(tracks.c.worker)
    query = select(tracks).where(tracks.c.id.in_(newest))
    return [
        Fix(
            worker=row.worker,
            position=Position(row.lon, row.lat),
            fix_at=row.fix_at,
            received_at=row.received_at,
        )
        for row in connection.execute(query)
    ]
