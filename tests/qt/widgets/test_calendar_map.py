from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from console.theme.tokens import SHADES
from console.widgets.calendar_map import CalendarMap, DayCell

LAST = date(2026, 11, 24)
DAYS = {
    date(2026, 11, 18): DayCell(count=3282, marked=True, hint="recorded"),
    date(2026, 11, 17): DayCell(count=100),
    date(2026, 2, 28): DayCell(count=9000),
}


@pytest.fixture
def calendar(qtbot: QtBot) -> CalendarMap:
    made = CalendarMap([*"一二三四五六日"], lambda first: first.strftime("%Y-%m"))
    qtbot.addWidget(made)
    made.resize(1440, 960)
    made.show_days(DAYS, LAST)
    made.show()
    return made


def test_as_many_months_as_fit_end_with_the_last(calendar: CalendarMap) -> None:
    months = calendar.months()
    assert len(months) == 6
    assert (months[0], months[-1]) == (date(2026, 6, 1), date(2026, 11, 1))
    calendar.resize(500, 400)
    assert calendar.months() == [date(2026, 11, 1)]


def test_every_day_has_a_cell_of_its_own_that_can_be_clicked(
    calendar: CalendarMap, qtbot: QtBot
) -> None:
    for day in (date(2026, 6, 1), date(2026, 8, 31), date(2026, 11, 18)):
        place = calendar.place_of(day)
        assert place is not None
        qtbot.mouseClick(calendar, Qt.MouseButton.LeftButton, pos=place.center())
        assert calendar.chosen_day == day
    assert calendar.place_of(date(2026, 5, 31)) is None


def test_pages_turn_back_and_on_and_follow_the_chosen_day(
    calendar: CalendarMap, qtbot: QtBot
) -> None:
    assert not calendar.can_turn_on()
    qtbot.keyClick(calendar, Qt.Key.Key_PageUp)
    assert calendar.months()[-1] == date(2026, 10, 1)
    assert calendar.can_turn_on()
    calendar.turn(99)
    assert calendar.months()[-1] == date(2026, 11, 1)
    calendar.choose(date(2026, 2, 28))
    assert date(2026, 2, 1) in calendar.months()
    qtbot.keyClick(calendar, Qt.Key.Key_Right)
    assert calendar.chosen_day == date(2026, 3, 1)


def test_days_after_the_last_month_cannot_be_chosen(calendar: CalendarMap) -> None:
    calendar.choose(date(2026, 12, 1))
    assert calendar.chosen_day is None


def test_enter_takes_the_chosen_day(calendar: CalendarMap, qtbot: QtBot) -> None:
    calendar.choose(date(2026, 11, 18))
    with qtbot.waitSignal(calendar.activated) as taken:
        qtbot.keyClick(calendar, Qt.Key.Key_Return)
    assert taken.args == [date(2026, 11, 18)]


def test_the_shade_grows_with_the_count(calendar: CalendarMap) -> None:
    shot = calendar.grab().toImage()

    def shade(day: date) -> int:
        place = calendar.place_of(day)
        assert place is not None
        return SHADES.index(shot.pixelColor(place.left() + 5, place.bottom() - 6).name().upper())

    assert shade(date(2026, 11, 17)) < shade(date(2026, 11, 18))
