"""What can be read at every zoom: names beside cases, chips that hide nothing urgent, a legend of what is there."""

import json
from itertools import combinations
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from console.domain.heat import AreaHeat, Heat, HeatPeriod
from console.domain.place import Position
from console.map.heat_shown import HeatShown
from console.map.pins import Countdown
from console.map.widget import MapWidget
from tests.map.fakes import CENTRE, SIDE
from tests.map.page import ask, run_module, wait_for
from tests.map.pins import NOW, case, worker

NAMES = """(() => { const out = []; const dpr = window.devicePixelRatio;
for (const marks of window.baton.app.surfaces.live._marked) if (marks) for (const m of marks.values())
  if (m.spot === null && /^(districts|towns|communities|grids)/.test(m.key))
    out.push([m.key, m.left / dpr, m.top / dpr, m.sprite.width, m.sprite.height]);
return out; })()"""
CASES = """(() => { const out = [];
for (const { key, x, y, spot } of window.baton.app.drawers.case.latest.values())
  out.push([spot.kind, x, y, spot.reach, spot.thing.counts || null, spot.thing.unsigned,
    spot.kind === 'group' ? spot.thing.group.code : key]);
return out; })()"""
LEGEND = "document.querySelector('.baton-legend').innerText"
ZOOMED = "window.baton.map.getZoom() === {z} && window.baton.app.surfaces.live._zoom === {z}"
PAN = "(() => { const m = window.baton.map; m._rawPanBy(L.point({x}, {y})); m.fire('move'); m.fire('moveend'); return true; }})()"


def crowd(count: int, **changes: Any) -> list[Any]:
    return [
        case(f"c{i}", dx=(i * 37 % 101) / 300 - 0.17, dy=(i * 53 % 97) / 300 - 0.16, **changes)
        for i in range(count)
    ]


def zoom_to(qtbot: QtBot, widget: MapWidget, zoom: float, place: Position = CENTRE) -> None:
    widget.fly_to(place, zoom)
    wait_for(qtbot, widget, ZOOMED.replace("{z}", str(zoom)))
    # The frame after the animation has drawn.
    wait_for(qtbot, widget, "window.baton.app.surfaces.live._wanted === 0")


def pane(widget: MapWidget) -> Any:
    return widget.view.focusProxy()


@pytest.mark.parametrize("zoom", [10.5, 11, 12.5])
def test_names_meet_neither_cases_nor_each_other(
    qtbot: QtBot, map_widget: MapWidget, zoom: float
) -> None:
    map_widget.set_clock(NOW, 0)
    map_widget.set_cases(crowd(300))
    wait_for(qtbot, map_widget, "window.baton.app.store.pins.case.size === 300")
    zoom_to(qtbot, map_widget, zoom)
    names, cases = ask(qtbot, map_widget, NAMES), ask(qtbot, map_widget, CASES)
    assert names
    assert cases
    # A sprite has its halo round the words, which may touch.
    words = [(x + 4, y + 4, x + w - 4, y + h - 4) for _, x, y, w, h in names]
    for left, top, right, bottom in words:
        for _, x, y, *_ in cases:
            assert not (left < x < right and top < y < bottom)
    for a, b in combinations(words, 2):
        assert not (a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3])


def test_the_code_of_a_grid_steps_aside_for_the_case_on_it(
    qtbot: QtBot, map_widget: MapWidget
) -> None:
    middle = 0.19 / SIDE / 2
    map_widget.set_clock(NOW, 0)
    map_widget.set_cases([case(dx=middle, dy=middle)])
    map_widget.set_grid_load({"460106g001": 1})
    wait_for(qtbot, map_widget, "window.baton.app.store.load.size === 1")
    zoom_to(qtbot, map_widget, 16, case(dx=middle, dy=middle).position)
    (name,) = [one for one in ask(qtbot, map_widget, NAMES) if one[0] == "grids|460106g001"]
    ((_, x, y, reach, *_),) = ask(qtbot, map_widget, CASES)
    _, left, top, width, height = name
    away = max(abs(left + width / 2 - x) - width / 2, abs(top + height / 2 - y) - height / 2)
    assert reach - 5 < away < 80
    assert "001\n1 件" in ask(
        qtbot, map_widget, "[...window.baton.app.sprites._kept.keys()].join()"
    )


def test_names_stand_still_while_the_map_is_panned(qtbot: QtBot, map_widget: MapWidget) -> None:
    map_widget.set_clock(NOW, 0)
    map_widget.set_cases(crowd(300))
    wait_for(qtbot, map_widget, "window.baton.app.store.pins.case.size === 300")
    zoom_to(qtbot, map_widget, 12)
    stood = {key: (x, y) for key, x, y, *_ in ask(qtbot, map_widget, NAMES)}
    both = 0
    for x, y in ((220, 90), (180, -60), (-300, 40)):
        ask(qtbot, map_widget, PAN.replace("{x}", str(x)).replace("{y}", str(y)).replace("}}", "}"))
        wait_for(qtbot, map_widget, "window.baton.app.surfaces.live._wanted === 0")
        now = {key: (x, y) for key, x, y, *_ in ask(qtbot, map_widget, NAMES)}
        both += len(stood.keys() & now.keys())
        assert all(now[key] == place for key, place in stood.items() if key in now)
        stood = now
    assert both > 3


def test_from_afar_each_district_has_one_chip_with_its_name_and_all_its_cases(
    qtbot: QtBot, map_widget: MapWidget
) -> None:
    map_widget.set_clock(NOW, 0)
    late = Countdown(NOW - 3000, NOW - 60)
    map_widget.set_cases([*crowd(200), case("late", dx=0.05, dy=0.05, holder=late)])
    wait_for(qtbot, map_widget, "window.baton.app.store.pins.case.size === 201")
    zoom_to(qtbot, map_widget, 9)
    chips = ask(qtbot, map_widget, CASES)
    assert sorted(code for *_, code in chips) == ["460105", "460106", "460107", "460108"]
    assert sum(sum(counts) for _, _, _, _, counts, *_ in chips) == 201
    reds = [code for _, _, _, _, counts, _, code in chips if counts[3]]
    assert reds == ["460106"]
    keys = "[...window.baton.app.sprites._kept.keys()].join()"
    assert "area|龙华区|3|" in ask(qtbot, map_widget, keys)
    # What has its name on a chip is not named again.
    assert not any(key.startswith("districts|") for key, *_ in ask(qtbot, map_widget, NAMES))


def test_chips_that_meet_are_pushed_apart_and_keep_their_sides(
    qtbot: QtBot, map_widget: MapWidget
) -> None:
    body = """(r) => { const boxes = [[0, 0], [20, 4], [26, 30], [8, 26]].map(([x, y]) => ({ x, y, width: 90, height: 40 }));
      r.spread(boxes, [[-20, -20, 20, 20]]); return boxes.map(({ x, y }) => [x, y]); }"""
    found = run_module(qtbot, map_widget, body, "room.js")
    boxes = [(x - 45, y - 20, x + 45, y + 20) for x, y in found]
    for a, b in combinations([*boxes, (-20, -20, 20, 20)], 2):
        apart = 0.02
        assert not (
            a[0] + apart < b[2]
            and b[0] + apart < a[2]
            and a[1] + apart < b[3]
            and b[1] + apart < a[3]
        )
    assert found[3][0] < found[2][0]
    assert found[0][1] < found[3][1]


@pytest.mark.parametrize("zoom", [9, 12])
def test_no_chip_hides_an_urgent_unsigned_case(
    qtbot: QtBot, map_widget: MapWidget, zoom: float
) -> None:
    map_widget.set_clock(NOW, 0)
    urgent = [
        case(f"u{i}", dx=0.02 + i / 9000, dy=0.02, urgent=True, unsigned=True) for i in range(9)
    ]
    map_widget.set_cases([*crowd(100), *urgent])
    wait_for(qtbot, map_widget, "window.baton.app.store.pins.case.size === 109")
    zoom_to(qtbot, map_widget, zoom)
    found = ask(qtbot, map_widget, CASES)
    alone = {key for kind, *_, key in found if kind == "case" and key.startswith("u")}
    counted = sum(unsigned for kind, *_, unsigned, _ in found if kind == "group")
    assert len(alone) == 5
    assert counted == 4


def test_the_place_under_the_pointer_is_told_and_copied(
    qtbot: QtBot, map_widget: MapWidget
) -> None:
    words = "document.querySelector('.baton-place').textContent"
    at = QPoint(430, 260)
    QTest.mouseMove(pane(map_widget), at + QPoint(60, 30))
    QTest.mouseMove(pane(map_widget), at)
    viewport = map_widget.viewport
    assert viewport is not None
    place = viewport.to_position(at.x(), at.y())
    here = f"{place.lon:.5f}°E {place.lat:.5f}°N\n网格 460106g"
    wait_for(qtbot, map_widget, words + f".startsWith({json.dumps(here)})")
    told = ask(qtbot, map_widget, words)
    map_widget.view.setFocus()
    QTest.keyClick(pane(map_widget), Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    clipboard = QGuiApplication.clipboard()
    wanted = f"{place.lon:.5f}, {place.lat:.5f} {told.split()[-1]}"
    qtbot.waitUntil(lambda: clipboard.text() == wanted, timeout=10_000)
    wait_for(qtbot, map_widget, words + ".startsWith('已复制')")


def test_the_bare_maps_menu_copies_the_place(qtbot: QtBot, map_widget: MapWidget) -> None:
    at = QPoint(430, 260)
    QTest.mouseClick(
        pane(map_widget), Qt.MouseButton.RightButton, Qt.KeyboardModifier.NoModifier, at
    )

    def menu() -> QMenu | None:
        found = [m for m in map_widget.view.findChildren(QMenu) if m.isVisible()]
        return found[0] if found else None

    qtbot.waitUntil(lambda: menu() is not None, timeout=10_000)
    found = menu()
    assert found is not None
    place, grid = found.actions()
    assert "复制坐标" in place.text()
    assert "460106g" in grid.text()
    grid.trigger()
    assert QGuiApplication.clipboard().text().startswith("460106g")
    found.close()


def test_the_legend_names_what_is_there_at_this_zoom(qtbot: QtBot, map_widget: MapWidget) -> None:
    map_widget.resize(1056, 800)
    map_widget.open_legend(True)
    map_widget.set_clock(NOW, 0)
    map_widget.set_cases(crowd(60))
    map_widget.set_workers([worker()])
    map_widget.set_grid_load({"460106g001": 3})
    wait_for(qtbot, map_widget, LEGEND + ".includes('在办件/网格')")
    zoom_to(qtbot, map_widget, 9)
    wait_for(qtbot, map_widget, LEGEND + ".includes('聚合')")
    far = ask(qtbot, map_widget, LEGEND)
    assert "网格员" not in far
    assert "外圈" not in far
    zoom_to(qtbot, map_widget, 16, case(dx=-0.17, dy=-0.16).position)
    wait_for(qtbot, map_widget, LEGEND + ".includes('外圈：剩余时间')")
    near = ask(qtbot, map_widget, LEGEND)
    assert "聚合" not in near
    assert "巡查员" in near
    assert [n for n in ("3–4", "5–7", "8+") if n in near] == ["3–4", "5–7", "8+"]


def test_a_folded_legend_is_told_and_can_be_opened_from_outside(
    qtbot: QtBot, map_widget: MapWidget
) -> None:
    map_widget.open_legend(True)
    wait_for(qtbot, map_widget, LEGEND + ".includes('时限内')")
    with qtbot.waitSignal(map_widget.legend_folded, timeout=10_000) as folded:
        ask(qtbot, map_widget, "document.querySelector('.baton-legend-head').click()")
    assert folded.args == [True]
    assert "时限内" not in ask(qtbot, map_widget, LEGEND)


HEAT = HeatShown(
    period=HeatPeriod.DAY,
    categories=(("01", "市容环境"), ("09", "供水")),
    synthetic=True,
    since="00:00",
    heat=Heat(
        rate=1.25,
        total=40,
        nowhere=3,
        towns={"460106001": AreaHeat(4, 30)},
        grids={"460106g001": AreaHeat(4, 12), "elsewhere": AreaHeat(1, 1)},
    ),
)


def test_the_heat_says_what_it_counts_against_what(qtbot: QtBot, map_widget: MapWidget) -> None:
    map_widget.open_legend(True)
    map_widget.set_grid_load({"460106g001": 3})
    map_widget.set_heat(HEAT)
    wait_for(qtbot, map_widget, LEGEND + ".includes('热力')")
    legend = ask(qtbot, map_widget, LEGEND)
    for words in (
        "全部类别，00:00 起受理",
        "件/千户（户数为示意）",
        "全市 1.3",
        "共 40 件",
        "3 件无网格",
    ):
        assert words in legend
    assert "<0.63" in legend
    assert "3.1+" in legend
    assert "在办件/网格" not in legend  # one fill at a time
    assert ask(qtbot, map_widget, "[...window.baton.app.store.heat.values()]") == [[4, 12]]
    map_widget.set_heat(HeatShown())
    wait_for(qtbot, map_widget, "!" + LEGEND + ".includes('热力')")
    wait_for(qtbot, map_widget, "window.baton.app.store.heat.size === 0")


def test_the_pointer_tells_how_many_the_heat_has_counted_there(
    qtbot: QtBot, map_widget: MapWidget
) -> None:
    words = "document.querySelector('.baton-place').textContent"
    map_widget.set_heat(HEAT)
    wait_for(qtbot, map_widget, "window.baton.app.store.heat.size === 1")
    middle = 0.19 / SIDE / 2
    place = case(dx=middle, dy=middle).position
    for zoom, told in ((11, "第1镇 30 件"), (14, "本网格 12 件")):
        zoom_to(qtbot, map_widget, zoom, place)
        QTest.mouseMove(pane(map_widget), QPoint(390, 310))
        QTest.mouseMove(pane(map_widget), QPoint(402, 298))
        wait_for(qtbot, map_widget, words + f".endsWith('{told}')")


def test_the_heat_is_chosen_by_mouse_and_by_keys(qtbot: QtBot, map_widget: MapWidget) -> None:
    map_widget.set_heat(HeatShown())
    wait_for(qtbot, map_widget, "window.baton.app.heat.offered")
    ask(qtbot, map_widget, "document.querySelector('.baton-switches .baton-button').click()")
    choice = "document.querySelector('[data-choice=\"{}\"]')"
    box = ask(qtbot, map_widget, choice.format("period:day") + ".getBoundingClientRect()")
    at = QPoint(round(box["x"] + box["width"] / 2), round(box["y"] + box["height"] / 2))
    with qtbot.waitSignal(map_widget.heat_chosen, timeout=10_000) as chosen:
        QTest.mouseClick(
            pane(map_widget), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at
        )
    assert chosen.args == ["day", ""]
    map_widget.set_heat(HEAT)
    wait_for(qtbot, map_widget, choice.format("category:") + " !== null")
    map_widget.view.setFocus()
    ask(qtbot, map_widget, choice.format("category:") + ".focus()")
    QTest.keyClick(pane(map_widget), Qt.Key.Key_Right)
    wait_for(qtbot, map_widget, "document.activeElement.dataset.choice === 'category:01'")
    with qtbot.waitSignal(map_widget.heat_chosen, timeout=10_000) as chosen:
        QTest.keyClick(pane(map_widget), Qt.Key.Key_Return)
    assert chosen.args == ["day", "01"]


def test_hovering_a_chip_says_how_many_urgent_ones_nobody_has_signed(
    qtbot: QtBot, map_widget: MapWidget
) -> None:
    map_widget.set_clock(NOW, 0)
    map_widget.set_cases(
        [case(f"u{i}", dx=0.02 + i / 90000, dy=0.02, urgent=True, unsigned=True) for i in range(9)]
    )
    zoom_to(qtbot, map_widget, 12)
    group = ask(qtbot, map_widget, CASES)
    assert [kind for kind, *_ in group].count("group") == 1
    find = "[...window.baton.app.spots.all()].find((s) => s.kind === 'group')"
    at = ask(qtbot, map_widget, f"window.baton.app.surfaces.live.toContainer({find})")
    QTest.mouseMove(pane(map_widget), QPoint(20, 300))
    QTest.mouseMove(pane(map_widget), QPoint(round(at["x"]), round(at["y"])))
    wait_for(
        qtbot,
        map_widget,
        "document.querySelector('.baton-card').innerText.includes('紧急未签收 4 件')",
    )
