"""Asks somebody who logs out whether the orders that have not reached the centre may wait."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from console.i18n import Texts
from console.widgets.label import plain_label


class LeaveDialog(QDialog):
    """Accepted: log out all the same. To stay is what Return means."""

    def __init__(self, name: str, waiting: int, texts: Texts, parent: QWidget) -> None:
        """`waiting` orders of the person are on this computer only."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(texts("session.log_out_title"))
        self.setMinimumWidth(460)
        stay, go = QPushButton(texts("app.cancel")), QPushButton(texts("session.log_out_go"))
        stay.setProperty("kind", "main")
        stay.setDefault(True)
        go.setAutoDefault(False)
        go.setObjectName("leave-go")
        stay.clicked.connect(self.reject)
        go.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(go)
        buttons.addWidget(stay)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 16)
        box.setSpacing(12)
        words = texts("session.log_out_waiting", name=name, n=waiting)
        box.addWidget(plain_label(words, wrap=True))
        box.addLayout(buttons)
