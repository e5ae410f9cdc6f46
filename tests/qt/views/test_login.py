"""The login: what is asked, what is said when it does not go, and how it goes on with the keyboard alone."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QListWidget, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from console.domain.city import City
from console.domain.role import Role
from console.i18n import LANGUAGES, Texts
from console.live.door import NotIn, Person, Way
from console.live.tasks import Tasks
from console.settings import PreferencesFile
from console.views.login.dialog import LoginDialog
from console.views.login.roles import settled
from tests.qt.views.door import WANG, StandInDoor

MakeLogin = Callable[..., LoginDialog]
SEVERAL = Person(login="li", name="李强", roles=(Role.SHIFT_LEADER, Role.DISPATCHER))


@pytest.fixture
def door() -> StandInDoor:
    return StandInDoor()


@pytest.fixture
def kept(tmp_path: Path) -> PreferencesFile:
    return PreferencesFile(tmp_path)


@pytest.fixture
def make_login(
    qtbot: QtBot, door: StandInDoor, city: City, kept: PreferencesFile
) -> Iterator[MakeLogin]:
    tasks = Tasks()

    def make(lang: str = "zh", **fields: object) -> LoginDialog:
        made = LoginDialog(door, city, "seat-7", Texts(lang, strict=True), tasks, kept, **fields)  # type: ignore[arg-type]
        qtbot.addWidget(made)
        return made

    yield make
    tasks.stop()


@pytest.fixture
def shown(make_login: MakeLogin, qtbot: QtBot) -> LoginDialog:
    made = make_login()
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def said(dialog: LoginDialog) -> str:
    """What the page in sight says is wrong."""
    return next((label.text() for label in labels(dialog, "login-said")), "")


def labels(dialog: QWidget, name: str) -> list[QLabel]:
    return [label for label in dialog.findChildren(QLabel, name) if label.isVisible()]


def type_in(dialog: LoginDialog, login: str, password: str) -> None:
    dialog.sign_in.login.setText(login)
    dialog.sign_in.password.setText(password)
    QTest.keyClick(dialog.sign_in.password, Qt.Key.Key_Return)


def test_login_and_password_by_keyboard_alone(
    shown: LoginDialog, door: StandInDoor, qtbot: QtBot, kept: PreferencesFile
) -> None:
    field = shown.focusWidget()
    assert field is shown.sign_in.login
    QTest.keyClicks(field, "wang")
    QTest.keyClick(field, Qt.Key.Key_Tab)
    assert shown.focusWidget() is shown.sign_in.password
    QTest.keyClicks(shown.sign_in.password, "correct horse")
    with qtbot.waitSignal(shown.entered) as came:
        QTest.keyClick(shown.sign_in.password, Qt.Key.Key_Return)
    assert came.args == [WANG, Role.DISPATCHER]
    assert ("enter", "wang", "correct horse", True) in door.asked
    assert not shown.isVisible()
    assert shown.sign_in.password.text() == ""
    assert (kept.load().login, kept.load().roles) == ("wang", {"wang": "dispatcher"})


def test_nothing_is_asked_while_a_field_is_empty_and_the_button_says_why(
    shown: LoginDialog, door: StandInDoor
) -> None:
    assert not shown.sign_in.go.isEnabled()
    assert shown.sign_in.go.toolTip()
    type_in(shown, "wang", "")
    assert door.asked == []


def test_a_wrong_password_is_told_and_can_be_mended(
    shown: LoginDialog, door: StandInDoor, qtbot: QtBot
) -> None:
    door.refuses = [NotIn("credentials")]
    type_in(shown, "wang", "wrong")
    qtbot.waitUntil(lambda: "不对" in said(shown))
    assert shown.sign_in.go.isEnabled()
    assert shown.focusWidget() is shown.sign_in.password
    with qtbot.waitSignal(shown.entered):
        type_in(shown, "wang", "right")


def test_a_wait_is_counted_down_on_the_button(
    shown: LoginDialog, door: StandInDoor, qtbot: QtBot
) -> None:
    door.refuses = [NotIn("slow-down", wait_s=2.0)]
    type_in(shown, "wang", "wrong")
    go = shown.sign_in.go
    qtbot.waitUntil(lambda: "2" in go.text())
    assert not go.isEnabled()
    assert "管理员" in said(shown)
    asked = len(door.asked)
    type_in(shown, "wang", "right")
    assert len(door.asked) == asked
    qtbot.waitUntil(lambda: "1" in go.text())
    qtbot.waitUntil(go.isEnabled)
    assert said(shown) == ""
    with qtbot.waitSignal(shown.entered):
        type_in(shown, "wang", "right")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "code",
    ["credentials", "unreachable", "certificate", "session-ended", "weak-password", "schema"],
)
def test_every_reason_has_words(
    make_login: MakeLogin, door: StandInDoor, qtbot: QtBot, code: str, lang: str
) -> None:
    dialog = make_login(lang)
    dialog.show()
    door.refuses = [NotIn(code, "a detail in English")]
    type_in(dialog, "wang", "x")
    qtbot.waitUntil(lambda: bool(said(dialog)))
    assert "a detail" not in said(dialog)


def test_a_reason_that_is_new_to_this_program_is_told_as_it_came(
    shown: LoginDialog, door: StandInDoor, qtbot: QtBot
) -> None:
    door.refuses = [NotIn("brand-new", "the moon is full")]
    type_in(shown, "wang", "x")
    qtbot.waitUntil(lambda: "the moon is full" in said(shown))


# -- the role ---------------------------------------------------------------------------------------


def test_several_roles_are_asked_and_the_choice_is_remembered(
    make_login: MakeLogin, door: StandInDoor, qtbot: QtBot, kept: PreferencesFile
) -> None:
    door.person = SEVERAL
    first = make_login()
    first.show()
    type_in(first, "li", "x")
    roles = first.findChild(QListWidget, "login-roles")
    assert isinstance(roles, QListWidget)
    qtbot.waitUntil(roles.isVisible)
    assert roles.count() == 2
    QTest.keyClick(roles, Qt.Key.Key_Down)
    with qtbot.waitSignal(first.entered) as came:
        QTest.keyClick(roles, Qt.Key.Key_Return)
    chosen = came.args[1]
    assert kept.load().roles == {"li": chosen.value}
    second = make_login()
    second.show()
    with qtbot.waitSignal(second.entered) as again:
        type_in(second, "li", "x")
    assert again.args[1] is chosen


def test_a_role_that_is_asked_for_must_be_the_persons() -> None:
    assert settled(SEVERAL, "dispatcher") is Role.DISPATCHER
    assert settled(SEVERAL, "admin") is None
    assert settled(WANG, "admin") is Role.DISPATCHER
    assert settled(Person(login="x", name="x", roles=(Role.FIELD,))) is None


def test_somebody_without_a_role_here_is_told_and_logged_out(
    shown: LoginDialog, door: StandInDoor, qtbot: QtBot
) -> None:
    door.person = Person(login="f", name="现场", roles=(Role.FIELD,))
    type_in(shown, "f", "x")
    qtbot.waitUntil(lambda: "角色" in said(shown))
    qtbot.waitUntil(lambda: ("leave",) in door.asked)
    assert shown.isVisible()


# -- the password -----------------------------------------------------------------------------------


def test_a_password_that_must_be_changed_is_changed_first(
    shown: LoginDialog, door: StandInDoor, qtbot: QtBot
) -> None:
    door.person = Person(
        login="wang", name="王敏", roles=(Role.DISPATCHER,), must_change_password=True
    )
    type_in(shown, "wang", "given by admin")
    page = shown.password
    qtbot.waitUntil(page.isVisible)
    assert page.old.text() == "given by admin"
    assert not page.go.isEnabled()
    page.new.setText("short")
    assert "10" in said(shown)
    page.new.setText("given by admin")
    assert said(shown)
    page.new.setText("a long new one")
    page.again.setText("a long new on")
    assert said(shown)
    assert not page.go.isEnabled()
    door.refuses = [NotIn("weak-password")]
    page.again.setText("a long new one")
    QTest.keyClick(page.again, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "猜" in said(shown))
    with qtbot.waitSignal(shown.entered):
        page.go.click()
    assert ("change", "given by admin", "a long new one") in door.asked


# -- the keyring ------------------------------------------------------------------------------------


def test_who_is_remembered_sees_no_dialog(
    make_login: MakeLogin, door: StandInDoor, qtbot: QtBot
) -> None:
    door.remembered = WANG
    dialog = make_login()
    with qtbot.waitSignal(dialog.entered):
        dialog.resume()
    assert not dialog.isVisible()


def test_nobody_remembered_is_asked(make_login: MakeLogin, door: StandInDoor, qtbot: QtBot) -> None:
    dialog = make_login()
    dialog.resume()
    qtbot.waitUntil(dialog.isVisible)
    assert said(dialog) == ""


def test_a_centre_that_is_away_is_asked_again_by_itself(
    make_login: MakeLogin, door: StandInDoor, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("console.views.login.dialog.AGAIN_S", 1)
    door.remembered = WANG
    door.refuses = [NotIn("unreachable")]
    dialog = make_login()
    dialog.resume()
    qtbot.waitUntil(lambda: "没有回答" in said(dialog))
    with qtbot.waitSignal(dialog.entered):
        pass
    assert door.asked.count(("resume",)) == 2


def test_without_a_keyring_it_says_so_plainly(make_login: MakeLogin, door: StandInDoor) -> None:
    door.remembers = False
    dialog = make_login()
    dialog.show()
    box = dialog.sign_in.remember
    assert not box.isEnabled()
    assert not box.isChecked()
    assert "不会记住" in box.text()
    assert box.toolTip()


# -- the identity provider --------------------------------------------------------------------------


def test_the_citys_login_is_offered_and_can_be_given_up(
    make_login: MakeLogin, door: StandInDoor, qtbot: QtBot
) -> None:
    door.host = "id.example.org"
    dialog = make_login()
    dialog.show()
    button = dialog.sign_in.provider
    qtbot.waitUntil(button.isVisible)
    assert "id.example.org" in button.text()
    button.click()
    qtbot.waitUntil(lambda: "浏览器" in said(dialog))
    assert button.isEnabled()
    button.click()
    qtbot.waitUntil(lambda: "没有完成" in said(dialog))
    assert dialog.sign_in.login.isEnabled()


# -- what stands there ------------------------------------------------------------------------------


@pytest.mark.parametrize("way", list(Way))
@pytest.mark.parametrize("lang", LANGUAGES)
def test_address_and_safety_stand_there(
    make_login: MakeLogin, door: StandInDoor, way: Way, lang: str
) -> None:
    door.way = way
    dialog = make_login(lang)
    dialog.show()
    words = " ".join(label.text() for label in dialog.findChildren(QLabel) if label.isVisible())
    assert "https://a.example.org" in words
    assert "https://b.example.org" in words
    assert "seat-7" in words
    (safety,) = labels(dialog, "login-way")
    assert (safety.property("tone") == "amber") is (way is Way.OPEN)


def test_escape_ends_it_and_a_late_answer_lets_nobody_in(
    shown: LoginDialog, door: StandInDoor, qtbot: QtBot
) -> None:
    came: list[object] = []
    shown.entered.connect(lambda *who: came.append(who))
    type_in(shown, "wang", "x")
    with qtbot.waitSignal(shown.rejected):
        QTest.keyClick(shown, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: len(door.asked) == 1)
    qtbot.wait(50)
    assert came == []
    assert door.given_up.is_set()


def test_every_button_can_be_reached_by_tab(shown: LoginDialog) -> None:
    buttons = [b for b in shown.findChildren(QPushButton) if b.isVisible()]
    assert buttons
    assert all(b.focusPolicy() & Qt.FocusPolicy.TabFocus for b in buttons)
