import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QComboBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from console.i18n import LANGUAGES, Texts
from console.views.reason_dialog import ReasonDialog, ask_reason

PHRASES = ["派错单位", "重复"]


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.mark.parametrize("lang", LANGUAGES)
def test_its_buttons_are_in_the_language(parent: QWidget, lang: str) -> None:
    texts = Texts(lang)
    words = {b.text() for b in ReasonDialog(texts, PHRASES, parent).findChildren(QPushButton)}
    assert words == {texts("app.ok"), texts("app.cancel")}


def test_blank_words_are_no_reason(parent: QWidget) -> None:
    dialog = ReasonDialog(Texts("zh"), PHRASES, parent)
    box, go = dialog.findChild(QComboBox), dialog.findChild(QPushButton, "reason-ok")
    assert box is not None
    assert go is not None
    assert dialog.words() == "派错单位"
    box.setEditText("   ")
    assert not go.isEnabled()
    box.setEditText(" 另有原因 ")
    assert go.isEnabled()
    assert dialog.words() == "另有原因"


@pytest.mark.parametrize(("accept", "found"), [(True, "派错单位"), (False, "")])
def test_who_thinks_better_of_it_gives_no_reason(parent: QWidget, accept: bool, found: str) -> None:
    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, ReasonDialog)
        if accept:
            dialog.accept()
        else:
            dialog.reject()

    QTimer.singleShot(0, answer)
    assert ask_reason(Texts("zh"), PHRASES, parent) == found
