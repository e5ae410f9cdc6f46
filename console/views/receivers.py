"""Who could take the chosen case: nearby workers and ranked units, ordered once when it is chosen."""

from PySide6.QtCore import QMimeData, QObject, QTimer, Signal

from console.domain.case import Case
from console.i18n import Texts
from console.live.board import Board
from console.live.drag import Payload, payload_of
from console.live.orders import Target
from console.store.changes import ChangeSet
from console.store.nearby import NearbyWorker, nearby
from console.store.ranking import rank_units
from console.tables.row_list import DropWay
from console.tables.unit_view import UnitPanel
from console.tables.worker_view import WorkerPanel
from console.views.dragging import Dragging
from console.views.selection import Selection
from console.views.sight import Sight

WORKERS = 12
REFRESH_MS = 2000
"""Loads and ages are read anew this often; the order stays until another case is chosen."""


class Receivers(QObject):
    """Keeps both lists equal to the chosen case."""

    chosen = Signal(object)
    """A Target was activated by double click or Enter in a list."""

    def __init__(
        self,
        board: Board,
        selection: Selection,
        workers: WorkerPanel,
        units: UnitPanel,
        texts: Texts,
    ) -> None:
        """Follow selection and board."""
        super().__init__(workers)
        self._board = board
        self._selection = selection
        self._workers = workers
        self._units = units
        self._texts = texts
        self._near: list[NearbyWorker] = []
        self._unit_order: list[str] = []
        self._ordered_for: str | None = None
        self._timer = QTimer(self, interval=REFRESH_MS)
        self._timer.timeout.connect(self._refresh)
        self._timer.start()
        self._sight = Sight(board, workers)
        self._sight.changed.connect(self._on_changed)
        self._sight.opened.connect(self._follow)
        self._sight.opened.connect(self._refresh)
        selection.changed.connect(self._follow)
        workers.activated.connect(self._choose_worker)
        units.activated.connect(self._choose_unit)

    @property
    def near(self) -> list[NearbyWorker]:
        """The workers in the order shown."""
        return self._near

    def case(self) -> Case | None:
        """The chosen case, while it is in the picture."""
        case_id = self._selection.case
        return self._board.picture.cases.get(case_id) if case_id is not None else None

    def worker_at(self, key: str) -> Target | None:
        """The worker with this key cap."""
        worker = self._workers.model.id_at_key(key)
        return Target("worker", worker) if worker else None

    def unit_at(self, key: str) -> Target | None:
        """The unit with this key cap."""
        unit = self._units.model.id_at_key(key)
        return Target("unit", unit) if unit else None

    def _choose_worker(self, worker: str) -> None:
        self.chosen.emit(Target("worker", worker))

    def _choose_unit(self, unit: str) -> None:
        self.chosen.emit(Target("unit", unit))

    def join(self, dragging: Dragging) -> None:
        """Take part in the screen's drags: receivers light up, take drops, and workers are dragged."""
        self._workers.set_drop(*_ways(dragging, "worker"))
        self._units.set_drop(*_ways(dragging, "unit"))
        self._workers.drag_wanted.connect(
            lambda ids: dragging.begin(self._workers.view, "worker", ids)
        )
        dragging.began.connect(lambda payload: self._light(payload, dragging))
        dragging.ended.connect(self._unlight)

    def _light(self, payload: Payload, dragging: Dragging) -> None:
        def valid(kind: str, names: list[str]) -> set[str]:
            return {n for n in names if dragging.accepts(payload, Target(kind, n))}

        self._workers.show_targets(valid("worker", self._workers.ids()))
        self._units.show_targets(valid("unit", self._units.ids()))

    def _unlight(self) -> None:
        self._workers.clear_targets()
        self._units.clear_targets()

    def _on_changed(self, changes: ChangeSet) -> None:
        if changes.everything:
            self._order()

    def _follow(self) -> None:
        """Another case was chosen, perhaps while the lists were not in sight."""
        if self._sight.open and self._ordered_for != self._selection.case:
            self._order()

    def _order(self) -> None:
        """Order both lists anew for the chosen case."""
        self._ordered_for = self._selection.case
        case = self.case()
        if case is None:
            self._near = []
            self._workers.show_workers([], self._board.time.domain_now(), chosen=False)
            self._units.show_units([], chosen=False)
            return
        board = self._board
        now = board.time.domain_now()
        self._near = nearby(case, board.picture, board.city, now, limit=WORKERS)
        self._workers.show_workers(self._near, now, chosen=True)
        ranked = rank_units(case, board.picture, board.city)
        self._unit_order = [r.unit.code for r in ranked]
        self._units.show_units(ranked, chosen=True)

    def _refresh(self) -> None:
        """Newer facts in the same order."""
        case = self.case()
        if case is None or not self._sight.open:
            return
        board = self._board
        now = board.time.domain_now()
        known = {n.worker.id: n for n in nearby(case, board.picture, board.city, now, limit=40)}
        self._near = [known.get(n.worker.id, n) for n in self._near]
        self._workers.model.refresh(self._near, now)
        ranked = {r.unit.code: r for r in rank_units(case, board.picture, board.city)}
        self._units.model.show([ranked[code] for code in self._unit_order if code in ranked])


def _ways(dragging: Dragging, kind: str) -> tuple[DropWay, DropWay]:
    """Whether something may be dropped on a row, and the drop itself."""

    def may(mime: QMimeData, row: str) -> bool:
        return dragging.accepts(payload_of(mime), Target(kind, row))

    def drop(mime: QMimeData, row: str) -> bool:
        return dragging.drop(payload_of(mime), Target(kind, row))

    return may, drop
