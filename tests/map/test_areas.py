"""Areas are filled, traced and outlined in the page as their corners say."""

from pytestqt.qtbot import QtBot

from console.map.widget import MapWidget
from tests.map.page import run_module

LAND = """
const layer = { origin: [0, 0], codes: ['a', 'b', 'c'], rings: new Int32Array([0, 7, 12, 17]), features: new Int32Array([0, 1, 2, 3]),
  points: new Float32Array([10, 12, 300, 5, 310, 200, 640, 330, 300, 560, 20, 400, 10, 12,
    300, 5, 700, 20, 640, 330, 310, 200, 300, 5,  -4000, -900, 5000, -900, 5000, 900, -4000, 900, -4000, -900]),
  boxes: new Float32Array([10, 5, 640, 560, 300, 5, 700, 330, -4000, -900, 5000, 900]) };
const view = { left: 0, top: 0, width: 720, height: 600, dpr: 1, scale: 1, dirty: null };
const at = new g.Placement(layer, view);
const context = new OffscreenCanvas(720, 600).getContext('2d', { willReadFrequently: true });
const red = () => { const d = context.getImageData(0, 0, 720, 600).data; return (x, y) => d[4 * (y * 720 + x)]; };
"""


def test_a_pixel_is_filled_when_its_middle_lies_within(qtbot: QtBot, map_widget: MapWidget) -> None:
    body = (
        "(g, r) => {"
        + LAND
        + "r.fillAreas(context, view, layer, at, [['#400000', [0]], ['#800000', [1]]]);"
        "const seen = red(); let wrong = 0; const counts = [0, 0, 0];"
        "for (let y = 0; y < 600; y += 1) for (let x = 0; x < 720; x += 1) {"
        "  const want = g.holds(layer, 1, x + 0.5, y + 0.5) ? 2 : g.holds(layer, 0, x + 0.5, y + 0.5) ? 1 : 0;"
        "  counts[want] += 1; if (seen(x, y) !== 64 * want) wrong += 1; }"
        "return [wrong, ...counts]; }"
    )
    wrong, *counts = run_module(qtbot, map_widget, body, "geometry.js", "raster.js")
    assert min(counts) > 10_000
    assert wrong < 4  # a middle on the very line, seen by two ways of reckoning


def test_what_lies_far_outside_changes_nothing_inside(qtbot: QtBot, map_widget: MapWidget) -> None:
    body = (
        "(g) => {"
        + LAND
        + "const paint = (how) => { context.fillStyle = '#000000'; context.fillRect(0, 0, 720, 600);"
        "  context.beginPath(); how(); context.fillStyle = '#800000'; context.fill('evenodd'); return red(); };"
        "Object.assign(view, { width: 250, height: 250 });"
        "const whole = paint(() => { for (const i of [0, 2]) g.trace(context, layer, i, at); });"
        "const part = paint(() => { for (const i of [0, 2]) g.traceSeen(context, layer, i, at, view); });"
        "let wrong = 0; let filled = 0;"
        "for (let y = 0; y < 250; y += 1) for (let x = 0; x < 250; x += 1) {"
        "  filled += part(x, y) === 128; wrong += whole(x, y) !== part(x, y); }"
        "return [wrong, filled]; }"
    )
    wrong, filled = run_module(qtbot, map_widget, body, "geometry.js")
    assert wrong == 0
    assert 1_000 < filled < 60_000


def test_a_line_that_two_areas_share_is_drawn_once(qtbot: QtBot, map_widget: MapWidget) -> None:
    body = (
        "(g, o) => {" + LAND + "const lines = []; let from = null;"
        "const path = { moveTo(x, y) { from = [x, y]; },"
        "  lineTo(x, y) { lines.push([...from, x, y].join()); from = [x, y]; } };"
        "for (const i of [0, 1]) o.outline(path, layer, i, at, view, 2);"
        "return lines; }"
    )
    lines = run_module(qtbot, map_widget, body, "geometry.js", "outlines.js")
    assert len(lines) == len(set(lines)) == 6 + 2
    assert "300,5,310,200" in lines
    assert "310,200,300,5" not in lines
