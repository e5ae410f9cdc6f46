"""The places of the main window: each is built when it is first entered and kept until it is ended."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from console.views.screen import Screen


class Stack(QStackedWidget):
    """One of its screens is in sight; the others are hidden and do no work."""

    built = Signal(object)
    """A Screen that is new here."""
    entered = Signal(str)
    """The name of the screen that is in sight now."""

    def __init__(self, make: Callable[[str], Screen]) -> None:
        """`make` builds the screen of a name."""
        super().__init__()
        self._make = make
        self._screens: dict[str, Screen] = {}
        self.name = ""
        """The screen in sight, "" before the first."""

    @property
    def shown(self) -> Screen:
        """The screen in sight; raises `KeyError` before the first."""
        return self._screens[self.name]

    @property
    def screens(self) -> tuple[Screen, ...]:
        """All that are built."""
        return tuple(self._screens.values())

    def enter(self, name: str) -> None:
        """Bring a screen into sight."""
        if name not in self._screens:
            screen = self._screens[name] = self._make(name)
            self.addWidget(screen)
            self.built.emit(screen)
        self.name = name
        self.setCurrentWidget(self._screens[name])
        self._screens[name].setFocus()
        self.entered.emit(name)

    def end(self, name: str) -> None:
        """Let go of a screen that is not in sight; the next entering builds it anew."""
        screen = self._screens.pop(name, None)
        if screen is not None:
            screen.shut_down()
            self.removeWidget(screen)
            screen.deleteLater()

    def shut_down(self) -> None:
        """Let go of what must end in order."""
        for screen in self.screens:
            screen.shut_down()
