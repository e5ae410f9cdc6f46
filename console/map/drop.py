"""A Qt drag over the map: what is under it, whether it may be dropped there, what the page shows."""

from collections.abc import Callable

from PySide6.QtCore import QMimeData, QObject, QPointF, Signal

from console.domain.footprint import contains
from console.domain.place import Position
from console.live.drag import MIME
from console.map.edge import EdgePan
from console.map.fan import Fan, open_fan
from console.map.hit import NOTHING, Hit, Viewport, hit_test
from console.map.picture import Picture
from console.map.pins import Kind

DropPolicy = Callable[[bytes, str | None, str | None], bool]
"""(mime bytes, kind, id of what is under the pointer, or None) → whether a drop there would do something."""


def refuse_all(_mime: bytes, _kind: str | None, _id: str | None) -> bool:
    """The policy until another is set."""
    return False


class DropPlace(QObject):
    """Follows one drag at a time over the map and tells the page what is lit."""

    dropped = Signal(bytes, str, str, Position)
    foreign = Signal()

    def __init__(self, picture: Picture, parent: QObject | None = None) -> None:
        """`picture` gives the pins and takes the messages to the page."""
        super().__init__(parent)
        self.policy: DropPolicy = refuse_all
        self.viewport: Viewport | None = None
        self.open = True
        """Whether the map takes drops at all: a wall does not."""
        self.edge = EdgePan(self)
        self._picture = picture
        self._fan: Fan | None = None
        self._lit: tuple[str, str] | None = None

    def enter(self, mime: QMimeData) -> bool:
        """Whether the map takes part in this drag at all."""
        if not self.open:
            return False
        if mime.hasFormat(MIME):
            return True
        self.foreign.emit()
        return False

    def move(self, mime: QMimeData, at: QPointF) -> bool:
        """Whether a drop here would do something; lights what is under the pointer."""
        view = self.viewport
        if view is None or not self.open or not mime.hasFormat(MIME):
            return False
        self.edge.moved(at.x(), at.y(), view.width, view.height)
        hit = self._hit(view, at.x(), at.y())
        accepted = not hit.crowd and self.policy(_bytes(mime), hit.kind, hit.id)
        self._light((hit.kind, hit.id) if accepted and hit.kind and hit.id else None)
        return accepted

    def drop(self, mime: QMimeData, at: QPointF) -> bool:
        """Emit `dropped` when the policy allows it; kind and id are empty for the bare map."""
        view = self.viewport
        accepted = self.move(mime, at)
        hit = self._hit(view, at.x(), at.y()) if view else NOTHING
        self.leave()
        if not accepted or view is None:
            return False
        place = view.to_position(at.x(), at.y())
        self.dropped.emit(_bytes(mime), hit.kind or "", hit.id or "", place)
        return True

    def leave(self) -> None:
        """The drag has gone elsewhere or ended."""
        self.edge.stop()
        self._light(None)
        self._show(None)

    def _hit(self, view: Viewport, x: float, y: float) -> Hit:
        if self._fan is not None and self._fan.holds(x, y):
            member = self._fan.at(x, y)
            return Hit(member.kind, member.id) if member else NOTHING
        hit = hit_test(view, self._picture.standing, x, y)
        self._show(open_fan(hit.crowd, x, y) if hit.crowd else None)
        return self._area(view, x, y) if hit is NOTHING else hit

    def _area(self, view: Viewport, x: float, y: float) -> Hit:
        """The topmost footprint under the pixel."""
        place = view.to_position(x, y)
        under = [it.id for it in self._picture.footprints() if contains(it.ring, place)]
        return Hit(Kind.FOOTPRINT, under[-1]) if under else NOTHING

    def _show(self, fan: Fan | None) -> None:
        if fan is None and self._fan is None:
            return
        self._fan = fan
        members = [[m.kind.value, m.id, m.x, m.y] for m in fan.members] if fan else []
        self._picture.say(type="fan", members=members)

    def _light(self, target: tuple[str, str] | None) -> None:
        if target == self._lit:
            return
        self._lit = target
        kind, pin_id = target or (None, None)
        self._picture.say(type="target", kind=kind, id=pin_id)


def _bytes(mime: QMimeData) -> bytes:
    return bytes(mime.data(MIME).data())
