"""Where on the map a Qt position lies, and which pin is under it."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from console.domain.place import Position
from console.map import projection
from console.map.pins import Kind, Pin

RADIUS = 24.0
"""Logical pixels round a pin within which a drop counts as on it."""
CROWD = 12.0
"""Two pins this close (logical pixels) cannot be told apart by a drop."""
MOST = 64
"""So many are looked at closely: a fan of more could not be hit either."""

Key = tuple[Kind, str]
Places = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Viewport:
    """What the page shows: bounds in WGS 84 degrees, size in logical pixels."""

    west: float
    south: float
    east: float
    north: float
    width: int
    height: int

    @staticmethod
    def around(place: Position, zoom: float, width: int, height: int) -> "Viewport":
        """What a page of so many logical pixels shows with `place` in its middle; zoom as Leaflet counts."""
        x, y = projection.to_world(place.lon, place.lat)
        edge = projection.TILE * 2.0**zoom
        west, north = projection.to_lonlat(x - width / 2 / edge, y - height / 2 / edge)
        east, south = projection.to_lonlat(x + width / 2 / edge, y + height / 2 / edge)
        return Viewport(west, south, east, north, width, height)

    def holds(self, position: Position) -> bool:
        """Whether a place (WGS 84) lies within the frame."""
        return self.west <= position.lon <= self.east and self.south <= position.lat <= self.north

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


class Standing:
    """Where the pins stand that the page shows, as arrays: a look at a hundred thousand is four comparisons."""

    def __init__(self) -> None:
        """Nothing stands anywhere."""
        self._slots: dict[Key, int] = {}
        self._keys: list[Key] = []
        self._places = np.empty((64, 2))

    def put(self, kind: Kind, pin: Pin) -> None:
        """The pin stands there now."""
        slot = self._slots.setdefault((kind, pin.id), len(self._keys))
        if slot == len(self._keys):
            self._keys.append((kind, pin.id))
            if slot == len(self._places):
                self._places = np.concatenate([self._places, np.empty_like(self._places)])
        self._places[slot] = pin.position.lon, pin.position.lat

    def take(self, kind: Kind, pin_id: str) -> None:
        """The pin is gone; one that never stood is no fault."""
        slot = self._slots.pop((kind, pin_id), None)
        if slot is None:
            return
        # The last takes the empty slot, so that there is none.
        last = self._keys.pop()
        if slot < len(self._keys):
            self._keys[slot] = last
            self._slots[last] = slot
            self._places[slot] = self._places[len(self._keys)]

    def __iter__(self) -> Iterator[Key]:
        """Kind and id of all that stand."""
        return iter(self._keys)

    def near(
        self, west: float, south: float, east: float, north: float
    ) -> tuple[list[Key], Places]:
        """Those in a box of degrees, at most the `MOST` nearest to its middle; their (lon, lat)."""
        places = self._places[: len(self._keys)]
        lon, lat = places[:, 0], places[:, 1]
        found = np.flatnonzero((lon >= west) & (lon <= east) & (lat >= south) & (lat <= north))
        if len(found) > MOST:
            across = (lon[found] - (west + east) / 2) / (east - west)
            along = (lat[found] - (south + north) / 2) / (north - south)
            found = found[np.argpartition(across**2 + along**2, MOST)[:MOST]]
        return [self._keys[slot] for slot in found], places[found]


def hit_test(view: Viewport, standing: Standing, x: float, y: float) -> Hit:
    """The pin within `RADIUS` of the pixel; a crowd when the two nearest lie within `CROWD` of each other."""
    west, north = projection.to_lonlat(*view.to_world(x - RADIUS, y - RADIUS))
    east, south = projection.to_lonlat(*view.to_world(x + RADIUS, y + RADIUS))
    keys, places = standing.near(west, south, east, north)
    near: list[tuple[float, float, float, Kind, str]] = []
    for (kind, pin_id), (lon, lat) in zip(keys, places.tolist(), strict=True):
        px, py = view.to_pixel(Position(lon, lat))
        away = math.hypot(px - x, py - y)
        if away <= RADIUS:
            near.append((away, px, py, kind, pin_id))
    if not near:
        return NOTHING
    near.sort()
    _, first_x, first_y, kind, pin_id = near[0]
    crowd = [(k, i) for _, px, py, k, i in near if math.hypot(px - first_x, py - first_y) <= CROWD]
    if len(crowd) > 1:
        return Hit(None, None, tuple(crowd))
    return Hit(kind, pin_id)
