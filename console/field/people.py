"""Where a worker is at a moment: a round of their own grids, or on an errand; a pure function of time."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from console.domain.city import City
from console.domain.place import Position, distance_m
from console.domain.worker import Worker
from console.field.calls import PointInGrid
from console.field.chance import Chance

FASTEST_MPS = 15 / 3.6
"""An e-bike in town, metres per second: nobody moves faster."""

_WALK_MPS = 4.6 / 3.6
_RIDE_MPS = 13.5 / 3.6
_ROUTE_FACTOR = 1.3
"""Streets are longer than the line; a traveller is drawn on the line and so moves slower there."""

_WALKABLE_M = 450.0
_STOPS = 6
_SLOT = timedelta(minutes=20)
_SLOT_S = _SLOT.total_seconds()
_WIDEST_M = 0.9 * _RIDE_MPS * _SLOT_S
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NEVER = datetime.max.replace(tzinfo=UTC)
_SHADOW_S = 15 * 60.0
_SHADOW_SHARE = 0.06


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """A worker's way to a case or incident: sets out at `start`, is there until `end` (None: not ended yet)."""

    start: datetime
    destination: Position
    end: datetime | None


@dataclass(frozen=True, slots=True)
class Standing:
    """A position, whether the worker moves, and how long (UTC) whoever does not stays there at least."""

    position: Position
    moving: bool
    until: datetime


def travel_s(start: Position, destination: Position, mps: float = _RIDE_MPS) -> float:
    """Seconds of the way through the streets at `mps` metres per second; a worker's e-bike if not said."""
    return distance_m(start, destination) * _ROUTE_FACTOR / mps


def between(start: Position, end: Position, fraction: float) -> Position:
    """The point at the fraction (0…1) of the straight line."""
    f = min(max(fraction, 0.0), 1.0)
    return Position(start.lon + (end.lon - start.lon) * f, start.lat + (end.lat - start.lat) * f)


class People:
    """Positions of a city's workers; `point_in_grid` is asked once for each stop of a round."""

    def __init__(self, city: City, chance: Chance, point_in_grid: PointInGrid) -> None:
        """Rounds are made when a worker is first asked for."""
        self._city, self._chance, self._point_in_grid = city, chance, point_in_grid
        self._rounds: dict[str, tuple[Position, ...]] = {}
        self._phases: dict[str, float] = {}
        self._legs: dict[str, tuple[int, tuple[Position, Position, float]]] = {}
        self._shadows: dict[str, tuple[int, float]] = {}

    def position(self, worker: Worker, now: datetime, errands: Sequence[Errand] = ()) -> Standing:
        """Where the worker is at `now` (UTC); `errands` in the order of their starts."""
        begun = [errand for errand in errands if errand.start <= now]
        if begun:
            last = begun[-1]
            origin = self.position(worker, last.start, begun[:-1]).position
            standing = self._on_errand(worker, now, last, origin)
        else:
            standing = self._on_round(worker, now)
        if len(begun) < len(errands) and errands[len(begun)].start < standing.until:
            return replace(standing, until=errands[len(begun)].start)
        return standing

    def has_signal(self, worker: Worker, now: datetime) -> bool:
        """Whether the worker's telephone reports; now and then one is silent for minutes."""
        block, inside = divmod((now - _EPOCH).total_seconds(), _SHADOW_S)
        return inside / _SHADOW_S >= self._silent(worker, int(block))

    def _silent(self, worker: Worker, block: int) -> float:
        """Which first part (0…1) of a block of time is silent; the last one asked for is kept."""
        number, silent = self._shadows.get(worker.id, (None, 0.0))
        if number != block:
            key = ("shadow", worker.id, block)
            shadowed = self._chance.happens(_SHADOW_SHARE, *key)
            silent = self._chance.between(0.2, 1.0, *key, "long") if shadowed else 0.0
            self._shadows[worker.id] = (block, silent)
        return silent

    def _on_errand(
        self, worker: Worker, now: datetime, errand: Errand, origin: Position
    ) -> Standing:
        needed = travel_s(origin, errand.destination)
        until = now if errand.end is None else min(errand.end, now)
        done = (until - errand.start).total_seconds() / needed if needed > 0 else 1.0
        reached = between(origin, errand.destination, done)
        if errand.end is None or now <= errand.end:
            return Standing(reached, moving=done < 1, until=errand.end or _NEVER)
        return self._back(worker, now, errand.end, reached)

    def _back(self, worker: Worker, now: datetime, since: datetime, origin: Position) -> Standing:
        """Back to the round: to the first stop that can be reached before the round leaves it."""
        slot = self._slot(worker, since) + 1
        while True:
            stop = self._stop(worker, slot)
            leaves = self._begin(worker, slot)
            needed = travel_s(origin, stop)
            if since + timedelta(seconds=needed) <= leaves:
                break
            slot += 1
        if now >= leaves:
            return self._on_round(worker, now)
        done = (now - since).total_seconds() / needed if needed > 0 else 1.0
        return Standing(between(origin, stop, done), moving=done < 1, until=leaves)

    def _on_round(self, worker: Worker, now: datetime) -> Standing:
        """From one stop to the next at the beginning of each slot, then some time spent there."""
        slot = self._slot(worker, now)
        start, end, way = self._leg(worker, slot)
        inside = (now - self._begin(worker, slot)).total_seconds()
        done = inside * (_WALK_MPS if way < _WALKABLE_M else _RIDE_MPS) / way if way > 0 else 1.0
        standing = between(start, end, done)
        return Standing(standing, moving=done < 1, until=self._begin(worker, slot + 1))

    def _leg(self, worker: Worker, slot: int) -> tuple[Position, Position, float]:
        """From where to where a worker goes in a slot, and metres; the last one asked for is kept."""
        number, leg = self._legs.get(worker.id, (None, None))
        if leg is None or number != slot:
            start, end = self._stop(worker, slot), self._stop(worker, slot + 1)
            leg = (start, end, distance_m(start, end))
            self._legs[worker.id] = (slot, leg)
        return leg

    def _slot(self, worker: Worker, moment: datetime) -> int:
        """Number of the worker's slot; each has a beat of their own, or all would move at once."""
        return math.floor((moment - _EPOCH).total_seconds() / _SLOT_S - self._phase(worker))

    def _begin(self, worker: Worker, slot: int) -> datetime:
        return _EPOCH + timedelta(seconds=(slot + self._phase(worker)) * _SLOT_S)

    def _phase(self, worker: Worker) -> float:
        phase = self._phases.get(worker.id)
        if phase is None:
            phase = self._phases[worker.id] = round(self._chance.uniform("phase", worker.id), 3)
        return phase

    def _stop(self, worker: Worker, slot: int) -> Position:
        stops = self._round(worker)
        return stops[int(self._chance.uniform("stop", worker.id, slot) * len(stops))]

    def _round(self, worker: Worker) -> tuple[Position, ...]:
        """The places a worker looks after, drawn together where a slot is too short for the way."""
        known = self._rounds.get(worker.id)
        if known is None:
            known = self._rounds[worker.id] = _gathered(self._stops(worker))
        return known

    def _stops(self, worker: Worker) -> list[Position]:
        if not worker.grids:
            return [self._near_home(worker, n) for n in range(_STOPS)]
        stops = []
        for n in range(_STOPS):
            key = ("round", worker.id, n)
            u, v = self._chance.uniform(*key, "u"), self._chance.uniform(*key, "v")
            stops.append(self._point_in_grid(worker.grids[n % len(worker.grids)], u, v))
        return stops

    def _near_home(self, worker: Worker, n: int) -> Position:
        """An inspector without grids looks round within about a kilometre."""
        key = ("round", worker.id, n)
        east = self._chance.between(-0.008, 0.008, *key, "u")
        north = self._chance.between(-0.008, 0.008, *key, "v")
        return Position(worker.home.lon + east, worker.home.lat + north)


def _gathered(stops: Sequence[Position]) -> tuple[Position, ...]:
    centre = Position(
        sum(p.lon for p in stops) / len(stops), sum(p.lat for p in stops) / len(stops)
    )
    reach = max(distance_m(centre, stop) for stop in stops)
    shrink = min(1.0, _WIDEST_M / (2 * reach)) if reach > 0 else 1.0
    return tuple(between(centre, stop, shrink) for stop in stops)
