"""Texts and requests that mean harm: nothing runs, nothing breaks, nothing leaves."""

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from console.map.area_badge import AreaBadge
from console.map.widget import MapWidget
from tests.map.page import ask, run_module, spot, wait_for
from tests.map.pins import case, place, team, worker
from tests.map.test_content import area

TEXTS = [
    "${window.hacked = 1}",
    "<img src=x onerror='window.hacked = 1'>",
    "<script>window.hacked = 1</script>",
    "`; window.hacked = 1; `",
    "\\\\`\\",
    "'); window.hacked = 1; ('",
    "</script><script>window.hacked = 1</script>",
    "\u2028\u2029\x00\ud7ff",
    "水" * 1_000_000,
]


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_text_is_only_text(qtbot: QtBot, map_widget: MapWidget, text: str) -> None:
    map_widget.set_cases([case(category=text, place=text, state=text)])
    map_widget.set_workers([worker(dx=0.1, name=text, note=text)])
    map_widget.set_teams([team(dx=-0.1, name=text, unit=text, state=text)])
    map_widget.set_places([place(dy=0.1, name=text)])
    map_widget.set_footprints([replace(area(), label=text or "x")])
    map_widget.set_areas([AreaBadge(code="460105", level=None, text=text)])
    spot(qtbot, map_widget, "case", "c1")
    for kind in ("case", "worker", "team", "place", "footprint"):
        show = (
            "(() => { const c = window.baton.app.spots.all();"
            "const s = c.find((one) => one.kind === '" + kind + "');"
            "if (!s) return false;"
            "const p = window.baton.app.surfaces.live.toContainer(s);"
            "window.baton.map.getContainer().dispatchEvent(new MouseEvent('mousemove',"
            "{clientX: p.x, clientY: p.y, bubbles: true})); return true; })()"
        )
        wait_for(qtbot, map_widget, show)
        wait_for(qtbot, map_widget, "document.querySelector('.baton-card.baton-shown') !== null")
    assert ask(qtbot, map_widget, "typeof window.hacked") == "undefined"
    assert (
        ask(
            qtbot,
            map_widget,
            "document.querySelectorAll('.baton-card img, .baton-card script').length",
        )
        == 0
    )
    assert ask(qtbot, map_widget, "document.querySelector('.baton-card').textContent.length") < 1000


def test_hostile_id_is_only_a_key(qtbot: QtBot, map_widget: MapWidget) -> None:
    for pin_id in ("__proto__", "constructor", "<b>", "a|b"):
        map_widget.update_cases([case(pin_id)], [])
        wait_for(qtbot, map_widget, "window.baton.app.store.pins.case.size === 1")
        map_widget.update_cases([], [pin_id])
        wait_for(qtbot, map_widget, "window.baton.app.store.pins.case.size === 0")


def test_policy_blocks_inline_script(
    qtbot: QtBot, map_widget: MapWidget, page_words: list[str]
) -> None:
    page_words.append("Content Security Policy")
    ask(
        qtbot,
        map_widget,
        "(() => { const s = document.createElement('script');"
        "s.textContent = 'window.hacked = 1'; document.body.append(s); return 0; })()",
    )
    assert ask(qtbot, map_widget, "typeof window.hacked") == "undefined"


@pytest.mark.parametrize(
    ("call", "outcome"),
    [
        ("fetch('baton://map/config.json')", "answered 200"),
        ("fetch('baton://map/config.json', {method: 'POST', body: 'x'})", "answered 403"),
        ("fetch('baton://map/../secret')", "answered 404"),
        ("fetch('baton://map/js/../../widget.py')", "answered 404"),
        ("fetch('baton://other/config.json')", "refused"),
        ("fetch('https://example.org/')", "refused"),
        ("fetch('file:///etc/passwd')", "refused"),
    ],
)
def test_request_is_refused(
    qtbot: QtBot, map_widget: MapWidget, page_words: list[str], call: str, outcome: str
) -> None:
    page_words += ["Content Security Policy", "Failed to load", "Refused", "Fetch API cannot load"]
    script = (
        "(() => { window.outcome = ''; "
        + call
        + ".then((r) => { window.outcome = 'answered ' + r.status; })"
        ".catch(() => { window.outcome = 'refused'; }); return 0; })()"
    )
    ask(qtbot, map_widget, script)
    wait_for(qtbot, map_widget, "window.outcome !== ''")
    assert ask(qtbot, map_widget, "window.outcome") == outcome


def test_page_cannot_reach_the_channel(qtbot: QtBot, map_widget: MapWidget) -> None:
    assert ask(qtbot, map_widget, "typeof window.qt") == "undefined"
    assert ask(qtbot, map_widget, "typeof window.QWebChannel") == "undefined"


def test_unlisted_verbs_and_wrong_values_go_nowhere(qtbot: QtBot, map_widget: MapWidget) -> None:
    seen: list[tuple[str, str]] = []
    map_widget.drag_wanted.connect(lambda kind, pin_id: seen.append((kind, pin_id)))
    tell = "(tell) => { %s tell.tell('dragWanted', 'case', 'last'); return 0; }"
    wrong = (
        "tell.tell('deleteLater'); tell.tell('push', 'x');"
        "tell.tell('dragWanted', 'place', 'p1'); tell.tell('dragWanted', 'admin', 'x'); tell.tell('dragWanted', 'case', '');"
        "tell.tell('viewChanged', 9, 9, 1, 1, 5, -3, 0, true);"
    )
    wait_for(qtbot, map_widget, "!!window.baton.app.geometry.grids")
    run_module(qtbot, map_widget, "() => 0", "wire.js")
    before = map_widget.viewport
    run_module(qtbot, map_widget, tell.replace("%s", wrong), "wire.js")
    qtbot.waitUntil(lambda: bool(seen), timeout=5_000)
    assert seen == [("case", "last")]
    assert map_widget.viewport == before


def test_navigation_is_refused(qtbot: QtBot, map_widget: MapWidget) -> None:
    ask(qtbot, map_widget, "(() => { location.href = 'https://example.org/'; return 0; })()")
    assert ask(qtbot, map_widget, "typeof window.baton.app") == "object"
    assert ask(qtbot, map_widget, "location.href") == "baton://map/"
