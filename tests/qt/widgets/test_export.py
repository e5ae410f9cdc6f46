"""Exports: no cell is a formula, Chinese opens in spreadsheets, a training says that it is one."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QFileDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from console.theme import tokens
from console.widgets.export import (
    CSV_FILTER,
    choose_file,
    csv_bytes,
    picture_of,
    save_csv,
    save_picture,
    write_whole,
)

RISKY = "=+-@\t\r\n"


@given(st.lists(st.lists(st.text(), min_size=2, max_size=2)))
def test_no_cell_begins_like_a_formula_and_none_is_lost(rows: list[list[str]]) -> None:
    words = csv_bytes(["a", "b"], rows).decode("utf-8-sig")
    read = list(csv.reader(io.StringIO(words, newline="")))[1:]
    assert len(read) == len(rows)
    for given_row, found in zip(rows, read, strict=True):
        for before, after in zip(given_row, found, strict=True):
            assert not after or after[0] not in RISKY
            assert after in (before, "'" + before)


def test_numbers_stay_numbers_and_nothing_is_empty() -> None:
    words = csv_bytes(["n", "m"], [(-7, None), (1.5, "")]).decode("utf-8-sig")
    assert words == "n,m\r\n-7,\r\n1.5,\r\n"


def test_a_spreadsheet_sees_that_it_is_utf_8(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    save_csv(path, ["编号"], [["=1+1"]])
    assert path.read_bytes() == b"\xef\xbb\xbf" + "编号\r\n'=1+1\r\n".encode()


def test_a_training_is_said_above_the_picture(qtbot: QtBot, tmp_path: Path) -> None:
    label = QLabel("x")
    qtbot.addWidget(label)
    label.resize(300, 80)
    plain, stamped = picture_of(label), picture_of(label, "演练 · 非实时")
    assert stamped.height() > plain.height()
    assert stamped.width() == plain.width()
    image = stamped.toImage()
    colours = {image.pixelColor(x, y).name() for x in range(200) for y in range(30)}
    assert QColor(tokens.TRAINING).name() in colours
    save_picture(tmp_path / "x.png", label, "演练")
    assert not QImage(str(tmp_path / "x.png")).isNull()


def test_a_file_that_cannot_be_written_leaves_the_old_one(tmp_path: Path) -> None:
    old = tmp_path / "old.csv"
    old.write_bytes(b"old")
    (tmp_path / "old.csv.new").mkdir()
    with pytest.raises(OSError, match=r"old\.csv\.new"):
        write_whole(old, b"new")
    assert old.read_bytes() == b"old"


def test_the_chooser_begins_in_the_documents(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    asked: list[str] = []

    def ask(_: QWidget, title: str, start: str, kind: str) -> tuple[str, str]:
        asked.append(start)
        return "", ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    assert choose_file(parent, "t", "名.csv", CSV_FILTER) is None
    assert asked[0].endswith("名.csv")
    assert Path(asked[0]).is_absolute()
