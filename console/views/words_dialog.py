"""A question that is answered in a few words; without them there is no going on."""

from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from console.i18n import Texts
from console.widgets.label import plain_label


class WordsDialog(QDialog):
    """A prompt, a field, perhaps a note below it, and the ways on and back."""

    def __init__(
        self,
        texts: Texts,
        field: QLineEdit | QComboBox,
        parent: QWidget,
        *,
        name: str,
        prompt: str,
        note: str = "",
    ) -> None:
        """`field` is what the words are written into; `name` is the way on's, for tests and tools."""
        super().__init__(parent)
        self._go = QPushButton(texts("app.ok"))
        self._go.setObjectName(name)
        self._go.setProperty("kind", "main")
        self._go.setDefault(True)
        self._go.clicked.connect(self.accept)
        back = QPushButton(texts("app.cancel"))
        back.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(back)
        buttons.addWidget(self._go)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 16)
        box.setSpacing(12)
        box.addWidget(plain_label(prompt, wrap=True))
        box.addWidget(field)
        if note:
            box.addWidget(plain_label(note, wrap=True))
        box.addLayout(buttons)
        self._field = field
        changed = field.textChanged if isinstance(field, QLineEdit) else field.editTextChanged
        changed.connect(self._judge)
        self._judge()
        field.setFocus()

    def words(self) -> str:
        """What was written, without the blanks round it."""
        field = self._field
        return (field.text() if isinstance(field, QLineEdit) else field.currentText()).strip()

    def _judge(self) -> None:
        self._go.setEnabled(bool(self.words()))
