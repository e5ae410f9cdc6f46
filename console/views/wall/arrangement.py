"""Gives every panel of a wall its place: by its plan, inside the red frame, on the orbit that spares the display."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

from console.theme import tokens
from console.views.wall.orbit import offset, reach
from console.views.wall.panel import WallPanel
from console.views.wall.plan import Box, Plan, plan
from console.views.wall.setup import Setup
from console.views.wall.wall_map import WallMap

OFFLINE_FRAME = 24
"""Width of the red frame while the centre is away, in units of the plan."""

Panel = WallPanel | WallMap


@dataclass(frozen=True, slots=True)
class _Stand:
    """What the sizes depend on."""

    width: int
    height: int
    least_type: float
    offline: bool


class Arrangement:
    """Of one wall; sizes change only with the wall, the viewing distance and the link."""

    def __init__(
        self,
        wall: QWidget,
        panels: Mapping[str, Panel],
        over_map: Sequence[WallPanel],
        setup: Setup,
    ) -> None:
        """`panels` in the order top, map, urgent, calls, share, chiefs; `over_map` share the map's place."""
        self._wall = wall
        self._panels = tuple(panels.values())
        self._over_map = tuple(over_map)
        self._setup = setup
        self._stand: _Stand | None = None
        self._offset = (0, 0)
        self._boxes: list[Box | None] = []
        self._frame = 0
        self.plan: Plan = plan(3840, 2160, 1)

    def follow(self, seconds: float, *, offline: bool) -> None:
        """Everything to its place at this monotonic moment."""
        wall = self._wall
        stand = _Stand(wall.width(), wall.height(), self._setup.smallest_type(), offline)
        moved = offset(seconds, stand.height)
        if stand != self._stand:
            self._stand, self._offset = stand, moved
            self._size(stand)
        elif moved != self._offset:
            self._offset = moved
            self._place()

    def read_from(self, metres: float) -> float:
        """From how far this wall is read when people stand so far away: a small one is not from everywhere."""
        least = self._setup.smallest_type(metres)
        free = 2 * reach(self._wall.height())
        size = self._wall.width() - free, self._wall.height() - free
        return metres * plan(*size, least).readable(least)

    def _size(self, stand: _Stand) -> None:
        free = 2 * reach(stand.height)
        width, height = max(1, stand.width - free), max(1, stand.height - free)
        self._frame = 0
        if stand.offline:
            self._frame = max(6, plan(width, height, stand.least_type).px(OFFLINE_FRAME))
        inner = max(1, width - 2 * self._frame), max(1, height - 2 * self._frame)
        self.plan = made = plan(*inner, stand.least_type)
        self._boxes = [made.top, made.map, made.urgent, *made.bottom_boxes()]
        for panel in (*self._panels, *self._over_map):
            panel.set_plan(made)
        for panel, box in zip(self._panels, self._boxes, strict=True):
            panel.setVisible(box is not None)
        self._place()

    def _place(self) -> None:
        wall = self._wall
        # Both ways the same room: a wall's height is what the orbit is measured by.
        start = self._frame + reach(wall.height())
        dx, dy = (start + move for move in self._offset)
        for panel, box in zip(self._panels, self._boxes, strict=True):
            if box is not None:
                panel.setGeometry(_rect(box.moved(dx, dy)))
        for panel in self._over_map:
            panel.setGeometry(_rect(self.plan.map.moved(dx, dy)))
        wall.update()

    def paint(self, painter: QPainter) -> None:
        """What no panel covers: gaps, the red frame, and at the edges what goes on from the panels.

        So the orbit never opens a gap there.
        """
        offline = self._stand is not None and self._stand.offline
        whole = self._wall.rect()
        painter.fillRect(whole, QColor(tokens.RED if offline else tokens.PAGE))
        inner = whole.adjusted(self._frame, self._frame, -self._frame, -self._frame)
        painter.fillRect(inner, QColor(tokens.PAGE))
        reached = reach(whole.height()) + max(map(abs, self._offset), default=0)
        for panel in (*self._panels, *self._over_map):
            if panel.isVisible() and isinstance(panel, WallPanel):
                painter.fillRect(_grown(panel.geometry(), inner, reached), QColor(panel.surface))


def _grown(rect: QRect, inner: QRect, reached: int) -> QRect:
    """The rectangle, drawn out to those edges that it lies at."""
    left = inner.left() if rect.left() - inner.left() <= reached else rect.left()
    top = inner.top() if rect.top() - inner.top() <= reached else rect.top()
    right = inner.right() if inner.right() - rect.right() <= reached else rect.right()
    bottom = inner.bottom() if inner.bottom() - rect.bottom() <= reached else rect.bottom()
    return QRect(left, top, right - left + 1, bottom - top + 1)


def _rect(box: Box) -> QRect:
    return QRect(box.x, box.y, box.width, box.height)
