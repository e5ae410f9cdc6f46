"""The page may die or hang: it comes back with everything on it, or is given up."""

import os
import signal

import pytest
from pytestqt.qtbot import QtBot

from console.map import host, revival, watchdog
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


def kill(widget: MapWidget, how: signal.Signals = signal.SIGKILL) -> None:
    pid = widget.view.page().renderProcessPid()
    assert pid > 1  # 0 would be this process and all of its group
    os.kill(pid, how)


def test_crashed_page_is_filled_again(qtbot: QtBot, map_widget: MapWidget) -> None:
    fill(map_widget)
    with qtbot.waitSignal(map_widget.page_ready, timeout=20_000):
        kill(map_widget)
    wait_for(qtbot, map_widget, "window.baton.app.store.load.size === 1")
    assert state(qtbot, map_widget) == FILLED


def test_a_process_that_takes_its_time_to_end_dies_once(
    qtbot: QtBot, map_widget: MapWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    deaths: list[str] = []
    map_widget._host.watchdog.died.connect(lambda: deaths.append("died"))
    map_widget._host.watchdog.gave_up.connect(lambda: deaths.append("gave up"))
    with monkeypatch.context() as slow:
        slow.setattr(host.os, "kill", lambda _pid, _how: None)
        for _ in range(host.ENDING_TRIES):
            map_widget._host.kill()
    assert deaths == []
    with qtbot.waitSignal(map_widget.page_ready, timeout=20_000):
        kill(map_widget)
    assert deaths == ["died"]


def test_a_process_whose_end_is_never_told_is_given_up(
    map_widget: MapWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    deaths: list[str] = []
    map_widget._host.watchdog.died.connect(lambda: deaths.append("died"))
    monkeypatch.setattr(host.os, "kill", lambda _pid, _how: None)
    for _ in range(host.ENDING_TRIES + 1):
        map_widget._host.kill()
    assert deaths == ["died"]


def test_change_while_the_page_is_dead_is_not_lost(qtbot: QtBot, map_widget: MapWidget) -> None:
    fill(map_widget)
    with qtbot.waitSignal(map_widget.page_ready, timeout=20_000):
        kill(map_widget)
        map_widget.update_cases([case("c3", dx=-0.05)], ["c1"])
    wait_for(qtbot, map_widget, "window.baton.app.store.load.size === 1")
    assert state(qtbot, map_widget) == {**FILLED, "cases": ["c2", "c3"]}


def test_a_page_whose_channel_is_mute_is_loaded_again(qtbot: QtBot, map_widget: MapWidget) -> None:
    fill(map_widget)
    page, world = map_widget.view.page(), int(host.APPLICATION_WORLD)
    channel = page.webChannel()
    with qtbot.waitSignal(page.loadFinished, timeout=20_000):
        page.setWebChannel(None, world)
        kill(map_widget)
    with (
        qtbot.assertNotEmitted(map_widget.page_lost),
        qtbot.waitSignal(map_widget.page_ready, timeout=60_000),
    ):
        page.setWebChannel(channel, world)
    wait_for(qtbot, map_widget, "window.baton.app.store.load.size === 1")
    assert state(qtbot, map_widget) == FILLED


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


def give_up(qtbot: QtBot, widget: MapWidget) -> None:
    for _ in range(2):
        with qtbot.waitSignal(widget.page_ready, timeout=20_000):
            kill(widget)
    with qtbot.waitSignal(widget.gave_up, timeout=20_000):
        kill(widget)


def test_a_page_that_is_asked_for_comes_back_whole(qtbot: QtBot, map_widget: MapWidget) -> None:
    fill(map_widget)
    give_up(qtbot, map_widget)
    map_widget.update_cases([case("c3", dx=-0.05)], ["c1"])
    with qtbot.waitSignals([map_widget.came_back, map_widget.whole], timeout=30_000):
        map_widget.try_again()
    assert map_widget.view.isVisible()
    assert map_widget.can_drag()
    assert state(qtbot, map_widget) == {**FILLED, "cases": ["c2", "c3"]}
    # What was before does not count any more: one death is one death.
    with qtbot.waitSignal(map_widget.page_ready, timeout=20_000):
        kill(map_widget)
    assert map_widget.view.isVisible()


def test_it_comes_back_by_itself_when_it_has_lived_out_of_sight(
    qtbot: QtBot, map_widget: MapWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(revival, "PROOF_MS", 200)
    map_widget._host._revival._rest.setInterval(100)
    with qtbot.waitSignal(map_widget.came_back, timeout=30_000):
        give_up(qtbot, map_widget)
    assert map_widget.view.isVisible()


def test_a_page_that_dies_on_trial_is_not_shown_and_rests_longer(
    qtbot: QtBot, map_widget: MapWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(revival, "PROOF_MS", 60_000)
    rest = map_widget._host._revival._rest
    lost: list[bool] = []
    rest.setInterval(60_000)
    give_up(qtbot, map_widget)
    with qtbot.waitSignal(map_widget.page_ready, timeout=30_000):
        rest.start(50)
    map_widget.page_lost.connect(lambda: lost.append(True))
    with qtbot.waitSignal(map_widget._host.watchdog.gave_up, timeout=20_000):
        kill(map_widget)
    assert map_widget.given_up
    assert not map_widget.view.isVisible()
    assert rest.isActive()
    assert lost == []


def test_a_page_that_hung_while_hidden_is_noticed_when_shown(
    qtbot: QtBot, map_widget: MapWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    with qtbot.waitSignal(map_widget._host.events.beat, timeout=10_000):
        pass
    map_widget.hide()
    kill(map_widget, signal.SIGSTOP)
    with qtbot.waitSignal(map_widget.page_ready, timeout=40_000):
        map_widget.show()


def test_a_drag_is_told_before_the_page_that_hangs_is_ended(
    qtbot: QtBot, map_widget: MapWidget
) -> None:
    order: list[str] = []
    map_widget.page_lost.connect(lambda: order.append("lost"))
    map_widget._host.watchdog.died.connect(lambda: order.append("died"))
    with qtbot.waitSignal(map_widget.page_ready, timeout=40_000):
        kill(map_widget, signal.SIGSTOP)
    assert order == ["lost", "died"]


def test_the_frame_of_a_hand_comes_back(qtbot: QtBot, map_widget: MapWidget) -> None:
    # A wheel or a pull at the map, as the page's own gestures do it.
    map_widget.view.page().runJavaScript(
        "baton.app.framed = null; baton.app.map.setView([19.97, 110.36], 14, { animate: false }); 0"
    )
    wait_for(qtbot, map_widget, "window.baton.app.map.getZoom() === 14")
    qtbot.waitUntil(lambda: map_widget._teller.aimed is not None, timeout=10_000)
    with qtbot.waitSignal(map_widget.whole, timeout=20_000):
        kill(map_widget)
    at = "(() => { const c = baton.app.map.getCenter(); return [c.lat, c.lng, baton.app.map.getZoom()]; })()"
    qtbot.waitUntil(
        lambda: ask(qtbot, map_widget, at) == pytest.approx([19.97, 110.36, 14], abs=1e-3),
        timeout=10_000,
    )
