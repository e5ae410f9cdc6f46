"""The dispatch desk: queue, map, charts, the chosen case and who could take it."""

from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.geo.boundaries import Boundaries
from console.i18n import Texts
from console.live.board import Board
from console.live.headline import Headline
from console.live.link import Link
from console.live.orders import Orders, Target
from console.live.tasks import Tasks
from console.map.strings import STRINGS
from console.map.widget import MapWidget
from console.store.changes import ChangeSet
from console.tables.case_card import CaseCard
from console.tables.search import warm
from console.tables.unit_view import UnitPanel
from console.tables.worker_view import WorkerPanel
from console.theme.tokens import MAP_PALETTE
from console.views.case_menu import CaseMenu
from console.views.case_panel import CasePanel
from console.views.charts_panel import ChartsPanel
from console.views.city_map import CityMap
from console.views.desk_places import DeskPlaces
from console.views.dragging import Dragging
from console.views.keys import Keys
from console.views.map_drag import MapDrag
from console.views.map_search import Found, MapSearch
from console.views.queue_panel import QueuePanel
from console.views.receivers import Receivers
from console.views.selection import Selection
from console.views.undo_pills import UndoPills
from console.widgets.empty_state import EmptyState

SIDE = 432
"""Width of the left and the right column."""
CHARTS = 200
CASE, WORKERS = 296, 348
CASE_ZOOM = 15.5
PINYIN_MS = 3000
"""When the start is over the search's dictionary is loaded, on a thread of its own."""
CHARTS_LATEST_MS = 6000
"""The charts come after the first pins, or so long after the picture of a city without any."""


class Desk(QWidget):
    """One dispatcher's screen between the top bar and the status line."""

    said = Signal(str)
    """A translation key for the status line."""
    first_pins = Signal()
    chord = Signal(bool)

    def __init__(
        self,
        board: Board,
        headline: Headline,
        tasks: Tasks,
        orders: Orders,
        boundaries: Boundaries,
        texts: Texts,
        cache: Path,
    ) -> None:
        """Build everything; it fills when the board has a picture."""
        super().__init__()
        self._board = board
        self._orders = orders
        self._texts = texts
        self.selection = Selection(self)
        self.queue = QueuePanel(board, orders, self.selection, texts)
        fallback = EmptyState(texts("map.crashed"), "")
        self.map = MapWidget(
            boundaries, board.city, STRINGS[texts.lang], MAP_PALETTE, cache, fallback
        )
        self.charts = ChartsPanel(board, headline, tasks, texts)
        card = CaseCard(board.city, texts)
        self.workers = WorkerPanel(board.city, texts)
        self.units = UnitPanel(board.city, texts)
        self._card = card
        self._lay_out()
        CityMap(board, self.map, texts)
        self.search = MapSearch(board, texts, self.map)
        UndoPills(board, orders, texts, self.map)
        self.case_panel = CasePanel(board, self.selection, tasks, card, texts)
        self.takers = Receivers(board, self.selection, self.workers, self.units, texts)
        self.menu = CaseMenu(board, orders, self.selection, texts, self, self.show_on_map)
        self.dragging = Dragging(board, orders, texts, self)
        self.queue.join(self.dragging)
        self.takers.join(self.dragging)
        MapDrag(board, self.map, self.dragging)
        panels = {"queue": self.queue, "charts": self.charts, "map": self.map}
        self._places = DeskPlaces(
            board, self.queue, self.workers, self.units, self.map, self.dragging, panels
        )
        self._connect()

    def _lay_out(self) -> None:
        self.queue.setFixedWidth(SIDE)
        self.charts.setFixedHeight(CHARTS)
        middle = _column(self.map, self.charts)
        middle.setStretch(0, 1)
        right = QWidget()
        right.setFixedWidth(SIDE)
        column = _column(self._card, self.workers, self.units)
        column.setStretch(2, 1)
        self._card.setFixedHeight(CASE)
        self.workers.setFixedHeight(WORKERS)
        right.setLayout(column)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(1)
        row.addWidget(self.queue)
        row.addLayout(middle, 1)
        row.addWidget(right)

    def _connect(self) -> None:
        self.selection.changed.connect(lambda case: self.map.select("case", case))
        self.queue.menu_wanted.connect(self.menu.show)
        self.queue.view.case_activated.connect(self.show_on_map)
        self.takers.chosen.connect(self.give)
        self.map.first_pins_drawn.connect(self._on_first_pins)
        self.map.case_pressed.connect(self.selection.choose)
        self.map.case_clicked.connect(self.selection.choose)
        self.map.context_menu.connect(self._map_menu)
        self.search.wanted.connect(self._go)
        self.dragging.said.connect(self.said)
        self._board.changed.connect(self._begin)
        self.keys = Keys(
            self,
            {
                "Return": self._give_best,
                "Enter": self._give_best,
                "Ctrl+Z": self._orders.undo,
                "Ctrl+F": self.queue.focus_search,
                "Ctrl+K": self.search.focus,
                "F9": self.fold_charts,
                "Alt+Left": self.selection.back,
                "Ctrl+Tab": lambda: self.queue.next_tab(1),
                "Ctrl+Shift+Tab": lambda: self.queue.next_tab(-1),
                "Home": self.map.fit_city,
            },
            lambda key, assist: self.give(self.takers.worker_at(key), assist),
            lambda key, assist: self.give(self.takers.unit_at(key), assist),
            self.chord.emit,
        )

    def attach(self, link: Link) -> None:
        """The centre answers: details and history can be fetched."""
        self.case_panel.attach(link)
        self.charts.attach(link)

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
        """Show or hide the charts."""
        self.charts.setVisible(not self.charts.isVisible())

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

    def _map_menu(self, kind: str, pin_id: str, at: QPoint) -> None:
        if kind == "case":
            self.menu.show(pin_id, at)

    def locate(self, kind: str, name: str) -> tuple[QWidget, QRect] | None:
        """Where something is on this screen (see app/probe.py)."""
        return self._places.find(kind, name)


def _column(*widgets: QWidget) -> QVBoxLayout:
    box = QVBoxLayout()
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(1)
    for widget in widgets:
        box.addWidget(widget)
    return box
