"""A sheet (PDF, A4): title, facts, paragraphs, tables and pictures, put together without any markup."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QBrush,
    QColor,
    QFont,
    QImage,
    QPageSize,
    QPainter,
    QPalette,
    QPdfWriter,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextImageFormat,
    QTextLength,
    QTextTableCellFormat,
    QTextTableFormat,
)

from console.theme.fonts import ui_font
from console.widgets.export import write_whole

_DPI = 144
"""Sizes below are pixels at this resolution: two to a point."""
_IMAGE_SCALE = _DPI / 96
"""Qt takes the sizes of images for pixels at 96 to the inch, whatever the page has."""
_MARGIN_MM = 15.0
_BODY, _SMALL, _HEADING, _TITLE = 21, 17, 27, 38
_BAND = 52
"""Height of the header and of the footer."""
_INK, _GREY, _RULE, _SHADE = (
    QColor("#111820"),
    QColor("#5A6672"),
    QColor("#B8C2CC"),
    QColor("#EEF2F6"),
)
_STAMP = QColor("#7A3FC4")
"""The training colour, dark enough for paper."""
_DRAFT = QColor("#A35200")
"""What was not sent; violet is for training alone."""

PageWords = Callable[[int, int], str]
"""(page, pages) → what stands at the foot."""


class Sheet:
    """Filled from the top down, then written. All words are plain text, whoever wrote them."""

    def __init__(
        self, header: str, page_words: PageWords, stamp: str = "", draft: str = ""
    ) -> None:
        """`header` (city, time), `stamp` (that it is a training) and `draft` stand on every page."""
        self._header, self._page_words = header, page_words
        self._stamps = [(words, ink) for words, ink in ((stamp, _STAMP), (draft, _DRAFT)) if words]
        self._document = QTextDocument()
        self._document.setDefaultFont(_font(_BODY))
        self._document.setDocumentMargin(0)
        self._cursor = QTextCursor(self._document)
        self._empty = True
        self._images = 0

    def title(self, words: str, second: str = "") -> None:
        """The sheet's name, with a smaller line below."""
        self._block(words, _looks(_TITLE, bold=True), above=0, below=4)
        if second:
            self._block(second, _looks(_BODY, _GREY), above=0, below=14)

    def heading(self, words: str) -> None:
        """The name of a part; it stays with what follows."""
        self._block(words, _looks(_HEADING, bold=True), above=22, below=8)

    def paragraph(self, words: str, *, second: bool = False) -> None:
        """Words over the full width; `second` are smaller and grey."""
        looks = _looks(_SMALL, _GREY) if second else _looks(_BODY)
        self._block(words, looks, above=2, below=8)

    def facts(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Names and values in two columns."""
        rows = list(pairs)
        if rows:
            self._grid([], rows, (26, 74), lines=False)

    def table(
        self, head: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float]
    ) -> None:
        """A table whose head is repeated on every page; `widths` are per cent of the page's."""
        self._grid(list(head), rows, widths, lines=True)

    def image(self, picture: QImage, caption: str = "") -> None:
        """A picture, as wide as the page at most, with its caption below."""
        if picture.isNull():
            return
        self._images += 1
        name = f"picture-{self._images}"
        kind = QTextDocument.ResourceType.ImageResource
        self._document.addResource(kind.value, name, picture)
        looks = QTextImageFormat()
        looks.setName(name)
        looks.setWidth(min(self._width() / _IMAGE_SCALE, picture.width()))
        block = QTextBlockFormat()
        block.setTopMargin(8)
        self._begin_block(block)
        self._cursor.insertImage(looks)
        if caption:
            self.paragraph(caption, second=True)

    def write(self, path: Path) -> None:
        """Write it as PDF, whole or not at all; raises `OSError`."""
        write_whole(path, self.pdf())

    def pdf(self) -> bytes:
        """The sheet as PDF."""
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        writer = _writer(buffer)
        page = QRectF(0, 0, writer.width(), writer.height())
        self._document.documentLayout().setPaintDevice(writer)
        self._document.setPageSize(QSizeF(page.width(), page.height() - 2 * _BAND))
        painter = QPainter(writer)
        pages = self._document.pageCount()
        for number in range(pages):
            if number:
                writer.newPage()
            self._draw_page(painter, page, number, pages)
        painter.end()
        return bytes(buffer.data().data())

    def _width(self) -> float:
        size = QPageSize(QPageSize.PageSizeId.A4).sizePixels(_DPI)
        return size.width() - 2 * _MARGIN_MM / 25.4 * _DPI

    def _block(self, words: str, looks: QTextCharFormat, *, above: float, below: float) -> None:
        block = QTextBlockFormat()
        block.setTopMargin(above)
        block.setBottomMargin(below)
        block.setLineHeight(125, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        self._begin_block(block)
        self._cursor.setCharFormat(looks)
        self._cursor.insertText(words, looks)

    def _begin_block(self, block: QTextBlockFormat) -> None:
        """The document begins with an empty block of its own, which is used first."""
        self._cursor.movePosition(QTextCursor.MoveOperation.End)
        if self._empty:
            self._empty = False
            self._cursor.setBlockFormat(block)
        else:
            self._cursor.insertBlock(block)

    def _grid(
        self,
        head: Sequence[str],
        rows: Sequence[Sequence[str]],
        widths: Sequence[float],
        *,
        lines: bool,
    ) -> None:
        self._begin_block(QTextBlockFormat())
        table = self._cursor.insertTable(
            len(rows) + bool(head), len(widths), _table_looks(widths, lines=lines, head=bool(head))
        )
        for column, words in enumerate(head):
            cell = table.cellAt(0, column)
            cell.setFormat(_cell_looks(shaded=True))
            cell.firstCursorPosition().insertText(words, _looks(_SMALL, _GREY, bold=True))
        for number, row in enumerate(rows, start=int(bool(head))):
            for column, words in enumerate(row):
                name = not lines and column == 0
                looks = _looks(_BODY, _GREY) if name else _looks(_BODY)
                cell = table.cellAt(number, column)
                if lines:
                    cell.setFormat(_cell_looks())
                cell.firstCursorPosition().insertText(words, looks)
        self._cursor.movePosition(QTextCursor.MoveOperation.End)

    def _draw_page(self, painter: QPainter, page: QRectF, number: int, pages: int) -> None:
        self._draw_header(painter, page)
        foot = QRectF(0, page.height() - _BAND, page.width(), _BAND)
        painter.setFont(_font(_SMALL))
        painter.setPen(_GREY)
        painter.drawText(
            foot,
            Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom,
            self._page_words(number + 1, pages),
        )
        height = self._document.pageSize().height()
        painter.save()
        painter.translate(0, _BAND - number * height)
        seen = QRectF(0, number * height, page.width(), height)
        painter.setClipRect(seen)
        context = QAbstractTextDocumentLayout.PaintContext()
        # Without it every page holds the words of all pages, hidden: a search would find them there.
        context.clip = seen
        context.palette.setColor(QPalette.ColorRole.Text, _INK)
        self._document.documentLayout().draw(painter, context)
        painter.restore()

    def _draw_header(self, painter: QPainter, page: QRectF) -> None:
        head = QRectF(0, 0, page.width(), _BAND - 18)
        painter.setFont(_font(_SMALL))
        painter.setPen(_GREY)
        painter.drawText(head, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, self._header)
        painter.setFont(_font(_BODY, bold=True))
        right = QRectF(head)
        for words, ink in self._stamps:
            painter.setPen(ink)
            painter.drawText(right, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, words)
            right.setRight(right.right() - painter.fontMetrics().horizontalAdvance(words) - 16)
        painter.setPen(_RULE)
        painter.drawLine(head.bottomLeft(), head.bottomRight())


def _writer(buffer: QBuffer) -> QPdfWriter:
    writer = QPdfWriter(buffer)
    writer.setResolution(_DPI)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM))
    return writer


def _font(pixels: int, *, bold: bool = False) -> QFont:
    """Glyph by glyph: shaped figures of the CJK families cannot be searched for, nor copied, in a PDF."""
    font = ui_font(pixels, bold=bold)
    font.setStyleStrategy(QFont.StyleStrategy.PreferNoShaping)
    return font


def _looks(pixels: int, colour: QColor = _INK, *, bold: bool = False) -> QTextCharFormat:
    looks = QTextCharFormat()
    looks.setFont(_font(pixels, bold=bold))
    looks.setForeground(QBrush(colour))
    return looks


def _cell_looks(*, shaded: bool = False) -> QTextTableCellFormat:
    """A rule below every cell, as a lined sheet of paper has it."""
    looks = QTextTableCellFormat()
    looks.setBottomBorder(1)
    looks.setBottomBorderBrush(QBrush(_RULE))
    looks.setBottomBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    looks.setPadding(7)
    if shaded:
        looks.setBackground(QBrush(_SHADE))
    return looks


def _table_looks(widths: Sequence[float], *, lines: bool, head: bool) -> QTextTableFormat:
    looks = QTextTableFormat()
    looks.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    looks.setColumnWidthConstraints(
        [QTextLength(QTextLength.Type.PercentageLength, width) for width in widths]
    )
    looks.setCellPadding(7 if lines else 3)
    looks.setCellSpacing(0)
    looks.setBorder(0)
    looks.setHeaderRowCount(int(head))
    looks.setBottomMargin(12)
    return looks
