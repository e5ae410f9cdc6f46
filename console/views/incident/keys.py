"""The keys of the linkage: everything the mouse does there has one."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget


def bind_keys(screen: QWidget, acts: Mapping[str, Callable[[], object]]) -> None:
    """Key names to acts, while the screen is in sight; a field that is typed into comes first."""
    for name, act in acts.items():
        shortcut = QShortcut(QKeySequence(name), screen)
        shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
        shortcut.activated.connect(act)
