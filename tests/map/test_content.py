"""What else a caller puts on the map: teams, places, footprints, totals, and the wall's look."""

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from console.domain.clock import Level
from console.domain.place import Position
from console.map.area_badge import AreaBadge
from console.map.footprint import Footprint
from console.map.pins import Countdown, Kind, Target
from console.map.style import MapStyle
from console.map.widget import MapWidget
from tests.map.page import PIXELS, ask, spot, wait_for
from tests.map.pins import NOW, case, place, team
from tests.map.test_gestures import LEFT, NONE, drag_to, drop, mime, pane

WALL = MapStyle(
    pin_scale=1.6,
    type_px=42,
    gather=True,
    workers=False,
    legend=False,
    controls=False,
    interactive=False,
)
LATE = Countdown(NOW - 3000, NOW - 420)
TAKEN = "window.baton.app.taken"


def area(pin_id: str = "i1", half: float = 0.05, **changes: Any) -> Footprint:
    """A square round the fake city's centre, `half` degrees to each side."""
    corners = [(-half, -half), (half, -half), (half, half), (-half, half)]
    middle = case().position
    ring = [Position(middle.lon + x, middle.lat + y) for x, y in corners]
    return Footprint(id=pin_id, ring=ring, label="龙昆南路内涝", **changes)


def test_team_is_pressed_and_dragged(qtbot: QtBot, map_widget: MapWidget) -> None:
    map_widget.set_teams([team()])
    at = QPoint(*spot(qtbot, map_widget, "team", "t1"))
    with qtbot.waitSignal(map_widget.pin_pressed, timeout=5_000) as pressed:
        QTest.mousePress(pane(map_widget), LEFT, NONE, at)
    assert pressed.args == ["team", "t1"]
    with qtbot.waitSignal(map_widget.drag_wanted, timeout=5_000) as wanted:
        QTest.mouseMove(pane(map_widget), at + QPoint(12, 0))
    assert wanted.args == ["team", "t1"]
    QTest.mouseRelease(pane(map_widget), LEFT, NONE, at)


def test_place_is_clicked_but_never_dragged(qtbot: QtBot, map_widget: MapWidget) -> None:
    map_widget.fly_to(case().position, 14)
    map_widget.set_places([place()])
    at = QPoint(*spot(qtbot, map_widget, "place", "p1"))
    wait_for(qtbot, map_widget, "window.baton.map.getZoom() === 14")
    at = QPoint(*spot(qtbot, map_widget, "place", "p1"))
    with (
        qtbot.assertNotEmitted(map_widget.drag_wanted),
        qtbot.waitSignal(map_widget.pin_clicked, timeout=5_000) as clicked,
    ):
        QTest.mousePress(pane(map_widget), LEFT, NONE, at)
        QTest.mouseMove(pane(map_widget), at + QPoint(12, 0))
        QTest.mouseRelease(pane(map_widget), LEFT, NONE, at + QPoint(12, 0))
    assert clicked.args == ["place", "p1"]


def test_team_and_footprint_take_drops_and_a_place_does_not(
    qtbot: QtBot, map_widget: MapWidget
) -> None:
    map_widget.set_teams([team(dx=0.02)])
    map_widget.set_places([place(dx=-0.02)])
    map_widget.set_footprints([area()])
    map_widget.set_drop_policy(lambda _mime, kind, _id: kind is not None)
    view = map_widget.viewport
    assert view is not None
    spot(qtbot, map_widget, "team", "t1")
    qtbot.waitUntil(lambda: bool(list(map_widget._picture.footprints())), timeout=5_000)
    found = []
    for thing in (team(dx=0.02), place(dx=-0.02)):
        x, y = view.to_pixel(thing.position)
        with qtbot.waitSignal(map_widget.dropped, timeout=5_000) as dropped:
            drop(map_widget, mime(), QPoint(round(x), round(y)))
        found.append(tuple(dropped.args[1:3]))
    assert found == [("team", "t1"), ("footprint", "i1")]
    x, y = view.to_pixel(Position(case().position.lon + 0.07, case().position.lat))
    assert not drag_to(map_widget, mime(), QPoint(round(x), round(y)))


def test_footprint_as_target_lights_up(qtbot: QtBot, map_widget: MapWidget) -> None:
    map_widget.set_footprints([area(), area("i2", 0.09)])
    map_widget.show_targets([Target(kind=Kind.FOOTPRINT, id="i1", best=True, label="×")])
    wait_for(qtbot, map_widget, "window.baton.app.targets.has('footprint', 'i1')")
    wait_for(qtbot, map_widget, "window.baton.app.store.pins.footprint.size === 2")
    assert ask(qtbot, map_widget, "window.baton.app.opacity('footprint', 'i2')") == 0.4


def test_footprint_goes_when_it_is_set_no_more(qtbot: QtBot, map_widget: MapWidget) -> None:
    map_widget.set_footprints([area(), area("i2")])
    wait_for(qtbot, map_widget, "window.baton.app.store.pins.footprint.size === 2")
    map_widget.set_footprints([area("i2", selected=True)])
    wait_for(qtbot, map_widget, "[...window.baton.app.store.pins.footprint.keys()].join() === 'i2'")


def test_hatching_is_on_the_canvas_and_newest_is_brightest(
    qtbot: QtBot, map_widget: MapWidget
) -> None:
    map_widget.set_footprint_grids({"460105g005": 0, "460106g005": 5, "no such grid": 1})
    wait_for(qtbot, map_widget, "window.baton.app.store.hours.size === 2")
    light = (
        "(() => { const a = window.baton.app, s = a.surfaces.base, v = s.picture.region;"
        f"if (!s.rests()) return null; const g = a.geometry.grids, all = {PIXELS}(s);"
        "const of = (code) => { const i = g.codes.indexOf(code);"
        "const scale = 256 * 2 ** a.map.getZoom(); const red = [];"
        "const x = Math.round((g.labels[2 * i] + g.origin[0]) * scale - v.left);"
        "const y = Math.round((g.labels[2 * i + 1] + g.origin[1]) * scale - v.top);"
        "for (let dx = -6; dx < 6; dx += 1) for (let dy = -6; dy < 6; dy += 1)"
        " red.push(all.data[4 * ((y + dy) * all.width + x + dx)]);"
        "return Math.max(...red); };"
        "return [of('460105g005'), of('460106g005'), of('460107g005')]; })()"
    )
    wait_for(qtbot, map_widget, f"((l) => l !== null && l[0] > l[1] && l[1] > l[2])({light})")
    map_widget.set_footprint_grids({})
    wait_for(qtbot, map_widget, "window.baton.app.store.hours.size === 0")


def boxes_meet(boxes: list[list[float]]) -> bool:
    return any(
        a[0] < b[2] - 1 and b[0] < a[2] - 1 and a[1] < b[3] - 1 and b[1] < a[3] - 1
        for i, a in enumerate(boxes)
        for b in boxes[:i]
    )


def badges() -> list[AreaBadge]:
    codes = [f"46010{i}" for i in range(5, 9)]
    return [AreaBadge(code=code, level=Level.RED, text="137") for code in codes]


def test_totals_of_a_wall_meet_neither_each_other_nor_pins(
    qtbot: QtBot, map_widget: MapWidget
) -> None:
    map_widget.resize(1200, 900)
    map_widget.set_clock(NOW, 0)
    map_widget.set_style(WALL)
    map_widget.set_areas([*badges(), AreaBadge(code="no such area", level=None, text="1")])
    red = [case(f"r{i}", dx=0.06 * i - 0.1, dy=0.07, holder=LATE, apart=True) for i in range(4)]
    rest = [case(f"c{i}", dx=(i % 20) / 60 - 0.15, dy=(i // 20) / 60 - 0.15) for i in range(360)]
    map_widget.set_cases(red + rest)
    drawn = "window.baton.app.spots.all()"
    wait_for(qtbot, map_widget, drawn + ".filter((s) => s.kind === 'case').length === 4")
    wait_for(qtbot, map_widget, drawn + ".some((s) => s.kind === 'group')")
    chips = ask(qtbot, map_widget, drawn + ".filter((s) => s.kind === 'group').length")
    boxes = ask(qtbot, map_widget, TAKEN)
    assert len(boxes) == 4 + chips + 4
    assert not boxes_meet(boxes)
    gathered = (
        drawn + ".reduce((n, s) => n + (s.thing.group ? s.thing.group.members.length : 0), 0)"
    )
    assert ask(qtbot, map_widget, gathered) == 360


def test_where_there_is_no_room_totals_lose_their_names_and_never_meet(
    qtbot: QtBot, map_widget: MapWidget
) -> None:
    map_widget.resize(900, 700)
    map_widget.set_style(replace(WALL, type_px=64.0))
    map_widget.set_areas(badges())
    wait_for(qtbot, map_widget, TAKEN + ".length > 0")
    boxes = ask(qtbot, map_widget, TAKEN)
    assert not boxes_meet(boxes)
    widths = [box[2] - box[0] for box in boxes]
    assert min(widths) < 0.6 * max(widths), widths


def test_badge_replaces_the_name_and_respects_its_zooms(
    qtbot: QtBot, map_widget: MapWidget
) -> None:
    far = AreaBadge(code="460105", level=None, text="0", zooms=(16, 30))
    map_widget.set_areas([far, *badges()[1:]])
    wait_for(qtbot, map_widget, TAKEN + ".length === 3")
    map_widget.set_areas([])
    wait_for(qtbot, map_widget, TAKEN + ".length === 0")


def test_wall_is_locked(qtbot: QtBot, map_widget: MapWidget) -> None:
    map_widget.set_clock(NOW, 0)
    map_widget.set_style(WALL)
    map_widget.set_drop_policy(lambda *_: True)
    map_widget.set_cases([case(holder=LATE, apart=True)])
    at = QPoint(*spot(qtbot, map_widget, "case", "c1"))
    wait_for(qtbot, map_widget, "!window.baton.app.style.interactive")
    before = map_widget.viewport
    with (
        qtbot.assertNotEmitted(map_widget.pin_pressed),
        qtbot.assertNotEmitted(map_widget.hovered),
        qtbot.assertNotEmitted(map_widget.dropped),
        qtbot.assertNotEmitted(map_widget.foreign_drop),
    ):
        QTest.mouseMove(pane(map_widget), at)
        QTest.mouseClick(pane(map_widget), LEFT, NONE, at)
        QTest.mousePress(pane(map_widget), LEFT, NONE, QPoint(100, 100))
        QTest.mouseMove(pane(map_widget), QPoint(300, 200))
        QTest.mouseRelease(pane(map_widget), LEFT, NONE, QPoint(300, 200))
        assert not drag_to(map_widget, mime(), at)
        drop(map_widget, mime(), at)
        ask(qtbot, map_widget, "1")
    assert map_widget.viewport == before
    shown = (
        "[...document.querySelectorAll('.baton-legend, .baton-zoom, .baton-switches')]"
        ".map((e) => getComputedStyle(e).display)"
    )
    assert ask(qtbot, map_widget, shown) == ["none"] * 3
    map_widget.set_style(MapStyle())
    wait_for(qtbot, map_widget, "window.baton.map.dragging.enabled()")


def test_units_of_time_are_the_languages(qtbot: QtBot, map_widget: MapWidget) -> None:
    map_widget.set_clock(NOW, 0)
    map_widget.set_cases([case(holder=Countdown(NOW - 600, NOW + 7 * 3600))])
    map_widget.fly_to(case().position, 16)
    marks = "[...window.baton.app.sprites._kept.keys()].join()"
    wait_for(qtbot, map_widget, marks + ".includes('7时')")


def test_card_says_whose_clock_it_is(qtbot: QtBot, map_widget: MapWidget) -> None:
    map_widget.set_clock(NOW, 0)
    map_widget.set_cases([case(holder_name="市水务局 $& <b>")])
    at = QPoint(*spot(qtbot, map_widget, "case", "c1"))
    # Qt sends a move only when the pointer was elsewhere before.
    QTest.mouseMove(pane(map_widget), at + QPoint(90, 90))
    QTest.mouseMove(pane(map_widget), at)
    card = "document.querySelector('.baton-card.baton-shown')?.textContent || ''"
    wait_for(qtbot, map_widget, f"({card}).includes('市水务局 $& <b> 时限')")


@pytest.mark.parametrize("count", [0, 600])
def test_picture_is_what_is_on_the_screen(qtbot: QtBot, map_widget: MapWidget, count: int) -> None:
    map_widget.set_clock(NOW, 0)
    map_widget.set_cases([case(f"c{i}", dx=(i % 30) / 90 - 0.15) for i in range(count)])

    def colours() -> int:
        image = map_widget.picture().toImage()
        return len({image.pixel(x, y) for x in range(0, 800, 9) for y in range(0, 560, 9)})

    qtbot.waitUntil(lambda: colours() > 5, timeout=5_000)
    picture = map_widget.picture()
    assert picture.size() == map_widget.size() * map_widget.devicePixelRatioF()


def test_picture_of_a_hidden_map_is_empty(map_widget: MapWidget) -> None:
    map_widget.hide()
    assert map_widget.picture().isNull()
