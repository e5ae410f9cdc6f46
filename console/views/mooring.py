"""Keeps a wall's window on its display: while that is gone the window rests, then it comes back full screen."""

import shiboken6
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication, QScreen

from console.views import displays
from console.views.place_window import PlaceWindow


class Mooring(QObject):
    """Of one window; ends with it.

    A wall that jumped to another display when its own is switched off would lie over somebody's desk.
    """

    rested = Signal(bool)
    """Whether it rests now."""

    def __init__(self, window: PlaceWindow, key: str) -> None:
        """`key` is the display's (see `displays.key_of`); nothing is shown before `show`."""
        super().__init__(window)
        self._window = window
        window.moored = True
        self.key = key
        self.resting = False
        self._display: QScreen | None = None
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.screenAdded.connect(self._look)
            application.screenRemoved.connect(self._look)

    def show(self) -> None:
        """Cover the display, or rest until it is there."""
        display = displays.present(self.key)
        if display is None:
            self._rest()
        else:
            self._cover(display)

    def _look(self) -> None:
        """A display came or went; a removed one is no longer among them, and Qt has moved no window yet."""
        if not shiboken6.isValid(self):
            return  # the application outlives the window, and its signals reach what is left of us
        display = displays.present(self.key)
        if display is None and not self.resting:
            self._rest()
        elif display is not None and (self.resting or display is not self._display):
            self._cover(display)

    def _rest(self) -> None:
        self._display = None
        self.resting = True
        self._window.hide()
        self.rested.emit(True)

    def _cover(self, display: QScreen) -> None:
        if display is not self._display:
            self._display = display
            display.geometryChanged.connect(self._fit)
        displays.cover(self._window, display)
        if self.resting:
            self.resting = False
            self.rested.emit(False)

    def _fit(self) -> None:
        """The display has other pixels now."""
        if self._display is not None and self._window.isFullScreen():
            displays.cover(self._window, self._display)
