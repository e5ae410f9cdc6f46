"""The dispatch desk: queue, map, charts, the chosen case and who could take it."""

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from console.live.link import Link
from console.live.orders import Target
from console.settings import PreferencesFile
from console.store.changes import ChangeSet
from console.tables.case_card import CaseCard
from console.tables.search import warm
from console.tables.unit_view import UnitPanel
from console.tables.worker_view import WorkerPanel
from console.views.case_menu import CaseMenu
from console.views.case_panel import CasePanel
from console.views.charts_panel import ChartsPanel
from console.views.desk.places import DeskPlaces
from console.views.desk.plan import CHARTS, plan
from console.views.dragging import Dragging
from console.views.incident.start_dialog import add_start_action
from console.views.keys import Keys
from console.views.map_drag import MapDrag
from console.views.map_search import Found, MapSearch
from console.views.queue_panel import QueuePanel
from console.views.receivers import Receivers
from console.views.screen import Screen, Spot
from console.views.sight import Sight
from console.views.stage import Stage
from console.views.undo_pills import UndoPills
from console.views.working_map import working_map

CASE_ZOOM = 15.5
PINYIN_MS = 3000
"""When the start is over the search's dictionary is loaded, on a thread of its own."""
CHARTS_LATEST_MS = 6000
"""The charts come after the first pins, or so long after the picture of a city without any."""

KEYS = (
    *("enter", "digits", "letters", "shift", "undo"),
    *("find", "find_map", "copy_place", "fold", "escape"),
)
"""Lines of the key help, as ends of translation keys."""


class DeskScreen(Screen):
    """One dispatcher's screen."""

    key_help = tuple(f"keys.{name}" for name in KEYS)

    def __init__(self, stage: Stage) -> None:
        """Build everything; it fills when the board has a picture."""
        super().__init__(stage)
        board, orders, selection, texts = stage.board, stage.orders, stage.selection, stage.texts
        self._board = board
        self._orders = orders
        self._preferences = PreferencesFile(stage.settings.data_dir)
        self._folded = stage.training or self._preferences.load().charts_folded
        self._room_for_charts = True
        self.selection = selection
        self.queue = QueuePanel(board, orders, selection, texts)
        self.map, table = working_map(stage, stage.settings.seat)
        self.charts = ChartsPanel(board, stage.headline, stage.tasks, texts)
        self.card = CaseCard(stage.city, texts)
        self.workers = WorkerPanel(stage.city, texts)
        self.units = UnitPanel(stage.city, texts)
        self._lay_out()
        self.queue.view.set_flash(stage.flash)
        self.search = MapSearch(board, texts, self.map)
        UndoPills(board, orders, texts, self.map)
        self.case_panel = CasePanel(stage, self.card)
        self.case_panel.told.connect(self.told)
        self.takers = Receivers(board, selection, self.workers, self.units, texts)
        self.menu = CaseMenu(
            board, orders, selection, texts, self, self.show_on_map, self._add_to_case_menu
        )
        self.dragging = Dragging(board, orders, texts, self)
        self.queue.join(self.dragging)
        self.takers.join(self.dragging)
        MapDrag(board, self.map, self.dragging)
        table.join(self.dragging)
        panels = {"queue": self.queue, "charts": self.charts, "map": self.map}
        self._places = DeskPlaces(
            self.queue, self.workers, self.units, self.map, table, self.dragging, panels
        )
        self._sight = Sight(board, self)
        self._connect()

    def _lay_out(self) -> None:
        self.charts.setFixedHeight(CHARTS)
        self.charts.setHidden(self._folded)
        middle = _column(self.map, self.charts)
        middle.setStretch(0, 1)
        self._right = right = QWidget()
        column = _column(self.card, self.workers, self.units)
        column.setStretch(2, 1)
        right.setLayout(column)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(1)
        row.addWidget(self.queue)
        row.addLayout(middle, 1)
        row.addWidget(right)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns and panels take what the size allows."""
        super().resizeEvent(event)
        sizes = plan(self.width(), self.height())
        self.queue.setFixedWidth(sizes.left)
        self._right.setFixedWidth(sizes.right)
        self.card.setFixedHeight(sizes.case)
        self.workers.setFixedHeight(sizes.workers)
        if sizes.charts != self._room_for_charts:
            self._room_for_charts = sizes.charts
            self.charts.setHidden(self._folded or not sizes.charts)

    def _connect(self) -> None:
        self.queue.menu_wanted.connect(self.menu.show)
        self.queue.view.case_activated.connect(self.show_on_map)
        self.takers.chosen.connect(self.give)
        self.map.first_pins_drawn.connect(self._on_first_pins)
        self.map.case_pressed.connect(self.selection.choose)
        self.map.case_clicked.connect(self.selection.choose)
        self.map.context_menu.connect(self._map_menu)
        self.search.wanted.connect(self._go)
        self.dragging.said.connect(self.said)
        self._sight.changed.connect(self._begin)
        self.keys = Keys(
            self,
            {
                "Return": self._give_best,
                "Enter": self._give_best,
                "Ctrl+Z": self._orders.undo,
                "Ctrl+F": self.queue.focus_search,
                "Ctrl+K": self.search.focus,
                "F9": self.fold_charts,
                "Ctrl+Tab": lambda: self.queue.next_tab(1),
                "Ctrl+Shift+Tab": lambda: self.queue.next_tab(-1),
                "Home": self.map.fit_city,
            },
            lambda key, assist: self.give(self.takers.worker_at(key), assist),
            lambda key, assist: self.give(self.takers.unit_at(key), assist),
            self._show_chord,
        )

    def attach(self, link: Link) -> None:
        """The centre answers: details and history can be fetched."""
        self.case_panel.attach(link)
        self.charts.attach(link)

    def shut_down(self) -> None:
        """End the map's page in the order that QtWebEngine asks for."""
        self.map.shut_down()

    def give(self, target: Target | None, assist: bool = False) -> None:
        """Give the chosen case to a target; what a drop there would do."""
        case_id = self.selection.case
        if case_id is None or target is None:
            return
        gesture = self._orders.give(case_id, target, assist=assist)
        if gesture is not None and gesture.refusal is not None:
            self.said.emit(f"problem.{gesture.refusal}")

    def _give_best(self) -> None:
        self.give(self.takers.unit_at("Q"))

    def fold_charts(self) -> None:
        """Show or hide the charts; remembered."""
        self._folded = not self.charts.isHidden()
        self.charts.setHidden(self._folded)
        if not self.stage.training:
            self._preferences.save(charts_folded=self._folded)

    def add_to_menu(self, menu: QMenu) -> None:
        """What the keys do, for the mouse."""
        menu.addAction(self.stage.texts("menu.undo"), self._orders.undo)
        menu.addAction(self.stage.texts("menu.charts"), self.fold_charts)
        menu.addSeparator()

    def show_on_map(self, case_id: str) -> None:
        """Centre the map on a case that has a place."""
        case = self._board.picture.cases.get(case_id)
        if case is not None and case.position is not None:
            self.selection.choose(case_id)
            self.map.fly_to(case.position, CASE_ZOOM)

    def _go(self, found: Found) -> None:
        """Show on the map what the search found; a worker where last seen."""
        fix = self._board.picture.fixes.get(found.worker or "")
        position = fix.position if fix is not None else found.position
        if found.area is not None:
            self.map.fit_area(found.area)
        elif position is not None:
            self.map.fly_to(position, CASE_ZOOM)
            self.map.select("worker", found.worker)

    def _begin(self, changes: ChangeSet) -> None:
        """Something is chosen at the start: an empty right column tells a newcomer nothing."""
        if changes.everything and not self.charts.isHidden():
            QTimer.singleShot(CHARTS_LATEST_MS, self.charts.build)
        if self.selection.case is None:
            self.selection.choose(self.queue.model.first_case())

    def _on_first_pins(self) -> None:
        self.first_pins.emit()
        self.charts.build()
        QTimer.singleShot(PINYIN_MS, warm)

    def _show_chord(self, waiting: bool) -> None:
        self.said.emit("keys.digits" if waiting else "status.ready")

    def _add_to_case_menu(self, menu: QMenu, case_id: str) -> None:
        """An incident may begin with a case that somebody sees here."""
        menu.addSeparator()
        add_start_action(menu, self.stage, case_id, self, lambda: self.wanted.emit("incident"))

    def _map_menu(self, kind: str, pin_id: str, at: QPoint) -> None:
        if kind == "case":
            self.menu.show(pin_id, at)

    def locate(self, kind: str, name: str) -> Spot:
        """Where something is on this screen (see app/probe.py)."""
        return self._places.find(kind, name)


def _column(*widgets: QWidget) -> QVBoxLayout:
    box = QVBoxLayout()
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(1)
    for widget in widgets:
        box.addWidget(widget)
    return box
