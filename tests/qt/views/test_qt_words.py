"""Qt's own dialogs speak the console's language."""

from PySide6.QtCore import QCoreApplication, QObject
from pytestqt.qtbot import QtBot

from console.views.qt_words import QtWords


def cancel() -> str:
    return QCoreApplication.translate("QPlatformTheme", "Cancel")


def test_qt_speaks_the_language_of_the_console(qtbot: QtBot) -> None:
    owner = QObject()
    words = QtWords(owner)
    words.speak("zh")
    assert cancel() == "取消"
    words.speak("en")
    assert cancel() == "Cancel"
