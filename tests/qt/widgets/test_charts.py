import random
import subprocess
import sys
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPointF
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from console.domain.clock import Level
from console.i18n import Texts
from console.widgets.charts import Charts

TODAY = date(2026, 3, 17)


@dataclass
class Day:
    day: str
    calls: list[int] = field(default_factory=lambda: [0] * 24)


def history(count: int, before: date = TODAY, seed: int = 1) -> list[Day]:
    dice = random.Random(seed)
    return [
        Day((before - timedelta(days=n)).isoformat(), [dice.randint(0, 300) for _ in range(24)])
        for n in range(count, 0, -1)
    ]


def now(hour: int = 10, minute: int = 30, day: date = TODAY) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)


@pytest.fixture
def charts(qtbot: QtBot, zh: Texts) -> Charts:
    made = Charts(zh)
    qtbot.addWidget(made)
    made.resize(1056, 200)
    with qtbot.waitExposed(made):
        made.show()
    return made


def words(chart: Any) -> list[str]:
    return [label.text() for label in chart.findChildren(QLabel) if label.isVisible()]


def test_importing_charts_does_not_load_the_plots() -> None:
    program = "import sys, console.widgets.charts; sys.exit('pyqtgraph' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_while_the_past_is_read_it_says_so(charts: Charts, zh: Texts) -> None:
    charts.show_figures(None, Day(TODAY.isoformat()), now(), {})
    assert zh("chart.loading") in words(charts.days)


def test_without_a_past_it_says_so(charts: Charts, zh: Texts) -> None:
    charts.show_figures([], Day(TODAY.isoformat()), now(), {})
    assert zh("chart.no_history") in words(charts.days)
    assert charts.hours.reading() == zh("chart.readout_hour_plain", **{"from": 9, "to": 10}, n=0)


def test_a_year_is_shown_and_read(charts: Charts, zh: Texts) -> None:
    charts.show_figures(None, Day(TODAY.isoformat()), now(), {})
    loading = charts.grab().toImage()
    today = Day(TODAY.isoformat(), [40] * 10 + [0] * 14)
    charts.show_figures(history(365), today, now(), {Level.RED: 3})
    assert zh("chart.loading") not in words(charts.days)
    assert charts.grab().toImage() != loading
    assert "400" in charts.days.reading()
    assert charts.hours.reading().startswith("9–10 时 40 次（常态 ")
    assert charts.levels.counts()[Level.RED] == 3


def test_the_pointer_reads_a_day_and_an_hour_and_leaves(charts: Charts) -> None:
    today = Day(TODAY.isoformat(), [40] * 10 + [0] * 14)
    charts.show_figures(history(30), today, now(), {})
    for chart in (charts.hours, charts.days):
        before = chart.reading()
        plot = chart._plot
        box = plot.getPlotItem().getViewBox()
        chart._hover(box.mapViewToScene(QPointF(3, 1)))
        assert chart.reading() != before
        chart._hover(QPointF(-9999, -9999))
        QApplication.sendEvent(plot.viewport(), QEvent(QEvent.Type.Leave))
        assert chart.reading() == before


@pytest.mark.parametrize("days", [0, 1, 2, 6, 7, 8, 400])
@pytest.mark.parametrize("hour", [0, 23])
def test_any_length_of_past_at_any_hour(charts: Charts, days: int, hour: int) -> None:
    today = Day(TODAY.isoformat(), [5] * 24)
    charts.show_figures(history(days), today, now(hour, 59), {Level.GREEN: 1})
    assert not charts.grab().isNull()


@pytest.mark.parametrize("count", [0, 1, 2**31, 2**53])
def test_any_count(charts: Charts, count: int) -> None:
    past = [Day(d.day, [count] * 24) for d in history(10)]
    charts.show_figures(past, Day(TODAY.isoformat(), [count] * 24), now(), {Level.RED: count})
    assert not charts.grab().isNull()
    assert f"{count:,}" in charts.hours.reading()


@pytest.mark.parametrize(
    "day", [date(2028, 2, 29), date(2028, 3, 1), date(2026, 12, 31), date(2027, 1, 1)]
)
def test_leap_days_and_years_ends(charts: Charts, day: date) -> None:
    charts.show_figures(history(365, day), Day(day.isoformat(), [1] * 24), now(5, 0, day), {})
    assert day.strftime("%m-%d") in charts.days.reading()
    assert not charts.grab().isNull()


def test_days_that_are_missing_are_gaps(charts: Charts) -> None:
    past = history(60)
    del past[10:40]
    charts.show_figures(past, Day(TODAY.isoformat()), now(), {})
    charts._hour_words(1, 2, None, 3.0)
    numbers = range(len(charts.days._days))
    read = set()
    for number in numbers:
        charts.days._say(number)
        read.add(charts.days.reading())
    assert "" in read
    assert not charts.grab().isNull()


def test_today_in_the_past_is_not_counted_twice(charts: Charts) -> None:
    past = [*history(8), Day(TODAY.isoformat(), [999] * 24)]
    charts.show_figures(past, Day(TODAY.isoformat(), [1] * 24), now(), {})
    assert charts.days._days.count(TODAY) == 1
    assert "24" in charts.days.reading()


def test_the_next_day_begins_anew(charts: Charts) -> None:
    charts.show_figures(history(20), Day(TODAY.isoformat(), [9] * 24), now(23), {})
    tomorrow = TODAY + timedelta(days=1)
    charts.show_figures(history(20), Day(tomorrow.isoformat()), now(0, 0, tomorrow), {Level.RED: 1})
    assert charts.days._days[-1] == tomorrow


@pytest.mark.parametrize("size", [(200, 60), (1056, 200), (2112, 400)])
def test_any_size(charts: Charts, size: tuple[int, int]) -> None:
    charts.show_figures(history(30), Day(TODAY.isoformat(), [3] * 24), now(), {Level.RED: 1})
    charts.resize(*size)
    assert not charts.grab().isNull()


def test_figures_that_change_do_not_grow_what_is_drawn(charts: Charts) -> None:
    charts.show_figures(history(30), Day(TODAY.isoformat(), [3] * 24), now(), {})
    plots = (charts.hours._plot, charts.days._plot)
    before = [len(plot.scene().items()) for plot in plots]
    for number in range(10):
        charts.show_figures(history(30), Day(TODAY.isoformat(), [number] * 24), now(), {})
    assert [len(plot.scene().items()) for plot in plots] == before
