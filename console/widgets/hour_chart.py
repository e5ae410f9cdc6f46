"""Calls per hour today as bars over the normal band of such days."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from console.theme import tokens
from console.widgets.chart_data import Band, axis_step
from console.widgets.chart_frame import ChartFrame
from console.widgets.plots import make_plot, pen

_BAR_WIDTH = 0.62
_HEADROOM = 1.08

HourWords = Callable[[int, int, float | None, float | None], str]
"""(hour, count, low, high) → what is read; low and high are None without a normal band."""


class HourChart(ChartFrame):
    """24 hours; the running hour is a paler bar, "now" a line."""

    columns = ("hour", "calls", "low", "median", "high")

    def __init__(
        self,
        title: str,
        legend: tuple[str, str, str],
        words: HourWords,
        pixels: int = tokens.FONT_LEAST,
        parent: QWidget | None = None,
    ) -> None:
        """`legend` names today, the normal range, its middle; `words` say an hour."""
        super().__init__(
            title,
            [
                ("bar", tokens.DATA, legend[0]),
                ("bar", tokens.BAND, legend[1]),
                ("dashed", tokens.SECOND, legend[2]),
            ],
            pixels,
            parent,
        )
        self._words = words
        self._counts: Sequence[int] = [0] * 24
        self._band: Band | None = None
        self._hour = 0
        self._plot = make_plot(pixels)
        self._items = _items(self._plot)
        self._plot.setXRange(0, 24, padding=0)
        axis = self._plot.getAxis("bottom")
        axis.setTicks([[(h, str(h)) for h in range(0, 25, 3)]])
        self._plot.scene().sigMouseMoved.connect(self._hover)
        self._plot.viewport().installEventFilter(self)
        self.set_chart(self._plot)

    def show_day(self, counts: Sequence[int], hour: float, band: Band | None) -> None:
        """`counts` are today's 24; `hour` is the local time of day in hours (10.5 is half past ten)."""
        self._counts, self._band, self._hour = counts, band, int(hour)
        past = np.arange(24) < self._hour
        heights = np.asarray(counts, dtype=float)
        self._items["past"].setOpts(height=np.where(past, heights, 0.0))
        running = np.arange(24) == self._hour
        self._items["running"].setOpts(height=np.where(running, heights, 0.0))
        self._items["now"].setValue(hour)
        self._show_band(band)
        top = max(1.0, float(heights.max()), float(band.high.max()) if band is not None else 0.0)
        self._plot.setYRange(0, top * _HEADROOM, padding=0)
        step = axis_step(top)
        marks = np.arange(0, top, step)  # one in the headroom would be cut in half
        self._plot.getAxis("left").setTicks([[(m, f"{m:,.0f}") for m in marks]])
        self._say(max(0, self._hour - 1))

    def _show_band(self, band: Band | None) -> None:
        for name in ("low", "high", "median", "band"):
            self._items[name].setVisible(band is not None)
        if band is None:
            return
        edges = np.repeat(np.arange(25), 2)[1:-1]
        self._items["low"].setData(edges, np.repeat(band.low, 2))
        self._items["high"].setData(edges, np.repeat(band.high, 2))
        self._items["median"].setData(np.arange(24) + 0.5, band.median)

    def rows(self) -> list[tuple[object, ...]]:
        """An hour a row; the normal range is empty where there is none."""
        band = self._band
        return [
            (hour, int(self._counts[hour]))
            + (
                ("", "", "")
                if band is None
                else tuple(round(float(v[hour]), 1) for v in (band.low, band.median, band.high))
            )
            for hour in range(24)
        ]

    def _say(self, hour: int) -> None:
        low = high = None
        if self._band is not None:
            low, high = float(self._band.low[hour]), float(self._band.high[hour])
        self.read(self._words(hour, int(self._counts[hour]), low, high))

    def _hover(self, position: Any) -> None:
        at = self._plot.getPlotItem().getViewBox().mapSceneToView(position).x()
        if 0 <= at < 24:
            self._say(int(at))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """When the pointer leaves, the last full hour is read again."""
        if event.type() == QEvent.Type.Leave:
            self._say(max(0, self._hour - 1))
        return super().eventFilter(watched, event)


def _items(plot: Any) -> dict[str, Any]:
    """The plot's items, from the back to the front."""
    import pyqtgraph as pg

    # The band is too near its ground to be seen by everybody: its bounds are lines.
    low, high = (pg.PlotDataItem(pen=pen(tokens.OUTLINE, 1.2)) for _ in range(2))
    items = {
        "low": low,
        "high": high,
        "band": pg.FillBetweenItem(low, high, brush=pg.mkBrush(tokens.BAND)),
        "past": _bars(pg, tokens.DATA),
        "running": _bars(pg, tokens.DATA_PALE),
        "median": pg.PlotDataItem(pen=pen(tokens.TEXT, 1.4, dashed=True)),
        "now": pg.InfiniteLine(0, angle=90, pen=pen(tokens.TEXT, 1.2)),
    }
    for item in items.values():
        plot.addItem(item)
    return items


def _bars(pg: Any, colour: str) -> Any:
    return pg.BarGraphItem(
        x=np.arange(24) + 0.5,
        height=np.zeros(24),
        width=_BAR_WIDTH,
        brush=pg.mkBrush(colour),
        pen=pg.mkPen(None),
    )
