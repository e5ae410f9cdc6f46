"""Where the workers were during a recorded day: columns in the order in which the centre heard them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
import numpy.typing as npt

from console.domain.place import EARTH_RADIUS_M, Position
from console.domain.worker import Fix

_MS = timedelta(milliseconds=1)
_SCALE = 1_000_000

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Tracks as a recording keeps them: row n of every list belongs together.

    `who` indexes `workers`; `heard` and `fixed` are milliseconds since the recording begins;
    `lon` and `lat` are WGS 84 in millionths of a degree.
    """

    workers: list[str]
    who: list[int]
    heard: list[int]
    fixed: list[int]
    lon: list[int]
    lat: list[int]


class Tracks:
    """The positions of a day; `begins` (UTC) is its zero."""

    def __init__(self, columns: Columns, begins: datetime) -> None:
        """Raises `ValueError` where the columns do not fit together or a worker goes back in time."""
        self._workers, self._begins = columns.workers, begins
        lists = (columns.who, columns.heard, columns.fixed, columns.lon, columns.lat)
        if len({len(column) for column in lists}) != 1:
            raise ValueError("columns of different lengths")
        try:
            who, heard, fixed, lon, lat = (np.array(column, dtype=np.int64) for column in lists)
        except OverflowError as error:
            raise ValueError("a number is out of range") from error
        self._who, self._heard, self._fixed, self._lon, self._lat = who, heard, fixed, lon, lat
        self._number = {worker: number for number, worker in enumerate(columns.workers)}
        self._check()

    def _check(self) -> None:
        if not len(self):
            return
        if self._who.min() < 0 or self._who.max() >= len(self._workers):
            raise ValueError("a row names no worker")
        if np.any(np.diff(self._heard) < 0):
            raise ValueError("rows are not in the order of time")
        if np.abs(self._lon).max() > 180 * _SCALE or np.abs(self._lat).max() > 90 * _SCALE:
            raise ValueError("a position is not on the earth")
        year_ms = 366 * 86_400_000
        if max(np.abs(self._heard).max(), np.abs(self._fixed).max()) > year_ms:
            raise ValueError("a time is far from the day")
        order = np.argsort(self._who, kind="stable")
        back = (np.diff(self._fixed[order]) < 0) & (np.diff(self._who[order]) == 0)
        if np.any(back):
            raise ValueError("a worker's positions go back in time")

    def __len__(self) -> int:
        """How many positions there are."""
        return len(self._who)

    def latest(self, until: datetime, after: datetime | None = None) -> list[Fix]:
        """The newest position of every worker heard in (`after`, `until`], UTC domain times."""
        first = 0 if after is None else self._count(after)
        last = self._count(until)
        newest = np.full(len(self._workers), -1, dtype=np.int64)
        # Of several rows of one worker the last one stays.
        newest[self._who[first:last]] = np.arange(first, last)
        rows = np.sort(newest[newest >= 0])
        return [self._fix(int(row)) for row in rows]

    def last_of(self, worker: str, until: datetime) -> Fix | None:
        """The worker's newest position heard until then."""
        number = self._number.get(worker)
        if number is None:
            return None
        rows = np.flatnonzero(self._who[: self._count(until)] == number)
        return self._fix(int(rows[-1])) if len(rows) else None

    def _count(self, moment: datetime) -> int:
        """How many rows were heard until then."""
        return int(np.searchsorted(self._heard, (moment - self._begins) // _MS, side="right"))

    def _fix(self, row: int) -> Fix:
        lon, lat = int(self._lon[row]) / _SCALE, int(self._lat[row]) / _SCALE
        return Fix(
            worker=self._workers[self._who[row]],
            position=Position(lon, lat),
            fix_at=self._begins + int(self._fixed[row]) * _MS,
            received_at=self._begins + int(self._heard[row]) * _MS,
        )

    def metres(
        self, after: datetime, until: datetime, ends: Mapping[str, datetime] | None = None
    ) -> float:
        """Metres that all workers covered in (`after`, `until`], in straight lines between rows.

        `ends` are moments after which a worker's rows do not count.
        """
        first, last = self._count(after), self._count(until)
        rows = np.arange(first, last)
        if ends:
            limits = np.full(len(self._workers), np.iinfo(np.int64).max)
            for number, worker in enumerate(self._workers):
                if worker in ends:
                    limits[number] = (ends[worker] - self._begins) // _MS
            rows = rows[self._heard[rows] <= limits[self._who[rows]]]
        rows = rows[np.argsort(self._who[rows], kind="stable")]
        same = np.diff(self._who[rows]) == 0
        return float(_metres(self._lon[rows], self._lat[rows])[same].sum())

    def part(self, after: datetime, until: datetime) -> "Tracks":
        """The rows heard in (`after`, `until`], with `after` for a zero."""
        first, last = self._count(after), self._count(until)
        shift = (after - self._begins) // _MS
        columns = Columns(
            workers=self._workers,
            who=self._who[first:last].tolist(),
            heard=(self._heard[first:last] - shift).tolist(),
            fixed=(self._fixed[first:last] - shift).tolist(),
            lon=self._lon[first:last].tolist(),
            lat=self._lat[first:last].tolist(),
        )
        return Tracks(columns, after)

    def columns(self) -> Columns:
        """The same as plain lists, for a file."""
        return Columns(
            workers=self._workers,
            who=self._who.tolist(),
            heard=self._heard.tolist(),
            fixed=self._fixed.tolist(),
            lon=self._lon.tolist(),
            lat=self._lat.tolist(),
        )


def _metres(lon: Ints, lat: Ints) -> npt.NDArray[np.float64]:
    """Great-circle metres from each row to the next (haversine formula)."""
    phi, way = np.radians(lat / _SCALE), np.radians(lon / _SCALE)
    h = np.sin(np.diff(phi) / 2) ** 2
    h += np.cos(phi[:-1]) * np.cos(phi[1:]) * np.sin(np.diff(way) / 2) ** 2
    metres: npt.NDArray[np.float64] = 2 * EARTH_RADIUS_M * np.arcsin(np.sqrt(np.minimum(h, 1.0)))
    return metres


def tracks_of(fixes: Iterable[Fix], begins: datetime) -> Tracks:
    """Tracks from fixes in any order; what was measured before a newer one was heard is left out."""
    rows = sorted(fixes, key=lambda fix: (fix.received_at, fix.worker, fix.fix_at))
    newest: dict[str, datetime] = {}
    kept = []
    for fix in rows:
        known = newest.get(fix.worker)
        if known is None or fix.fix_at >= known:
            newest[fix.worker] = fix.fix_at
            kept.append(fix)
    workers = sorted(newest)
    index = {worker: n for n, worker in enumerate(workers)}
    columns = Columns(
        workers=workers,
        who=[index[fix.worker] for fix in kept],
        heard=[(fix.received_at - begins) // _MS for fix in kept],
        fixed=[(fix.fix_at - begins) // _MS for fix in kept],
        lon=[round(fix.position.lon * _SCALE) for fix in kept],
        lat=[round(fix.position.lat * _SCALE) for fix in kept],
    )
    return Tracks(columns, begins)
