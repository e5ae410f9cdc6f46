"""`python -m tools.manual.camera FILE`: photographs the display it is started on."""

import sys

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage

LOSSLESS = 100
"""For WebP Qt's best quality is the lossless one: text stays as crisp as it was."""


def plain(picture: QImage) -> QImage:
    """Six bits a colour: nobody sees the difference, and the file is half as large."""
    flat = Qt.ImageConversionFlag.AvoidDither
    fewer = picture.convertToFormat(QImage.Format.Format_RGB666, flat)
    return fewer.convertToFormat(QImage.Format.Format_RGB888)


def main(file: str) -> int:
    """0 when the picture is written."""
    QGuiApplication(["camera"])
    whole = QGuiApplication.primaryScreen().grabWindow(0).toImage()
    return 0 if plain(whole).save(file, None, LOSSLESS) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
