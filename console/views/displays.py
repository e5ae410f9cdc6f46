"""The displays of this machine, and where a window stood on them."""

from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget

from console.settings import Placed


def key_of(display: QScreen) -> str:
    """What a display is known by next time: its serial number, or its name where it has none."""
    return display.serialNumber() or display.name()


def displays() -> list[QScreen]:
    """All displays in the system's order."""
    return list(QGuiApplication.screens())


def find(key: str) -> QScreen:
    """The display with the key, the main one when it is gone."""
    known = {key_of(display): display for display in displays()}
    return known.get(key, QGuiApplication.primaryScreen())


def next_to(display: QScreen) -> QScreen:
    """The display after this one; itself when there is only one."""
    known = displays()
    return known[(known.index(display) + 1) % len(known)] if display in known else known[0]


def stand(window: QWidget, screen: str) -> Placed:
    """Where a window that holds `screen` stands now, in logical pixels from its display's corner."""
    display = window.screen()
    rect = window.normalGeometry() if not window.normalGeometry().isEmpty() else window.geometry()
    at = rect.topLeft() - display.geometry().topLeft()
    return Placed(
        screen=screen,
        display=key_of(display),
        x=at.x(),
        y=at.y(),
        width=rect.width(),
        height=rect.height(),
        maximised=window.isMaximized(),
        full_screen=window.isFullScreen(),
    )


def put(window: QWidget, placed: Placed) -> None:
    """Show a window where it stood; what no longer fits is moved and cut until it does."""
    display = find(placed.display)
    area = display.availableGeometry()
    least, corner = window.minimumSize(), display.geometry().topLeft()
    width = _within(placed.width, least.width(), area.width())
    height = _within(placed.height, least.height(), area.height())
    x = _within(corner.x() + placed.x, area.left(), area.right() + 1 - width)
    y = _within(corner.y() + placed.y, area.top(), area.bottom() + 1 - height)
    window.setScreen(display)
    window.setGeometry(x, y, width, height)
    if placed.full_screen:
        window.showFullScreen()
    elif placed.maximised:
        window.showMaximized()
    else:
        window.show()


def _within(value: int, least: int, most: int) -> int:
    return max(least, min(value, most))


def fill(window: QWidget, display: QScreen) -> None:
    """Show a window over a whole display, in a frame that can be moved."""
    window.setScreen(display)
    window.setGeometry(display.availableGeometry())
    window.showMaximized()


def move(window: QWidget, display: QScreen) -> None:
    """Take a window to another display, as large as it was: full screen stays full screen."""
    full = window.isFullScreen()
    window.showNormal()
    fill(window, display)
    if full:
        window.showFullScreen()
