"""The workers who could look at a case, best first, with the reasons for their order."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from console.domain.case import Case
from console.domain.city import City
from console.domain.place import EARTH_RADIUS_M
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

_OFF_DUTY_M, _OWNER_M, _OTHER_TOWN_M = 1e9, 1e8, 1e6
"""Metres that no way in a city has: duty before everything, owners before all ways."""
_BLOCK = 128
"""Cases looked at together: their distances to all workers fit into the processor's cache."""
_CODES = (
    *("off_duty", "owns_grid", "nearest", "no_place", "no_position"),
    *("old_position", "far", "near", "busy", "free"),
)
"""Reasons, the strongest first."""

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.intp]


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
    return nearby_many([case], picture, city, now, limit)[0]


def nearby_many(
    cases: Sequence[Case], picture: Picture, city: City, now: datetime, limit: int = 6
) -> list[list[NearbyWorker]]:
    """The same for each of many cases at one time: where the workers are is looked up once."""
    people = _people(picture, city, now)
    found: list[list[NearbyWorker]] = []
    for start in range(0, len(cases), _BLOCK):
        block = cases[start : start + _BLOCK]
        distances = _distances(block, people)
        for case, distance, order in zip(
            block, distances, _best(block, people, distances, city, limit), strict=True
        ):
            found.append(_rows(case, people, distance, order, city))
    return found


@dataclass(frozen=True, slots=True)
class _People:
    """All workers of the city by their number in the roster; positions in radians."""

    workers: tuple[Worker, ...]
    lon: Floats
    lat: Floats
    age: Floats
    known: Bools
    on_duty: Bools
    load: Floats
    burden: Floats
    """Metres by which load, age and duty lengthen the way to any case."""


def _people(picture: Picture, city: City, now: datetime) -> _People:
    workers, numbers = _roster(city), _numbers(city)
    places, age, known = _homes(city).copy(), np.zeros(len(workers)), np.zeros(len(workers), bool)
    moment = now.timestamp()
    seen = [(numbers[who], fix) for who, fix in picture.fixes.items() if who in numbers]
    if seen:
        slots = [number for number, _ in seen]
        places[slots] = [(fix.position.lon, fix.position.lat) for _, fix in seen]
        age[slots] = [moment - fix.fix_at.timestamp() for _, fix in seen]
        known[slots] = True
    on_duty = np.zeros(len(workers), dtype=bool)
    for duty in picture.workers.values():
        if duty.on_duty and duty.id in numbers:
            on_duty[numbers[duty.id]] = True
    age = np.maximum(age, 0.0)
    load = _loads(numbers, picture)
    stale = np.maximum(age - city.policy.position_stale_s, 0) * AGE_M_PER_S
    burden = (
        LOAD_M * load
        + np.minimum(stale, AGE_LIMIT_M)
        + np.where(known, 0.0, UNKNOWN_M)
        + np.where(on_duty, 0.0, _OFF_DUTY_M)
    )
    lon, lat = np.radians(places[:, 0]), np.radians(places[:, 1])
    return _People(workers, lon, lat, age, known, on_duty, load, burden)


@lru_cache(maxsize=4)
def _roster(city: City) -> tuple[Worker, ...]:
    return tuple(city.workers.values())


@lru_cache(maxsize=4)
def _numbers(city: City) -> dict[str, int]:
    """Worker id → number in the roster."""
    return {worker.id: number for number, worker in enumerate(_roster(city))}


@lru_cache(maxsize=4)
def _homes(city: City) -> Floats:
    """(lon, lat) in degrees by number in the roster."""
    places = [(worker.home.lon, worker.home.lat) for worker in _roster(city)]
    return np.array(places, dtype=np.float64).reshape(-1, 2)


@lru_cache(maxsize=4)
def _owners(city: City) -> dict[str, list[int]]:
    """Grid → numbers of those who own it."""
    owners: dict[str, list[int]] = {}
    for number, worker in enumerate(_roster(city)):
        for grid in worker.grids:
            owners.setdefault(grid, []).append(number)
    return owners


@lru_cache(maxsize=256)
def _outside(city: City, town: str | None) -> Floats:
    """What a worker of another town counts for a case that has no place."""
    return np.array([0.0 if worker.town == town else _OTHER_TOWN_M for worker in _roster(city)])


def _loads(numbers: dict[str, int], picture: Picture) -> Floats:
    loads = np.zeros(len(numbers))
    assignments = picture.assignments
    for worker, orders in picture.of_worker.items():
        number = numbers.get(worker)
        if number is not None:
            loads[number] = [assignments[order].active for order in orders].count(True)
    return loads


def _distances(cases: Sequence[Case], people: _People) -> Floats:
    """Metres from each case, on a plane around it: within a city right to a few metres. Zero without a place."""
    metres = np.zeros((len(cases), len(people.workers)))
    for row, case in zip(metres, cases, strict=True):
        if case.position is None:
            continue
        lon, lat = math.radians(case.position.lon), math.radians(case.position.lat)
        across = (people.lon - lon) * math.cos(lat)
        along = people.lat - lat
        np.sqrt(across * across + along * along, out=row)
    metres *= EARTH_RADIUS_M
    return metres


def _best(
    cases: Sequence[Case], people: _People, distances: Floats, city: City, limit: int
) -> list[Ints]:
    """The numbers of each case's best workers, best first."""
    scores = distances + people.burden
    owners = _owners(city)
    for score, case in zip(scores, cases, strict=True):
        score[owners.get(case.grid or "", [])] -= _OWNER_M
        if case.position is None:
            score += _outside(city, case.town)
    if limit < scores.shape[1]:
        some = np.sort(np.argpartition(scores, limit, axis=1)[:, :limit], axis=1)
        order = np.argsort(np.take_along_axis(scores, some, axis=1), axis=1, kind="stable")
        return list(np.take_along_axis(some, order, axis=1))
    return list(np.argsort(scores, axis=1, kind="stable"))


def _rows(
    case: Case, people: _People, distance: Floats, order: Ints, city: City
) -> list[NearbyWorker]:
    has_place = case.position is not None
    seen = [i for i in order.tolist() if people.known[i]] if has_place else []
    nearest = min(seen, key=lambda i: distance[i]) if seen else None
    owners = _owners(city).get(case.grid or "", [])
    columns = (
        order.tolist(),
        distance[order].tolist(),
        people.age[order].tolist(),
        people.known[order].tolist(),
        people.on_duty[order].tolist(),
        people.load[order].tolist(),
    )
    return [
        _row(
            people.workers[i],
            on_duty=on_duty,
            owns_grid=i in owners,
            distance=metres if known and has_place else None,
            age=age if known else None,
            load=int(load),
            nearest=i == nearest,
            stale_s=city.policy.position_stale_s,
            has_place=has_place,
        )
        for i, metres, age, known, on_duty, load in zip(*columns, strict=True)
    ]


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
        not on_duty,
        owns_grid,
        nearest,
        not has_place,
        age is None,
        age is not None and age > stale_s,
        distance is not None and distance > 3_000,
        distance is not None and distance <= 1_000 and not nearest,
        load > 0,
        load == 0 and on_duty,
    )
    return NearbyWorker(
        worker=worker,
        on_duty=on_duty,
        owns_grid=owns_grid,
        distance_m=distance,
        fix_age_s=age,
        load=load,
        travel_s=None if distance is None else distance / EBIKE_M_PER_S + SETTING_OUT_S,
        reasons=_reasons(facts),
    )


@lru_cache(maxsize=1024)
def _reasons(facts: tuple[bool, ...]) -> tuple[str, ...]:
    return tuple(code for code, holds in zip(_CODES, facts, strict=True) if holds)
