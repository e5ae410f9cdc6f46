"""The wall's small dialog: which scenes in which order, how long, from how far, and dark at night."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFormLayout,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from console.i18n import Texts
from console.settings import WallChoice
from console.views.wall.rotation import LONGEST_S, SHORTEST_S
from console.views.wall.setup import Setup
from console.views.wall.viewing import FARTHEST_M, NEAREST_M
from console.widgets.label import plain_label

_ROLE = Qt.ItemDataRole.UserRole
_ENOUGH = 0.97
"""From this share of the distance on nothing is said of type that had to shrink."""


class SetupDialog(QDialog):
    """Stops nothing; what is chosen counts once it is closed with its main button."""

    chosen = Signal(object)
    """A WallChoice."""

    def __init__(
        self,
        setup: Setup,
        names: Sequence[tuple[str, str]],
        texts: Texts,
        read_from: Callable[[float], float],
        parent: QWidget,
    ) -> None:
        """`names` are all scenes with their words.

        `read_from` gives the metres from which the wall is read where people stand so far away.
        """
        super().__init__(parent)
        self.setObjectName("wall-setup")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(texts("wall.setup_title"))
        self.resize(520, 640)
        self._texts = texts
        self._read_from = read_from
        self.scenes = self._make_scenes(setup.scenes, names)
        self.seconds = self._number("wall-seconds", SHORTEST_S, LONGEST_S, setup.seconds, 0)
        self.metres = self._number("wall-metres", NEAREST_M, FARTHEST_M, setup.metres, 1)
        self.dim = QCheckBox(texts("wall.setup_dim"))
        self.dim.setObjectName("wall-dim")
        self.dim.setChecked(setup.choice.dim_at_night)
        self.note = plain_label(tone="amber", wrap=True)
        self.metres.valueChanged.connect(self._tell)
        self._lay_out()
        self._tell(setup.metres)

    def _make_scenes(self, chosen: Sequence[str], names: Sequence[tuple[str, str]]) -> QListWidget:
        """The chosen ones first, in their order."""
        made = QListWidget()
        made.setObjectName("wall-scenes")
        made.setAccessibleName(self._texts("wall.setup_scenes"))
        made.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        words = dict(names)
        for name in [*(n for n in chosen if n in words), *(n for n in words if n not in chosen)]:
            item = QListWidgetItem(words[name], made)
            item.setData(_ROLE, name)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            ticked = Qt.CheckState.Checked if name in chosen else Qt.CheckState.Unchecked
            item.setCheckState(ticked)
        made.setCurrentRow(0)
        return made

    def _number(
        self, name: str, least: float, most: float, value: float, decimals: int
    ) -> QDoubleSpinBox:
        made = QDoubleSpinBox()
        made.setObjectName(name)
        made.setDecimals(decimals)
        # Typed, or turned by the wheel or the arrow keys: the arrows themselves are lost on a dark ground.
        made.setButtonSymbols(QDoubleSpinBox.ButtonSymbols.NoButtons)
        made.setRange(least, most)
        made.setSingleStep(0.5 if decimals else 5)
        made.setValue(value)
        return made

    def _lay_out(self) -> None:
        texts = self._texts
        moves = QHBoxLayout()
        for name, by in (("up", -1), ("down", 1)):
            button = QPushButton(texts(f"wall.setup_{name}"))
            button.setObjectName(f"wall-{name}")
            button.setAutoDefault(False)
            button.clicked.connect(lambda _=False, by=by: self.move_scene(by))
            moves.addWidget(button)
        form = QFormLayout()
        form.setSpacing(8)
        form.addRow(texts("wall.setup_seconds"), self.seconds)
        form.addRow(texts("wall.setup_metres"), self.metres)
        buttons = QDialogButtonBox()
        ok = QDialogButtonBox.ButtonRole.AcceptRole
        buttons.addButton(texts("app.ok"), ok).setProperty("kind", "main")
        buttons.addButton(texts("app.cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self._accept)
        buttons.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        box.setSpacing(10)
        box.addWidget(plain_label(texts("wall.setup_scenes"), tone="second", wrap=True))
        box.addWidget(self.scenes, 1)
        box.addLayout(moves)
        box.addLayout(form)
        box.addWidget(self.note)
        box.addWidget(self.dim)
        box.addWidget(buttons)

    def move_scene(self, by: int) -> None:
        """The scene under the cursor earlier (-1) or later (1)."""
        at = self.scenes.currentRow()
        if 0 <= at + by < self.scenes.count():
            item = self.scenes.takeItem(at)
            self.scenes.insertItem(at + by, item)
            self.scenes.setCurrentRow(at + by)

    def _tell(self, metres: float) -> None:
        near = self._read_from(metres)
        short = near < _ENOUGH * metres
        self.note.setText(self._texts("wall.distance_note", n=f"{near:.1f}") if short else "")

    def _accept(self) -> None:
        items = [self.scenes.item(row) for row in range(self.scenes.count())]
        ticked = [item for item in items if item.checkState() is Qt.CheckState.Checked]
        choice = WallChoice(
            scenes=tuple(str(item.data(_ROLE)) for item in ticked) or None,
            seconds=self.seconds.value(),
            distance_m=self.metres.value(),
            dim_at_night=self.dim.isChecked(),
        )
        self.chosen.emit(choice)
        self.accept()
