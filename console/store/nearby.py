"""The workers who could look at a case, best first, with the reasons for their order."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from console.domain.case import Case
from console.domain.city import City
from console.domain.place import EARTH_RADIUS_M, Position
from console.domain.worker import Worker
from console.store.picture import Picture

EBIKE_M_PER_S = 15_000 / 3600
"""An e-bike in traffic: 15 km/h."""
SETTING_OUT_S = 120
"""Seconds until somebody is on the way."""
LOAD_M = 500.0
"""One order in hand counts as so many metres."""
AGE_M_PER_S = 2.0
"""Each second by which a position is too old counts as so many metres, up to `AGE_LIMIT_M`."""
AGE_LIMIT_M = 2_000.0
UNKNOWN_M = 3_000.0
"""Nobody knows where they are: so many metres are added to the way from home."""

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class NearbyWorker:
    """One worker for a case. `distance_m` and `fix_age_s` are None when the position is unknown.

    `travel_s` is the estimated time until arrival in seconds; `reasons` are codes (owns_grid,
    nearest, near, far, free, busy, old_position, no_position, off_duty, no_place), the strongest first.
    """

    worker: Worker
    on_duty: bool
    owns_grid: bool
    distance_m: float | None
    fix_age_s: float | None
    load: int
    travel_s: float | None
    reasons: tuple[str, ...]


def nearby(
    case: Case, picture: Picture, city: City, now: datetime, limit: int = 6
) -> list[NearbyWorker]:
    """At most `limit` workers: on duty first, then owners of the case's grid, then the shortest way.

    The way in metres is lengthened by orders in hand and by an old or unknown position. `now` is
    aware UTC domain time. A case without a place is given the workers of its town, then the rest.
    """
    workers = _roster(city)
    positions, age, known = _fixes(workers, picture, now)
    working = {duty.id for duty in picture.workers.values() if duty.on_duty}
    on_duty = np.array([worker.id in working for worker in workers], dtype=bool)
    owns = np.zeros(len(workers), dtype=bool)
    owns[list(_owners(city).get(case.grid or "", ()))] = True
    load = _loads(city, picture)
    distance = _distances(case.position, positions)
    score = (
        distance
        + LOAD_M * load
        + np.minimum(np.maximum(age - city.policy.position_stale_s, 0) * AGE_M_PER_S, AGE_LIMIT_M)
        + np.where(known, 0.0, UNKNOWN_M)
    )
    if case.position is None:
        score = score + np.array([0.0 if w.town == case.town else 1e6 for w in workers])
    order = np.lexsort((score, ~owns, ~on_duty))[:limit]
    nearest = _nearest(order, distance, known, case.position is not None)
    return [
        _row(
            workers[i],
            on_duty=bool(on_duty[i]),
            owns_grid=bool(owns[i]),
            distance=float(distance[i]) if known[i] and case.position is not None else None,
            age=float(age[i]) if known[i] else None,
            load=int(load[i]),
            nearest=i == nearest,
            stale_s=city.policy.position_stale_s,
            has_place=case.position is not None,
        )
        for i in order
    ]


@lru_cache(maxsize=4)
def _roster(city: City) -> tuple[Worker, ...]:
    return tuple(city.workers.values())


@lru_cache(maxsize=4)
def _numbers(city: City) -> dict[str, int]:
    """Worker id → number in the roster."""
    return {worker.id: number for number, worker in enumerate(_roster(city))}


@lru_cache(maxsize=4)
def _owners(city: City) -> dict[str, list[int]]:
    """Grid → numbers of those who own it."""
    owners: dict[str, list[int]] = {}
    for number, worker in enumerate(_roster(city)):
        for grid in worker.grids:
            owners.setdefault(grid, []).append(number)
    return owners


def _fixes(
    workers: tuple[Worker, ...], picture: Picture, now: datetime
) -> tuple[Floats, Floats, npt.NDArray[np.bool_]]:
    """Positions (lon, lat) in degrees, home where unknown; ages in seconds; which are known."""
    fixes = [picture.fixes.get(worker.id) for worker in workers]
    places = [w.home if f is None else f.position for w, f in zip(workers, fixes, strict=True)]
    positions = np.array([(p.lon, p.lat) for p in places], dtype=np.float64).reshape(-1, 2)
    moment = now.timestamp()
    age = np.array([0.0 if f is None else moment - f.fix_at.timestamp() for f in fixes])
    return positions, np.maximum(age, 0.0), np.array([f is not None for f in fixes], dtype=bool)


def _loads(city: City, picture: Picture) -> Floats:
    numbers = _numbers(city)
    loads = np.zeros(len(numbers))
    for worker in picture.of_worker:
        if worker in numbers:
            loads[numbers[worker]] = picture.load_of_worker(worker)
    return loads


def _distances(place: Position | None, positions: Floats) -> Floats:
    """Metres from `place`, on a plane around it: within a city right to a few metres."""
    if place is None:
        return np.zeros(len(positions))
    lon, lat = np.radians(positions[:, 0] - place.lon), np.radians(positions[:, 1] - place.lat)
    metres: Floats = EARTH_RADIUS_M * np.hypot(lon * np.cos(np.radians(place.lat)), lat)
    return metres


def _nearest(
    order: npt.NDArray[np.intp], distance: Floats, known: npt.NDArray[np.bool_], has_place: bool
) -> int | None:
    seen = [int(i) for i in order if known[i]]
    return min(seen, key=lambda i: distance[i]) if seen and has_place else None


def _row(
    worker: Worker,
    *,
    on_duty: bool,
    owns_grid: bool,
    distance: float | None,
    age: float | None,
    load: int,
    nearest: bool,
    stale_s: int,
    has_place: bool,
) -> NearbyWorker:
    facts = (
        ("off_duty", not on_duty),
        ("owns_grid", owns_grid),
        ("nearest", nearest),
        ("no_place", not has_place),
        ("no_position", age is None),
        ("old_position", age is not None and age > stale_s),
        ("far", distance is not None and distance > 3_000),
        ("near", distance is not None and distance <= 1_000 and not nearest),
        ("busy", load > 0),
        ("free", load == 0 and on_duty),
    )
    return NearbyWorker(
        worker=worker,
        on_duty=on_duty,
        owns_grid=owns_grid,
        distance_m=distance,
        fix_age_s=age,
        load=load,
        travel_s=None if distance is None else distance / EBIKE_M_PER_S + SETTING_OUT_S,
        reasons=tuple(code for code, holds in facts if holds),
    )
