"""Headers of every answer under our scheme."""

from typing import Any

from PySide6.QtCore import QByteArray

# Lists, whatever PySide's types say: of a bare QByteArray it makes one header of each letter.
HEADERS: dict[QByteArray, Any] = {
    QByteArray(b"X-Content-Type-Options"): [QByteArray(b"nosniff")],
    QByteArray(b"Cache-Control"): [QByteArray(b"no-store")],
}
