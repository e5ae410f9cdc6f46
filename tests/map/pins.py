"""Pins to put on the fake city."""

from typing import Any

from console.domain.place import Position
from console.map.pins import CasePin, Countdown, PlacePin, TeamPin, WorkerPin
from tests.map.fakes import CENTRE

NOW = 1_790_000_000.0
"""Epoch seconds at which the tests' clock stands."""


def case(pin_id: str = "c1", dx: float = 0.0, dy: float = 0.0, **changes: Any) -> CasePin:
    """A case (dx, dy) degrees from the city's centre, half of its 30 minutes gone."""
    values: dict[str, Any] = {
        "id": pin_id,
        "position": Position(CENTRE.lon + dx, CENTRE.lat + dy),
        "holder": Countdown(NOW - 600, NOW + 1200),
        "citizen": Countdown(NOW - 600, NOW + 86_400, 0.2),
        "urgent": False,
        "unsigned": False,
        "suspended": False,
        "category": "供水爆管",
        "place": "龙昆南路",
        "state": "待派",
    }
    return CasePin(**{**values, **changes})


def worker(pin_id: str = "w1", dx: float = 0.0, dy: float = 0.0, **changes: Any) -> WorkerPin:
    """A worker on duty, position a minute old."""
    values: dict[str, Any] = {
        "id": pin_id,
        "position": Position(CENTRE.lon + dx, CENTRE.lat + dy),
        "seen_at": NOW - 60,
        "name": "陈小梅",
        "inspector": False,
        "on_duty": True,
        "load": 0,
    }
    return WorkerPin(**{**values, **changes})


def team(pin_id: str = "t1", dx: float = 0.0, dy: float = 0.0, **changes: Any) -> TeamPin:
    """A team of the water bureau."""
    values: dict[str, Any] = {
        "id": pin_id,
        "position": Position(CENTRE.lon + dx, CENTRE.lat + dy),
        "name": "市水务抢险队",
        "unit": "市水务局",
        "state": "途中",
    }
    return TeamPin(**{**values, **changes})


def place(pin_id: str = "p1", dx: float = 0.0, dy: float = 0.0, **changes: Any) -> PlacePin:
    """A hospital."""
    values: dict[str, Any] = {
        "id": pin_id,
        "kind": "hospital",
        "position": Position(CENTRE.lon + dx, CENTRE.lat + dy),
        "name": "市人民医院",
        "vulnerable": True,
    }
    return PlacePin(**{**values, **changes})
