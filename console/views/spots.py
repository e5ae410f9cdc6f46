"""Where something is on any window of the program, for a test's mouse (see app/probe.py)."""

from collections.abc import Iterable

from PySide6.QtWidgets import QApplication, QWidget

from console.views.place_window import PlaceWindow
from console.views.screen import Spot


def find_spot(kind: str, name: str, windows: Iterable[PlaceWindow]) -> Spot:
    """A `button` by its object name, whatever window it is in; else what a screen in sight knows of it.

    `active` is the window that shows the screen of this name and has the keyboard.
    """
    if kind == "button":
        return _find_button(name)
    if kind == "active":
        return _find_active(name, windows)
    for window in sorted(windows, key=lambda w: not w.isActiveWindow()):
        spot = window.shown.locate(kind, name)
        if spot is not None and spot[0].isVisible():
            return spot
    return None


def _find_active(name: str, windows: Iterable[PlaceWindow]) -> Spot:
    for window in windows:
        if window.isActiveWindow() and window.name == name:
            return window, window.rect()
    return None


def _find_button(name: str) -> Spot:
    """The active window's first, then menus, dialogs and the other windows."""
    tops = sorted(QApplication.topLevelWidgets(), key=lambda top: not top.isActiveWindow())
    for top in tops:
        for widget in (top, *top.findChildren(QWidget, name)):
            if widget.objectName() == name and widget.isVisible():
                return widget, widget.rect()
    return None
