"""Small windows that explain: the keys, and what this program and its data are."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QVBoxLayout, QWidget

from console import __version__
from console.domain.city import City
from console.i18n import Texts

DESK = ("enter", "digits", "letters", "shift", "undo", "find", "find_map", "fold", "escape")
WINDOW = ("keys_places", "keys_tear", "keys_full", "keys_back")


class _Page(QDialog):
    def __init__(self, title: str, lines: list[str], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setMinimumWidth(560)
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 20, 24, 20)
        box.setSpacing(10)
        for line in lines:
            label = QLabel(line)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            box.addWidget(label)


class KeyHelp(_Page):
    """The keys of the desk and of every window."""

    def __init__(self, texts: Texts, parent: QWidget, more: Sequence[str] = ()) -> None:
        """One line a key; `more` are those of the screen, first."""
        lines = [*more, *(texts(f"keys.{key}") for key in DESK)]
        lines += [texts(f"window.{key}") for key in WINDOW]
        super().__init__(texts("keys.title"), lines, parent)


class About(_Page):
    """Name, version, and whose data are shown."""

    def __init__(self, city: City, texts: Texts, parent: QWidget) -> None:
        """The credits of the city pack are part of its terms."""
        lines = [f"{texts('app.name')} {__version__}", *city.credits]
        super().__init__(texts("menu.about"), lines, parent)
