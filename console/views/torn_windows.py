"""All windows that hold one screen each: opened, told of the link, built anew, remembered, ended together."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal

from console.live.link import Link
from console.settings import Placed
from console.views import displays
from console.views.place_window import PlaceWindow
from console.views.stage import Stage
from console.views.torn import TornWindow

Place = tuple[str, str]
"""A screen's name, and for a wall the display that it stands on (else "")."""


class TornWindows(QObject):
    """By the name of their screen; a wall has one for each display besides."""

    screen_wanted = Signal(str)
    """The name of a screen that the user wants to see, wherever it is."""
    language_wanted = Signal()
    log_out_wanted = Signal()
    given_back = Signal()
    """A window was closed: its screen can be entered in the main window again."""
    _gone = Signal(object)

    def __init__(self, end: Callable[[], object], parent: QObject) -> None:
        """None yet; `end` ends the program."""
        super().__init__(parent)
        self._end = end
        self._windows: dict[Place, TornWindow] = {}
        self._link: Link | None = None
        # Queued: when the program ends it closes all windows, and what was open is to be remembered.
        self._gone.connect(self._forget, Qt.ConnectionType.QueuedConnection)

    @property
    def names(self) -> tuple[str, ...]:
        """The screens that are in windows of their own, and therefore not in the main one."""
        return tuple(name for name, display in self._windows if not display)

    @property
    def displays(self) -> tuple[str, ...]:
        """The keys of the displays that have a wall."""
        return tuple(display for _, display in self._windows if display)

    @property
    def windows(self) -> tuple[TornWindow, ...]:
        """The windows."""
        return tuple(self._windows.values())

    def open(self, name: str, stage: Stage, display: str = "") -> TornWindow:
        """A window with a new screen, not shown yet; `display` is the key of the one that a wall is for."""
        place = name, display
        window = self._windows[place] = TornWindow(name, stage, self._end)
        window.screen_wanted.connect(self.screen_wanted)
        window.language_wanted.connect(self.language_wanted)
        window.log_out_wanted.connect(self.log_out_wanted)
        window.closed.connect(lambda _: self._gone.emit(place))
        if self._link is not None:
            window.attach(self._link)
        return window

    def open_beside(self, main: PlaceWindow, name: str) -> None:
        """A new screen in a window of its own, on the display next to `main`'s where there is one."""
        window = self.open(name, main.stage)
        display = displays.next_to(main.screen())
        if display is main.screen():
            window.resize(main.size() * 0.8)
            window.show()
        else:
            displays.fill(window, display)
        window.activateWindow()

    def _forget(self, place: Place) -> None:
        if self._windows.pop(place, None) is not None:
            self.given_back.emit()

    def close(self, name: str, display: str = "") -> None:
        """Close the window, whether it is in sight or not."""
        self._windows[name, display].close()

    def raise_one(self, name: str) -> None:
        """Bring the screen's window before the others."""
        self._windows[name, ""].come_forward()

    def attach(self, link: Link) -> None:
        """The centre answers."""
        self._link = link
        for window in self.windows:
            window.attach(link)

    def build(self, stage: Stage) -> None:
        """Build all anew, in another language."""
        for window in self.windows:
            window.build(stage)
            if self._link is not None:
                window.attach(self._link)

    def stand(self) -> tuple[Placed, ...]:
        """Where they are, to be remembered; walls are remembered by their displays."""
        return tuple(
            window.stand() for (_, display), window in self._windows.items() if not display
        )

    def vanish(self) -> None:
        """Let go of all, after `shut_down`: the shift is over."""
        for window in self.windows:
            window.hide()
            window.deleteLater()

    def shut_down(self) -> None:
        """Let go of what must end in order."""
        for window in self.windows:
            window.shut_down()
