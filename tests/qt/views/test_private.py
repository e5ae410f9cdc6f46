"""A citizen's data on the card: masked, in full for a minute with a reason, and masked at once where nobody may look."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QPlainTextEdit, QPushButton, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from console.client.refusals import Problem
from console.live.board import Board
from console.views.private.look import SHOWN_S, Look
from console.views.reason_dialog import ReasonDialog
from console.views.window import Window
from console.wire.messages import LinkChanged, LinkState
from tests.qt.views.stand_ins import StandInLink, desk_of

FULL, MASKED = "13800000000", "138****0000"


class Clock:
    """Seconds in a test's hand."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def look(window: Window) -> Look:
    return desk_of(window).case_panel.look


@pytest.fixture
def clock(look: Look) -> Clock:
    made = Clock()
    look._clock = made
    return made


def citizen(window: Window) -> str:
    label = desk_of(window).findChild(QLabel, "citizen")
    assert isinstance(label, QLabel)
    return label.text()


def button(window: Window, name: str) -> QPushButton:
    found = desk_of(window).findChild(QPushButton, name)
    assert isinstance(found, QPushButton)
    return found


@pytest.fixture
def masked(window: Window, qtbot: QtBot) -> None:
    """A case is chosen, and what may be seen of it has come."""
    qtbot.waitUntil(lambda: MASKED in citizen(window), timeout=20_000)


@pytest.fixture
def reveal(window: Window, qtbot: QtBot, clock: Clock, masked: None) -> Callable[[], None]:
    """Ask for it with the reason that is proposed."""

    def act() -> None:
        button(window, "private-reveal").click()
        dialog = window.findChild(ReasonDialog)
        assert isinstance(dialog, ReasonDialog)
        dialog.accept()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow, timeout=20_000)
        qtbot.waitUntil(lambda: FULL in citizen(window), timeout=20_000)

    return act


def test_without_a_reason_nothing_is_asked(
    window: Window, link: StandInLink, qtbot: QtBot, masked: None
) -> None:
    button(window, "private-reveal").click()
    dialog = window.findChild(ReasonDialog)
    assert isinstance(dialog, ReasonDialog)
    go = dialog.findChild(QPushButton, "reason-ok")
    assert isinstance(go, QPushButton)
    assert dialog.words()
    words = dialog.findChild(QComboBox, "reason-words")
    assert isinstance(words, QComboBox)
    words.setEditText("  ")
    assert not go.isEnabled()
    dialog.reject()
    assert link.revealed == []
    assert MASKED in citizen(window)


def test_it_stands_there_for_a_minute_and_not_longer(
    window: Window, link: StandInLink, qtbot: QtBot, clock: Clock, reveal: Callable[[], None]
) -> None:
    reveal()
    ((case, why),) = link.revealed
    assert case == desk_of(window).selection.case
    assert why
    shown = button(window, "private-reveal").text()
    assert "60" in shown
    clock.now += SHOWN_S - 2
    qtbot.waitUntil(lambda: "2" in button(window, "private-reveal").text(), timeout=20_000)
    assert FULL in citizen(window)
    clock.now += 2
    qtbot.waitUntil(lambda: MASKED in citizen(window), timeout=20_000)
    assert FULL not in citizen(window)
    assert len(link.revealed) == 1


@pytest.mark.parametrize(
    "act", ["the button", "another case", "the session ends", "out of sight", "locked"]
)
def test_it_is_masked_at_once(
    window: Window, board: Board, qtbot: QtBot, reveal: Callable[[], None], look: Look, act: str
) -> None:
    reveal()
    desk = desk_of(window)
    if act == "the button":
        button(window, "private-reveal").click()
    elif act == "another case":
        other = next(c for c in board.picture.cases if c != desk.selection.case)
        desk.selection.choose(other)
        assert FULL not in citizen(window)
        return
    elif act == "the session ends":
        board.sink(LinkChanged(LinkState.REFUSED, "session-ended"))
        board.drain()
    elif act == "out of sight":
        # As another screen does; a real one would bring a real page with it.
        desk.hide()
        desk.show()
    else:
        look._on_application(Qt.ApplicationState.ApplicationInactive)
        qtbot.waitUntil(lambda: MASKED in citizen(window), timeout=20_000)
    assert MASKED in citizen(window)
    assert FULL not in citizen(window)


def test_it_cannot_be_copied_while_it_stands_there(
    window: Window, reveal: Callable[[], None]
) -> None:
    reveal()
    label = desk_of(window).findChild(QLabel, "citizen")
    assert isinstance(label, QLabel)
    by_mouse = Qt.TextInteractionFlag.TextSelectableByMouse
    assert not label.textInteractionFlags() & by_mouse
    words = desk_of(window).findChild(QWidget, "words")
    assert isinstance(words, QPlainTextEdit | QTextEdit | QLabel)
    assert not words.textInteractionFlags() & by_mouse


@pytest.mark.parametrize("code", ["slow-down", "role", "unreachable"])
def test_a_refusal_is_told_and_nothing_is_shown(
    window: Window, link: StandInLink, qtbot: QtBot, masked: None, code: str
) -> None:
    link.refuses = Problem(429, code, "no", "", {})
    button(window, "private-reveal").click()
    dialog = window.findChild(ReasonDialog)
    assert isinstance(dialog, ReasonDialog)
    dialog.accept()
    said = window.texts("problem." + code)
    qtbot.waitUntil(lambda: said in window.status.said(), timeout=20_000)
    assert MASKED in citizen(window)


def test_a_call_shows_no_number(
    window: Window, link: StandInLink, qtbot: QtBot, masked: None
) -> None:
    button(window, "private-dial").click()
    qtbot.waitUntil(lambda: bool(link.dialled), timeout=20_000)
    said = window.texts("private.dialling")
    qtbot.waitUntil(lambda: window.status.said() == said, timeout=20_000)
    assert MASKED in citizen(window)


def test_without_a_telephone_system_the_button_says_so(
    window: Window, link: StandInLink, qtbot: QtBot, masked: None
) -> None:
    link.refuses = Problem(503, "no-telephone", "none", "", {})
    dial = button(window, "private-dial")
    dial.click()
    qtbot.waitUntil(lambda: dial.toolTip() == window.texts("private.no_telephone"), timeout=20_000)
    assert not dial.isEnabled()
