"""Where the windows of a seat stand: put back at the start, written down whenever it changes."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from console.domain.role import Role
from console.settings import PreferencesFile
from console.views import displays, screens
from console.views.place_window import PlaceWindow
from console.views.torn_windows import TornWindows
from console.views.walls import Walls


class Remembered(QObject):
    """The main window, those torn off from it and the walls, in the preferences of this machine."""

    def __init__(
        self, main: PlaceWindow, torn: TornWindows, walls: Walls, preferences: PreferencesFile
    ) -> None:
        """Nothing is put back before `put_back`."""
        super().__init__(main)
        self._main, self._torn, self._walls = main, torn, walls
        self._preferences = preferences

    def first_screen(self) -> str:
        """What was asked for, where it was left, or the role's home."""
        settings, role = self._main.stage.settings, self._main.stage.role
        seen = screens.seen_by(role)
        left = self._preferences.load().main
        beside = bool(settings.displays) and role is not Role.WALL
        if settings.screen in seen and not beside:
            return settings.screen
        if left is not None and left.screen in seen:
            return left.screen
        return screens.home_of(role)

    def put_back(self) -> None:
        """Show everything where it was left; the first time of all, maximised."""
        main, stage = self._main, self._main.stage
        kept = self._preferences.load()
        seen = screens.seen_by(stage.role)
        for placed in kept.torn:
            if placed.screen in seen and placed.screen not in (main.name, *self._torn.names):
                displays.put(self._torn.open(placed.screen, stage), placed)
        if not self._walls.show_all(kept, main):
            if kept.main is None:
                displays.fill(main, QApplication.primaryScreen())
            else:
                displays.put(main, kept.main)
        self._walls.changed.connect(self.write)
        self.write()

    def write(self) -> None:
        """Where everything stands now; a run that nobody watches leaves no trace."""
        main, settings = self._main, self._main.stage.settings
        if settings.shot is not None or settings.unattended:
            return
        self._preferences.save(
            main=displays.stand(main, main.name), torn=self._torn.stand(), walls=self._walls.keys
        )
