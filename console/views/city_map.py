"""The live map of a screen: follows the board and tells what was pointed at."""

from PySide6.QtCore import QObject, QTimer

from console.i18n import Texts
from console.live.board import Board
from console.map.pins import CasePin, WorkerPin
from console.map.widget import MapWidget
from console.store.changes import ChangeSet
from console.views.pins import case_pin, grid_load, worker_pin

LOAD_MS = 2000
"""How often the load of the grids is counted anew when cases have changed."""


class CityMap(QObject):
    """Keeps a map widget equal to the board's picture."""

    def __init__(self, board: Board, widget: MapWidget, texts: Texts) -> None:
        """Follow the board from now on."""
        super().__init__(widget)
        self._board = board
        self._widget = widget
        self._texts = texts
        self._load_due = QTimer(self, interval=LOAD_MS, singleShot=True)
        self._load_due.timeout.connect(self._show_load)
        board.changed.connect(self._refresh)

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
        cases = [self._case(case_id) for case_id in picture.cases]
        self._widget.set_cases([pin for pin in cases if pin is not None])
        workers = [self._worker(worker) for worker in picture.fixes]
        self._widget.set_workers([pin for pin in workers if pin is not None])
        self._show_load()

    def _set_clock(self) -> None:
        keeper = self._board.time
        self._widget.set_clock(keeper.domain_now().timestamp(), keeper.rate)

    def _show_load(self) -> None:
        self._widget.set_grid_load(grid_load(self._board.picture))

    def _case(self, case_id: str) -> CasePin | None:
        board = self._board
        case = board.picture.cases.get(case_id)
        return None if case is None else case_pin(case, board.picture, board.city, self._texts)

    def _worker(self, worker_id: str) -> WorkerPin | None:
        board = self._board
        fix = board.picture.fixes.get(worker_id)
        return None if fix is None else worker_pin(fix, board.picture, board.city, self._texts)
