"""The walls of this seat: one full-screen window for each display that was chosen for one."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

from console.domain.role import Role
from console.i18n import Texts
from console.settings import Preferences
from console.views import displays
from console.views.mooring import Mooring
from console.views.place_window import PlaceWindow
from console.views.stage import Stage
from console.views.torn_windows import TornWindows

SCREEN = "wall"


class Walls(QObject):
    """Knows displays by what they are, not by their number: that changes with every plug."""

    changed = Signal()
    """Other displays are chosen."""

    def __init__(self, windows: TornWindows, stage: Callable[[], Stage], parent: QObject) -> None:
        """None yet; `windows` holds them with the other torn-off ones."""
        super().__init__(parent)
        self._windows = windows
        self._stage = stage
        self._moorings: dict[str, Mooring] = {}
        self._main: Mooring | None = None
        windows.given_back.connect(self._forget)

    @property
    def keys(self) -> tuple[str, ...]:
        """The displays that are chosen, present or not."""
        return tuple(self._moorings)

    def open(self, key: str) -> None:
        """A wall on the display with the key, from now on; it rests while that is gone."""
        if key in self._moorings:
            return
        self._keep(self._windows.open(SCREEN, self._stage(), key), key)

    def close(self, key: str) -> None:
        """No wall on that display any more."""
        mooring = self._moorings.get(key)
        if mooring is not None and mooring is not self._main:
            self._windows.close(SCREEN, key)

    def show_all(self, kept: Preferences, main: PlaceWindow) -> bool:
        """The walls that were asked for, else those of last time; whether `main` is one of them.

        The only window of a seat that sees nothing but the wall is a wall itself.
        """
        keys = [self._key_of(words) for words in self._stage().settings.displays] or [*kept.walls]
        if self._stage().role is Role.WALL:
            if not keys:
                keys = [displays.key_of(QGuiApplication.primaryScreen())]
            if keys:
                self._moor(main, keys.pop(0))
        for key in keys:
            self.open(key)
        return self._main is not None

    def _key_of(self, words: str) -> str:
        display = displays.named(words)
        return words if display is None else displays.key_of(display)

    def _moor(self, main: PlaceWindow, key: str) -> None:
        self._main = self._keep(main, key)
        if self._main.resting:
            # Nobody would see that the program runs: until its display is there it is a plain window.
            displays.fill(main, QGuiApplication.primaryScreen())

    def add_to_menu(self, menu: QMenu) -> None:
        """Each display, ticked when a wall stands on it; also one that is away and waited for."""
        texts = self._stage().texts
        walls = menu.addMenu(texts("wall.on_displays"))
        known = {
            displays.key_of(display): displays.label(display) for display in displays.displays()
        }
        away = {key: texts("wall.away", name=key) for key in self._moorings if self._away(key)}
        chosen = {displays.key_of(d) for k in self._moorings if (d := displays.present(k))}
        for key, words in (known | away).items():
            action = walls.addAction(words.replace("&", "&&"), partial(self.toggle, key))
            action.setCheckable(True)
            action.setChecked(key in chosen or key in away)
            action.setEnabled(self._main is None or self._key_at(key) != self._main.key)

    def toggle(self, key: str) -> None:
        """A wall there, or none any more."""
        held = self._key_at(key)
        if held is None:
            self.open(key)
        else:
            self.close(held)

    def _key_at(self, key: str) -> str | None:
        """The chosen key whose display is the one with `key`: it may have another plug now."""
        if key in self._moorings:
            return key
        return next(
            (k for k in self._moorings if (d := displays.present(k)) and displays.key_of(d) == key),
            None,
        )

    def _away(self, key: str) -> bool:
        return displays.present(key) is None

    def _keep(self, window: PlaceWindow, key: str) -> Mooring:
        mooring = self._moorings[key] = Mooring(window, key)
        mooring.rested.connect(lambda rests: self._tell(key, rests=rests))
        mooring.show()
        self.changed.emit()
        return mooring

    def _tell(self, key: str, *, rests: bool) -> None:
        """The desk hears of a wall that nobody can see; that it is back needs no answer."""
        notices, name = self._stage().notices, f"wall-away {key}"
        if rests:
            notices.add(name, partial(_away_words, key))
        else:
            notices.acknowledge(name)

    def _forget(self) -> None:
        """Those whose windows were closed."""
        for key, mooring in list(self._moorings.items()):
            if mooring is not self._main and key not in self._windows.displays:
                del self._moorings[key]
                self._stage().notices.acknowledge(f"wall-away {key}")
                self.changed.emit()


def _away_words(key: str, texts: Texts) -> str:
    return texts("wall.rests", name=key)
