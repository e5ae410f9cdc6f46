"""The heat and the legend of a seat's map: chosen on it, counted from the board, remembered."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from console.domain.city import City
from console.domain.heat import HeatPeriod
from console.i18n import Texts
from console.live.board import Board
from console.map.heat_shown import HeatShown
from console.settings import PreferencesFile
from console.store.changes import ChangeSet
from console.store.picture import Picture
from console.views.map_looks import MapLooks
from tests.map.fakes import fake_boundaries
from tests.qt.views.stand_ins import StandInMap, snapshot_of


@pytest.fixture
def preferences(tmp_path: Path) -> PreferencesFile:
    return PreferencesFile(tmp_path)


@pytest.fixture
def widget(qtbot: QtBot, city: City) -> StandInMap:
    made = StandInMap(fake_boundaries(2), city, None, None, None, QWidget())
    qtbot.addWidget(made)
    return made


def looks(
    board: Board, widget: StandInMap, texts: Texts, preferences: PreferencesFile, seat: str = "A-07"
) -> MapLooks:
    return MapLooks(board, fake_boundaries(2), widget, texts, preferences, seat)  # type: ignore[arg-type]


def fill(board: Board, picture: Picture, widget: StandInMap) -> None:
    widget.show()
    board.sink(snapshot_of(picture, board.city))
    board.drain()


def test_a_chosen_heat_is_counted_and_remembered_for_the_seat(
    board: Board,
    widget: StandInMap,
    zh: Texts,
    preferences: PreferencesFile,
    desk_picture: Picture,
) -> None:
    looks(board, widget, zh, preferences)
    fill(board, desk_picture, widget)
    assert widget.heat == HeatShown()
    widget.heat_chosen.emit("day", "")
    shown = widget.heat
    assert shown.period is HeatPeriod.DAY
    assert shown.synthetic
    assert shown.since == "00:00"
    today = [
        one
        for one in board.picture.cases.values()
        if board.time.domain_now() - one.received_at < timedelta(hours=24)
    ]
    assert 0 < shown.heat.total <= len(today)
    assert sum(grid.count for grid in shown.heat.grids.values()) + shown.heat.nowhere == (
        shown.heat.total
    )
    code, name = shown.categories[0]
    widget.heat_chosen.emit("hour", code)
    assert (widget.heat.period, widget.heat.category) == (HeatPeriod.HOUR, code)
    assert (code, name) in widget.heat.categories
    again = looks(board, widget, zh, preferences)
    assert again.choice is not None
    assert (again.choice.period, again.choice.category) == (HeatPeriod.HOUR, code)
    assert looks(board, widget, zh, preferences, "A-08").choice is None


def test_switched_off_it_is_gone(
    board: Board,
    widget: StandInMap,
    en: Texts,
    preferences: PreferencesFile,
    desk_picture: Picture,
) -> None:
    preferences.save(heat={"A-07": "day"})
    found = looks(board, widget, en, preferences)
    fill(board, desk_picture, widget)
    assert widget.heat.period is HeatPeriod.DAY
    assert all(name.isascii() for _, name in widget.heat.categories)
    widget.heat_chosen.emit("", "")
    assert widget.heat == HeatShown()
    assert found.choice is None
    assert preferences.load().heat == {"A-07": ""}


def test_words_from_elsewhere_are_no_heat(
    board: Board, widget: StandInMap, zh: Texts, preferences: PreferencesFile
) -> None:
    preferences.save(heat={"A-07": "century/09"})
    assert looks(board, widget, zh, preferences).choice is None


def test_a_folded_legend_stays_folded(
    board: Board, widget: StandInMap, zh: Texts, preferences: PreferencesFile
) -> None:
    looks(board, widget, zh, preferences)
    assert widget.legend_open is None
    widget.legend_folded.emit(True)
    looks(board, widget, zh, preferences)
    assert widget.legend_open is False


def test_a_new_case_is_counted_when_it_comes(
    board: Board,
    widget: StandInMap,
    zh: Texts,
    preferences: PreferencesFile,
    desk_picture: Picture,
) -> None:
    preferences.save(heat={"A-07": "day"})
    found = looks(board, widget, zh, preferences)
    fill(board, desk_picture, widget)
    before = widget.heat.heat.total
    one = next(c for c in board.picture.cases.values() if c.grid is not None)
    board.picture.cases["new"] = replace(one, id="new", received_at=board.time.domain_now())
    board.changed.emit(ChangeSet(cases={"new"}))
    assert found._due.isActive()
    found._due.timeout.emit()
    assert widget.heat.heat.total == before + 1
