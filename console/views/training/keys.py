"""The keys of a replay. While a text is typed or a receiver's key is waited for, plain keys are not ours."""

from collections.abc import Callable, Iterable, Mapping

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

SPACE = "Space"
RECEIVERS = frozenset("RT")
"""Keys that mean a unit while the desk waits for a receiver."""


class ReplayKeys(QObject):
    """Keys to acts, live while `parent` is in sight."""

    def __init__(self, parent: QWidget, acts: Mapping[str, Callable[[], object]]) -> None:
        """`acts` by the key's name."""
        super().__init__(parent)
        self._shortcuts: dict[str, QShortcut] = {}
        for key, act in acts.items():
            shortcut = QShortcut(QKeySequence(key), parent)
            shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
            shortcut.activated.connect(act)
            self._shortcuts[key] = shortcut
        QApplication.instance().focusChanged.connect(self._on_focus)  # type: ignore[union-attr]

    def _on_focus(self, _: QWidget | None, now: QWidget | None) -> None:
        """On a button the space bar presses the button."""
        self._set([SPACE], not isinstance(now, QAbstractButton))

    def wait_for_receiver(self, waiting: bool) -> None:
        """The desk waits for the key of a worker or a unit, or no longer."""
        self._set(RECEIVERS, not waiting)

    def _set(self, keys: Iterable[str], enabled: bool) -> None:
        for key in keys:
            if key in self._shortcuts:
                self._shortcuts[key].setEnabled(enabled)
