import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot

from console.domain.case import TERMINAL
from console.live.board import Board
from console.store.changes import ChangeSet
from console.views.desk import screen as desk_screen
from console.views.window import Window
from console.widgets.charts import Charts
from console.wire.frames import DayVolumes
from tests.qt.views.stand_ins import StandInLink, desk_of


def charts(window: Window) -> Charts:
    found = desk_of(window).charts.findChild(Charts)
    assert isinstance(found, Charts)
    return found


def test_charts_are_made_after_the_first_pins(
    window: Window, board: Board, link: StandInLink, qtbot: QtBot
) -> None:
    link.days = [DayVolumes(day=f"2026-03-{n:02d}", calls=[n] * 24) for n in range(1, 17)]
    assert desk_of(window).charts.findChild(Charts) is None
    with qtbot.waitSignal(window.first_pins):
        desk_of(window).map.first_pins_drawn.emit()
    shown = charts(window)
    qtbot.waitUntil(lambda: len(shown.days._days) == 17)
    alive = [c for c in board.picture.cases.values() if c.state not in TERMINAL]
    assert sum(shown.levels.counts().values()) == len(alive)
    desk_of(window).map.first_pins_drawn.emit()
    assert charts(window) is shown


def test_a_city_without_pins_has_charts_too(
    window: Window, board: Board, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk_screen, "CHARTS_LATEST_MS", 1)
    board.changed.emit(ChangeSet(everything=True))
    qtbot.waitUntil(lambda: desk_of(window).charts.findChild(Charts) is not None)


def test_a_past_that_is_not_there_yet_is_asked_for_again(
    window: Window, link: StandInLink, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("console.views.past_days.PATIENCE_MS", 5)
    panel = desk_of(window).charts
    panel._past._again.setInterval(5)
    panel.build()
    qtbot.waitUntil(lambda: panel._past.days == [])
    link.days = [DayVolumes(day="2026-03-10", calls=[1] * 24)]
    qtbot.waitUntil(lambda: bool(panel._past.days))


def test_charts_of_the_other_language_wait_for_nothing(
    window: Window, board: Board, link: StandInLink, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk_screen, "CHARTS_LATEST_MS", 30)
    board.changed.emit(ChangeSet(everything=True))
    panel = desk_of(window).charts
    panel._past._again.setInterval(20)
    panel.build()
    window.switch_language()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    qtbot.wait(120)
    assert desk_of(window).charts is not panel
    qtbot.waitUntil(lambda: desk_of(window).charts.findChild(Charts) is not None)
