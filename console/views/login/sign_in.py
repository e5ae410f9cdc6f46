"""Login and password, or the city's identity provider; a wait is counted down on the button."""

import math
import time

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QPushButton

from console.i18n import Texts
from console.views.login.page import Page


class SignInPage(Page):
    """Asks; what becomes of it is told from outside."""

    wanted = Signal(str, str, bool)
    """Login, password, and whether to remember."""
    provider_wanted = Signal(bool)
    """Come in through the browser; whether to remember."""
    given_up = Signal()
    """The person waits no longer for the browser."""
    waited = Signal()
    """A wait that was counted down is over."""

    def __init__(self, texts: Texts, login: str, *, remembers: bool, remember: bool) -> None:
        """`login` is who was here last; `remembers` says whether there is a keyring."""
        super().__init__(texts, texts("session.go"), "login-go")
        self._until = 0.0
        self._busy = False
        self._host: str | None = None
        self.login = self.add_field("session.login", "login-name")
        self.login.setText(login)
        self.password = self.add_field("session.password", "login-password", secret=True)
        self.remember = QCheckBox(texts("session.remember"))
        self.remember.setObjectName("login-remember")
        self.remember.setChecked(remember and remembers)
        self.remember.setEnabled(remembers)
        self.remember.setToolTip(texts("session.remember_hint"))
        if not remembers:
            self.remember.setText(texts("session.no_keyring"))
            self.remember.setToolTip(texts("session.no_keyring_hint"))
        self.column.addWidget(self.remember)
        self.provider = QPushButton()
        self.provider.setObjectName("login-provider")
        self.provider.hide()
        self.close_column(self.provider)
        self._second = QTimer(self, interval=250)
        self._second.timeout.connect(self._count)
        self.go.clicked.connect(self._ask)
        self.provider.clicked.connect(self._ask_provider)
        for field in (self.login, self.password):
            field.textChanged.connect(lambda _: self._show())
        self._show()

    def offer(self, host: str) -> None:
        """The city's identity provider can be used too."""
        self._host = host
        self.provider.show()
        self._show()

    def set_busy(self, busy: bool, *, browser: bool = False) -> None:
        """While something is asked the fields stand still; waiting for the browser can be given up."""
        self._busy = busy
        for widget in (self.login, self.password):
            widget.setEnabled(not busy)
        self._browser = busy and browser
        self._show()

    def wait(self, seconds: float) -> None:
        """Count down before the next try."""
        self._until = time.monotonic() + seconds
        self._second.start()
        self._show()

    def begin(self) -> None:
        """The first empty field is where one types."""
        field = self.password if self.login.text() else self.login
        field.setFocus()
        field.selectAll()

    @property
    def left(self) -> int:
        """Seconds until the next try, 0 when there is no wait."""
        return max(0, math.ceil(self._until - time.monotonic()))

    _browser = False

    def _count(self) -> None:
        if not self.left:
            self._second.stop()
            self._until = 0.0
            self.waited.emit()
        self._show()

    def _show(self) -> None:
        texts, left = self.texts, self.left
        filled = bool(self.login.text().strip()) and bool(self.password.text())
        self.go.setEnabled(filled and not left and not self._busy)
        words = texts("session.wait_button", n=left) if left else ""
        if self._busy and not self._browser:
            words = texts("session.asking")
        self.name_button(words)
        self.go.setToolTip("" if filled else texts("session.fill_in"))
        self.provider.setEnabled(self._browser or not self._busy)
        key = "session.give_up" if self._browser else "session.provider"
        self.provider.setText(texts(key, host=self._host or ""))

    def _ask(self) -> None:
        if self.go.isEnabled():
            self.wanted.emit(
                self.login.text().strip(), self.password.text(), self.remember.isChecked()
            )

    def _ask_provider(self) -> None:
        if self._browser:
            self.given_up.emit()
        else:
            self.provider_wanted.emit(self.remember.isChecked())
