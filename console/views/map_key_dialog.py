"""Asks for the user's own key of a map service."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from console.i18n import Texts
from console.views.words_dialog import WordsDialog

LONGEST = 200


class MapKeyDialog(WordsDialog):
    """The key is not shown while it is typed."""

    given = Signal(str)

    def __init__(self, texts: Texts, name: str, parent: QWidget) -> None:
        """`name` is the base map's."""
        field = QLineEdit()
        field.setObjectName("map-key")
        field.setEchoMode(QLineEdit.EchoMode.Password)
        field.setMaxLength(LONGEST)
        prompt, note = texts("basemap.key_prompt", name=name), texts("basemap.key_kept")
        super().__init__(texts, field, parent, name="map-key-ok", prompt=prompt, note=note)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(texts("basemap.key_title", name=name))
        self.setMinimumWidth(440)
        self.accepted.connect(lambda: self.given.emit(self.words()))
