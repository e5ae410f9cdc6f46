"""What a seat has chosen to see on its map beside the picture: the heat, and whether the legend is open."""

from datetime import datetime

from PySide6.QtCore import QObject, QTimer

from console.domain.heat import HeatChoice, HeatPeriod
from console.geo.boundaries import Boundaries
from console.geo.square import square_km
from console.i18n import Texts
from console.live.board import Board
from console.map.heat_shown import HeatShown
from console.map.widget import MapWidget
from console.settings import PreferencesFile
from console.store.changes import ChangeSet
from console.store.heat import HeatMeter
from console.views.sight import Sight

HEAT_MS = 5000
"""At most so often is the heat counted anew: a rate does not change faster."""
AGAIN_MS = 60_000
"""And so often without a new case: the last hour goes on."""
CATEGORIES = 6
"""So many categories can be chosen, the most frequent ones."""


class MapLooks(QObject):
    """Keeps a map's heat and legend as they were chosen; remembered for the seat."""

    def __init__(
        self,
        board: Board,
        boundaries: Boundaries,
        widget: MapWidget,
        texts: Texts,
        preferences: PreferencesFile,
        seat: str,
    ) -> None:
        """Show what was chosen last; `seat` names whose choice it is."""
        super().__init__(widget)
        self._board, self._boundaries = board, boundaries
        self._widget, self._texts = widget, texts
        self._preferences, self._seat = preferences, seat
        self._meter: HeatMeter | None = None
        kept = preferences.load()
        self.choice = _parsed(kept.heat.get(seat, ""))
        """What is shown, None for no heat."""
        if seat in kept.legends:
            widget.open_legend(kept.legends[seat])
        self._due = QTimer(self, interval=HEAT_MS, singleShot=True)
        self._due.timeout.connect(self._show)
        self._again = QTimer(self, interval=AGAIN_MS)
        self._again.timeout.connect(self._show)
        self._again.start()
        self._sight = Sight(board, widget)
        self._sight.changed.connect(self._hear)
        widget.heat_chosen.connect(self._choose)
        widget.legend_folded.connect(self._fold)

    def _choose(self, period: str, category: str) -> None:
        self.choice = HeatChoice(HeatPeriod(period), category) if period else None
        heat = {**self._preferences.load().heat, self._seat: _written(self.choice)}
        self._preferences.save(heat=heat)
        self._show()

    def _fold(self, folded: bool) -> None:
        legends = {**self._preferences.load().legends, self._seat: not folded}
        self._preferences.save(legends=legends)

    def _hear(self, changes: ChangeSet) -> None:
        if changes.everything:
            self._show()
        elif self.choice is not None and changes.cases and not self._due.isActive():
            self._due.start()

    def _show(self) -> None:
        if not self._sight.open or not self._board.picture.epoch:
            return
        if self.choice is None:
            self._widget.set_heat(HeatShown())
            return
        self._widget.set_heat(self._measured(self.choice))

    def _measured(self, choice: HeatChoice) -> HeatShown:
        board = self._board
        if self._meter is None:
            self._meter = HeatMeter(board.city, square_km(self._boundaries.grids))
        now = board.time.domain_now()
        meter, picture = self._meter, board.picture
        return HeatShown(
            period=choice.period,
            category=choice.category,
            categories=self._categories(meter, choice, now),
            base=meter.base,
            synthetic=meter.synthetic,
            since=meter.begins(picture, choice.period, now)
            .astimezone(board.city.tz)
            .strftime("%H:%M"),
            heat=meter.measure(picture, choice, now),
        )

    def _categories(
        self, meter: HeatMeter, choice: HeatChoice, now: datetime
    ) -> tuple[tuple[str, str], ...]:
        """The most frequent, and the chosen one in any case."""
        found = list(meter.categories(self._board.picture, now, CATEGORIES))
        if choice.category and choice.category not in found:
            found.append(choice.category)
        names = {
            one.category: self._texts.pick(one.category_name, one.category_name_en)
            for one in self._board.city.categories.values()
        }
        return tuple((code, names[code]) for code in found if code in names)


def _written(choice: HeatChoice | None) -> str:
    """As it is remembered: "day" or "day/09", empty for none."""
    return "" if choice is None else "/".join(p for p in (choice.period, choice.category) if p)


def _parsed(words: str) -> HeatChoice | None:
    period, _, category = words.partition("/")
    return HeatChoice(HeatPeriod(period), category) if period in set(HeatPeriod) else None
