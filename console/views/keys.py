"""The keys of the desk: every drag has one that ends in the same command."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

WORKER_KEYS = "123456"
UNIT_KEYS = "QWERT"
CHORD_MS = 4000
"""How long `D` waits for the receiver's key."""

Act = Callable[[], object]


class Keys(QObject):
    """Plain keys to acts, and the chord `D` + receiver."""

    def __init__(
        self,
        parent: QWidget,
        plain: dict[str, Act],
        to_worker: Callable[[str, bool], object],
        to_unit: Callable[[str, bool], object],
        chord_changed: Callable[[bool], None],
    ) -> None:
        """`to_worker(key, assist)` and `to_unit` dispatch the chosen case; `plain` maps key names to acts."""
        super().__init__(parent)
        self._parent = parent
        self._chord_changed = chord_changed
        self._timer = QTimer(self, interval=CHORD_MS, singleShot=True)
        self._timer.timeout.connect(self.end_chord)
        self._receivers: list[QShortcut] = []
        for name, act in plain.items():
            self._add(name, act)
        self._add("D", self._begin_chord)
        for key in WORKER_KEYS:
            self._add_receiver(key, to_worker)
        for key in UNIT_KEYS:
            self._add_receiver(key, to_unit)
        self.end_chord()

    def _add(self, name: str, act: Act) -> QShortcut:
        shortcut = QShortcut(QKeySequence(name), self._parent)
        shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
        shortcut.activated.connect(act)
        return shortcut

    def _add_receiver(self, key: str, act: Callable[[str, bool], object]) -> None:
        for prefix, assist in (("", False), ("Shift+", True)):

            def run(assist: bool = assist) -> None:
                self.end_chord()
                act(key, assist)

            self._receivers.append(self._add(prefix + key, run))

    def _begin_chord(self) -> None:
        for shortcut in self._receivers:
            shortcut.setEnabled(True)
        self._timer.start()
        self._chord_changed(True)

    def end_chord(self) -> None:
        """Receiver keys mean nothing again."""
        self._timer.stop()
        for shortcut in self._receivers:
            shortcut.setEnabled(False)
        self._chord_changed(False)
