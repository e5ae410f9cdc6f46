"""`python -m tools.manual.camera FILE`: photographs the display it is started on."""

import sys

from PySide6.QtGui import QGuiApplication, QImage

LOSSLESS = 100
"""For WebP Qt's best quality is the lossless one: text stays as crisp as it was."""


def main(file: str) -> int:
    """0 when the picture is written."""
    QGuiApplication(["camera"])
    whole = QGuiApplication.primaryScreen().grabWindow(0).toImage()
    whole = whole.convertToFormat(QImage.Format.Format_RGB888)
    return 0 if whole.save(file, None, LOSSLESS) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
