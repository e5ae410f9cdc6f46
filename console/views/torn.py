"""A screen in a window of its own, usually on another display; the same board, the same selection."""

from collections.abc import Callable

import shiboken6
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent

from console.live.link import Link
from console.settings import Placed
from console.views import displays
from console.views.factories import build
from console.views.frame import Frame
from console.views.place_window import PlaceWindow
from console.views.screen import Screen
from console.views.screens import seen_by
from console.views.stage import Stage
from console.views.switcher import Switcher


class TornWindow(PlaceWindow):
    """Builds its screen anew: a map's page does not survive a move from window to window."""

    built = Signal(object)
    """The Screen that is new here."""
    closed = Signal(str)
    """It gives its screen back."""

    def __init__(self, name: str, stage: Stage, end: Callable[[], object]) -> None:
        """`end` ends the program."""
        super().__init__(stage)
        self.setObjectName(f"torn-{name}")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._name = name
        self._end = end
        self._screen: Screen | None = None
        self.build(stage)

    def build(self, stage: Stage) -> None:
        """Build everything, anew in another language."""
        self.shut_down()
        self.stage = stage
        self._screen = build(self._name, stage)
        switcher = Switcher(seen_by(stage.role), stage.texts)
        switcher.wanted.connect(self.screen_wanted)
        switcher.show_places(self._name, (self._name,))
        frame = Frame(stage, switcher, self._screen)
        frame.serve(self._screen)
        self._screen.wanted.connect(self.screen_wanted)
        self._screen.bare_changed.connect(self.wear_screen)
        self.wear(frame)
        self.wear_screen()

    @property
    def shown(self) -> Screen:
        """Its only screen."""
        if self._screen is None:
            raise KeyError(self._name)
        return self._screen

    @property
    def name(self) -> str:
        """The screen's name."""
        return self._name

    def attach(self, link: Link) -> None:
        """The centre answers."""
        self.shown.attach(link)
        self.status.attach(link)

    def tear(self) -> None:
        """Back into the main window."""
        self.close()

    def tear_words(self) -> str:
        """For the menu."""
        return self.texts("window.give_back")

    def leave(self) -> None:
        """From full screen to a window with a frame."""
        if self.isFullScreen():
            self.toggle_full_screen()

    def quit(self) -> None:
        """End the program."""
        self._end()

    def stand(self) -> Placed:
        """Where it is, to be remembered."""
        return displays.stand(self, self._name)

    def shut_down(self) -> None:
        """Let go of what must end in order."""
        # A quitting program closes its windows first, and a closed one is deleted with its screen.
        if self._screen is not None and shiboken6.isValid(self._screen):
            self._screen.shut_down()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Give the screen back."""
        self.shut_down()
        super().closeEvent(event)
        self.closed.emit(self._name)
