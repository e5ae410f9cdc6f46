"""The calendar of past days: how many calls came, and which days can be replayed."""

from datetime import date, timedelta

from PySide6.QtCore import QRect, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.i18n import Texts
from console.views.training.buttons import button
from console.views.training.shelf import Shelf
from console.widgets.calendar_map import CalendarMap, DayCell
from console.widgets.label import plain_label
from console.widgets.section import Section


class CalendarPanel(Section):
    """Follows the shelf."""

    chosen = Signal(object)
    """A date."""
    activated = Signal(object)
    """A date that is to be played."""

    def __init__(self, shelf: Shelf, texts: Texts, today: date) -> None:
        """Months until `today`, which itself is no past day yet."""
        super().__init__(texts("training.calendar"))
        self._shelf, self._texts, self._today = shelf, texts, today
        weekdays = [texts(f"training.weekday_{n}") for n in range(7)]
        self.map = CalendarMap(weekdays, self._month)
        self._on = button("months-on", "›", lambda: self.map.turn(1))
        self._on.setToolTip(texts("training.months_on"))
        back = button("months-back", "‹", lambda: self.map.turn(-1))
        back.setToolTip(texts("training.months_back"))
        self.add_to_head(plain_label(texts("training.calendar_legend"), tone="second"))
        self.add_to_head(back)
        self.add_to_head(self._on)
        inside = QWidget()
        inside.setObjectName("panel")
        box = QVBoxLayout(inside)
        box.setContentsMargins(16, 8, 16, 12)
        box.addWidget(self.map)
        self.add(inside, 1)
        self.map.chosen.connect(self.chosen)
        self.map.activated.connect(self.activated)
        self.map.turned.connect(self._show_turn)
        shelf.changed.connect(self._show)
        self._show()

    def choose_first(self) -> None:
        """Something is chosen at the start: the newest day that can be played, else yesterday."""
        days = [about.day for about in self._shelf.kept.days.values()]
        self.map.choose(max(days, default=self._today - timedelta(days=1)))

    def place_of(self, day: str) -> QRect | None:
        """Where a day (`YYYY-MM-DD`) is on the map, None when it is not shown."""
        return self.map.place_of(date.fromisoformat(day))

    def _month(self, first: date) -> str:
        month = self._texts(f"month.{first.month}")
        return self._texts("training.month", year=first.year, month=month)

    def _show(self) -> None:
        self.map.show_days({day: self._cell(day) for day in self._shelf.known_days()}, self._today)
        self._show_turn()

    def _cell(self, day: date) -> DayCell:
        calls, files = self._shelf.calls_on(day), self._shelf.kept.on(day)
        key = "training.day_recorded" if files else "training.day_not_recorded"
        hint = self._texts(key, day=day.isoformat(), n=calls if calls is not None else "–")
        return DayCell(count=calls, marked=bool(files), hint=hint)

    def _show_turn(self) -> None:
        self._on.setEnabled(self.map.can_turn_on())
