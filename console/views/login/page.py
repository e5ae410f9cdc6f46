"""What the pages of the login have in common: one line that says what is wrong, and one button that goes on."""

from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from console.i18n import Texts
from console.widgets.label import plain_label, set_tone


class Page(QWidget):
    """A column of fields; the button tells what it waits for instead of being dead without a word."""

    def __init__(self, texts: Texts, go: str, name: str) -> None:
        """`go` is what the button says, `name` its object name."""
        super().__init__()
        self.setObjectName("login-page")
        self.texts = texts
        self._word = go
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(8)
        self.said = plain_label(wrap=True, tone="amber")
        self.said.setObjectName("login-said")
        self.said.hide()
        self.go = QPushButton(go)
        self.go.setObjectName(name)
        self.go.setProperty("kind", "main")
        self.go.setAutoDefault(True)

    def close_column(self, *others: QPushButton) -> None:
        """Below all fields: what is wrong, then the buttons, each over the whole width."""
        self.column.addWidget(self.said)
        self.column.addSpacing(12)
        self.column.addWidget(self.go)
        for other in others:
            other.setAutoDefault(False)
            self.column.addWidget(other)
        self.column.addStretch(1)

    def add_field(self, key: str, name: str, *, secret: bool = False) -> QLineEdit:
        """A field with its label above; Return goes on."""
        label = plain_label(self.texts(key), tone="second")
        field = QLineEdit()
        field.setObjectName(name)
        field.setAccessibleName(self.texts(key))
        field.setMaxLength(200)
        if secret:
            field.setEchoMode(QLineEdit.EchoMode.Password)
        field.returnPressed.connect(self.go.click)
        label.setBuddy(field)
        self.column.addWidget(label)
        self.column.addWidget(field)
        return field

    def tell(self, words: str, tone: str = "amber") -> None:
        """Say what is wrong, or what goes on ("second"); "" says nothing."""
        self.said.setText(words)
        set_tone(self.said, tone)
        self.said.setVisible(bool(words))

    def name_button(self, words: str = "") -> None:
        """Let the button say something else for a while; "" is its own word again."""
        self.go.setText(words or self._word)
