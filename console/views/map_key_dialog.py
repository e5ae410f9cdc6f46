"""Asks for the user's own key of a map service."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from console.i18n import Texts
from console.widgets.label import plain_label

LONGEST = 200


class MapKeyDialog(QDialog):
    """The key is not shown while it is typed; without one there is no going on."""

    given = Signal(str)

    def __init__(self, texts: Texts, name: str, parent: QWidget) -> None:
        """`name` is the base map's."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(texts("basemap.key_title", name=name))
        self.setMinimumWidth(440)
        self.field = QLineEdit()
        self.field.setObjectName("map-key")
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setMaxLength(LONGEST)
        self._go = QPushButton(texts("app.ok"))
        self._go.setObjectName("map-key-ok")
        self._go.setProperty("kind", "main")
        self._go.setDefault(True)
        self._go.setEnabled(False)
        self._go.clicked.connect(self._give)
        back = QPushButton(texts("app.cancel"))
        back.setAutoDefault(False)
        back.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(back)
        buttons.addWidget(self._go)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 16)
        box.setSpacing(12)
        box.addWidget(plain_label(texts("basemap.key_prompt", name=name), wrap=True))
        box.addWidget(self.field)
        box.addWidget(plain_label(texts("basemap.key_kept"), wrap=True))
        box.addLayout(buttons)
        self.field.textChanged.connect(lambda words: self._go.setEnabled(bool(words.strip())))
        self.field.setFocus()

    def _give(self) -> None:
        self.given.emit(self.field.text().strip())
        self.accept()
