"""What a caller puts on the map: pins, areas, numbers, the clock and the look."""

from collections.abc import Iterable, Mapping, Sequence
from time import monotonic

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from console.domain.place import Position
from console.geo.boundaries import Boundaries
from console.map.area_badge import AreaBadge
from console.map.footprint import Footprint
from console.map.heat_shown import HeatShown
from console.map.picture import Picture, Thing
from console.map.pins import CasePin, Kind, PlacePin, Target, TeamPin, WorkerPin
from console.map.style import MapStyle

POSITIONS_MS = 200
"""Positions wait so long for others: each drawing costs more than what it draws."""


class MapContent(QWidget):
    """The part of the map widget that knows what is on it; nothing here knows the page.

    All of it is kept, so it may be set at any time: before the page is there, while it is hidden,
    while it comes back from a crash. A hidden map is told nothing; shown, it is told the latest.
    """

    content_changed = Signal()
    """Something waits for the page."""

    def __init__(self, boundaries: Boundaries, parent: QWidget | None = None) -> None:
        """An empty map of the city that has these boundaries."""
        super().__init__(parent)
        self._grid_index = boundaries.grids.index
        self._picture = Picture()
        self._clock: tuple[float, float, float] | None = None
        self._first_drawn = False
        self._positions = QTimer(self, singleShot=True, interval=POSITIONS_MS)
        self._positions.timeout.connect(self.content_changed)

    def set_cases(self, pins: Iterable[CasePin]) -> None:
        """Make exactly these the cases on the map; only differences travel."""
        self._picture.set(Kind.CASE, pins)
        self._picture.mark()
        self.content_changed.emit()

    def update_cases(self, upserts: Iterable[CasePin], removed: Iterable[str]) -> None:
        """Put or replace some cases, take others away."""
        self._picture.update(Kind.CASE, upserts, removed)
        if not self._first_drawn and self._picture.known(Kind.CASE):
            self._picture.mark()
        self.content_changed.emit()

    def set_workers(self, pins: Iterable[WorkerPin]) -> None:
        """Make exactly these the workers on the map; only differences travel."""
        self._picture.set(Kind.WORKER, pins)
        self.content_changed.emit()

    def update_workers(self, upserts: Iterable[WorkerPin], removed: Iterable[str]) -> None:
        """Put or replace some workers, take others away; told within `POSITIONS_MS`."""
        self._picture.update(Kind.WORKER, upserts, removed)
        if not self._positions.isActive():
            self._positions.start()

    def pins(self, kind: Kind) -> Mapping[str, Thing]:
        """The latest of a kind by id, whether the page has been told or not."""
        return self._picture.known(kind)

    def position_told(self, kind: Kind, pin_id: str) -> Position | None:
        """Where the page has a pin now (WGS 84), None when it has none of that name."""
        pin = self._picture.told(kind, pin_id)
        return pin.position if pin is not None else None

    def set_teams(self, pins: Iterable[TeamPin]) -> None:
        """Make exactly these the teams on the map; they can be dragged and dropped on."""
        self._picture.set(Kind.TEAM, pins)
        self.content_changed.emit()

    def set_places(self, pins: Iterable[PlacePin]) -> None:
        """Make exactly these the named places and seats of units on the map."""
        self._picture.set(Kind.PLACE, pins)
        self.content_changed.emit()

    def set_footprints(self, footprints: Iterable[Footprint]) -> None:
        """Make exactly these the areas of incidents on the map; they can be dropped on."""
        self._picture.set(Kind.FOOTPRINT, footprints)
        self.content_changed.emit()

    def set_footprint_grids(self, hours: Mapping[str, int]) -> None:
        """Hours ago by grid code, hatched newest brightest; unknown codes are left out."""
        known = self._grid_index
        told = {known[code]: max(0, ago) for code, ago in hours.items() if code in known}
        self._picture.set_hours(told)
        self.content_changed.emit()

    def set_areas(self, badges: Iterable[AreaBadge]) -> None:
        """Make exactly these the totals on the map; an unknown area is left out."""
        self._picture.keep("areas", type="areas", rows=[badge.row() for badge in badges])
        self.content_changed.emit()

    def set_grid_load(self, load: Mapping[str, int]) -> None:
        """Open cases by grid code; codes that the city does not have are left out."""
        known = self._grid_index
        self._picture.set_load({known[code]: n for code, n in load.items() if code in known})
        self.content_changed.emit()

    def set_heat(self, heat: HeatShown) -> None:
        """Show this heat, or none; grids that the city does not have are left out."""
        known = self._grid_index
        grids = heat.grids
        told = {known[code]: (it.step, it.count) for code, it in grids.items() if code in known}
        self._picture.set_heat(told)
        self._picture.keep("heat", type="heat", **heat.row())
        self.content_changed.emit()

    def open_legend(self, open_: bool) -> None:
        """Open or fold the legend; without this call it is open where there is room."""
        self._picture.keep("legend", type="legend", open=open_)
        self.content_changed.emit()

    def set_style(self, style: MapStyle) -> None:
        """Draw the map in these sizes and with these parts."""
        self._picture.keep("style", type="style", style=style.row())
        self.content_changed.emit()

    def set_flashing(self, moving: bool) -> None:
        """Whether unsigned urgent cases flash, or wear a thick ring that stands still."""
        self._picture.keep("flash", type="flash", moving=moving)
        self.content_changed.emit()

    def set_base_map(self, message: Mapping[str, object]) -> None:
        """Which base maps there are and which is shown, as basemap/words.py says it."""
        self._picture.keep("basemap", **message)
        self.content_changed.emit()

    def select(self, kind: str, pin_id: str | None) -> None:
        """Outline one pin of the kind, or none; ValueError for an unknown kind."""
        name = Kind(kind).value
        self._picture.keep("select " + name, type="select", kind=name, id=pin_id)
        self.content_changed.emit()

    def show_targets(self, targets: Sequence[Target]) -> None:
        """A drag runs: outline these, label the best, dim all else."""
        self._tell_targets([target.row() for target in targets])

    def set_clock(self, epoch_seconds: float, rate: float) -> None:
        """Domain time now and how fast it runs: rings and levels go on by themselves."""
        self._clock = (epoch_seconds, rate, monotonic())
        self._tell_clock()

    def _tell_clock(self) -> None:
        if self._clock is not None:
            epoch, rate, at = self._clock
            now = epoch + (monotonic() - at) * rate
            self._picture.say_latest("clock", type="clock", epoch=now, rate=rate)
            self.content_changed.emit()

    def _tell_targets(self, rows: list[list[object]] | None) -> None:
        self._picture.keep("targets", type="targets", rows=rows)
        self.content_changed.emit()
