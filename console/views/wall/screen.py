"""The wall: for people who stand far away and only look."""

from collections.abc import Callable
from datetime import timedelta
from time import monotonic

from PySide6.QtCore import Qt
from PySide6.QtGui import (
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
from console.views.past_days import PastDays
from console.views.screen import Screen, Spot
from console.views.sight import Sight
from console.views.stage import Stage
from console.views.wall.arrangement import Arrangement, Panel
from console.views.wall.camera import Camera
from console.views.wall.census import Census, take_census
from console.views.wall.chiefs_panel import ChiefsPanel
from console.views.wall.figures import CallsPanel, SharePanel
from console.views.wall.hours_panel import HoursPanel
from console.views.wall.normal import normal_so_far
from console.views.wall.ranking_panel import RankingPanel
from console.views.wall.scenes import SceneKind
from console.views.wall.setup import Setup
from console.views.wall.setup_dialog import SetupDialog
from console.views.wall.shade import Shade, is_night
from console.views.wall.top_panel import TopPanel, offline
from console.views.wall.urgent_panel import UrgentPanel
from console.views.wall.wall_map import WallMap
from console.views.wall.words import (
    chiefs_now,
    is_old,
    mark,
    now_words,
    scene_names,
    standings,
    urgent_rows,
)
from console.widgets.chart_data import RECENT_DAYS, kind_of, normal_band

RENEWING_S = 10.0
"""A new page of the map is begun only when the view stands for so long."""

MODIFIERS = frozenset({Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_Meta})
"""The beginning of a chord, mostly of one that leads to another screen."""


class WallScreen(Screen):
    """Read-only: what is seen here is decided at the desks."""

    bare = True
    public = True
    least_size = 480, 480

    key_help = ("wall.keys.scenes", "wall.keys.pause", "wall.keys.release")

    def __init__(self, stage: Stage) -> None:
        """Build everything; it fills when the board has a picture."""
        super().__init__(stage)
        texts = stage.texts
        self.top = TopPanel()
        self.map = WallMap(stage)
        self.urgent = UrgentPanel(texts, stage.flash)
        self.calls = CallsPanel(texts)
        self.share = SharePanel(texts, stage.city.policy.respond_min)
        self.chiefs = ChiefsPanel(texts)
        self.hours = HoursPanel(texts)
        self.ranking = RankingPanel(texts, stage.city.policy.respond_min)
        self.shade = Shade()
        preferences = PreferencesFile(stage.settings.data_dir)
        self.setup = Setup(preferences, stage.city.policy, self)
        self.camera = Camera(stage.city, texts, self.setup, self)
        self.census = Census()
        self._past = PastDays(stage.tasks, timedelta(days=RECENT_DAYS), self)
        self._panels: dict[str, Panel] = {
            "top": self.top,
            "map": self.map,
            "urgent": self.urgent,
            "calls": self.calls,
            "share": self.share,
            "chiefs": self.chiefs,
        }
        over_map = {"hours": self.hours, "ranking": self.ranking}
        for panel in (*self._panels.values(), *over_map.values(), self.shade):
            panel.setParent(self)
        for panel in over_map.values():
            panel.hide()
        self._arrangement = Arrangement(self, self._panels, tuple(over_map.values()), self.setup)
        self._panels |= over_map
        self._connect()

    def _connect(self) -> None:
        stage, camera = self.stage, self.camera
        self._sight = Sight(stage.board, self)
        self._sight.changed.connect(self._take)
        self._sight.ticked.connect(self._tick)
        stage.readings.listen(self)
        stage.readings.changed.connect(self._show_share)
        self._past.changed.connect(self._show_calls)
        self.map.pages.first_pins_drawn.connect(self.first_pins)
        self.map.resized.connect(camera.fit)
        camera.fit_wanted.connect(self.map.fit)
        camera.moved.connect(self._show_view)
        self.setup.changed.connect(self._lay_out)
        self.setup.changed.connect(self._tick)
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
        menu.addAction(texts("wall.setup"), self._ask)
        menu.addSeparator()

    def _ask(self) -> None:
        names = scene_names(self.stage.city, self.stage.texts)
        read_from = self._arrangement.read_from
        dialog = SetupDialog(self.setup, names, self.stage.texts, read_from, self)
        dialog.chosen.connect(self.setup.set)
        dialog.open()

    def locate(self, kind: str, name: str) -> Spot:
        """Where something is on this screen (see app/probe.py)."""
        if kind == "wall-row":
            row = self.urgent.place_of(name)
            return None if row is None else (self.urgent, row)
        panel = self._panels.get(name) if kind == "panel" else None
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
        if self.map.pages.due(quiet=self.camera.settled_s() > RENEWING_S):
            self.map.pages.renew()

    def _show_view(self) -> None:
        scene = self.camera.scene
        for panel, kind in ((self.hours, SceneKind.HOURS), (self.ranking, SceneKind.RANKING)):
            if panel.isHidden() == (scene.kind is kind):
                panel.setVisible(scene.kind is kind)
                self.update()
        self.top.show_heading(self.camera.heading())
        self.top.show_counts(self.census.levels(scene, self.stage.headline.figures.levels))
        self.map.show_census(self.census, scene)

    def _show_calls(self) -> None:
        board = self.stage.board
        local = board.time.domain_now().astimezone(board.city.tz)
        today, past = board.picture.day.calls, self._past.days or []
        self.calls.show_calls(sum(today), normal_so_far(past, local))
        if self.hours.isVisible():
            earlier = [day for day in past if day.day < local.date().isoformat()]
            band = normal_band(earlier, kind_of(local.date()))
            normal = None
            if band is not None:
                normal = tuple(band.low.tolist()), tuple(band.high.tolist())
            self.hours.show_hours(today, local.hour, normal)

    def _show_share(self) -> None:
        self.share.show_reading(self.stage.readings.of(IndicatorId.RESPONSE))
        if self.ranking.isVisible():
            self.ranking.show_standings(standings(self.census, self.stage))

    def _show_age(self) -> None:
        board, texts = self.stage.board, self.stage.texts
        self.top.show_now(now_words(board, texts, live=not self.stage.training))
        self.top.show_mark(mark(self.stage))
        local = board.time.domain_now().astimezone(board.city.tz)
        night = self.setup.choice.dim_at_night and is_night(local)
        self.shade.setVisible(night and not self.census.unsigned)
        self.setup.follow()
        self._lay_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Every size has its plan."""
        super().resizeEvent(event)
        self.shade.setGeometry(self.rect())
        self._lay_out()

    def _lay_out(self) -> None:
        self._arrangement.follow(monotonic(), offline=offline(self.stage.board))

    def paintEvent(self, event: QPaintEvent) -> None:
        """What is not covered: gaps and edges, and a red frame while the centre is away."""
        painter = QPainter(self)
        self._arrangement.paint(painter)
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
