"""Finds the workers nearest to a point among those last heard."""

from collections.abc import Collection, Iterable

import numpy as np

from console.domain.place import Position
from console.domain.worker import Fix
from console.geo.plane import LocalPlane

_FIRST_ROOM = 256


class WorkerIndex:
    """The last position of each worker; a question looks at all of them at once."""

    def __init__(self) -> None:
        self._row: dict[str, int] = {}
        self._ids: list[str] = []
        self._lonlat = np.empty((_FIRST_ROOM, 2))

    def __len__(self) -> int:
        return len(self._ids)

    def update(self, fixes: Iterable[Fix]) -> None:
        """Take over positions; a worker seen before is moved. The caller orders them by time."""
        for fix in fixes:
            row = self._row.get(fix.worker)
            if row is None:
                row = self._new_row(fix.worker)
            self._lonlat[row] = fix.position.lon, fix.position.lat

    def nearest(
        self,
        position: Position,
        count: int,
        among: Collection[str] | None = None,
        within_m: float = np.inf,
    ) -> list[tuple[str, float]]:
        """At most `count` (worker id, metres), the nearest first, ids in order where equal.

        `among` limits the answer to these ids, `within_m` to this distance. Distances are on a
        plane that touches the earth at the position: right to 0.5 % within 50 km.
        """
        rows = self._rows(among)
        plane = LocalPlane(position.lon, position.lat)
        metres = np.hypot(*plane.to_metres(self._lonlat[rows]).T)
        near = np.flatnonzero(metres <= within_m)
        if len(near) > count > 0:
            # All that are as near as the last one wanted: the ids decide between them.
            limit = np.partition(metres[near], count - 1)[count - 1]
            near = near[metres[near] <= limit]
        found = sorted((float(metres[i]), self._ids[rows[i]]) for i in near.tolist())
        return [(worker, away) for away, worker in found[: max(count, 0)]]

    def _rows(self, among: Collection[str] | None) -> np.ndarray:
        if among is None:
            return np.arange(len(self._ids))
        known = [self._row[worker] for worker in among if worker in self._row]
        return np.array(known, dtype=np.int64)

    def _new_row(self, worker: str) -> int:
        row = len(self._ids)
        if row == len(self._lonlat):
            self._lonlat = np.concatenate([self._lonlat, np.empty_like(self._lonlat)])
        self._ids.append(worker)
        self._row[worker] = row
        return row
