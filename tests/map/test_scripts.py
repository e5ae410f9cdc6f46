"""The page's own functions, called in the page."""

from datetime import UTC, datetime

from pytestqt.qtbot import QtBot

from console.domain.clock import Clock
from console.map.projection import to_world
from console.map.widget import MapWidget
from tests.map.page import run_module

CLUSTER = (
    "(c) => { const o = {cell: [96, 44], crowd: 3, apart: 26, chip: [88, 32], fanFrom: 17, fanMost: 12};"
    "const pts = []; let s = 7;"
    "const r = () => { s = (s * 48271) % 2147483647; return s / 2147483647; };"
    "for (let i = 0; i < 2000; i += 1)"
    "  pts.push({id: 'c' + i, x: 0.8 + r() * 1e-4, y: 0.44 + r() * 1e-4});"
    "const show = (p, z) => { const k = c.cluster(p, 256 * 2 ** z, z, o);"
    "  return {groups: k.groups.map((g) => g.members.map((m) => m.id).sort().join()).sort(),"
    "    places: k.groups.map((g) => [g.x, g.y]), singles: k.singles.map((q) => q.pin.id).sort()}; };"
    "return ["
)


def test_clusters_do_not_depend_on_the_order(qtbot: QtBot, map_widget: MapWidget) -> None:
    forward, backward = run_module(
        qtbot,
        map_widget,
        CLUSTER + "show(pts, 13), show([...pts].reverse(), 13)]; }",
        "cluster.js",
    )
    assert forward["groups"] == backward["groups"]
    assert forward["singles"] == backward["singles"]
    assert forward["groups"]


def test_every_pin_is_somewhere_once(qtbot: QtBot, map_widget: MapWidget) -> None:
    for zoom in (9, 13, 16, 18):
        (found,) = run_module(
            qtbot, map_widget, CLUSTER + "show(pts, " + str(zoom) + ")]; }", "cluster.js"
        )
        members = [one for group in found["groups"] for one in group.split(",")]
        assert sorted(members + found["singles"]) == sorted(f"c{i}" for i in range(2000))


def test_nothing_covers_another_in_a_flood(qtbot: QtBot, map_widget: MapWidget) -> None:
    body = (
        "(c) => { const o = {cell: [96, 44], crowd: 3, apart: 32, chip: [100, 36], fanFrom: 17, fanMost: 12};"
        "let s = 11; const r = () => { s = (s * 48271) % 2147483647; return s / 2147483647; };"
        "const pts = Array.from({length: 600}, (_, i) => ({id: 'c' + i,"
        "  x: 0.8 + (r() + r()) * 5e-4, y: 0.44 + (r() + r()) * 5e-4}));"
        "const scale = 256 * 2 ** 11.25; const { singles, groups } = c.cluster(pts, scale, 11.25, o);"
        "const far = (a, b) => Math.hypot(a.x - b.x, a.y - b.y) * scale;"
        "let covered = 0; let close = Infinity;"
        "singles.forEach(({pin}, i) => {"
        "  for (const other of singles.slice(0, i)) close = Math.min(close, far(pin, other.pin));"
        "  for (const g of groups) if (Math.abs(g.x - pin.x) * scale < 50 && Math.abs(g.y - pin.y) * scale < 18)"
        "    covered += 1; });"
        "return [singles.length, groups.length, close, covered]; }"
    )
    singles, groups, close, covered = run_module(qtbot, map_widget, body, "cluster.js")
    assert singles > 5
    assert groups > 5
    assert close >= 32
    assert covered == 0


def test_levels_and_minutes_are_the_domains(qtbot: QtBot, map_widget: MapWidget) -> None:
    start = 1_790_000_000
    moments = {
        limit: (0, 1, 59, limit // 2, limit * 4 // 5, limit - 1, limit, limit + 1, limit + 61)
        for limit in (60, 900, 1800, 86_400)
    }
    cases = [
        (limit, at, amber)
        for limit, early in moments.items()
        for amber in (0.5, 0.2)
        for at in (*early, limit * 3 - 1, limit * 3, limit * 9)
    ]
    rows = ",".join(f"[{limit},{at},{amber}]" for limit, at, amber in cases)
    body = (
        "(l) => ["
        + rows
        + "].map(([limit, at, amber]) => { const s = "
        + str(start)
        + "; const c = {start: s, due: s + limit, amber};"
        "return [l.levelOf(c, s + at, 3), l.minutesLeft(c, s + at) + 0]; })"
    )
    told = run_module(qtbot, map_widget, body, "levels.js")
    for (limit, at, amber), (level, minutes) in zip(cases, told, strict=True):
        clock = Clock(
            datetime.fromtimestamp(start, UTC), datetime.fromtimestamp(start + limit, UTC), amber
        )
        now = datetime.fromtimestamp(start + at, UTC)
        assert level == clock.level(now).value, (limit, at, amber)
        assert minutes == clock.minutes_left(now), (limit, at, amber)


def test_projection_is_pythons(qtbot: QtBot, map_widget: MapWidget) -> None:
    body = "(m) => [m.worldX(110.3465), m.worldY(20.0342)]"
    x, y = run_module(qtbot, map_widget, body, "mercator.js")
    there = to_world(110.3465, 20.0342)
    assert abs(x - there[0]) < 1e-12
    assert abs(y - there[1]) < 1e-12


def test_leaflet_agrees_with_the_projection(qtbot: QtBot, map_widget: MapWidget) -> None:
    view = map_widget.viewport
    assert view is not None
    body = "() => window.baton.map.containerPointToLatLng([200, 150])"
    point = run_module(qtbot, map_widget, body, "mercator.js")
    place = view.to_position(200, 150)
    assert abs(place.lon - point["lng"]) < 1e-6
    assert abs(place.lat - point["lat"]) < 1e-6
