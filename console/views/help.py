"""Small windows that explain: the keys, and what this program and its data are."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QVBoxLayout, QWidget

from console import __version__
from console.domain.city import City
from console.i18n import Texts

WINDOW = (
    "window.keys_places",
    "window.keys_tear",
    "window.keys_full",
    "window.keys_back",
    "window.keys_alarms",
)
"""Keys that every window has, one translation key a line."""


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
    """The keys of a screen, then those of every window."""

    def __init__(self, texts: Texts, parent: QWidget, keys: Sequence[str] = ()) -> None:
        """`keys` are the screen's lines, as translation keys."""
        super().__init__(texts("keys.title"), [texts(key) for key in (*keys, *WINDOW)], parent)


class About(_Page):
    """Name, version, and whose data are shown."""

    def __init__(self, city: City, texts: Texts, parent: QWidget) -> None:
        """The credits of the city pack are part of its terms."""
        lines = [f"{texts('app.name')} {__version__}", *city.credits]
        super().__init__(texts("menu.about"), lines, parent)
