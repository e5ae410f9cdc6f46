"""The top of the duty screen: the scope, who decides there now, six figures."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from console.domain.indicator import INDICATORS, IndicatorId
from console.domain.roster import CITY
from console.domain.unit import UnitKind
from console.live.readings import Readings
from console.tables import search
from console.tables.rows import age_text
from console.views.duty.office import Office
from console.views.sight import Sight
from console.widgets.figure_tile import FigureTile
from console.widgets.label import ElidedLabel, set_tone
from console.widgets.search_list import Option, SearchList

SIX = (
    IndicatorId.RESPONSE,
    IndicatorId.HANDLING_IN_TIME,
    IndicatorId.OVERDUE_OPEN,
    IndicatorId.RETURN,
    IndicatorId.REWORK,
    IndicatorId.SATISFACTION,
)
"""What a chief can still move within the shift: signing, handling, what rots, what bounces, what was
badly done, and what the citizen says of it. Closing in time is not among them: the centre's own
day for check and call-back lies between the work and the close."""
_BESIDE_SATISFACTION = (IndicatorId.CALLBACK, IndicatorId.SOLUTION)
CHIEF = 250
"""The least width of the chief's name and telephone."""
_SOON_S = 30 * 60
_UNITS = (UnitKind.DISTRICT, UnitKind.BUREAU, UnitKind.UTILITY, UnitKind.TOWN)


class DutyHead(QWidget):
    """Follows office, roster and readings."""

    passport_wanted = Signal(str)
    """The id of an indicator whose passport is to be opened."""
    handover_wanted = Signal()

    def __init__(self, office: Office, readings: Readings) -> None:
        """No figures before the first reading."""
        super().__init__()
        self.setObjectName("duty-head")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._office = office
        self._readings = readings
        self._texts = office.stage.texts
        self.scope = QPushButton()
        self.scope.setObjectName("duty-scope")
        self.scope.setToolTip(self._texts("duty.scope_hint"))
        self.scope.clicked.connect(self.choose_scope)
        self._chief = ElidedLabel(tone="duty-chief")
        self._chief.setMinimumWidth(CHIEF)
        self._second = ElidedLabel(tone="second")
        self.span = QPushButton()
        self.span.setObjectName("duty-span")
        self.span.setCheckable(True)
        self.span.setToolTip(self._texts("duty.span_hint"))
        self.span.toggled.connect(self.show_figures)
        self.handover = QPushButton(self._texts("duty.handover"))
        self.handover.setObjectName("duty-handover")
        self.handover.clicked.connect(self.handover_wanted)
        self.tiles = {id_: self._tile(id_) for id_ in SIX}
        self._lay_out()
        sight = Sight(office.stage.board, self)
        sight.ticked.connect(self.show_chief)
        sight.opened.connect(self.show_figures)
        office.changed.connect(self._rescope)
        readings.changed.connect(self.show_figures)
        readings.listen(self)
        self._rescope()

    def _tile(self, indicator: IndicatorId) -> FigureTile:
        tile = FigureTile(self._texts(INDICATORS[indicator].name_key))
        tile.setObjectName(f"indicator-{indicator.value}")
        tile.clicked.connect(lambda: self.passport_wanted.emit(indicator.value))
        return tile

    def _lay_out(self) -> None:
        chief = QVBoxLayout()
        chief.setSpacing(2)
        chief.addStretch(1)
        chief.addWidget(self._chief)
        chief.addWidget(self._second)
        chief.addStretch(1)
        self.scope.setMinimumWidth(170)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(6)
        row.addWidget(self.scope)
        row.addLayout(chief, 1)
        for tile in self.tiles.values():
            row.addWidget(tile)
        buttons = QVBoxLayout()
        buttons.setSpacing(6)
        buttons.addStretch(1)
        buttons.addWidget(self.span)
        buttons.addWidget(self.handover)
        buttons.addStretch(1)
        row.addLayout(buttons)

    def _rescope(self) -> None:
        self.scope.setText(f"{self._office.name_of(self._office.scope.code)}  ▾")
        self.show_chief()
        self.show_figures()

    def show_chief(self) -> None:
        """Who decides now, for how long, by which telephone; a gap says what to do."""
        texts, turn, now = self._texts, self._office.turn(), self._office.now()
        if turn is None:
            set_tone(self._chief, "duty-gap")
            self._chief.set_words(texts("duty.no_chief"))
            self._second.set_words(texts("duty.no_chief_hint"))
            return
        left = (turn.end - now).total_seconds()
        set_tone(self._chief, "duty-chief")
        self._offer_handover(left <= _SOON_S)
        self._chief.set_words(turn.name)
        self._second.set_words(
            texts("duty.shift_left", phone=turn.phone, age=age_text(left, texts))
        )

    def _offer_handover(self, soon: bool) -> None:
        """In the last half hour of a shift the button asks for attention."""
        self.handover.setText(self._texts("duty.handover_soon" if soon else "duty.handover"))
        kind = "due" if soon else ""
        if self.handover.property("kind") != kind:
            self.handover.setProperty("kind", kind)
            self.handover.style().polish(self.handover)

    @property
    def of_shift(self) -> bool:
        """Whether the figures are those of the shift, not of the day."""
        return self.span.isChecked()

    def show_figures(self) -> None:
        """The figures as they were measured last; satisfaction never stands alone."""
        self.span.setText(self._texts("duty.span_shift" if self.of_shift else "duty.span_day"))
        if not self.isVisible():
            return
        for id_, tile in self.tiles.items():
            tile.show_figure(self._figure(id_))
        name = self._texts(INDICATORS[IndicatorId.SATISFACTION].name_key)
        called, solved = (self._figure(id_) for id_ in _BESIDE_SATISFACTION)
        self.tiles[IndicatorId.SATISFACTION].setText(
            self._texts("duty.beside_satisfaction", name=name, called=called, solved=solved)
        )

    def _figure(self, indicator: IndicatorId) -> str:
        found = self._readings.of(indicator, self._office.scope.code, shift=self.of_shift)
        return "…" if found is None else found.text

    def choose_scope(self) -> None:
        """Open the list of scopes below the button."""
        dialog = ScopeDialog(self._office, self)
        dialog.move(self.scope.mapToGlobal(QPoint(0, self.scope.height() + 4)))
        dialog.open()
        dialog.chooser.setFocus()


class ScopeDialog(QDialog):
    """City, districts, then all units; searched by name, pinyin or English."""

    def __init__(self, office: Office, parent: QWidget) -> None:
        """Choosing closes it; Esc leaves everything as it was."""
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("duty-scopes")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(460, 560)
        self._office = office
        self.chooser = SearchList(office.stage.texts("duty.scope_search"), search_in)
        box = QVBoxLayout(self)
        box.setContentsMargins(10, 10, 10, 10)
        box.addWidget(self.chooser)
        units = sorted(office.city.units.values(), key=lambda unit: _UNITS.index(unit.kind))
        codes = [CITY, *(unit.code for unit in units)]
        self.chooser.set_options([self._option(code) for code in codes])
        self.chooser.chosen.connect(self._choose)

    def _option(self, code: str) -> Option:
        unit = self._office.city.units.get(code)
        names = (unit.name, unit.name_en) if unit is not None else (self._office.name_of(code),)
        return Option(code, self._office.name_of(code), search.haystack(*names))

    def _choose(self, code: str) -> None:
        self._office.look_at(code)
        self.close()


def search_in(haystack: str, typed: str) -> bool:
    """Whether what is typed is found, in Chinese, by pinyin or in English."""
    return search.matches(haystack, search.normalise(typed))
