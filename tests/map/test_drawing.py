"""What is pushed is on the canvas, in the right colour, and stays off it when it must."""

import pytest
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from console.map.pins import Countdown, Kind, Target
from console.map.widget import MapWidget
from tests.map.fakes import PALETTE
from tests.map.page import ask, spot, wait_for
from tests.map.pins import NOW, case, worker

OVERDUE = Countdown(NOW - 3000, NOW - 420)
FAR_OVERDUE = Countdown(NOW - 60_000, NOW - 50_000)


def colours(widget: MapWidget, x: int, y: int, reach: int = 20) -> set[str]:
    """Colours of the widget's picture round a pixel."""
    image = widget.grab().toImage()
    return {
        QColor(image.pixel(i, j)).name().upper()
        for i in range(x - reach, x + reach)
        for j in range(y - reach, y + reach)
    }


def still(widget: MapWidget) -> None:
    """The clock stands at `NOW`."""
    widget.set_clock(NOW, 0)


def test_first_pins_are_told(qtbot: QtBot, map_widget: MapWidget) -> None:
    still(map_widget)
    with qtbot.waitSignal(map_widget.first_pins_drawn, timeout=10_000):
        map_widget.set_cases([case()])


@pytest.mark.parametrize(
    ("changes", "token"),
    [
        ({}, "green"),
        ({"holder": Countdown(NOW - 1200, NOW + 600)}, "amber"),
        ({"holder": OVERDUE}, "red"),
        ({"holder": FAR_OVERDUE}, "dark_red"),
        ({"suspended": True, "holder": OVERDUE}, "suspended"),
    ],
)
def test_level_has_its_colour(
    qtbot: QtBot, map_widget: MapWidget, changes: dict[str, object], token: str
) -> None:
    still(map_widget)
    map_widget.set_cases([case(**changes)])
    x, y = spot(qtbot, map_widget, "case", "c1")
    qtbot.waitUntil(lambda: PALETTE[token].upper() in colours(map_widget, x, y), timeout=5_000)
    others = {"green", "amber", "red", "dark_red", "suspended"} - {token}
    assert not {PALETTE[name].upper() for name in others} & colours(map_widget, x, y)


def test_level_advances_with_the_clock_alone(qtbot: QtBot, map_widget: MapWidget) -> None:
    map_widget.set_cases([case(holder=Countdown(NOW - 10, NOW + 30))])
    map_widget.set_clock(NOW, 600)
    x, y = spot(qtbot, map_widget, "case", "c1")
    qtbot.waitUntil(
        lambda: PALETTE["dark_red"].upper() in colours(map_widget, x, y), timeout=10_000
    )


def test_removed_pin_is_gone(qtbot: QtBot, map_widget: MapWidget) -> None:
    still(map_widget)
    map_widget.set_cases([case("c1"), case("c2", dx=0.1)])
    spot(qtbot, map_widget, "case", "c1")
    map_widget.update_cases([], ["c1"])
    wait_for(qtbot, map_widget, "!window.baton.app.store.pins.case.has('c1')")
    assert ask(qtbot, map_widget, "[...window.baton.app.store.pins.case.keys()]") == ["c2"]


def test_moved_pin_is_the_same_object(qtbot: QtBot, map_widget: MapWidget) -> None:
    map_widget.set_workers([worker()])
    wait_for(qtbot, map_widget, "window.baton.app.store.pins.worker.has('w1')")
    ask(qtbot, map_widget, "(window.kept = window.baton.app.store.pins.worker.get('w1')).id")
    map_widget.update_workers([worker(dx=0.05)], [])
    wait_for(qtbot, map_widget, "window.kept.x > 0.8066")
    assert ask(qtbot, map_widget, "window.kept === window.baton.app.store.pins.worker.get('w1')")


def test_off_duty_workers_are_hidden(qtbot: QtBot, map_widget: MapWidget) -> None:
    map_widget.set_workers([worker("on"), worker("off", dx=0.02, on_duty=False)])
    spot(qtbot, map_widget, "worker", "on")
    kinds = "window.baton.app.spots.all().map((s) => s.id)"
    assert ask(qtbot, map_widget, kinds) == ["on"]


def test_what_is_no_target_steps_back(qtbot: QtBot, map_widget: MapWidget) -> None:
    map_widget.set_workers([worker("w1"), worker("w2", dx=0.1)])
    map_widget.show_targets([Target(kind=Kind.WORKER, id="w1", best=True, label="16:21")])
    wait_for(qtbot, map_widget, "window.baton.app.targets.active")
    assert ask(qtbot, map_widget, "window.baton.app.opacity('worker', 'w1')") == 1
    assert ask(qtbot, map_widget, "window.baton.app.opacity('worker', 'w2')") == 0.4
    map_widget.clear_targets()
    wait_for(qtbot, map_widget, "window.baton.app.opacity('worker', 'w2') === 1")


def test_frozen_map_takes_changes_only_after_the_drag(qtbot: QtBot, map_widget: MapWidget) -> None:
    map_widget.set_workers([worker()])
    before = spot(qtbot, map_widget, "worker", "w1")
    map_widget.freeze(True)
    map_widget.update_workers([worker(dx=0.1)], [])
    map_widget.select("worker", "w1")
    wait_for(qtbot, map_widget, "window.baton.app.selected.worker === 'w1'")
    assert spot(qtbot, map_widget, "worker", "w1") == before
    map_widget.freeze(False)
    qtbot.waitUntil(lambda: spot(qtbot, map_widget, "worker", "w1") != before, timeout=5_000)


def test_grid_load_reaches_its_grid(qtbot: QtBot, map_widget: MapWidget) -> None:
    map_widget.set_grid_load({"460105g005": 7, "no such grid": 3})
    wait_for(qtbot, map_widget, "window.baton.app.store.load.size === 1")
    script = (
        "[...window.baton.app.store.load].map(([i, n]) => "
        "[window.baton.app.geometry.grids.codes[i], n])"
    )
    assert ask(qtbot, map_widget, script) == [["460105g005", 7]]


def test_fit_area_shows_it(qtbot: QtBot, map_widget: MapWidget) -> None:
    wait_for(qtbot, map_widget, "!!window.baton.app.geometry.grids")
    with qtbot.waitSignal(map_widget.view_changed, timeout=5_000):
        map_widget.fit_area("460105")
    qtbot.waitUntil(
        lambda: map_widget.viewport is not None and map_widget.viewport.south > 19.9, timeout=5_000
    )
    view = map_widget.viewport
    assert view is not None
    assert view.west < 110.14 < 110.33 < view.east


def test_whole_city_stays_in_view_when_the_widget_grows(
    qtbot: QtBot, map_widget: MapWidget
) -> None:
    wait_for(qtbot, map_widget, "!!window.baton.app.geometry.grids")
    zoom = ask(qtbot, map_widget, "window.baton.map.getZoom()")
    map_widget.resize(1600, 1200)
    wait_for(qtbot, map_widget, "window.baton.map.getZoom() > " + str(zoom))
