"""Where on the map a Qt position lies, and which pin is under it."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from console.domain.place import Position
from console.map import projection
from console.map.pins import Kind, Pin

RADIUS = 24.0
"""Logical pixels round a pin within which a drop counts as on it."""
CROWD = 12.0
"""Two pins this close (logical pixels) cannot be told apart by a drop."""


@dataclass(frozen=True, slots=True)
class Viewport:
    """What the page shows: bounds in WGS 84 degrees, size in logical pixels."""

    west: float
    south: float
    east: float
    north: float
    width: int
    height: int

    def to_pixel(self, position: Position) -> tuple[float, float]:
        """(x, y) in logical pixels from the widget's top left, also outside the frame."""
        left, top, x_span, y_span = self._frame()
        x, y = projection.to_world(position.lon, position.lat)
        return (x - left) / x_span * self.width, (y - top) / y_span * self.height

    def to_position(self, x: float, y: float) -> Position:
        """The place under a pixel of the widget."""
        return Position(*projection.to_lonlat(*self.to_world(x, y)))

    def to_world(self, x: float, y: float) -> tuple[float, float]:
        """A pixel of the widget in world fractions (projection.py)."""
        left, top, x_span, y_span = self._frame()
        return left + x / self.width * x_span, top + y / self.height * y_span

    def _frame(self) -> tuple[float, float, float, float]:
        left, top = projection.to_world(self.west, self.north)
        right, bottom = projection.to_world(self.east, self.south)
        return left, top, right - left, bottom - top


@dataclass(frozen=True, slots=True)
class Hit:
    """The pins within reach of a pixel, nearest first; `id` is None when none or when it is a crowd."""

    kind: Kind | None
    id: str | None
    crowd: tuple[tuple[Kind, str], ...] = ()


NOTHING = Hit(None, None)


def hit_test(view: Viewport, pins: Iterable[tuple[Kind, Pin]], x: float, y: float) -> Hit:
    """The pin within `RADIUS` of the pixel; a crowd when the two nearest lie within `CROWD` of each other."""
    near: list[tuple[float, float, float, Kind, str]] = []
    west, north = projection.to_lonlat(*view.to_world(x - RADIUS, y - RADIUS))
    east, south = projection.to_lonlat(*view.to_world(x + RADIUS, y + RADIUS))
    for kind, pin in pins:
        # Two comparisons spare ten thousand projections for each move of a drag.
        at = pin.position
        if not (west <= at.lon <= east and south <= at.lat <= north):
            continue
        px, py = view.to_pixel(pin.position)
        away = math.hypot(px - x, py - y)
        if away <= RADIUS:
            near.append((away, px, py, kind, pin.id))
    if not near:
        return NOTHING
    near.sort()
    _, first_x, first_y, kind, pin_id = near[0]
    crowd = [(k, i) for _, px, py, k, i in near if math.hypot(px - first_x, py - first_y) <= CROWD]
    if len(crowd) > 1:
        return Hit(None, None, tuple(crowd))
    return Hit(kind, pin_id)
