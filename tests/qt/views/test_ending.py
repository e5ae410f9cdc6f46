"""The program is told to end (by a signal, say) while a screen stands in a window of its own."""

from collections.abc import Callable, Iterator
from functools import partial

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtWidgets import QApplication

from console.views.screen import Screen
from console.views.window import Window


@pytest.fixture
def last_window() -> Iterator[None]:
    """The last window does not end the program, as in a session: a second end would meet the next test."""
    QApplication.setQuitOnLastWindowClosed(False)
    yield
    QApplication.setQuitOnLastWindowClosed(True)


@pytest.mark.usefixtures("last_window")
def test_a_screen_torn_off_ends_with_its_window_and_no_second_time(
    window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.go("incident")
    window.tear()
    (torn,) = window.torn
    assert (torn.name, window.name) == ("incident", "desk")
    ended: list[str] = []

    def note(screen: Screen, shut_down: Callable[[], None]) -> None:
        assert shiboken6.isValid(screen)
        ended.append("torn" if screen is torn_screen else "main")
        shut_down()

    torn_screen = torn.shown
    for screen in (torn_screen, window.shown):
        monkeypatch.setattr(screen, "shut_down", partial(note, screen, screen.shut_down))
    # As the program's session does it: the handler of the signal quits, the rest ends after the loop.
    QTimer.singleShot(0, QCoreApplication.quit)
    assert QCoreApplication.exec() == 0
    assert not shiboken6.isValid(torn)
    assert ended == ["torn"]
    window.shut_down()
    assert ended == ["torn", "main"]
