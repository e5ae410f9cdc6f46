"""Drags that begin or end on the map: what lights up there, what a drop on a pin does."""

from PySide6.QtCore import QObject

from console.domain.place import Position
from console.live.board import Board
from console.live.drag import Payload, read_payload
from console.live.orders import Target
from console.map.widget import MapWidget
from console.views.dragging import Dragging
from console.views.map_targets import map_targets


class MapDrag(QObject):
    """Joins a map to the screen's drags."""

    def __init__(self, board: Board, widget: MapWidget, dragging: Dragging) -> None:
        """From now on pins can be dragged and dropped on."""
        super().__init__(widget)
        self._board = board
        self._map = widget
        self._dragging = dragging
        widget.drag_wanted.connect(self._begin)
        widget.set_drop_policy(self._accepts)
        widget.dropped.connect(self._drop)
        widget.foreign_drop.connect(self._refuse_foreign)
        widget.page_lost.connect(lambda: dragging.cancel("drag.map_lost"))
        dragging.began.connect(self._light)
        dragging.ended.connect(self._unlight)

    def _begin(self, kind: str, pin_id: str) -> None:
        if self._map.can_drag():
            self._dragging.begin(self._map.view, kind, [pin_id])
        else:
            self._dragging.said.emit("map.failed")

    def _light(self, payload: Payload) -> None:
        self._map.freeze(True)
        self._map.show_targets(map_targets(self._board, self._dragging, payload))

    def _unlight(self) -> None:
        self._map.clear_targets()
        self._map.freeze(False)

    def _accepts(self, mime: bytes, kind: str | None, pin_id: str | None) -> bool:
        if kind is None or pin_id is None:
            return False
        return self._dragging.accepts(read_payload(mime), Target(kind, pin_id))

    def _drop(self, mime: bytes, kind: str, pin_id: str, _: Position) -> None:
        if kind:
            self._dragging.drop(read_payload(mime), Target(kind, pin_id))

    def _refuse_foreign(self) -> None:
        self._dragging.said.emit("drag.ignored")
