"""Buttons of the training screen: named for tests, never taking the keyboard from the screen inside."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

PREFIX = "training-"


def button(name: str, words: str, act: Callable[[], object], *, kind: str = "") -> QPushButton:
    """A button with the object name `training-<name>`; `kind` chooses its look in the style sheet."""
    made = QPushButton(words.replace("&", "&&"))
    made.setObjectName(PREFIX + name)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    if kind:
        made.setProperty("kind", kind)
    made.clicked.connect(lambda: act())
    return made
