"""The two panels of receivers: nearby workers, and units with their search."""

from collections.abc import Sequence
from datetime import UTC, datetime

from console.domain.city import City
from console.i18n import Texts
from console.store.nearby import NearbyWorker
from console.store.ranking import RankedUnit
from console.tables.unit_view import UnitView
from console.tables.units import UnitsModel
from console.tables.worker_view import WorkerView
from console.tables.workers import WorkersModel
from console.widgets.search_edit import SearchEdit
from console.widgets.section import Section


class WorkerPanel(Section):
    """Nearby workers for the chosen case."""

    def __init__(self, city: City, texts: Texts) -> None:
        """Nobody yet."""
        super().__init__(texts("worker.title"))
        self._texts = texts
        self.model = WorkersModel(city, texts, self)
        self.view = WorkerView(self.model)
        self.add(self.view)
        self.show_nobody()

    def show_nobody(self) -> None:
        """No case is chosen."""
        self.view.set_empty(self._texts("worker.choose_case"))
        self.model.show([], datetime.now(UTC))

    def show_workers(self, near: Sequence[NearbyWorker], now: datetime) -> None:
        """These workers, in this order."""
        self.view.set_empty(self._texts("worker.none"), self._texts("worker.none_hint"))
        self.model.show(near, now)


class UnitPanel(Section):
    """Ranked units for the chosen case, with a search."""

    def __init__(self, city: City, texts: Texts) -> None:
        """No unit yet."""
        super().__init__(texts("unit.title"))
        self._texts = texts
        self.model = UnitsModel(city, texts, self)
        self.view = UnitView(self.model)
        self._search = SearchEdit(texts("unit.search"))
        self._search.changed.connect(self.model.search)
        self.add(self._search)
        self.add(self.view)
        self.show_nobody()

    def show_nobody(self) -> None:
        """No case is chosen."""
        self.view.set_empty(self._texts("unit.choose_case"))
        self.model.show([])

    def show_units(self, ranked: Sequence[RankedUnit]) -> None:
        """These units, in this order."""
        self.view.set_empty(self._texts("unit.none"), self._texts("unit.none_hint"))
        self.model.show(ranked)
