"""A key of the keyboard as a small label."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from console.widgets.label import plain_label


def key_cap(key: str, parent: QWidget | None = None) -> QLabel:
    """A cap 24 pixels high with the key's name on it."""
    cap = plain_label(key, tone="keycap", parent=parent)
    cap.setAlignment(Qt.AlignmentFlag.AlignCenter)
    cap.setFixedHeight(24)
    cap.setMinimumWidth(24)
    return cap
