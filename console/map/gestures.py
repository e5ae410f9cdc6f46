"""What is done on the map: the page's events as signals that a slot may answer with a menu or a drag."""

from PySide6.QtCore import QPoint, Qt, Signal

from console.map.bridge import PageEvents
from console.map.content import MapContent
from console.map.pins import Kind


class MapGestures(MapContent):
    """The part of the map widget that hears the hand.

    Kinds are those of `Kind`: "case", "worker", "team", "place", "footprint".
    """

    case_pressed = Signal(str)
    worker_pressed = Signal(str)
    case_clicked = Signal(str)
    worker_clicked = Signal(str)
    pin_pressed = Signal(str, str)
    """kind, id; also for cases and workers"""
    pin_clicked = Signal(str, str)
    double_clicked = Signal(str, str)
    drag_wanted = Signal(str, str)
    context_menu = Signal(str, str, QPoint)
    """kind, id, global position"""
    hovered = Signal(str, str)
    heat_chosen = Signal(str, str)
    """Another heat is wanted: its period (empty for none) and category (empty for all)."""
    legend_folded = Signal(bool)

    def _hear(self, events: PageEvents) -> None:
        """Follow the page."""
        # Queued: a slot may open a menu or run a drag, which must not happen inside the channel.
        queued = Qt.ConnectionType.QueuedConnection
        events.heat_chosen.connect(self.heat_chosen, queued)
        events.legend_folded.connect(self.legend_folded, queued)
        events.pressed.connect(self._on_pressed, queued)
        events.clicked.connect(self._on_clicked, queued)
        events.double_clicked.connect(self.double_clicked, queued)
        events.drag_wanted.connect(self.drag_wanted, queued)
        events.hovered.connect(self.hovered, queued)
        events.context_menu.connect(self._on_context_menu, queued)

    def _on_pressed(self, kind: str, pin_id: str, _modifiers: int) -> None:
        self.pin_pressed.emit(kind, pin_id)
        if kind == Kind.CASE:
            self.case_pressed.emit(pin_id)
        elif kind == Kind.WORKER:
            self.worker_pressed.emit(pin_id)

    def _on_clicked(self, kind: str, pin_id: str) -> None:
        self.pin_clicked.emit(kind, pin_id)
        if kind == Kind.CASE:
            self.case_clicked.emit(pin_id)
        elif kind == Kind.WORKER:
            self.worker_clicked.emit(pin_id)

    def _on_context_menu(self, kind: str, pin_id: str, at: QPoint) -> None:
        """The page fills the widget: a pixel of one is the same pixel of the other."""
        self.context_menu.emit(kind, pin_id, self.mapToGlobal(at))
