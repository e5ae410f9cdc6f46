"""The wall: for people who stand far away and only look."""

from collections.abc import Callable
from datetime import timedelta
from time import monotonic

from PySide6.QtCore import Qt
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
from PySide6.QtWidgets import QMenu

from console.domain.indicator import IndicatorId
from console.live.link import Link
from console.settings import PreferencesFile
from console.store.changes import ChangeSet
from console.theme import tokens
from console.views.past_days import PastDays
from console.views.screen import Screen, Spot
from console.views.sight import Sight
from console.views.stage import Stage
from console.views.wall.camera import Camera
from console.views.wall.census import Census, take_census
from console.views.wall.chiefs_panel import ChiefsPanel
from console.views.wall.distance import Distance
from console.views.wall.figures import CallsPanel, SharePanel
from console.views.wall.normal import normal_so_far
from console.views.wall.plan import plan
from console.views.wall.top_panel import TopPanel, offline
from console.views.wall.urgent_panel import UrgentPanel
from console.views.wall.wall_map import WallMap
from console.views.wall.words import chiefs_now, is_old, mark, now_words, urgent_rows
from console.widgets.chart_data import RECENT_DAYS

DRIFT_S = 180.0
DRIFT = ((0, 0), (2, 0), (2, 2), (0, 2))
"""Everything moves by a pixel or two every few minutes, so that no edge burns in."""
OFFLINE_FRAME = 24
"""Width of the red frame while the centre is away, in units of the plan."""

MODIFIERS = frozenset({Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_Meta})
"""The beginning of a chord, mostly of one that leads to another screen."""


class WallScreen(Screen):
    """Read-only: what is seen here is decided at the desks."""

    bare = True

    key_help = ("wall.keys.scenes", "wall.keys.pause", "wall.keys.release")

    def __init__(self, stage: Stage) -> None:
        """Build everything; it fills when the board has a picture."""
        super().__init__(stage)
        texts = stage.texts
        self.top = TopPanel()
        self.map = WallMap(stage)
        self.urgent = UrgentPanel(texts)
        self.calls = CallsPanel(texts)
        self.share = SharePanel(texts, stage.city.policy.respond_min)
        self.chiefs = ChiefsPanel(texts)
        self.camera = Camera(stage.city, texts, self)
        self.distance = Distance(
            PreferencesFile(stage.settings.data_dir), stage.city.policy.wall_distance_m, self
        )
        self.census = Census()
        self._past = PastDays(stage.tasks, timedelta(days=RECENT_DAYS), self)
        self._drifted = 0
        self._offline = False
        self._least = 0.0
        for panel in self._panels().values():
            panel.setParent(self)
        self._connect()

    def _panels(
        self,
    ) -> dict[str, WallMap | TopPanel | UrgentPanel | CallsPanel | SharePanel | ChiefsPanel]:
        return {
            "top": self.top,
            "map": self.map,
            "urgent": self.urgent,
            "calls": self.calls,
            "share": self.share,
            "chiefs": self.chiefs,
        }

    def _connect(self) -> None:
        stage, camera = self.stage, self.camera
        self._sight = Sight(stage.board, self)
        self._sight.changed.connect(self._take)
        self._sight.ticked.connect(self._tick)
        stage.readings.listen(self)
        stage.readings.changed.connect(self._show_share)
        self._past.changed.connect(self._show_calls)
        self.map.map.first_pins_drawn.connect(self.first_pins)
        self.map.resized.connect(camera.fit)
        camera.fit_wanted.connect(self.map.fit)
        camera.moved.connect(self._show_view)
        self.distance.changed.connect(self._lay_out)
        self._on_key("Left", lambda: camera.step(-1))
        self._on_key("Right", lambda: camera.step(1))
        self._on_key("P", camera.pause)
        self._on_key("Space", camera.release)

    def _on_key(self, key: str, act: Callable[[], object]) -> None:
        QShortcut(QKeySequence(key), self).activated.connect(act)

    def attach(self, link: Link) -> None:
        """The centre answers: the past days can be fetched."""
        self._past.attach(link)

    def shut_down(self) -> None:
        """End the map's page in the order that QtWebEngine asks for."""
        self.map.shut_down()

    def add_to_menu(self, menu: QMenu) -> None:
        """What the keys do, for the mouse."""
        texts, camera = self.stage.texts, self.camera
        menu.addAction(texts("wall.next"), lambda: camera.step(1))
        menu.addAction(texts("wall.previous"), lambda: camera.step(-1))
        menu.addAction(texts("wall.pause"), camera.pause)
        menu.addAction(texts("wall.release"), camera.release)
        menu.addAction(
            texts("wall.distance"), lambda: self.distance.ask(self, texts, self._read_from)
        )
        menu.addSeparator()

    def locate(self, kind: str, name: str) -> Spot:
        """Where something is on this screen (see app/probe.py)."""
        if kind == "wall-row":
            row = self.urgent.place_of(name)
            return None if row is None else (self.urgent, row)
        panel = self._panels().get(name) if kind == "panel" else None
        return None if panel is None or not panel.isVisible() else (panel, panel.rect())

    def _take(self, changes: ChangeSet) -> None:
        """Once a second is enough for a wall; a new snapshot or clock does not wait."""
        if changes.everything or changes.clock:
            self.map.set_clock()
        if changes.everything:
            self._tick()

    def _tick(self) -> None:
        board, texts = self.stage.board, self.stage.texts
        picture = board.picture
        self.census = take_census(picture, board.city, board.time.domain_now())
        self.camera.tick(picture, self.census)
        self.urgent.show_rows(urgent_rows(self.census, board, texts), estimated=is_old(board))
        self.chiefs.show_chiefs(chiefs_now(board, texts))
        self._past.want(picture.day.day)
        self._show_view()
        self._show_calls()
        self._show_share()
        self._show_age()

    def _show_view(self) -> None:
        scene = self.camera.scene
        self.top.show_heading(self.camera.heading())
        self.top.show_counts(self.census.levels(scene, self.stage.headline.figures.levels))
        self.map.show_census(self.census, scene)

    def _show_calls(self) -> None:
        board = self.stage.board
        local = board.time.domain_now().astimezone(board.city.tz)
        self.calls.show_calls(
            sum(board.picture.day.calls), normal_so_far(self._past.days or [], local)
        )

    def _show_share(self) -> None:
        self.share.show_reading(self.stage.readings.of(IndicatorId.RESPONSE))

    def _show_age(self) -> None:
        board, texts = self.stage.board, self.stage.texts
        self.top.show_now(now_words(board, texts, live=not self.stage.training))
        self.top.show_mark(mark(self.stage))
        drifted = int(monotonic() / DRIFT_S) % len(DRIFT)
        stand = (drifted, offline(board), self.distance.type_on(self))
        if stand != (self._drifted, self._offline, self._least):
            self._drifted, self._offline, _ = stand
            self._lay_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Every size has its plan."""
        super().resizeEvent(event)
        self._lay_out()

    def _lay_out(self) -> None:
        least = self._least = self.distance.type_on(self)
        free = max(x for x, _ in DRIFT)
        width, height = self.width() - free, self.height() - free
        frame = 0
        if self._offline:
            frame = max(6, plan(width, height, least).px(OFFLINE_FRAME))
        made = plan(max(1, width - 2 * frame), max(1, height - 2 * frame), least)
        dx, dy = (frame + drift for drift in DRIFT[self._drifted])
        calls, share, chiefs = made.bottom_boxes()
        boxes = (made.top, made.map, made.urgent, calls, share, chiefs)
        for panel, box in zip(self._panels().values(), boxes, strict=True):
            panel.set_plan(made)
            panel.setVisible(box is not None)
            if box is None:
                continue
            moved = box.moved(dx, dy)
            panel.setGeometry(moved.x, moved.y, moved.width, moved.height)
        self.update()

    def _read_from(self, metres: float) -> float:
        """From how far this wall is read when people stand so far away: a small one is not from everywhere."""
        least = self.distance.type_on(self, metres)
        return metres * plan(self.width(), self.height(), least).readable(least)

    def paintEvent(self, event: QPaintEvent) -> None:
        """What is not covered: the gaps, and a red frame while the centre is away."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(tokens.RED if self._offline else tokens.PAGE))
        painter.fillRect(self.childrenRect(), QColor(tokens.PAGE))
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A hand on the wall: the view stays."""
        self.camera.touch()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """A hand on the wall: the view stays."""
        self.camera.touch()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A hand on the keys: the view stays; the key is not the wall's."""
        if event.key() not in MODIFIERS:
            self.camera.touch()
        event.ignore()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be chosen here."""
        menu = QMenu(self)
        self.add_to_menu(menu)
        menu.exec(event.globalPos())
        menu.deleteLater()
