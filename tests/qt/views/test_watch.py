"""What must not go by unseen stands there until it is acknowledged, in the language in use."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from console.domain.case import CaseState
from console.domain.city import City
from console.domain.event import EntityKind
from console.i18n import LANGUAGES
from console.live.board import Board
from console.store.picture import Picture
from console.views.notice_bar import MOST
from console.views.window import Window
from console.wire.commands import Envelope
from console.wire.messages import (
    AddressChanged,
    ClockStepped,
    CommandMoved,
    EventsArrived,
    MachineSlept,
    Message,
    NotStored,
    NotUnderstood,
    RowsSetAside,
    SnapshotArrived,
    Tick,
)
from tests.builders import event
from tests.qt.views.conftest import MakeWindow
from tests.qt.views.stand_ins import StandInLink, snapshot_of


def lines(window: Window) -> list[QWidget]:
    """The lines of the bar, top to bottom."""
    box = window.frame.notices.layout()
    assert box is not None
    found = [box.itemAt(number).widget() for number in range(box.count())]
    return [line for line in found if line.isVisible()]


def words(window: Window) -> list[str]:
    """What they say."""
    return [line.findChildren(QLabel)[0].text() for line in lines(window)]


def seen(window: Window) -> None:
    """Acknowledge the first."""
    (button,) = lines(window)[0].findChildren(QPushButton)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def tell(board: Board, *messages: Message) -> None:
    for message in messages:
        board.sink(message)
        board.drain()  # one each: a drain has a budget


def an_order(picture: Picture) -> Envelope:
    case = next(c for c in picture.cases.values() if c.state is CaseState.REGISTERED)
    return Envelope(key="k-1", type="dispatch", body={"case": case.id, "assignment": "A-1"})


@pytest.mark.parametrize(
    ("message", "part"),
    [
        (NotUnderstood("weather"), "weather"),
        (RowsSetAside(2, ("a", "b")), "2 条"),
        (AddressChanged("https://b.example.org"), "https://b.example.org"),
        (ClockStepped(-300.2), "300 秒"),
        (MachineSlept(45), "45 秒"),
        (MachineSlept(7_200), "120 分钟"),
    ],
)
def test_a_note_stands_until_it_is_acknowledged(
    window: Window, board: Board, message: Message, part: str
) -> None:
    assert window.frame.notices.isHidden()
    tell(board, message)
    (said,) = words(window)
    assert part in said
    board.ticked.emit()
    assert words(window) == [said]
    seen(window)
    assert words(window) == []
    assert window.frame.notices.isHidden()


@pytest.mark.parametrize(
    ("why", "said"), [("epoch", 1), ("ahead", 1), ("compacted", 0), ("resync", 0), ("digest", 0)]
)
def test_only_another_log_is_put_before_the_operator(
    window: Window, board: Board, desk_picture: Picture, city: City, why: str, said: int
) -> None:
    fresh = snapshot_of(desk_picture, city)
    tell(board, SnapshotArrived(fresh.pages, why))
    assert len(words(window)) == said
    assert all("日志" in one for one in words(window))


def test_lost_work_is_named_and_its_acknowledgement_reaches_the_outbox(
    window: Window, board: Board, link: StandInLink, desk_picture: Picture
) -> None:
    order = an_order(desk_picture)
    tell(board, CommandMoved(order, Tick.LOST))
    (said,) = words(window)
    assert desk_picture.cases[order.body["case"]].place in said
    assert window.texts("operation.dispatch") in said
    seen(window)
    assert link.discarded == ["k-1"]


def test_what_was_lost_in_an_earlier_run_is_named_once_the_picture_is_there(
    make_window: MakeWindow, board: Board, desk_picture: Picture, city: City
) -> None:
    order = an_order(desk_picture)
    made = make_window()
    made.show()
    tell(board, CommandMoved(order, Tick.LOST))
    place = desk_picture.cases[order.body["case"]].place
    assert place not in words(made)[0]
    tell(board, snapshot_of(desk_picture, city))
    assert place in words(made)[0]


def test_an_order_that_the_disk_did_not_take_is_refused_aloud(
    window: Window, board: Board, link: StandInLink, desk_picture: Picture
) -> None:
    def full(_: Envelope) -> None:
        raise NotStored("database or disk is full")

    link.submit = full  # type: ignore[method-assign]
    moved: list[CommandMoved] = []
    window.orders.moved.connect(moved.append)
    case = next(c for c in desk_picture.cases.values() if c.state is CaseState.RECEIVED)
    window.orders.register(case.id)
    board.drain()
    assert [one.tick for one in moved] == [Tick.REFUSED]
    (said,) = words(window)
    assert case.place in said
    assert "full" in said


def test_changes_of_an_unknown_kind_say_that_this_console_is_too_old(
    window: Window, board: Board
) -> None:
    rev = board.picture.rev
    strange = [event(rev + n, EntityKind.CASE, "X", epoch="test", entity="drone:X") for n in (1, 2)]
    tell(board, EventsArrived(strange))
    (said,) = words(window)
    assert "太旧" in said
    assert "2" in said


@pytest.fixture
def many(window: Window, board: Board) -> None:
    notes = (MachineSlept(5), AddressChanged("https://b"), ClockStepped(9), NotUnderstood("x"))
    tell(board, *notes, RowsSetAside(1, ("a",)))


@pytest.mark.usefixtures("many")
def test_the_worst_stands_first_and_none_drops_off_the_end(window: Window) -> None:
    assert len(words(window)) == MOST
    assert "损坏" in words(window)[0]
    texts = [label.text() for label in window.frame.notices.findChildren(QLabel)]
    assert window.texts("notice.more", n=2) in texts
    found: list[str] = []
    for _ in range(5):
        found.append(words(window)[0])
        seen(window)
    assert len(set(found)) == 5
    assert words(window) == []


@pytest.mark.usefixtures("many")
def test_they_are_told_in_the_other_language_too(window: Window) -> None:
    before = words(window)
    window.switch_language()
    after = words(window)
    assert len(after) == len(before)
    assert not set(after) & set(before)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_notice_has_words(make_window: MakeWindow, board: Board, lang: str) -> None:
    made = make_window(lang)
    made.show()
    notes = (MachineSlept(5), AddressChanged("https://b"), ClockStepped(9), NotUnderstood("x"))
    tell(board, *notes, RowsSetAside(1, ("a",)))
    tell(board, CommandMoved(Envelope(key="k", type="dispatch", body={"case": "C"}), Tick.LOST))
    for notice in made.stage.notices.open:
        said = notice.text(made.texts)
        assert "{" not in said
        assert "notice." not in said
