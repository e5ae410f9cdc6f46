"""Qt's own words (file dialogs, context menus, Yes and No) in the language of the console."""

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QObject, QTranslator

_CATALOGUES = {"zh": "qtbase_zh_CN"}
"""Language → Qt's catalogue; English is what Qt speaks by itself."""


class QtWords(QObject):
    """Holds the one translator that is installed."""

    def __init__(self, parent: QObject) -> None:
        """English until `speak`."""
        super().__init__(parent)
        self._translator: QTranslator | None = None

    def speak(self, lang: str) -> None:
        """Take Qt's words of a language from now on."""
        application = QCoreApplication.instance()
        if application is None:
            return
        if self._translator is not None:
            application.removeTranslator(self._translator)
            self._translator = None
        name = _CATALOGUES.get(lang)
        if name is None:
            return
        translator = QTranslator(self)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if translator.load(name, folder):
            application.installTranslator(translator)
            self._translator = translator
