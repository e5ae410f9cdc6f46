"""Asks the page questions from outside: scripts in its own world, answers as JSON."""

import json
from contextlib import suppress
from typing import Any

from pytestqt import exceptions
from pytestqt.qtbot import QtBot

from console.map.widget import MapWidget

REVIVED_MS = 12_000
"""A page that is loaded again meanwhile (its channel was mute, its process died) is back by then; its answers are lost."""


def ask(qtbot: QtBot, widget: MapWidget, script: str) -> Any:
    """The value of the script's last expression, through JSON; asked again when the page has been lost."""
    answers: list[str] = []
    for _ in range(3):
        widget.view.page().runJavaScript("JSON.stringify(" + script + ")", 0, answers.append)
        with suppress(exceptions.TimeoutError):
            qtbot.waitUntil(lambda: bool(answers), timeout=REVIVED_MS)
            return json.loads(answers[0]) if answers[0] else None
    raise AssertionError(f"the page does not answer: {script}")


def wait_for(qtbot: QtBot, widget: MapWidget, script: str) -> None:
    """Until the script's value is true."""
    qtbot.waitUntil(lambda: ask(qtbot, widget, script) is True, timeout=40_000)


def run_module(qtbot: QtBot, widget: MapWidget, body: str, *modules: str) -> Any:
    """The value of `body` as a function of the imported modules of the page."""
    paths = json.dumps(["baton://map/js/" + name for name in modules])
    script = (
        "Promise.all(" + paths + ".map((p) => import(p)))"
        ".then((m) => { window.testAnswer = JSON.stringify((" + body + ")(...m)); }); 0"
    )
    widget.view.page().runJavaScript("window.testAnswer = undefined; " + script)
    wait_for(qtbot, widget, "window.testAnswer !== undefined")
    return json.loads(ask(qtbot, widget, "window.testAnswer"))


def spot(qtbot: QtBot, widget: MapWidget, kind: str, pin_id: str) -> tuple[int, int]:
    """Where the pin is drawn, logical pixels of the widget."""
    find = (
        "(() => { const a = window.baton.app;"
        "for (const s of a.spots.all())"
        "if (s.kind === K && s.id === I) return a.surfaces.live.toContainer(s);"
        "return null; })()"
    )
    script = find.replace("K", json.dumps(kind)).replace("I)", json.dumps(pin_id) + ")")
    wait_for(qtbot, widget, "(" + script + ") !== null")
    point = ask(qtbot, widget, script)
    return round(point["x"]), round(point["y"])


PIXELS = """((surface) => { const { region, dpr, sheets } = surface.picture;
const whole = new OffscreenCanvas((region.right - region.left) * dpr, (region.bottom - region.top) * dpr);
const context = whole.getContext('2d', { willReadFrequently: true });
for (const { canvas, view } of sheets) {
  context.drawImage(canvas, (view.left - region.left) * dpr, (view.top - region.top) * dpr); }
return context.getImageData(0, 0, whole.width, whole.height); })"""
"""A function of a surface: the pixels of all its sheets together, from its region's corner on."""
RESTED = "Object.values(window.baton.app.surfaces).every((one) => one.rests())"
"""Whether all that is to be drawn is drawn."""
