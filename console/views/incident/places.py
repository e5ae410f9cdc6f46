"""Where the rows, ticks and panels of the linkage are, for a test's mouse (see app/probe.py)."""

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from console.live.board import Board
from console.views.incident.ask_dialog import AskDialog
from console.views.incident.focus import Focus
from console.views.incident.lane_panel import LanePanel
from console.views.incident.map_panel import MapPanel
from console.views.incident.plain_list import PlainList
from console.views.places import pin_place
from console.views.screen import Spot


@dataclass(frozen=True, slots=True)
class IncidentPlaces:
    """The parts that can be asked for."""

    board: Board
    focus: Focus
    screen: QWidget
    lanes: LanePanel
    map: MapPanel
    lists: dict[str, PlainList]
    panels: dict[str, QWidget]

    def find(self, kind: str, name: str) -> Spot:
        """The widget that shows it and its rectangle there, None when it is not in sight."""
        if kind == "lane":
            return self._lane(name)
        if kind in self.lists:
            return self.lists[kind].place_of(name)
        if kind in ("pin", "map-worker"):
            return pin_place(self.map.map, kind, name)
        if kind == "choice":
            return self._choice(name)
        found = self.panels.get(name) if kind == "panel" else None
        return None if found is None or not found.isVisible() else (found, found.rect())

    def _lane(self, name: str) -> Spot:
        """By the order's id, or by whom it asks."""
        incident = self.focus.incident
        orders = self.board.picture.orders_of(incident.id) if incident is not None else ()
        for order in orders:
            if name in (order.id, order.team, order.worker) or (
                name == order.unit and order.team is None
            ):
                return self.lanes.list.place_of(order.id)
        return None

    def _choice(self, name: str) -> Spot:
        """The tick of a receiver in the open dialog."""
        for dialog in self.screen.findChildren(AskDialog):
            spot = dialog.place_of(name) if dialog.isVisible() else None
            if spot is not None:
                return spot
        return None
