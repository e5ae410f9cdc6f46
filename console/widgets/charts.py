"""The charts of the desk side by side: hours, days, levels, with their words in the console's language."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TypeVar

from PySide6.QtWidgets import QHBoxLayout, QWidget

from console.i18n import Texts
from console.theme.tokens import FONT_LEAST, LEVEL_KEY, WORST_FIRST
from console.widgets.chart_data import HourlyDay, daily_totals, kind_of, normal_band
from console.widgets.day_chart import DayChart
from console.widgets.hour_chart import HourChart
from console.widgets.level_bars import LevelBars

_LEVELS_WIDTH = 212
_Level = TypeVar("_Level", bound=int)


class Charts(QWidget):
    """Made only when it is first shown: the plots' library is slow to load."""

    def __init__(
        self, texts: Texts, pixels: int = FONT_LEAST, parent: QWidget | None = None
    ) -> None:
        """Empty until `show_figures`; `pixels` is the height of the axes' and legends' type."""
        super().__init__(parent)
        self._texts = texts
        self.hours = HourChart(
            texts("chart.hours"),
            (texts("chart.today"), texts("chart.normal"), texts("chart.median")),
            self._hour_words,
            pixels,
        )
        self.days = DayChart(
            texts("chart.days"),
            (texts("chart.calls"), texts("chart.weekly_mean"), texts("chart.so_far")),
            self._day_words,
            self._month_words,
            pixels,
        )
        self.levels = LevelBars(
            texts("chart.levels"), [(lv, texts(f"level.{LEVEL_KEY[lv]}")) for lv in WORST_FIRST]
        )
        self.levels.setFixedWidth(_LEVELS_WIDTH)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(1)
        row.addWidget(self.hours, 10)
        row.addWidget(self.days, 11)
        row.addWidget(self.levels)

    def show_figures(
        self,
        history: Sequence[HourlyDay] | None,
        today: HourlyDay,
        now: datetime,
        levels: Mapping[_Level, int],
        hours: HourlyDay | None = None,
    ) -> None:
        """`history` are past days, None while they are being read; `now` is local domain time.

        `levels` count open cases by level. `hours` stand in the place of today's calls, without a
        normal band: nobody knows what is normal for them.
        """
        day = date.fromisoformat(today.day)
        past = [d for d in history or () if d.day < today.day]
        hour = now.hour + now.minute / 60
        if hours is None:
            self.hours.show_day(today.calls, hour, normal_band(past, kind_of(day)))
        else:
            self.hours.show_day(hours.calls, hour, None)
        if past:
            self.days.show_days(daily_totals(past), day, sum(today.calls))
            self.days.show_chart()
        else:
            key = "chart.loading" if history is None else "chart.no_history"
            self.days.say_empty(self._texts(key), self._texts("chart.no_history_hint"))
        self.levels.show_counts(levels)

    def _hour_words(self, hour: int, count: int, low: float | None, high: float | None) -> str:
        span = {"from": hour, "to": hour + 1, "n": f"{count:,}"}
        if low is None or high is None:
            return self._texts("chart.readout_hour_plain", **span)
        return self._texts("chart.readout_hour", **span, low=f"{low:,.0f}", high=f"{high:,.0f}")

    def _day_words(self, day: date, count: int) -> str:
        weekday = self._texts(f"weekday.{day.weekday()}")
        stamp = day.strftime("%Y-%m-%d")
        return self._texts("chart.readout_day", date=stamp, weekday=weekday, n=f"{count:,}")

    def _month_words(self, day: date) -> str:
        return str(day.year) if day.month == 1 else self._texts(f"month.{day.month}")
