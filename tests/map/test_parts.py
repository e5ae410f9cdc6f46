"""What is drawn in parts is what would be drawn whole."""

from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from console.map.widget import MapWidget
from tests.map.fakes import fake_boundaries
from tests.map.page import PIXELS, RESTED, ask, wait_for
from tests.map.pins import NOW, case, worker

KEEP = f"""(() => {{ const a = window.baton.app; window.kept = {{}};
for (const [name, one] of Object.entries(a.surfaces)) window.kept[name] = {PIXELS}(one).data;
a.redraw(); return true; }})()"""
COMPARE = f"""(() => {{ const out = {{}};
for (const [name, one] of Object.entries(window.baton.app.surfaces)) {{
  const was = window.kept[name]; let other = 0; let drawn = 0;
  // A grid with load differs by few shades from one without.
  const most = name === 'base' ? 6 : 40;
  const now = {PIXELS}(one).data;
  for (let i = 0; i < now.length; i += 4) {{
    const away = [0, 1, 2, 3].some((k) => Math.abs(now[i + k] - was[i + k]) > most);
    if (away) other += 1;
    if (now[i + 3] > 0) drawn += 1; }}
  out[name] = [other, drawn]; }} return out; }})()"""
LOAD = {"460105g005": 7, "460106g007": 2}
PAN = "(() => { const m = window.baton.map; m._rawPanBy(L.point({x}, {y})); m.fire('move'); return true; }})()"


def differing(qtbot: QtBot, widget: MapWidget) -> dict[str, list[int]]:
    """Pixels of each surface that a whole drawing makes otherwise, and all that bear anything."""
    wait_for(qtbot, widget, RESTED)
    ask(qtbot, widget, KEEP)
    wait_for(qtbot, widget, RESTED)
    found: dict[str, list[int]] = ask(qtbot, widget, COMPARE)
    return found


def crowd(count: int, **changes: Any) -> list[Any]:
    return [
        case(f"c{i}", dx=(i * 37 % 101) / 300 - 0.17, dy=(i * 53 % 97) / 300 - 0.16, **changes)
        for i in range(count)
    ]


@pytest.fixture
def full_map(qtbot: QtBot, map_widget: MapWidget, page_words: list[str]) -> MapWidget:
    page_words.append("Canvas2D: Multiple readback")  # this test reads pixels, and often
    map_widget.set_clock(NOW, 0)
    map_widget.set_cases(crowd(400))
    map_widget.set_workers([worker(f"w{i}", dx=i / 400 - 0.1) for i in range(80)])
    wait_for(qtbot, map_widget, "window.baton.app.store.pins.worker.size === 80")
    return map_widget


def test_changes_leave_no_trace(qtbot: QtBot, full_map: MapWidget) -> None:
    for step in range(6):
        moved = [worker(f"w{i}", dx=i / 400 - 0.1, dy=0.01 * step) for i in range(step, 80, 7)]
        full_map.update_workers(moved, [])
        changed = [case(f"c{i}", dx=0.1 - i / 500, suspended=True) for i in range(step, 60, 9)]
        full_map.update_cases(changed, [f"c{300 + step}"])
        full_map.select("case", f"c{step}")
        wait_for(qtbot, full_map, f"!window.baton.app.store.pins.case.has('c{300 + step}')")
        wait_for(qtbot, full_map, RESTED)
    other, drawn = differing(qtbot, full_map)["live"]
    assert drawn > 5_000
    assert other == 0


def test_a_long_pan_leaves_no_seams(qtbot: QtBot, full_map: MapWidget) -> None:
    for x, y in ((190, 60), (190, 90), (-70, 200), (-200, 140), (60, -220)):
        ask(qtbot, full_map, PAN.replace("{x}", str(x)).replace("{y}", str(y)).replace("}}", "}"))
        wait_for(qtbot, full_map, RESTED)
    found = differing(qtbot, full_map)
    assert found["live"][1] > 1_000
    assert found["live"][0] == 0
    # Names may stand elsewhere: those that came first have kept their places.
    assert found["base"][0] < 0.01 * found["base"][1]


def look_at_grids(qtbot: QtBot, widget: MapWidget) -> None:
    """So near that the load of grids is seen; two of them have some."""
    widget.set_grid_load(LOAD)
    wait_for(qtbot, widget, "window.baton.app.store.load.size === 2")
    grids = fake_boundaries().grids
    lon, lat = grids.labels[list(grids.codes).index(min(LOAD))]
    ask(qtbot, widget, f"(baton.map.setView([{lat}, {lon}], 12, {{ animate: false }}), true)")
    wait_for(qtbot, widget, RESTED)


def set_load(qtbot: QtBot, widget: MapWidget, load: dict[str, int]) -> None:
    widget.set_grid_load(load)
    wait_for(qtbot, widget, f"window.baton.app.store.load.size === {len(load)}")
    wait_for(qtbot, widget, RESTED)


def test_load_is_drawn_only_where_it_changed(qtbot: QtBot, full_map: MapWidget) -> None:
    look_at_grids(qtbot, full_map)
    ask(qtbot, full_map, KEEP)
    wait_for(qtbot, full_map, RESTED)
    set_load(qtbot, full_map, {min(LOAD): 1})
    # A positive control: another load is other pixels.
    assert ask(qtbot, full_map, COMPARE)["base"][0] > 1_000
    assert differing(qtbot, full_map)["base"][0] == 0


def zoom(qtbot: QtBot, widget: MapWidget, steps: int) -> None:
    script = f"baton.map.setZoom(baton.map.getZoom() + ({steps}), {{ animate: false }})"
    ask(qtbot, widget, f"({script}, true)")
    wait_for(qtbot, widget, RESTED)


def test_the_way_back_shows_what_has_changed_meanwhile(qtbot: QtBot, full_map: MapWidget) -> None:
    look_at_grids(qtbot, full_map)
    ask(qtbot, full_map, "(window.before = baton.app.surfaces.base.picture, true)")
    zoom(qtbot, full_map, 1)
    full_map.update_cases([case(f"c{i}", dx=0.1 - i / 500) for i in range(60)], ["c300", "c301"])
    wait_for(qtbot, full_map, "!window.baton.app.store.pins.case.has('c300')")
    set_load(qtbot, full_map, {min(LOAD): 1})
    zoom(qtbot, full_map, -1)
    assert ask(qtbot, full_map, "window.before === baton.app.surfaces.base.picture")
    found = differing(qtbot, full_map)
    assert found["live"][1] > 1_000
    assert found["live"][0] == 0
    assert found["base"][0] == 0


def test_on_the_way_back_all_is_redrawn_that_had_to_be(qtbot: QtBot, full_map: MapWidget) -> None:
    look_at_grids(qtbot, full_map)
    ask(qtbot, full_map, "(window.before = baton.app.surfaces.base.picture, true)")
    zoom(qtbot, full_map, 1)
    ask(qtbot, full_map, "(baton.app.switches.load = false, baton.app.redraw(), true)")
    wait_for(qtbot, full_map, RESTED)
    zoom(qtbot, full_map, -1)
    assert ask(qtbot, full_map, "window.before === baton.app.surfaces.base.picture")
    assert differing(qtbot, full_map)["base"][0] == 0
