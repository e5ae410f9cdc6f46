"""Where the rows, pins and panels of a desk are, for a test's mouse (see app/probe.py)."""

from dataclasses import dataclass

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

from console.map.pins import Kind
from console.map.widget import MapWidget
from console.tables.unit_view import UnitPanel
from console.tables.worker_view import WorkerPanel
from console.views.dragging import Dragging
from console.views.map_table import MapTable
from console.views.places import pin_place
from console.views.queue_panel import QueuePanel
from console.views.screen import Spot

PINS = {"pin": Kind.CASE, "map-worker": Kind.WORKER}
"""What is asked for → the kind of its pin, or of its row when a table stands in the map's place."""


@dataclass(frozen=True, slots=True)
class DeskPlaces:
    """The parts of a desk that can be asked for; `panels` by name."""

    queue: QueuePanel
    workers: WorkerPanel
    units: UnitPanel
    map: MapWidget
    table: MapTable
    dragging: Dragging
    panels: dict[str, QWidget]

    def find(self, kind: str, name: str) -> Spot:
        """The widget that shows it and its rectangle there, None when it is not in sight."""
        if kind == "row":
            return self.queue.view.place_of(name)
        if kind == "worker":
            return self.workers.place_of(name)
        if kind == "unit":
            return self.units.place_of(name)
        if kind in PINS and self.map.given_up:
            return self.table.views[PINS[kind]].place_of(name)
        if kind in PINS:
            return pin_place(self.map, kind, name)
        if kind == "panel":
            return self._panel(name)
        holds = {"drag": self.dragging.running, "pending": self.queue.model.pending_new > 0}
        return (self.queue, QRect(0, 0, 1, 1)) if holds.get(kind) else None

    def _panel(self, name: str) -> Spot:
        if name == "first-unit":
            return self.units.place_of(self.units.id_at(0) or "")
        panel = self.panels.get(name)
        return None if panel is None or not panel.isVisible() else (panel, panel.rect())
