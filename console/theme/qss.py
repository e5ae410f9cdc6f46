"""The application's style: style sheet, palette and base font."""

from pathlib import Path
from string import Template

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from console.paths import RESOURCES
from console.theme import tokens
from console.theme.fonts import ui_font

SHEET = RESOURCES / "themes" / "dark.qss"


def stylesheet(sheet: Path = SHEET) -> str:
    """The style sheet with the tokens put in; raises `KeyError` for a name that is no token."""
    values = {name.lower(): value for name, value in vars(tokens).items() if name.isupper()}
    values["icons"] = (RESOURCES / "icons").as_posix()
    return Template(sheet.read_text(encoding="utf-8")).substitute(values)


def palette() -> QPalette:
    """The palette, for what a style sheet does not reach."""
    colours = {
        QPalette.ColorRole.Window: tokens.PAGE,
        QPalette.ColorRole.WindowText: tokens.TEXT,
        QPalette.ColorRole.Base: tokens.PANEL,
        QPalette.ColorRole.AlternateBase: tokens.RAISED,
        QPalette.ColorRole.Text: tokens.TEXT,
        QPalette.ColorRole.PlaceholderText: tokens.SECOND,
        QPalette.ColorRole.Button: tokens.RAISED,
        QPalette.ColorRole.ButtonText: tokens.TEXT,
        QPalette.ColorRole.BrightText: tokens.WHITE,
        QPalette.ColorRole.ToolTipBase: tokens.RAISED,
        QPalette.ColorRole.ToolTipText: tokens.TEXT,
        QPalette.ColorRole.Highlight: tokens.SELECTION,
        QPalette.ColorRole.HighlightedText: tokens.PAGE,
        QPalette.ColorRole.Link: tokens.SELECTION,
        QPalette.ColorRole.Mid: tokens.LINE,
        QPalette.ColorRole.Dark: tokens.PAGE,
        QPalette.ColorRole.Light: tokens.RAISED,
    }
    made = QPalette()
    for role, colour in colours.items():
        made.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(tokens.SECOND))
    return made


def dress(app: QApplication) -> None:
    """Give the application the console's style, palette, font and sheet."""
    app.setStyle("Fusion")
    app.setPalette(palette())
    app.setFont(ui_font())
    app.setStyleSheet(stylesheet())
