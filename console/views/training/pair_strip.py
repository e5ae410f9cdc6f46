"""The figures of a comparison: each with history above and the trainee below."""

from collections.abc import Sequence

from PySide6.QtGui import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from console.i18n import Texts
from console.views.training.comparison_words import Pair
from console.widgets.label import plain_label

HEIGHT = 152


class PairStrip(QWidget):
    """One column a figure."""

    def __init__(self, texts: Texts) -> None:
        """Empty."""
        super().__init__()
        self.setObjectName("pair-strip")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(HEIGHT)
        self._texts = texts
        self._title = plain_label(tone="heading")
        self._inside = QWidget()
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 10, 16, 10)
        box.setSpacing(6)
        box.addWidget(self._title)
        box.addWidget(self._inside, 1)

    def show_pairs(self, title: str, pairs: Sequence[Pair]) -> None:
        """Show these figures."""
        self._title.setText(title)
        fresh = QWidget()
        grid = QGridLayout(fresh)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(20)
        for number, key in enumerate(("side_history", "side_branch"), 1):
            grid.addWidget(plain_label(self._texts(f"training.{key}"), tone="second"), number, 0)
        for column, pair in enumerate(pairs, 1):
            name = plain_label(pair.name, tone="second")
            name.setToolTip(Qt.convertFromPlainText(pair.hint))
            grid.addWidget(name, 0, column)
            grid.addWidget(plain_label(pair.history, tone="figures"), 1, column)
            grid.addWidget(plain_label(pair.branch, tone="training-figures"), 2, column)
            # Long words need more room than short ones.
            grid.setColumnStretch(column, 2 + max(len(pair.history), len(pair.branch)))
        self.layout().replaceWidget(self._inside, fresh)  # type: ignore[union-attr]
        self._inside.hide()
        self._inside.deleteLater()
        self._inside = fresh
        fresh.show()
