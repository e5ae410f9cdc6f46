"""Where something is on any window of the program, for a test's mouse (see app/probe.py)."""

from collections.abc import Iterable

from PySide6.QtWidgets import QApplication, QWidget

from console.views.place_window import PlaceWindow
from console.views.screen import Spot


def find_spot(kind: str, name: str, windows: Iterable[PlaceWindow]) -> Spot:
    """A `button` by its object name, whatever window it is in; else what a screen in sight knows of it."""
    if kind == "button":
        return _find_button(name)
    for window in sorted(windows, key=lambda w: not w.isActiveWindow()):
        spot = window.shown.locate(kind, name)
        if spot is not None and spot[0].isVisible():
            return spot
    return None


def _find_button(name: str) -> Spot:
    """The active window's first, then menus, dialogs and the other windows."""
    tops = sorted(QApplication.topLevelWidgets(), key=lambda top: not top.isActiveWindow())
    for top in tops:
        for widget in (top, *top.findChildren(QWidget, name)):
            if widget.objectName() == name and widget.isVisible():
                return widget, widget.rect()
    return None
