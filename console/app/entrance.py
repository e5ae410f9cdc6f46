"""Lets somebody in: by what the keyring remembers without a word, else by asking."""

import logging

from PySide6.QtCore import QObject, QTimer, Signal

from console.app.door import ClientDoor, make_account
from console.domain.city import City
from console.domain.role import Role
from console.i18n import Texts
from console.live.door import Person
from console.live.tasks import Tasks
from console.settings import PreferencesFile, Settings
from console.views.login.dialog import LoginDialog
from console.views.window import Window

log = logging.getLogger(__name__)

PATIENCE_MS = 700
"""A remembered login that takes longer shows what it waits for."""


class Entrance(QObject):
    """One centre's; asks as often as it must."""

    entered = Signal(object, object)
    """A Person and the Role."""
    left = Signal()
    """Nobody came in, and nobody is at work."""

    def __init__(self, settings: Settings, city: City, parent: QObject) -> None:
        """Nothing is asked yet."""
        super().__init__(parent)
        self._settings = settings
        self._city = city
        self._tasks = Tasks(self)
        self._preferences = PreferencesFile(settings.data_dir)
        self.lang = settings.lang
        """The language that the person reads."""
        self.account = make_account(settings)
        """The person's access to the centre; the link asks it for tokens."""
        self._door = ClientDoor(settings, self.account)
        self._dialog: LoginDialog | None = None

    def ask(self, *, resume: bool = True) -> None:
        """Let in who is remembered (not after a log-out), else ask."""
        dialog = self._make()
        dialog.rejected.connect(self.left)
        if resume:
            QTimer.singleShot(PATIENCE_MS, dialog, dialog.show_if_open)
            dialog.resume()
        else:
            dialog.show()

    def ask_again(self, over: Window, why: str, role: str) -> None:
        """Ask over the picture of somebody whose login has ended; once is enough."""
        if self._dialog is not None:
            self._dialog.raise_()
            self._dialog.activateWindow()
            return
        self.lang = over.texts.lang
        self._make(over, why, role).show()

    def _make(
        self, over: Window | None = None, why: str = "", role: str | None = None
    ) -> LoginDialog:
        if role is None:
            role = self._settings.role if self._settings.role_asked else ""
        city = self._city
        word = city.case_word if self.lang == "zh" else city.case_word_en
        dialog = LoginDialog(
            self._door,
            city,
            self._settings.seat,
            Texts(self.lang, word),
            self._tasks,
            self._preferences,
            wanted_role=role,
            why=why,
            parent=over,
        )
        dialog.entered.connect(self._on_entered)
        dialog.finished.connect(lambda _: self._let_go(dialog))
        dialog.language_wanted.connect(lambda: self._switch(over, why, role or ""))
        self._dialog = dialog
        return dialog

    def _switch(self, over: Window | None, why: str, role: str) -> None:
        """The same in the other language."""
        self.lang = "en" if self.lang == "zh" else "zh"
        self._preferences.save(lang=self.lang)
        old = self._dialog
        dialog = self._make(over, why, role)
        if over is None:
            dialog.rejected.connect(self.left)
        dialog.show()
        if old is not None:
            old.dismiss()

    def _let_go(self, dialog: LoginDialog) -> None:
        if self._dialog is dialog:
            self._dialog = None
        dialog.deleteLater()

    def _on_entered(self, person: Person, role: Role) -> None:
        log.info("%s works as %s", person.login, role.value)
        self.entered.emit(person, role)

    def leave(self) -> None:
        """End the session and forget it; what cannot be told to the centre ends there by itself."""
        self._tasks.run(self._door.leave, lambda _: None)

    def stop(self) -> None:
        """Wait for nothing any more."""
        self._door.give_up()
        self._tasks.stop()
