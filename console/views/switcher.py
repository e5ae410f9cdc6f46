"""The tabs of the top bar: the screens that this role sees, one click each."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from console.i18n import Texts
from console.views.screens import key_of, title_of


class Switcher(QWidget):
    """Only what the role sees: a tab that never opens helps nobody; the menu says why it is missing."""

    wanted = Signal(str)
    """The name of the screen to go to."""

    def __init__(self, names: Sequence[str], texts: Texts) -> None:
        """Nothing at all to see where there is no choice."""
        super().__init__()
        self.setObjectName("switcher")
        self._texts = texts
        self._tabs: dict[str, QPushButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for name in names:
            self._tabs[name] = tab = QPushButton(title_of(name, texts))
            tab.setObjectName(f"screen-{name}")
            tab.setProperty("kind", "place")
            tab.setCheckable(True)
            tab.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            tab.clicked.connect(partial(self._want, name))
            row.addWidget(tab)
        self.setHidden(len(names) < 2)
        self.show_places("", ())

    def tab(self, name: str) -> QWidget | None:
        """The tab of a screen."""
        return self._tabs.get(name)

    def _want(self, name: str) -> None:
        """The screen decides which tab is down, not the click."""
        self._tabs[name].setChecked(not self._tabs[name].isChecked())
        self.wanted.emit(name)

    def show_places(self, current: str, away: Sequence[str]) -> None:
        """Which screen is in sight, and which are in windows of their own."""
        for name, tab in self._tabs.items():
            tab.setChecked(name == current)
            hint = "window.hint_away" if name in away else "window.hint"
            title = title_of(name, self._texts)
            tab.setText(f"{title} ↗" if name in away else title)
            tab.setToolTip(self._texts(hint, screen=title, shortcut=key_of(name)))
