"""The time of the centre, large, with the date beside it; both are given by the caller."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from console.theme.fonts import ui_font
from console.theme.tokens import FONT_CLOCK
from console.widgets.label import plain_label


class ClockLabel(QWidget):
    """Figures all equally wide, so that nothing trembles."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until `set_time`."""
        super().__init__(parent)
        self._dated = True
        self._date = plain_label(tone="second")
        self._time = plain_label(tone="clock")
        self._time.setFont(ui_font(FONT_CLOCK, bold=True, figures=True))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._date)
        row.addWidget(self._time)

    def set_time(self, time: str, date: str = "") -> None:
        """Show these words."""
        self._time.setText(time)
        self._date.setText(date)
        self._date.setVisible(bool(date) and self._dated)

    def show_date(self, shown: bool) -> None:
        """Where there is no room the date goes first."""
        self._dated = shown
        self._date.setVisible(shown and bool(self._date.text()))
        self.updateGeometry()
