"""The displays of this machine, and where a window stood on them."""

from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget

from console.settings import Placed

NAMELESS = "display"
"""The key of a display that tells nothing of itself, as one that is drawn in memory only."""


def key_of(display: QScreen) -> str:
    """What a display is known by next time: maker, model and serial number, and where it is plugged in.

    A display that tells no serial number is known by its plug alone.
    """
    return "@".join(part for part in (_made(display), display.name()) if part) or NAMELESS


def _made(display: QScreen) -> str:
    serial = display.serialNumber()
    return " ".join(part for part in (display.manufacturer(), display.model(), serial) if serial)


def displays() -> list[QScreen]:
    """All displays in the system's order."""
    return list(QGuiApplication.screens())


def present(key: str) -> QScreen | None:
    """The display with the key, None when it is gone.

    It may be at another plug when it is the only one of its make; a plug or a serial number alone
    will do where it belongs to one display.
    """
    known = displays()
    made = key.rpartition("@")[0]
    exact = [display for display in known if key_of(display) == key]
    moved = [display for display in known if made and _made(display) == made]
    meant = [display for display in known if key in (display.name(), display.serialNumber())]
    found = exact or moved or meant
    return found[0] if key and len(found) == 1 else None


def find(key: str) -> QScreen:
    """The display with the key, the main one when it is gone."""
    return present(key) or QGuiApplication.primaryScreen()


def named(words: str) -> QScreen | None:
    """The display that a person means by its number (from 1), its plug, its serial number or its key."""
    known = displays()
    if words.isdecimal() and 1 <= int(words) <= len(known):
        return known[int(words) - 1]
    return present(words)


def label(display: QScreen) -> str:
    """What a person calls it: number, and model or plug."""
    words = display.model() or display.name()
    known = displays()
    return f"{known.index(display) + 1} · {words}" if display in known else words


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


def cover(window: QWidget, display: QScreen) -> None:
    """Show a window over all of a display, whatever it covered before."""
    window.setScreen(display)
    # Without a window manager nobody else gives a full screen its size.
    window.setGeometry(display.geometry())
    window.showFullScreen()
    window.setGeometry(display.geometry())


def move(window: QWidget, display: QScreen) -> None:
    """Take a window to another display, as large as it was: full screen stays full screen."""
    full = window.isFullScreen()
    window.showNormal()
    fill(window, display)
    if full:
        window.showFullScreen()
