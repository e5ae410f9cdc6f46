"""Calls per day over the past year, the weekly mean, and today so far."""

from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from console.theme import tokens
from console.widgets.chart_data import Totals, axis_step, month_marks, weekly_mean
from console.widgets.chart_frame import ChartFrame
from console.widgets.plots import make_plot, pen

_HEADROOM = 1.08

DayWords = Callable[[date, int], str]
"""(day, count) → what is read."""
MonthWords = Callable[[date], str]
"""First day of a month → its mark on the axis."""


class DayChart(ChartFrame):
    """One thin bar a day; the pointer reads them."""

    columns = ("day", "calls", "weekly_mean")

    def __init__(
        self,
        title: str,
        legend: tuple[str, str, str],
        words: DayWords,
        month: MonthWords,
        pixels: int = tokens.FONT_LEAST,
        parent: QWidget | None = None,
    ) -> None:
        """`legend` names a day, the weekly mean, today so far."""
        super().__init__(
            title,
            [
                ("bar", tokens.DATA_PALE, legend[0]),
                ("line", tokens.TEXT, legend[1]),
                ("dot", tokens.SELECTION, legend[2]),
            ],
            pixels,
            parent,
        )
        self._words = words
        self._month = month
        self._days: list[date] = []
        self._totals = np.array([], dtype=np.float64)
        self._plot = make_plot(pixels)
        self._items = _items(self._plot)
        self._plot.scene().sigMouseMoved.connect(self._hover)
        self._plot.viewport().installEventFilter(self)
        self.set_chart(self._plot)

    def show_days(self, past: Totals, today: date, so_far: int) -> None:
        """`past` ends before `today`; `so_far` is today's count until now."""
        self._days = [*past.days, today]
        self._totals = np.append(past.totals, float(so_far))
        numbers = np.arange(len(past.days))
        self._items["days"].setOpts(x=numbers, height=np.nan_to_num(past.totals))
        self._items["mean"].setData(numbers, weekly_mean(past.totals), connect="finite")
        last = len(self._days) - 1
        self._items["today"].setOpts(x=[last], height=[so_far])
        self._items["dot"].setData([last], [so_far])
        self._items["cursor"].setVisible(False)
        top = max(1.0, float(np.nanmax(self._totals)))
        self._plot.setXRange(-1, last + 4, padding=0)
        self._plot.setYRange(0, top * _HEADROOM, padding=0)
        marks = np.arange(0, top, axis_step(top))  # one in the headroom would be cut in half
        self._plot.getAxis("left").setTicks([[(m, f"{m:,.0f}") for m in marks]])
        months = [(n, self._month(day)) for n, day in month_marks(self._days)]
        self._plot.getAxis("bottom").setTicks([months])
        self._say(last)

    def rows(self) -> list[tuple[object, ...]]:
        """A day a row, oldest first, today last; empty where nothing is known."""
        means = weekly_mean(self._totals)
        return [
            (day.isoformat(), _or_empty(total), _or_empty(mean))
            for day, total, mean in zip(self._days, self._totals, means, strict=True)
        ]

    def _say(self, number: int) -> None:
        count = self._totals[number]
        self.read("" if np.isnan(count) else self._words(self._days[number], int(count)))

    def _hover(self, position: Any) -> None:
        at = round(self._plot.getPlotItem().getViewBox().mapSceneToView(position).x())
        if 0 <= at < len(self._days):
            self._items["cursor"].setValue(at)
            self._items["cursor"].setVisible(True)
            self._say(at)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """When the pointer leaves, today is read again."""
        if event.type() == QEvent.Type.Leave and self._days:
            self._items["cursor"].setVisible(False)
            self._say(len(self._days) - 1)
        return super().eventFilter(watched, event)


def _or_empty(value: float) -> object:
    return "" if np.isnan(value) else round(float(value), 1)


def _items(plot: Any) -> dict[str, Any]:
    """The plot's items, from the back to the front."""
    import pyqtgraph as pg

    none = pg.mkPen(None)
    selection = pg.mkBrush(tokens.SELECTION)
    items = {
        "days": pg.BarGraphItem(
            x=[], height=[], width=1.0, brush=pg.mkBrush(tokens.DATA_PALE), pen=none
        ),
        "mean": pg.PlotDataItem(pen=pen(tokens.TEXT, 1.6)),
        "today": pg.BarGraphItem(x=[0], height=[0], width=2.4, brush=selection, pen=none),
        "dot": pg.ScatterPlotItem(size=10, brush=selection, pen=pen(tokens.PAGE, 1.5)),
        "cursor": pg.InfiniteLine(0, angle=90, pen=pen(tokens.SECOND, 1)),
    }
    for item in items.values():
        plot.addItem(item)
    items["cursor"].setVisible(False)
    return items
