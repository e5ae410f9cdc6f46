"""How fast a replay runs: slower, faster, and any of the known speeds."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from console.i18n import Texts
from console.live.replayed import ReplayLink
from console.views.training.buttons import PREFIX, button

SPEEDS = (1, 2, 5, 10, 30, 60, 120, 300, 600)
"""Domain seconds per real second."""


class Speed(QWidget):
    """Two buttons and a list."""

    def __init__(self, link: ReplayLink, texts: Texts) -> None:
        """Shows the link's rate."""
        super().__init__()
        self._link = link
        self._list = QComboBox()
        self._list.setObjectName(PREFIX + "speed")
        self._list.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._list.addItems([texts("training.speed", n=speed) for speed in SPEEDS])
        self._list.setMinimumWidth(96)
        self._list.activated.connect(lambda place: link.set_rate(SPEEDS[place]))
        slower = button("slower", "−", self.slower)
        faster = button("faster", "+", self.faster)
        slower.setToolTip(texts("training.slower"))
        faster.setToolTip(texts("training.faster"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        for widget in (slower, self._list, faster):
            row.addWidget(widget)
        self.show_rate(link.playback.rate)

    def show_rate(self, rate: float) -> None:
        """Show the speed next to a rate."""
        near = min(range(len(SPEEDS)), key=lambda n: abs(SPEEDS[n] - rate))
        if self._list.currentIndex() != near:
            self._list.setCurrentIndex(near)

    def slower(self) -> None:
        """One speed down."""
        self._shift(-1)

    def faster(self) -> None:
        """One speed up."""
        self._shift(1)

    def _shift(self, by: int) -> None:
        place = min(max(self._list.currentIndex() + by, 0), len(SPEEDS) - 1)
        self._link.set_rate(SPEEDS[place])
