"""The wall: for people who stand far away and only look."""

from collections.abc import Iterable
from time import monotonic

from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShortcut,
    QWheelEvent,
)
from PySide6.QtWidgets import QMenu, QWidget
from PySide6.QtCore import Qt

from console.domain.indicator import IndicatorId
from console.live.link import Link
from console.store.changes import ChangeSet
from console.theme import tokens
from console.views.screen import Screen, Spot
from console.views.sight import Sight
from console.views.stage import Stage
from console.views.wall.camera import Camera
from console.views.wall.census import Census, take_census
from console.views.wall.chiefs_panel import ChiefsPanel
from console.views.wall.distance import Distance
from console.views.wall.figures import CallsPanel, SharePanel
from console.views.wall.marks import Marks
from console.views.wall.normal import normal_so_far
from console.views.wall.past_days import PastDays
from console.views.wall.placing import Placing
from console.views.wall.scenes import Scene
from console.views.wall.top_panel import TopPanel, offline
from console.views.wall.urgent_panel import UrgentPanel
from console.views.wall.wall_map import WallMap
from console.views.wall.words import chiefs_now, now_words, urgent_rows


class WallScreen(Screen):
    """Read-only: what is seen here is decided at the desks."""

    bare = True

    def __init__(self, stage: Stage) -> None:
        """Build everything; it fills when the board has a picture."""
        super().__init__(stage)
        self.top = TopPanel()
        self.map = WallMap(stage)
        self.urgent = UrgentPanel(stage.texts)
        self.calls = CallsPanel(stage.texts)
        self.share = SharePanel(stage.texts, stage.city.policy.respond_min)
        self.chiefs = ChiefsPanel(stage.texts)
        self.camera = Camera(stage.city, stage.texts, self)
        self.census = Census()
