"""Choosing one of many: by typing, by arrows, by mouse; never what may not be chosen."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from console.widgets.search_list import Option, SearchList


def contains(haystack: str, typed: str) -> bool:
    return typed in haystack


@pytest.fixture
def listing(qtbot: QtBot) -> SearchList:
    made = SearchList("search", contains)
    qtbot.addWidget(made)
    made.resize(300, 300)
    made.set_options(
        [
            Option("no", "No", "no", "not allowed"),
            Option("one", "One", "one"),
            Option("two", "Two", "two"),
        ]
    )
    made.show()
    return made


def test_enter_takes_the_first_that_may_be_chosen(listing: SearchList, qtbot: QtBot) -> None:
    with qtbot.waitSignal(listing.chosen) as told:
        qtbot.keyClick(listing.search, Qt.Key.Key_Return)
    assert told.args == ["one"]


def test_arrows_move_while_the_cursor_stays_in_the_field(listing: SearchList, qtbot: QtBot) -> None:
    qtbot.keyClick(listing.search, Qt.Key.Key_Down)
    with qtbot.waitSignal(listing.chosen) as told:
        qtbot.keyClick(listing.search, Qt.Key.Key_Return)
    assert told.args == ["two"]


def test_what_was_typed_counts_at_once(listing: SearchList, qtbot: QtBot) -> None:
    qtbot.keyClicks(listing.search, "tw")
    with qtbot.waitSignal(listing.chosen) as told:
        qtbot.keyClick(listing.search, Qt.Key.Key_Return)
    assert told.args == ["two"]


def test_a_refused_one_says_why_and_is_not_chosen(listing: SearchList, qtbot: QtBot) -> None:
    assert listing.list.item(0).text() == "No · not allowed"
    spot = listing.place_of("no")
    assert spot is not None
    with qtbot.assertNotEmitted(listing.chosen, wait=50):
        qtbot.mouseClick(spot[0], Qt.MouseButton.LeftButton, pos=spot[1].center())


def test_a_click_chooses(listing: SearchList, qtbot: QtBot) -> None:
    spot = listing.place_of("two")
    assert spot is not None
    with qtbot.waitSignal(listing.chosen) as told:
        qtbot.mouseClick(spot[0], Qt.MouseButton.LeftButton, pos=spot[1].center())
    assert told.args == ["two"]


def test_nothing_found_chooses_nothing(listing: SearchList, qtbot: QtBot) -> None:
    qtbot.keyClicks(listing.search, "zzz")
    with qtbot.assertNotEmitted(listing.chosen, wait=50):
        qtbot.keyClick(listing.search, Qt.Key.Key_Return)
