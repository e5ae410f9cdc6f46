"""Sheets: whatever is written into them is words, pages are numbered, a file is whole or not there."""

import unicodedata
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage
from PySide6.QtPdf import QPdfDocument

from console.widgets.sheet import Sheet


def sheet(stamp: str = "") -> Sheet:
    made = Sheet("海口市 · 2026-11-24 16:03", "第 {} 张，共 {} 张".format, stamp)
    made.title("交接班单", "秀英区")
    return made


def pages(made: Sheet) -> list[str]:
    buffer = QBuffer()
    buffer.setData(QByteArray(made.pdf()))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument(None)
    document.load(buffer)
    found = [document.getAllText(n).text() for n in range(document.pageCount())]
    document.close()
    # Some glyphs are shared with radicals, and a reader of PDF may tell those instead.
    return [unicodedata.normalize("NFKC", page) for page in found]


def test_chinese_words_stand_in_it_and_can_be_searched() -> None:
    made = sheet()
    made.facts([("交班", "王强"), ("接班", "李梅"), ("编号", "No 20260317000031")])
    (page,) = pages(made)
    for words in ("交接班单", "秀英区", "王强", "接班", "海口市", "第 1 张", "No 20260317000031"):
        assert words in page


def test_markup_is_words() -> None:
    made = sheet()
    made.paragraph("<b>不是粗体</b> ${x} & <img src='http://x/'>")
    assert "<b>不是粗体</b> ${x} & <img src='http://x/'>" in pages(made)[0]


def test_a_training_is_stamped_on_every_page() -> None:
    made = sheet("演练")
    made.table(["编号", "说明"], [("某行", "说明文字说明文字")] * 120, [30, 70])
    found = pages(made)
    assert len(found) > 2
    assert all("演练" in page for page in found)
    assert "演练" not in pages(sheet())[0]


def test_a_long_table_repeats_its_head_and_loses_no_row() -> None:
    made = sheet()
    made.table(["编号", "说明"], [("某行", "说明文字 " * 9)] * 90, [30, 70])
    found = pages(made)
    assert all("编号" in page for page in found)
    assert f"第 {len(found)} 张" in found[-1]
    assert sum(page.count("某行") for page in found) == 90


def test_a_picture_wider_than_the_page_is_made_to_fit() -> None:
    wide = QImage(4000, 1000, QImage.Format.Format_RGB32)
    wide.fill(0x58B4FF)
    made = sheet()
    made.image(wide, "地图")
    assert "地图" in pages(made)[0]
    made.image(QImage(), "nothing")
    assert "nothing" not in "".join(pages(made))


def test_a_file_is_whole_or_not_there(tmp_path: Path) -> None:
    path = tmp_path / "sheet.pdf"
    sheet().write(path)
    assert path.read_bytes().startswith(b"%PDF")
    assert [p.name for p in tmp_path.iterdir()] == ["sheet.pdf"]
    with pytest.raises(OSError, match="missing"):
        sheet().write(tmp_path / "missing" / "sheet.pdf")
