"""The area of an incident as the map draws it."""

from dataclasses import dataclass

from console.domain.place import Position
from console.map.row import check_id, check_position, short

RING_LIMIT = 400
"""Points of one ring: more would be neither seen nor sent in one message."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Footprint:
    """An outlined and hatched area; `ring` is open (its first point is not repeated at the end)."""

    id: str
    ring: tuple[Position, ...] | list[Position]
    label: str
    selected: bool = False

    def __post_init__(self) -> None:
        """Raise ValueError naming the field when id or ring cannot be used."""
        check_id(self.id)
        if not 3 <= len(self.ring) <= RING_LIMIT:
            raise ValueError(f"ring must have 3 to {RING_LIMIT} points, got {len(self.ring)}")
        for point in self.ring:
            check_position(point)

    def row(self) -> list[object]:
        """The area as the page reads it (js/store.js `footprintOf`)."""
        flat = [round(n, 6) for point in self.ring for n in (point.lon, point.lat)]
        return [self.id, flat, short(self.label), int(self.selected)]

    def holds(self, place: Position) -> bool:
        """Whether the place lies inside, by the even-odd rule."""
        inside = False
        for a, b in zip(self.ring, [*self.ring[1:], self.ring[0]], strict=True):
            if (a.lat > place.lat) != (b.lat > place.lat):
                cut = a.lon + (place.lat - a.lat) / (b.lat - a.lat) * (b.lon - a.lon)
                inside = inside != (place.lon < cut)
        return inside
