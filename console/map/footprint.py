"""The area of an incident as the map draws it."""

from dataclasses import dataclass

from console.domain.footprint import MOST_POINTS, Ring
from console.map.row import check_id, check_position, short


@dataclass(frozen=True, slots=True, kw_only=True)
class Footprint:
    """An outlined and hatched area; `ring` is open (its first point is not repeated at the end)."""

    id: str
    ring: Ring
    label: str
    selected: bool = False

    def __post_init__(self) -> None:
        """Raise ValueError naming the field when id or ring cannot be used."""
        check_id(self.id)
        if not 3 <= len(self.ring) <= MOST_POINTS:
            raise ValueError(f"ring must have 3 to {MOST_POINTS} points, got {len(self.ring)}")
        for point in self.ring:
            check_position(point)

    def row(self) -> list[object]:
        """The area as the page reads it (js/store.js `footprintOf`)."""
        flat = [round(n, 6) for point in self.ring for n in (point.lon, point.lat)]
        return [self.id, flat, short(self.label), int(self.selected)]
