"""What stands on a PDF."""

import unicodedata
from pathlib import Path

from PySide6.QtPdf import QPdfDocument


def text_of(file: Path) -> str:
    """All pages without white space; lines are broken anywhere, and glyphs may come back as radicals."""
    assert file.read_bytes().startswith(b"%PDF")
    document = QPdfDocument()
    assert document.load(str(file)) is QPdfDocument.Error.None_
    assert document.pageCount() >= 1
    pages = (document.getAllText(page).text() for page in range(document.pageCount()))
    return "".join(unicodedata.normalize("NFKC", "".join(pages)).split())
