"""改由…承办: choose the unit that gets the case, the likeliest first; those it may not go to say why."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from console.domain.unit import Unit
from console.store.decisions import Waiting
from console.store.ranking import rank_units
from console.tables import search
from console.views.duty import acts
from console.views.duty.head import search_in
from console.views.duty.office import Office
from console.widgets.search_list import Option, SearchList


class UnitPicker(QDialog):
    """Enter chooses, Esc leaves."""

    def __init__(
        self, office: Office, waiting: Waiting, chosen: Callable[[str], None], parent: QWidget
    ) -> None:
        """`chosen` gets the unit's code."""
        super().__init__(parent)
        texts = office.stage.texts
        self.setObjectName("duty-dialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(texts("duty.redirect_title"))
        self.resize(620, 620)
        self._chosen = chosen
        self.units = SearchList(texts("duty.redirect_search"), search_in)
        self.units.setObjectName("duty-units")
        box = QVBoxLayout(self)
        box.addWidget(self.units)
        self._office, self._waiting = office, waiting
        ranked = rank_units(waiting.case, office.stage.board.picture, office.city)
        self.units.set_options([self._option(entry.unit) for entry in ranked])
        self.units.chosen.connect(self._take)
        self.units.setFocus()

    def _option(self, unit: Unit) -> Option:
        name = self._office.name_of(unit.code)
        reason = acts.why_not_to(self._waiting, unit, self._office.stage)
        return Option(unit.code, name, search.haystack(unit.name, unit.name_en), reason)

    def _take(self, unit: str) -> None:
        self.accept()
        self._chosen(unit)
