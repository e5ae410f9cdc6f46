"""Pins too near each other for a drop are spread on a ring while the pointer stays there."""

import math
from dataclasses import dataclass

from console.map.pins import Kind

REACH = 22.0
"""Logical pixels round a member of the fan within which a drop counts as on it."""
MARGIN = 40.0
"""The fan closes when the pointer is so far outside its ring."""


@dataclass(frozen=True, slots=True)
class FanMember:
    """One pin of the fan and where it stands, logical pixels of the map."""

    kind: Kind
    id: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Fan:
    """An open fan round (x, y); a drop in its middle is on nothing."""

    x: float
    y: float
    radius: float
    members: tuple[FanMember, ...]

    def holds(self, x: float, y: float) -> bool:
        """Whether the pointer is still over the fan."""
        return math.hypot(x - self.x, y - self.y) <= self.radius + MARGIN

    def at(self, x: float, y: float) -> FanMember | None:
        """The member under the pointer."""
        nearest = min(self.members, key=lambda m: math.hypot(m.x - x, m.y - y))
        return nearest if math.hypot(nearest.x - x, nearest.y - y) <= REACH else None


def open_fan(crowd: tuple[tuple[Kind, str], ...], x: float, y: float) -> Fan:
    """Spread the crowd evenly round the pointer, in the order of kind and id."""
    radius = max(44.0, len(crowd) * 44.0 / (2 * math.pi))
    members = []
    for i, (kind, pin_id) in enumerate(sorted(crowd)):
        turn = 2 * math.pi * i / len(crowd) - math.pi / 2
        at = x + radius * math.cos(turn), y + radius * math.sin(turn)
        members.append(FanMember(kind, pin_id, *at))
    return Fan(x, y, radius, tuple(members))
