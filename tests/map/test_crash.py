"""The page may die or hang: it comes back with everything on it, or is given up."""

import os
import signal

import pytest
from pytestqt.qtbot import QtBot

from console.map import watchdog
from console.map.area_badge import AreaBadge
from console.map.style import MapStyle
from console.map.widget import MapWidget
from tests.map.page import ask, wait_for
from tests.map.pins import NOW, case, team, worker
from tests.map.test_content import area


def fill(widget: MapWidget) -> None:
    widget.set_clock(NOW, 0)
    widget.set_cases([case("c1"), case("c2", dx=0.05)])
    widget.set_workers([worker()])
    widget.set_grid_load({"460105g005": 7})
    widget.select("case", "c2")


def state(qtbot: QtBot, widget: MapWidget) -> object:
    return ask(
        qtbot,
        widget,
        "(() => { const { store, selected, clock } = window.baton.app; return {"
        "cases: [...store.pins.case.keys()].sort(), workers: [...store.pins.worker.keys()],"
        "load: [...store.load.values()], selected: selected.case, now: clock.now() }; })()",
    )


FILLED = {"cases": ["c1", "c2"], "workers": ["w1"], "load": [7], "selected": "c2", "now": NOW}


def kill(widget: MapWidget) -> None:
    os.kill(widget.view.page().renderProcessPid(), signal.SIGKILL)


def test_crashed_page_is_filled_again(qtbot: QtBot, map_widget: MapWidget) -> None:
    fill(map_widget)
    with qtbot.waitSignal(map_widget.page_ready, timeout=20_000):
        kill(map_widget)
    wait_for(qtbot, map_widget, "window.baton.app.store.load.size === 1")
    assert state(qtbot, map_widget) == FILLED


def test_change_while_the_page_is_dead_is_not_lost(qtbot: QtBot, map_widget: MapWidget) -> None:
    fill(map_widget)
    with qtbot.waitSignal(map_widget.page_ready, timeout=20_000):
        kill(map_widget)
        map_widget.update_cases([case("c3", dx=-0.05)], ["c1"])
    wait_for(qtbot, map_widget, "window.baton.app.store.load.size === 1")
    assert state(qtbot, map_widget) == {**FILLED, "cases": ["c2", "c3"]}


def test_look_and_frame_come_back(qtbot: QtBot, map_widget: MapWidget) -> None:
    map_widget.set_style(MapStyle(pin_scale=1.5))
    map_widget.set_areas([AreaBadge(code="460105", level=None, text="3")])
    map_widget.set_teams([team()])
    map_widget.set_footprints([area()])
    map_widget.set_footprint_grids({"460105g005": 2})
    map_widget.fit_area("460106")
    wait_for(qtbot, map_widget, "window.baton.app.framed === '460106'")
    with qtbot.waitSignal(map_widget.page_ready, timeout=20_000):
        kill(map_widget)
    wait_for(qtbot, map_widget, "window.baton.app.store.hours.size === 1")
    wait_for(qtbot, map_widget, "window.baton.app.framed === '460106'")
    kept = (
        "(() => { const { style, badges, store } = window.baton.app;"
        "return [style.pinScale, badges.get('460105').text, store.pins.team.size,"
        "store.pins.footprint.size]; })()"
    )
    assert ask(qtbot, map_widget, kept) == [1.5, "3", 1, 1]


def test_hung_page_is_ended_and_filled_again(
    qtbot: QtBot, map_widget: MapWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(map_widget)
    monkeypatch.setattr(watchdog, "LATE_LOOKS", 3)
    with qtbot.waitSignal(map_widget._host.events.beat, timeout=10_000):
        pass
    with qtbot.waitSignal(map_widget.page_ready, timeout=30_000):
        map_widget.view.page().runJavaScript("for (;;) {}")
    monkeypatch.undo()
    wait_for(qtbot, map_widget, "window.baton.app.store.load.size === 1")
    assert state(qtbot, map_widget) == FILLED


def test_third_crash_in_a_minute_shows_the_fallback(qtbot: QtBot, map_widget: MapWidget) -> None:
    for _ in range(2):
        with qtbot.waitSignal(map_widget.page_ready, timeout=20_000):
            kill(map_widget)
    with qtbot.waitSignal(map_widget.gave_up, timeout=20_000):
        kill(map_widget)
    assert not map_widget.view.isVisible()
    assert not map_widget.can_drag()
