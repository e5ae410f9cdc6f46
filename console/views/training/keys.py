"""The keys of a replay. While a text is typed or a receiver's key is waited for, plain keys are not ours."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

SPACE = "Space"
RECEIVERS = frozenset("RT")
"""Keys that mean a unit while the desk waits for a receiver."""
LENT = {"incident": frozenset("R")}
"""Keys that a screen inside uses itself; with Alt they are always ours."""


class ReplayKeys(QObject):
    """Keys to acts, live while `parent` is in sight."""

    def __init__(self, parent: QWidget, acts: Mapping[str, Callable[[], object]]) -> None:
        """`acts` by the key's name."""
        super().__init__(parent)
        self._shortcuts: dict[str, QShortcut] = {}
        self._place = ""
        self._waiting = self._on_button = False
        for key, act in acts.items():
            shortcut = QShortcut(QKeySequence(key), parent)
            shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
            shortcut.activated.connect(act)
            self._shortcuts[key] = shortcut
        QApplication.instance().focusChanged.connect(self._on_focus)  # type: ignore[union-attr]

    def _on_focus(self, _: QWidget | None, now: QWidget | None) -> None:
        """On a button the space bar presses the button."""
        self._on_button = isinstance(now, QAbstractButton)
        self._enable()

    def wait_for_receiver(self, waiting: bool) -> None:
        """The desk waits for the key of a worker or a unit, or no longer."""
        self._waiting = waiting
        self._enable()

    def lend(self, place: str) -> None:
        """Another screen is in sight."""
        self._place = place
        self._enable()

    def _enable(self) -> None:
        taken = set(LENT.get(self._place, ()))
        if self._waiting:
            taken |= RECEIVERS
        if self._on_button:
            taken.add(SPACE)
        for key, shortcut in self._shortcuts.items():
            shortcut.setEnabled(key not in taken)
