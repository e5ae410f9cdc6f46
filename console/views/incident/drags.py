"""The drags of the linkage: pins and rows onto lanes and footprints; the pins' menu is their other way."""

from PySide6.QtCore import QMimeData, QObject, QPoint
from PySide6.QtWidgets import QMenu, QWidget

from console.live.drag import Payload, payload_of
from console.live.orders import Target
from console.views.dragging import Dragging
from console.views.incident.acts import Acts
from console.views.incident.calls_panel import CallsPanel
from console.views.incident.drops import IncidentDrops
from console.views.incident.focus import Focus
from console.views.incident.lane_panel import LanePanel
from console.views.incident.map_panel import MapPanel
from console.views.map_drag import MapDrag
from console.views.stage import Stage

ASKED = ("worker", "team")


class IncidentDrags(QObject):
    """Joins the panels; during a drag the rows hold still and the lanes say whether they take it."""

    def __init__(
        self,
        stage: Stage,
        focus: Focus,
        acts: Acts,
        lanes: LanePanel,
        calls: CallsPanel,
        area: MapPanel,
        parent: QWidget,
    ) -> None:
        """No drag yet."""
        super().__init__(parent)
        self._stage, self._focus = stage, focus
        self._lanes, self._calls, self._map, self._parent = lanes, calls, area, parent
        self.dragging = Dragging(stage.board, stage.orders, stage.texts, parent)
        drops = self._drops = IncidentDrops(stage, acts)
        for kind in ("lane", "footprint"):
            self.dragging.add_taker(kind, drops)
        MapDrag(stage.board, area.map, self.dragging)
        lanes.set_drop(self._accepts, self._drop)
        calls.drag_wanted.connect(lambda ids: self.dragging.begin(calls.list, "case", ids))
        area.map.context_menu.connect(self._pin_menu)
        self.dragging.began.connect(self._hold)
        self.dragging.ended.connect(self._release)

    def _target(self) -> Target:
        return Target("lane", self._focus.id or "")

    def _accepts(self, mime: QMimeData) -> bool:
        return self.dragging.accepts(payload_of(mime), self._target())

    def _drop(self, mime: QMimeData) -> bool:
        return self.dragging.drop(payload_of(mime), self._target())

    def _hold(self, payload: Payload) -> None:
        self._lanes.hold(True)
        self._calls.hold(True)
        words = self._drops.verdict(payload, self._target().id)
        self._lanes.light(self.dragging.accepts(payload, self._target()), words)

    def _release(self) -> None:
        self._lanes.light(None)
        self._lanes.hold(False)
        self._calls.hold(False)

    def _pin_menu(self, kind: str, pin_id: str, at: QPoint) -> None:
        """What a drag of the pin onto the lanes does."""
        if kind != "case" and kind not in ASKED:
            return
        texts, payload = self._stage.texts, Payload(kind=kind, ids=[pin_id])
        menu = QMenu(self._parent)
        words = texts("incident.ask_one" if kind in ASKED else "incident.attach_one")
        act = menu.addAction(words, lambda: self.dragging.drop(payload, self._target()))
        act.setEnabled(self.dragging.accepts(payload, self._target()))
        if kind == "case":
            self._stage.selection.choose(pin_id)
            menu.addAction(texts("incident.from_case"), self._map.offer_case)
        menu.exec(at)
        menu.deleteLater()
