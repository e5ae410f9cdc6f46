"""All windows that hold one screen each: opened, told of the link, built anew, remembered, ended together."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal

from console.live.link import Link
from console.settings import Placed
from console.views.stage import Stage
from console.views.torn import TornWindow


class TornWindows(QObject):
    """By the name of their screen."""

    screen_wanted = Signal(str)
    """The name of a screen that the user wants to see, wherever it is."""
    language_wanted = Signal()
    log_out_wanted = Signal()
    given_back = Signal()
    """A window was closed: its screen can be entered in the main window again."""

    def __init__(self, end: Callable[[], object], parent: QObject) -> None:
        """None yet; `end` ends the program."""
        super().__init__(parent)
        self._end = end
        self._windows: dict[str, TornWindow] = {}
        self._link: Link | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The screens that are in windows of their own."""
        return tuple(self._windows)

    @property
    def windows(self) -> tuple[TornWindow, ...]:
        """The windows."""
        return tuple(self._windows.values())

    def open(self, name: str, stage: Stage) -> TornWindow:
        """A window with a new screen, not shown yet."""
        window = self._windows[name] = TornWindow(name, stage, self._end)
        window.screen_wanted.connect(self.screen_wanted)
        window.language_wanted.connect(self.language_wanted)
        window.log_out_wanted.connect(self.log_out_wanted)
        # Queued: when the program ends it closes all windows, and what was open is to be remembered.
        window.closed.connect(self._forget, Qt.ConnectionType.QueuedConnection)
        if self._link is not None:
            window.attach(self._link)
        return window

    def _forget(self, name: str) -> None:
        del self._windows[name]
        self.given_back.emit()

    def raise_one(self, name: str) -> None:
        """Bring the screen's window before the others."""
        self._windows[name].come_forward()

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
        """Where they are, to be remembered."""
        return tuple(window.stand() for window in self.windows)

    def vanish(self) -> None:
        """Let go of all, after `shut_down`: the shift is over."""
        for window in self.windows:
            window.hide()
            window.deleteLater()

    def shut_down(self) -> None:
        """Let go of what must end in order."""
        for window in self.windows:
            window.shut_down()
