"""What is on the screen as a file: a table as CSV, a widget as a picture; both written whole or not at all."""

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QStandardPaths, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QFileDialog, QWidget

from console.theme import tokens
from console.theme.fonts import ui_font

_RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")
_STAMP = 36

CSV_FILTER, PNG_FILTER, PDF_FILTER = "CSV (*.csv)", "PNG (*.png)", "PDF (*.pdf)"


def csv_bytes(head: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """The table as CSV in UTF-8 with a byte order mark, so that spreadsheets read Chinese.

    Words that a spreadsheet would take for a formula get a leading apostrophe; numbers stay numbers.
    """
    words = io.StringIO(newline="")
    writer = csv.writer(words)
    writer.writerow([_guarded(cell) for cell in head])
    writer.writerows([_guarded(cell) for cell in row] for row in rows)
    return words.getvalue().encode("utf-8-sig")


def _guarded(cell: object) -> object:
    if isinstance(cell, str) and cell.startswith(_RISKY):
        return "'" + cell
    return "" if cell is None else cell


def save_csv(path: Path, head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write a table (see `csv_bytes`); raises `OSError`."""
    write_whole(path, csv_bytes(head, rows))


def picture_of(widget: QWidget, stamp: str = "") -> QPixmap:
    """The widget as it looks now; `stamp` (that it is a training) stands in a strip above it."""
    shot = widget.grab()
    if not stamp:
        return shot
    ratio = shot.devicePixelRatio()
    height = round(_STAMP * ratio)
    whole = QPixmap(shot.width(), shot.height() + height)
    whole.fill(QColor(tokens.PAGE))
    painter = QPainter(whole)
    painter.drawPixmap(whole.rect().adjusted(0, height, 0, 0), shot, shot.rect())
    painter.setPen(QColor(tokens.TRAINING))
    painter.setFont(ui_font(round(18 * ratio), bold=True))
    strip = whole.rect().adjusted(round(12 * ratio), 0, 0, height - whole.height())
    painter.drawText(strip, Qt.AlignmentFlag.AlignVCenter, stamp)
    painter.end()
    return whole


def save_picture(path: Path, widget: QWidget, stamp: str = "") -> None:
    """Write a widget as PNG (see `picture_of`); raises `OSError`."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture_of(widget, stamp).save(buffer, "PNG")
    write_whole(path, bytes(buffer.data().data()))


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that it is never there half; raises `OSError`."""
    draft = path.with_name(path.name + ".new")
    try:
        draft.write_bytes(content)
        draft.replace(path)
    except OSError:
        draft.unlink(missing_ok=True)
        raise


def choose_file(parent: QWidget, title: str, name: str, kind: str) -> Path | None:
    """Ask where to; begins in the user's documents with `name`. None when they thought better of it."""
    place = QStandardPaths.StandardLocation.DocumentsLocation
    folder = Path(QStandardPaths.writableLocation(place) or Path.home())
    chosen, _ = QFileDialog.getSaveFileName(parent, title, str(folder / name), kind)
    return Path(chosen) if chosen else None
