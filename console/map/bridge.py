"""The one object that the page's isolated world can reach: ids and numbers in, JSON text out."""

import math

from PySide6.QtCore import QObject, QPoint, Signal, Slot

from console.domain.heat import HeatPeriod
from console.domain.place import Position
from console.map.drawing import checked_ring
from console.map.hit import Viewport
from console.map.pins import DRAGGABLE, Kind
from console.map.row import ID_LIMIT

_KINDS = frozenset(kind.value for kind in Kind)
_FARTHEST = 100_000


class PageEvents(QObject):
    """What the page says, after checking; apart from the bridge so that the page cannot reach it."""

    opened = Signal()
    ready = Signal()
    landed = Signal()
    drawn = Signal()
    beat = Signal()
    view_changed = Signal(object, float, bool)
    pressed = Signal(str, str, int)
    drag_wanted = Signal(str, str)
    clicked = Signal(str, str)
    double_clicked = Signal(str, str)
    context_menu = Signal(str, str, QPoint)
    hovered = Signal(str, str)
    ring_drawn = Signal(int, list)
    drawing_cancelled = Signal(int)
    base_map_chosen = Signal(str)
    place_menu = Signal(Position, str, QPoint)
    place_copied = Signal(Position, str)
    heat_chosen = Signal(str, str)
    legend_folded = Signal(bool)


class Bridge(QObject):
    """Registered with the channel as `bridge`; the names of its slots are verbs of js/relay.js.

    A value that the page has no business to send is dropped without an answer.
    """

    push = Signal(str)

    def __init__(self, events: PageEvents, parent: QObject | None = None) -> None:
        """Checked calls are passed on to `events`."""
        super().__init__(parent)
        self._events = events

    @Slot()
    def opened(self) -> None:
        """The relay has the channel; the page's own scripts may not have begun."""
        self._events.opened.emit()

    @Slot()
    def ready(self) -> None:
        """The page listens; it knows nothing yet."""
        self._events.ready.emit()

    @Slot()
    def landed(self) -> None:
        """All of the land is on the canvas."""
        self._events.landed.emit()

    @Slot()
    def drawn(self) -> None:
        """All pins told before the mark are on the canvas."""
        self._events.drawn.emit()

    @Slot()
    def heartbeat(self) -> None:
        """Once a second while the page lives."""
        self._events.beat.emit()

    @Slot(float, float, float, float, float, int, int, bool)
    def viewChanged(
        self,
        west: float,
        south: float,
        east: float,
        north: float,
        zoom: float,
        width: int,
        height: int,
        fitted: bool,
    ) -> None:
        """The visible frame in WGS 84 degrees, its size in logical pixels, whether an area fills it by order."""
        numbers = (west, south, east, north, zoom)
        sane = all(math.isfinite(n) for n in numbers) and west < east and south < north
        if (
            sane
            and south >= -90
            and north <= 90
            and 0 < width < _FARTHEST
            and 0 < height < _FARTHEST
        ):
            viewport = Viewport(west, south, east, north, width, height)
            self._events.view_changed.emit(viewport, zoom, fitted)

    @Slot(str, str, float, float, int)
    def pressed(self, kind: str, id: str, x: float, y: float, modifiers: int) -> None:
        """The main button went down on a pin; modifiers: shift 1, ctrl 2, alt 4, meta 8."""
        if _known(kind, id):
            self._events.pressed.emit(kind, id, modifiers)

    @Slot(str, str)
    def dragWanted(self, kind: str, id: str) -> None:
        """The pressed pin was moved 8 pixels, the button still down."""
        if _known(kind, id) and kind in DRAGGABLE:
            self._events.drag_wanted.emit(kind, id)

    @Slot(str, str)
    def clicked(self, kind: str, id: str) -> None:
        """Pressed and released on the same pin."""
        if _known(kind, id):
            self._events.clicked.emit(kind, id)

    @Slot(str, str)
    def doubleClicked(self, kind: str, id: str) -> None:
        """Clicked twice on the same pin."""
        if _known(kind, id):
            self._events.double_clicked.emit(kind, id)

    @Slot(str, str, float, float)
    def contextMenu(self, kind: str, id: str, x: float, y: float) -> None:
        """The other button on a pin; (x, y) in logical pixels of the page."""
        if _known(kind, id) and abs(x) < _FARTHEST and abs(y) < _FARTHEST:
            self._events.context_menu.emit(kind, id, QPoint(round(x), round(y)))

    @Slot(str, str)
    def hovered(self, kind: str, id: str) -> None:
        """The pointer rests on a pin, or on none (both empty)."""
        if _known(kind, id) or (kind == "" and id == ""):
            self._events.hovered.emit(kind, id)

    @Slot(int, "QVariantList")
    def ringDrawn(self, serial: int, numbers: list[object]) -> None:
        """An area was drawn with that tool: lon, lat, lon, lat, … of its open ring."""
        ring = checked_ring(numbers)
        if ring is not None:
            self._events.ring_drawn.emit(serial, ring)

    @Slot(int)
    def drawingCancelled(self, serial: int) -> None:
        """That tool has been put down without a ring."""
        self._events.drawing_cancelled.emit(serial)

    @Slot(str)
    def baseMapChosen(self, id: str) -> None:
        """Another base map was chosen among the layers; empty: the own map."""
        if len(id) <= ID_LIMIT:
            self._events.base_map_chosen.emit(id)

    @Slot(float, float, str, float, float)
    def placeMenu(self, lon: float, lat: float, grid: str, x: float, y: float) -> None:
        """The other button on the bare map: WGS 84, the grid's code or empty; (x, y) as of `contextMenu`."""
        place = _position(lon, lat)
        near = max(abs(x), abs(y)) < _FARTHEST
        if place is not None and near and len(grid) <= ID_LIMIT:
            self._events.place_menu.emit(place, grid, QPoint(round(x), round(y)))

    @Slot(float, float, str)
    def placeCopied(self, lon: float, lat: float, grid: str) -> None:
        """Where the pointer is was asked for: WGS 84, the grid's code or empty."""
        place = _position(lon, lat)
        if place is not None and len(grid) <= ID_LIMIT:
            self._events.place_copied.emit(place, grid)

    @Slot(str, str)
    def heatChosen(self, period: str, category: str) -> None:
        """Another heat was chosen; an empty period: none."""
        if (period == "" or period in set(HeatPeriod)) and len(category) <= ID_LIMIT:
            self._events.heat_chosen.emit(period, category)

    @Slot(bool)
    def legendFolded(self, folded: bool) -> None:
        """The legend was folded or opened by hand."""
        self._events.legend_folded.emit(folded)


def _position(lon: float, lat: float) -> Position | None:
    sane = math.isfinite(lon) and math.isfinite(lat) and abs(lon) <= 180 and abs(lat) <= 90
    return Position(lon, lat) if sane else None


def _known(kind: str, pin_id: str) -> bool:
    return kind in _KINDS and 0 < len(pin_id) <= ID_LIMIT
