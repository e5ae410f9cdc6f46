"""The map of a comparison: only the cases that went differently; the chosen one is outlined."""

from collections.abc import Iterable
from datetime import datetime

from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.map.pins import CasePin
from console.map.widget import MapWidget
from console.store.picture import Picture
from console.views.pins import case_pin
from console.views.stage import Stage
from console.views.stage_map import stage_map
from console.widgets.empty_state import EmptyState

ZOOM = 15.0


class DifferenceMap(QWidget):
    """Its page is loaded when there is something to show."""

    def __init__(self, stage: Stage) -> None:
        """Nothing yet."""
        super().__init__()
        self._stage = stage
        self._map: MapWidget | None = None
        self._pins: dict[str, CasePin] = {}
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)

    def show_cases(
        self, cases: Iterable[str], past: Picture, here: Picture, until: datetime
    ) -> None:
        """Pins as the branch has them, or history where the branch has none, at the moment `until`."""
        self._pins = {}
        for case_id in cases:
            pin = self._pin(case_id, here) or self._pin(case_id, past)
            if pin is not None:
                self._pins[case_id] = pin
        shown = self._build()
        shown.set_clock(until.timestamp(), 0.0)
        shown.set_cases(self._pins.values())

    def _pin(self, case_id: str, picture: Picture) -> CasePin | None:
        case = picture.cases.get(case_id)
        if case is None:
            return None
        return case_pin(case, picture, self._stage.city, self._stage.texts)

    def _build(self) -> MapWidget:
        if self._map is None:
            fallback = EmptyState(self._stage.texts("map.crashed"), "")
            self._map = stage_map(self._stage, fallback)
            self._box.addWidget(self._map)
        return self._map

    def show_case(self, case_id: str) -> None:
        """Outline a case and go there."""
        pin = self._pins.get(case_id)
        if pin is not None and self._map is not None:
            self._map.select("case", case_id)
            self._map.fly_to(pin.position, ZOOM)

    def shut_down(self) -> None:
        """Let go of the page."""
        if self._map is not None:
            self._map.shut_down()
