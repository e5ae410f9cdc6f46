"""How far people stand from this wall: the city's figure, or the one set here."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QInputDialog, QWidget

from console.i18n import Texts
from console.settings import PreferencesFile
from console.views.wall.viewing import FARTHEST_M, NEAREST_M, pixel_pitch, smallest_type


class Distance(QObject):
    """Remembered between starts."""

    changed = Signal()

    def __init__(self, preferences: PreferencesFile, of_city_m: float, parent: QWidget) -> None:
        """`of_city_m` counts until another distance is set."""
        super().__init__(parent)
        self._preferences = preferences
        chosen = preferences.load().wall_distance_m
        self.metres = of_city_m if chosen is None else min(FARTHEST_M, max(NEAREST_M, chosen))

    def set(self, metres: float) -> None:
        """From now on people stand so far away."""
        self.metres = metres
        self._preferences.save(wall_distance_m=metres)
        self.changed.emit()

    def ask(
        self, parent: QWidget, texts: Texts, read_from: Callable[[float], float]
    ) -> QInputDialog:
        """Ask for it in a small dialog, without stopping anything.

        `read_from` gives the metres from which the wall is read where people stand so far away.
        """
        dialog = QInputDialog(parent)
        asked = texts("wall.distance_ask")

        def tell(metres: float) -> None:
            near = read_from(metres)
            note = texts("wall.distance_note", n=f"{near:.1f}") if near < 0.97 * metres else ""
            dialog.setLabelText(f"{asked}\n{note}")

        dialog.setInputMode(QInputDialog.InputMode.DoubleInput)
        dialog.setWindowTitle(texts("wall.distance"))
        dialog.setDoubleRange(NEAREST_M, FARTHEST_M)
        dialog.setDoubleStep(0.5)
        dialog.setDoubleDecimals(1)
        dialog.setDoubleValue(self.metres)
        tell(self.metres)
        dialog.doubleValueChanged.connect(tell)
        dialog.setOkButtonText(texts("app.ok"))
        dialog.setCancelButtonText(texts("app.cancel"))
        dialog.doubleValueSelected.connect(self.set)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def type_on(self, widget: QWidget, metres: float | None = None) -> float:
        """Pixels of the smallest type on the display that shows the widget, read from `metres` or as set."""
        display = widget.screen()
        size, told = display.size(), display.physicalSize()
        pitch = pixel_pitch((told.width(), told.height()), (size.width(), size.height()))
        return smallest_type(self.metres if metres is None else metres, pitch)
