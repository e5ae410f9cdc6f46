"""The live map of a screen: follows the board, the chosen case and the filter of the top bar."""

from PySide6.QtCore import QObject, QTimer

from console.domain.case import Case
from console.domain.clock import case_level
from console.i18n import Texts
from console.live.board import Board
from console.map.pins import CasePin, WorkerPin
from console.map.widget import MapWidget
from console.store.changes import ChangeSet
from console.views.pins import case_pin, grid_load, worker_pin
from console.views.selection import Selection
from console.views.sight import Sight

LOAD_MS = 2000
"""How often the load of the grids is counted anew when cases have changed; a filter by level too."""


class CityMap(QObject):
    """Keeps a map widget equal to the board's picture while it is in sight."""

    def __init__(
        self, board: Board, widget: MapWidget, texts: Texts, selection: Selection | None = None
    ) -> None:
        """Follow the board from now on; without a selection nothing is outlined or left out."""
        super().__init__(widget)
        self._board = board
        self._widget = widget
        self._texts = texts
        self._load_due = QTimer(self, interval=LOAD_MS, singleShot=True)
        self._load_due.timeout.connect(self._show_load)
        self._selection = selection
        self._sight = Sight(board, widget)
        self._sight.changed.connect(self._refresh)
        if selection is not None:
            self._sight.opened.connect(lambda: self._outline(selection.case))
            selection.changed.connect(self._outline)
            selection.filtered.connect(self._filter)

    def _refresh(self, changes: ChangeSet) -> None:
        if changes.everything:
            self._show_all()
            return
        if changes.clock:
            self._set_clock()
        if changes.cases or changes.removed_cases:
            self._refresh_cases(changes)
        if changes.fixes or changes.workers:
            pins = [self._worker(worker) for worker in changes.fixes | changes.workers]
            self._widget.update_workers([pin for pin in pins if pin is not None], [])

    def _refresh_cases(self, changes: ChangeSet) -> None:
        upserts: list[CasePin] = []
        removed = list(changes.removed_cases)
        for case_id in changes.cases:
            pin = self._case(case_id)
            if pin is None:
                removed.append(case_id)
            else:
                upserts.append(pin)
        self._widget.update_cases(upserts, removed)
        if not self._load_due.isActive():
            self._load_due.start()

    def _show_all(self) -> None:
        picture = self._board.picture
        self._set_clock()
        self._show_cases()
        workers = [self._worker(worker) for worker in picture.fixes]
        self._widget.set_workers([pin for pin in workers if pin is not None])
        self._show_load()

    def _show_cases(self) -> None:
        cases = [self._case(case_id) for case_id in self._board.picture.cases]
        self._widget.set_cases([pin for pin in cases if pin is not None])

    def _outline(self, case_id: str | None) -> None:
        if self._sight.open:
            self._widget.select("case", case_id)

    def _filter(self) -> None:
        """The top bar shows other levels; levels change with time too, so this comes again."""
        if self._sight.open:
            self._show_cases()

    def _set_clock(self) -> None:
        keeper = self._board.time
        self._widget.set_clock(keeper.domain_now().timestamp(), keeper.rate)

    def _show_load(self) -> None:
        if not self._sight.open:
            return
        self._widget.set_grid_load(grid_load(self._board.picture))
        if self._selection is not None and self._selection.levels:
            self._show_cases()

    def _case(self, case_id: str) -> CasePin | None:
        board = self._board
        case = board.picture.cases.get(case_id)
        if case is None or not self._wanted(case):
            return None
        return case_pin(case, board.picture, board.city, self._texts)

    def _wanted(self, case: Case) -> bool:
        """Whether the filter lets the case through."""
        if self._selection is None or not self._selection.levels:
            return True
        board = self._board
        lead, now = board.picture.lead(case), board.time.domain_now()
        return case_level(case, lead, board.city.policy, now) in self._selection.levels

    def _worker(self, worker_id: str) -> WorkerPin | None:
        board = self._board
        fix = board.picture.fixes.get(worker_id)
        return None if fix is None else worker_pin(fix, board.picture, board.city, self._texts)
