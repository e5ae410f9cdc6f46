"""The alarms of a seat on the window: the strip, the list of the shift, silence."""

import re
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QTreeWidgetItem
from pytestqt.qtbot import QtBot

from console.domain.alarm import AlarmKind, SilenceReason
from console.domain.city import City
from console.domain.event import EntityKind
from console.live.board import Board
from console.store.picture import Picture
from console.views.alarm_seat import AlarmSeat
from console.views.alarms.list_dialog import AlarmList
from console.views.window import Window
from console.wire.messages import EventsArrived, RowsSetAside
from tests.builders import event
from tests.qt.views.conftest import MakeWindow
from tests.qt.views.stand_ins import StandInLink, desk_of, snapshot_of

WAIT_MS = 20_000


@pytest.fixture
def calm(
    make_window: MakeWindow, board: Board, link: StandInLink, city: City, qtbot: QtBot
) -> Window:
    """A window of a city in which nothing has happened."""
    made = make_window()
    made.attach(link)  # type: ignore[arg-type]
    board.sink(snapshot_of(Picture(tz=city.tz, epoch="test", rev=1), city))
    board.drain()
    with qtbot.waitExposed(made):
        made.show()
    return made


def seat(window: Window) -> AlarmSeat:
    assert window.stage.alarm_seat is not None
    return window.stage.alarm_seat


def happen(window: Window, count: int, kind: AlarmKind = AlarmKind.URGENT) -> None:
    """So many causes at once, over two districts."""
    districts = list(window.stage.city.areas)[:2]
    causes = {f"a{n}": (f"C{n}", districts[n % 2]) for n in range(count)}
    seat(window).alarms.set_causes(kind, causes)
    strip = window.frame.alarms
    assert strip is not None
    strip.show_alarms()


def words(window: Window, name: str) -> str:
    found = window.findChild(QLabel, name)
    assert found is not None
    return "" if found.isHidden() else found.text()


def chips(window: Window) -> list[str]:
    strip = window.frame.alarms
    assert strip is not None
    return [
        c.accessibleName() for c in strip.findChildren(QPushButton, "alarm-chip") if c.isVisible()
    ]


def press(window: Window, name: str) -> None:
    button = window.findChild(QPushButton, name)
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def opened(window: Window) -> AlarmList:
    QTest.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    found = window.findChild(AlarmList)
    assert found is not None
    return found


def tops(dialog: AlarmList) -> list[QTreeWidgetItem]:
    return [dialog.tree.topLevelItem(n) for n in range(dialog.tree.topLevelItemCount())]


def test_a_quiet_seat_says_so_and_nothing_moves_when_something_calls(calm: Window) -> None:
    assert words(calm, "alarm-count") == "没有未确认的警报"
    assert chips(calm) == []
    before = calm.shown.mapTo(calm, calm.shown.rect().topLeft())
    happen(calm, 60)
    assert calm.shown.mapTo(calm, calm.shown.rect().topLeft()) == before


def test_one_alarm_says_how_loud_and_what_it_is_and_goes_when_it_is_seen(calm: Window) -> None:
    happen(calm, 1)
    (said,) = chips(calm)
    assert said.startswith("!!! 紧急未签收")
    assert words(calm, "alarm-count") == "未确认 1"
    press(calm, "alarm-seen")
    assert calm.frame.alarms is not None
    calm.frame.alarms.show_alarms()
    assert words(calm, "alarm-count") == "没有未确认的警报"
    assert [alarm.state for alarm in seat(calm).alarms.book.all] == ["acknowledged"]


@pytest.mark.parametrize("width", [1280, 1920, 3840])
def test_sixty_are_counted_to_the_last_one(calm: Window, width: int) -> None:
    calm.resize(width, 1080)
    happen(calm, 60)
    shown = chips(calm)
    singles = [words for words in shown if "×" not in words]
    grouped = [int(found[1]) for words in shown if (found := re.search(r"×(\d+)", words))]
    rest = words(calm, "alarm-more")
    left = int("".join(filter(str.isdigit, rest)) or 0)
    assert len(singles) + sum(grouped) + left == 60
    assert words(calm, "alarm-count") == "未确认 60"
    assert words(calm, "alarm-load") == "近 10 分钟 60 条"
    strip = calm.frame.alarms
    assert strip is not None
    assert strip.minimumSizeHint().width() <= width


def test_a_group_is_acknowledged_only_after_it_was_opened(calm: Window) -> None:
    happen(calm, 60)
    dialog = opened(calm)
    groups = [item for item in tops(dialog) if item.childCount()]
    assert sum(item.childCount() for item in groups) == 50
    dialog.tree.setCurrentItem(groups[0])
    button = dialog.findChild(QPushButton, "alarm-seen-chosen")
    assert button is not None
    assert not button.isEnabled()
    groups[0].setExpanded(True)
    assert button.isEnabled()
    many = groups[0].childCount()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert len(seat(calm).alarms.book.waiting) == 60 - many
    assert dialog.tree.topLevelItemCount() == 10 + 1 + many, "what was seen stands below"


def test_the_key_acknowledges_the_first(calm: Window) -> None:
    happen(calm, 3)
    QTest.keyClick(calm, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert len(seat(calm).alarms.book.waiting) == 2


def test_an_alarm_leads_to_its_case(
    calm: Window, board: Board, desk_picture: Picture, city: City
) -> None:
    board.sink(snapshot_of(desk_picture, city))
    board.drain()
    waiting = seat(calm).alarms.book.waiting
    assert waiting, "the made picture has unsigned urgent cases"
    strip = calm.frame.alarms
    assert strip is not None
    strip.show_alarms()
    chip = next(c for c in strip.findChildren(QPushButton, "alarm-chip") if c.isVisible())
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert desk_of(calm).selection.case == waiting[0].subject


def test_what_the_program_must_say_is_an_alarm_and_both_are_acknowledged_together(
    calm: Window, board: Board
) -> None:
    board.sink(RowsSetAside(2, ("a", "b")))
    board.drain()
    (alarm,) = seat(calm).alarms.book.waiting
    assert alarm.kind is AlarmKind.TROUBLE
    seat(calm).alarms.acknowledge(alarm.id)
    assert calm.stage.notices.open == ()
    board.sink(RowsSetAside(3, ("c",)))
    board.drain()
    calm.stage.notices.acknowledge("set-aside")
    assert seat(calm).alarms.book.waiting == ()


def test_silence_is_recorded_shown_and_ended(calm: Window, link: StandInLink) -> None:
    QTest.keyClick(calm, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    button = calm.findChild(QPushButton, "alarm-silence")
    assert button is not None
    assert button.isVisible()
    assert "静音 5:00" in button.text() or "静音 4:59" in button.text()
    sent = [e.body for e in link.sent if e.type == "silence_seat"]
    assert sent == [{"minutes": 5, "reason": SilenceReason.CALL.value}]
    dialog = opened(calm)
    press(calm, "silence-end")
    assert [e.body["minutes"] for e in link.sent if e.type == "silence_seat"] == [5, 0]
    assert dialog.findChild(QLabel, "silence-left").text() == ""  # type: ignore[union-attr]


def test_other_seats_silence_is_seen(calm: Window, board: Board, city: City) -> None:
    until = board.time.server_now() + timedelta(minutes=15)
    note = {"minutes": 15, "until": until.isoformat(), "reason": "known"}
    told = event(2, EntityKind.SEAT, "seat-7", type="seat.silenced", note=note)
    board.sink(EventsArrived((told,)))
    board.drain()
    dialog = opened(calm)
    said = dialog.findChild(QLabel, "silence-others")
    assert said is not None
    assert "seat-7" in said.text()
    assert until.astimezone(city.tz).strftime("%H:%M:%S") in said.text()


def test_nothing_flashes_on_a_seat_that_wants_it_still(calm: Window) -> None:
    seat(calm).set_still(True)
    assert not calm.stage.flash.moving
    assert calm.stage.flash.bold
    seat(calm).set_still(False)


def test_a_walls_seat_has_no_alarms(make_window: MakeWindow) -> None:
    assert make_window(role="auditor").frame.alarms is None
