"""When the map's page is given up, what was in its frame stands as rows that can be worked with."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from console.domain.clock import Level
from console.domain.place import Position
from console.live.board import Board
from console.live.drag import Payload
from console.map.hit import Viewport
from console.map.pins import CasePin, Kind
from console.views.map_table import MapTable
from console.views.window import Window
from tests.qt.views.stand_ins import StandInMap, desk_of


@pytest.fixture
def map_(window: Window) -> StandInMap:
    found = desk_of(window).map
    assert isinstance(found, StandInMap)
    return found


@pytest.fixture
def table(map_: StandInMap) -> MapTable:
    """In the map's place."""
    assert isinstance(map_.fallback, MapTable)
    map_.given_up = True
    map_.fallback.show()
    map_.gave_up.emit()
    return map_.fallback


def ids(table: MapTable, kind: Kind = Kind.CASE) -> list[str]:
    view = table.views[kind]
    return [view.id_of(view.model().index(n, 0)) for n in range(view.model().rowCount())]


def words(table: MapTable, column: int) -> list[str]:
    model = table.views[Kind.CASE].model()
    return [str(model.index(n, column).data()) for n in range(model.rowCount())]


def test_rows_are_the_pins_the_worst_first(table: MapTable, map_: StandInMap) -> None:
    due = {pin.id: pin.holder.due if pin.holder else 1e15 for pin in map_.cases.values()}
    assert set(ids(table)) == set(map_.cases)
    assert [due[i] for i in ids(table)] == sorted(due.values())
    assert set(ids(table, Kind.WORKER)) == set(map_.workers)


def test_only_what_is_in_the_frame_unless_the_whole_city_is_wanted(
    table: MapTable, map_: StandInMap
) -> None:
    one: CasePin = next(iter(map_.cases.values()))
    at = one.position
    map_.viewport = Viewport(at.lon - 1e-6, at.lat - 1e-6, at.lon + 1e-6, at.lat + 1e-6, 800, 600)
    map_.view_changed.emit(map_.viewport, 18.0)
    assert one.id in ids(table)
    assert set(ids(table)) == {p.id for p in map_.cases.values() if p.position == at}
    table._all.click()
    assert set(ids(table)) == set(map_.cases)


def test_a_click_on_a_head_sorts(table: MapTable) -> None:
    view = table.views[Kind.CASE]
    view.sortByColumn(4, Qt.SortOrder.DescendingOrder)
    assert words(table, 4) == sorted(words(table, 4), reverse=True)
    view.sortByColumn(4, Qt.SortOrder.AscendingOrder)
    assert words(table, 4) == sorted(words(table, 4))


def test_the_selection_is_the_desks(table: MapTable, window: Window) -> None:
    selection = desk_of(window).selection
    view = table.views[Kind.CASE]
    first, second = ids(table)[:2]
    view.select_row(1)
    assert selection.case == second
    selection.choose(first)
    assert view.selected_ids() == [first]
    table.show_rows()
    view.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    assert view.selected_ids() == [first]


def test_levels_are_those_of_the_map(table: MapTable, board: Board, map_: StandInMap) -> None:
    from console.domain.clock import case_level

    now = board.time.domain_now()
    view = table.views[Kind.CASE]
    seen: set[Level] = set()
    for row, case_id in enumerate(ids(table)):
        case = board.picture.cases[case_id]
        wanted = case_level(case, board.picture.lead(case), board.city.policy, now)
        assert view._pins.level(row) is wanted
        seen.add(wanted)
    assert len(seen) > 1


def test_during_a_drag_rows_hold_still_and_targets_shine(
    table: MapTable, window: Window, map_: StandInMap
) -> None:
    dragging = desk_of(window).dragging
    before = ids(table)
    dragging.began.emit(Payload(kind="case", ids=[before[0]]))
    assert table.views[Kind.WORKER].is_target(ids(table, Kind.WORKER)[0]) is not None
    map_.update_cases([], [before[0]])
    table.show_rows()
    assert ids(table) == before
    dragging.ended.emit()
    table._settle.timeout.emit()
    assert ids(table) == before[1:]
    assert table.views[Kind.WORKER].is_target(before[0]) is None


def test_the_key_and_the_button_ask_for_the_map(
    qtbot: QtBot, table: MapTable, window: Window, map_: StandInMap
) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keyClick(table, Qt.Key.Key_F5)
    assert map_.tried == 1
    assert not table._reload.isEnabled()
    map_.trying = False
    table.show_rows()
    table._reload.click()
    assert map_.tried == 2


def test_without_a_death_the_key_means_nothing(window: Window, map_: StandInMap) -> None:
    QTest.keyClick(window, Qt.Key.Key_F5)
    assert map_.tried == 0


def test_the_frame_is_the_one_that_a_page_would_show() -> None:
    place = Position(110.33, 20.03)
    frame = Viewport.around(place, 15.0, 1000, 800)
    assert frame.holds(place)
    x, y = frame.to_pixel(place)
    assert (round(x), round(y)) == (500, 400)
    wide = Viewport.around(place, 14.0, 1000, 800)
    assert wide.east - wide.west == pytest.approx(2 * (frame.east - frame.west))
