"""The way in: asks who sits here, in which role, and for a new password where it must be."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from console.domain.city import City
from console.domain.role import Role
from console.i18n import Texts
from console.live.door import Door, NotIn, Person, Way
from console.live.tasks import Tasks
from console.settings import PreferencesFile
from console.views.login.password_page import PasswordPage
from console.views.login.role_page import RolePage
from console.views.login.roles import roles_here, settled
from console.views.login.sign_in import SignInPage
from console.views.login.words import not_in_words
from console.widgets.label import plain_label, set_tone

AGAIN_S = 5
"""How soon a centre that did not answer is asked again, while a remembered login waits for it."""


class LoginDialog(QDialog):
    """Stays until somebody is in, or the window is closed."""

    entered = Signal(object, object)
    """A Person and the Role."""
    language_wanted = Signal()

    def __init__(
        self,
        door: Door,
        city: City,
        seat: str,
        texts: Texts,
        tasks: Tasks,
        preferences: PreferencesFile,
        *,
        wanted_role: str = "",
        why: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """`wanted_role` goes before the one chosen last; `why` (a translation key) says why it is here again."""
        super().__init__(parent)
        self.setObjectName("login")
        self._door, self._city, self._texts, self._tasks = door, city, texts, tasks
        self._preferences, self._wanted_role = preferences, wanted_role
        self._person: Person | None = None
        self._password = ""
        self._closed = False
        self.setWindowTitle(texts("session.title"))
        self.setMinimumSize(520, 500)
        kept = preferences.load()
        self.sign_in = SignInPage(
            texts, kept.login, remembers=door.remembers, remember=kept.remember
        )
        self.roles, self.password = RolePage(texts), PasswordPage(texts)
        self._pages = QStackedWidget()
        for page in (self.sign_in, self.roles, self.password):
            self._pages.addWidget(page)
        self._again = QTimer(self, interval=AGAIN_S * 1000, singleShot=True)
        self._again.timeout.connect(self.resume)
        self._lay_out(seat, why)
        self.sign_in.wanted.connect(self._enter)
        self.sign_in.provider_wanted.connect(self._enter_by_provider)
        self.sign_in.given_up.connect(door.give_up)
        self.sign_in.waited.connect(lambda: self.sign_in.tell(""))
        self.roles.chosen.connect(self._work_as)
        self.password.wanted.connect(self._change_password)
        self.sign_in.begin()
        self._tasks.run(door.provider, self._offer, lambda _: None, owner=self)

    def _lay_out(self, seat: str, why: str) -> None:
        texts, city, door = self._texts, self._city, self._door
        box = QVBoxLayout(self)
        box.setContentsMargins(32, 24, 32, 20)
        box.setSpacing(10)
        head = QHBoxLayout()
        name = plain_label(texts("app.name"), tone="figures")
        head.addWidget(name, 1)
        language = QPushButton(texts("session.other_language"))
        language.setObjectName("login-language")
        language.setProperty("kind", "flat")
        language.setAutoDefault(False)
        language.clicked.connect(self.language_wanted)
        head.addWidget(language)
        box.addLayout(head)
        where = texts("session.where", city=texts.pick(city.name, city.name_en), seat=seat)
        box.addWidget(plain_label(where, tone="second"))
        if why:
            reason = plain_label(texts(why), wrap=True, tone="amber")
            reason.setObjectName("login-why")
            box.addWidget(reason)
        box.addSpacing(8)
        box.addWidget(self._pages, 1)
        box.addSpacing(8)
        address = plain_label(
            texts("session.centre", addresses=texts("list.comma").join(door.addresses)),
            tone="second",
            wrap=True,
        )
        way = plain_label(texts(f"session.way.{door.way}"), wrap=True)
        way.setObjectName("login-way")
        set_tone(way, "amber" if door.way is Way.OPEN else "second")
        box.addWidget(address)
        box.addWidget(way)

    # -- what is asked -----------------------------------------------------------------------

    def resume(self) -> None:
        """Come in with what the keyring remembers, if it does."""
        if self._closed or self._person is not None:
            return
        self.sign_in.tell(self._texts("session.resuming"), "second")
        self._tasks.run(self._door.resume, self._resumed, self._not_resumed, owner=self)

    def _resumed(self, person: Person | None) -> None:
        self.sign_in.tell("")
        if person is not None:
            self._welcome(person)
        else:
            self.show_if_open()

    def _not_resumed(self, error: Exception) -> None:
        self.show_if_open()
        self._refused(error)
        if isinstance(error, NotIn) and error.code == "unreachable":
            self.sign_in.tell(self._texts("session.unreachable_again", n=AGAIN_S))
            self._again.start()

    def _offer(self, host: str | None) -> None:
        if host:
            self.sign_in.offer(host)

    def _enter(self, login: str, password: str, remember: bool) -> None:
        self._password = password
        self._preferences.save(remember=remember)
        self._ask(partial(self._door.enter, login, password, remember=remember))

    def _enter_by_provider(self, remember: bool) -> None:
        self._preferences.save(remember=remember)
        self._ask(partial(self._door.enter_by_provider, remember=remember), browser=True)

    def _ask(self, work: Callable[[], Person], *, browser: bool = False) -> None:
        self._again.stop()
        self.sign_in.set_busy(True, browser=browser)
        self.sign_in.tell(self._texts("session.in_browser") if browser else "", "second")
        self._tasks.run(work, self._welcome, self._refused, owner=self)

    def _refused(self, error: Exception) -> None:
        self.sign_in.set_busy(False)
        self.sign_in.tell(not_in_words(error, self._texts))
        if isinstance(error, NotIn) and error.wait_s > 0:
            self.sign_in.wait(error.wait_s)
        if self._pages.currentWidget() is self.sign_in and isinstance(error, NotIn):
            self.sign_in.begin()

    # -- what comes after --------------------------------------------------------------------

    def _welcome(self, person: Person) -> None:
        """Somebody is in: a new password first, then the role."""
        if self._closed:
            return
        self._person = person
        self.sign_in.set_busy(False)
        self.sign_in.tell("")
        self.sign_in.password.clear()
        self._preferences.save(login=person.login)
        if person.must_change_password:
            self.show_if_open()
            self._pages.setCurrentWidget(self.password)
            self.password.begin(self._password)
            return
        self._password = ""
        self._find_role(person)

    def _find_role(self, person: Person) -> None:
        last = self._preferences.load().roles.get(person.login, "")
        role = settled(person, self._wanted_role, last)
        if role is not None:
            self._work_as(role)
            return
        self.show_if_open()
        if roles_here(person):
            self._pages.setCurrentWidget(self.roles)
            self.roles.ask(person, last)
        else:
            self._person = None
            self._pages.setCurrentWidget(self.sign_in)
            self.sign_in.tell(self._texts("session.no_role", name=person.name))
            self._tasks.run(self._door.leave, lambda _: None, owner=self)

    def _work_as(self, role: Role) -> None:
        if self._person is None:
            return
        roles = self._preferences.load().roles
        self._preferences.save(roles={**roles, self._person.login: role.value})
        self._closed = True
        self.entered.emit(self._person, role)
        self.accept()

    def _change_password(self, old: str, new: str) -> None:
        self.password.set_busy(True)

        def changed(person: Person) -> None:
            self.password.set_busy(False)
            self._password = ""
            self._welcome(person)

        def refused(error: Exception) -> None:
            self.password.set_busy(False)
            self.password.tell(not_in_words(error, self._texts))

        self._tasks.run(lambda: self._door.change_password(old, new), changed, refused, owner=self)

    def show_if_open(self) -> None:
        """Show it, unless somebody is in already or it was closed."""
        if not self._closed:
            self.show()

    def dismiss(self) -> None:
        """Go away without a word: another dialog takes its place."""
        self._closed = True
        self._again.stop()
        self.hide()
        self.deleteLater()

    def reject(self) -> None:
        """Esc or the window's cross: nobody came in; the browser is not waited for any more."""
        self._closed = True
        self._again.stop()
        self._door.give_up()
        super().reject()
