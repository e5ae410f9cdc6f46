import re
from pathlib import Path

import pytest

from console.theme.qss import stylesheet


def test_every_token_of_the_sheet_is_put_in() -> None:
    assert "$" not in stylesheet()


def test_nothing_is_written_smaller_than_fourteen() -> None:
    sizes = [int(size) for size in re.findall(r"font-size: (\d+)px", stylesheet())]
    assert min(sizes) >= 14


def test_every_picture_of_the_sheet_is_there() -> None:
    pictures = re.findall(r'url\("([^"]+)"\)', stylesheet())
    assert pictures
    assert all(Path(picture).is_file() for picture in pictures)


def test_a_name_that_is_no_token_is_an_error(tmp_path: Path) -> None:
    sheet = tmp_path / "broken.qss"
    sheet.write_text("QWidget { color: $mauve; }", encoding="utf-8")
    with pytest.raises(KeyError, match="mauve"):
        stylesheet(sheet)


@pytest.mark.parametrize(
    "kind",
    ["QTabBar::tab", "QLineEdit", "QScrollBar", "QMenu", "QToolTip", "QSplitter", "QPushButton",
     "QTableView", "QHeaderView", "QComboBox", "QCheckBox", "QDialog", "QListView"],
)  # fmt: skip
def test_no_kind_of_widget_is_left_grey(kind: str) -> None:
    assert kind in stylesheet()
