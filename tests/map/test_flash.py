"""What flashes on the real page, counted by the page's own clock from what it draws."""

import json
from typing import Any

from pytestqt.qtbot import QtBot

from console.map.widget import MapWidget
from tests.map.page import ask, wait_for
from tests.map.pins import NOW, case

SPAN_MS = 3000
WATCH = """
(() => {
  const app = window.baton.app;
  window.seen = { from: Date.now(), to: 0, turns: {} };
  const last = new Map();
  const look = () => {
    const now = Date.now();
    for (const [id, pin] of app.store.pins.case) {
      const drawn = pin.mark && pin.mark.sprite;
      if (last.has(id) && last.get(id) !== drawn) (window.seen.turns[id] ??= []).push(now);
      last.set(id, drawn);
    }
    window.seen.to = now;
    if (now - window.seen.from < SPAN) requestAnimationFrame(look);
    else window.seen.done = true;
  };
  look();
  return 0;
})()
"""


def turns(qtbot: QtBot, widget: MapWidget) -> dict[str, list[int]]:
    """Case → when (ms of the page) it was drawn in another way within three seconds."""
    ask(qtbot, widget, WATCH.replace("SPAN", json.dumps(SPAN_MS)))
    wait_for(qtbot, widget, "window.seen.done === true")
    found: dict[str, list[int]] = ask(qtbot, widget, "window.seen.turns")
    return found


def put(qtbot: QtBot, widget: MapWidget, count: int, **fields: Any) -> list[str]:
    """Urgent cases far from each other that nobody has signed for, the longest wait first."""
    pins = [
        case(f"U{n}", 0.012 * (n - 3), urgent=True, unsigned=True, **fields) for n in range(count)
    ]
    widget.set_clock(NOW, 0)
    widget.set_cases(pins)
    wait_for(qtbot, widget, f"window.baton.app.store.pins.case.size === {count}")
    wait_for(qtbot, widget, "[...window.baton.app.store.pins.case.values()].some((p) => p.mark)")
    return [pin.id for pin in pins]


def test_five_flash_once_a_second_and_the_rest_stand_still(
    qtbot: QtBot, map_widget: MapWidget
) -> None:
    names = put(qtbot, map_widget, 7)
    found = turns(qtbot, map_widget)
    assert len(found) == 5
    assert set(found) <= set(names)
    for moments in found.values():
        # At most two turns a second are one flash a second, whatever the machine has skipped.
        assert 2 <= len(moments) <= SPAN_MS / 500 + 1
    all_turns = sorted({at // 100 for moments in found.values() for at in moments})
    assert len(all_turns) <= 2 * (SPAN_MS / 500 + 1), "they turn together"


def test_a_signature_ends_it_at_once(qtbot: QtBot, map_widget: MapWidget) -> None:
    names = put(qtbot, map_widget, 2)
    signed = case(names[0], -0.036, urgent=True, unsigned=False)
    map_widget.update_cases([signed], [])
    wait_for(qtbot, map_widget, "!window.baton.app.store.pins.case.get('U0').unsigned")
    assert set(turns(qtbot, map_widget)) == {names[1]}


def test_a_picture_that_is_not_live_stands_still_with_its_thick_ring(
    qtbot: QtBot, map_widget: MapWidget
) -> None:
    put(qtbot, map_widget, 2)
    map_widget.set_flashing(False)
    wait_for(qtbot, map_widget, "!window.baton.app.flash.moving && window.baton.app.flash.on")
    drawn = "[...window.baton.app.store.pins.case.values()].every((pin) => pin.mark.flashes)"
    wait_for(qtbot, map_widget, drawn)
    assert turns(qtbot, map_widget) == {}
