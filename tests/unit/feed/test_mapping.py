"""A mapping that is wrong says which key, in both languages."""

from pathlib import Path

import pytest

from console.domain.case import Channel
from console.feed.mapping import MappingError, read_mapping
from tests.unit.field.model_city import model_city

GOOD = """
[file]
encoding = "gb18030"
crs = "GCJ02"
other = "1407"
[columns]
id = "编号"
opened = "时间"
category = "类别"
[categories]
"垃圾" = "0101"
[channels]
"电话" = "phone"
"""


def read(tmp_path: Path, text: str):
    path = tmp_path / "day.toml"
    path.write_text(text, encoding="utf-8")
    return read_mapping(path, model_city())


def test_a_good_mapping(tmp_path: Path) -> None:
    found = read(tmp_path, GOOD)
    assert found.encoding == "gb18030"
    assert found.crs == "gcj02"
    assert str(found.tz) == "Asia/Shanghai"
    assert found.columns["opened"] == "时间"
    assert found.categories == {"垃圾": "0101"}
    assert found.channels == {"电话": Channel.PHONE}


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    assert read(tmp_path, "\ufeff" + GOOD).other == "1407"


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('encoding = "gb18030"', 'encoding = "klingon"', "file encoding"),
        ('encoding = "gb18030"', 'encoding = "utf-16"', "file encoding"),
        ('crs = "GCJ02"', 'crs = "bd09"', "file crs"),
        ('crs = "GCJ02"', 'timezone = "Asia/Atlantis"', "file timezone"),
        ('crs = "GCJ02"', 'delimiter = ", "', "file delimiter"),
        ('crs = "GCJ02"', "datetime_formats = []", "file datetime_formats"),
        ('crs = "GCJ02"', "crs = 5", "file crs"),
        ('crs = "GCJ02"', 'csr = "gcj02"', "file csr"),
        ('other = "1407"', "", "file other"),
        ('other = "1407"', 'other = "9999"', "file other"),
        ('opened = "时间"', "", "columns opened"),
        ('opened = "时间"', 'opened = ""', "columns opened"),
        ('opened = "时间"', "opened = 1", "columns opened"),
        ('id = "编号"', 'id = "编号"\ncolour = "颜色"', "columns colour"),
        ('"0101"', '"0199"', "categories 垃圾"),
        ('"phone"', '"pigeon"', "channels 电话"),
        ("[channels]", "[chanels]", "chanels"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, old: str, new: str, key: str) -> None:
    assert old in GOOD
    with pytest.raises(MappingError) as caught:
        read(tmp_path, GOOD.replace(old, new))
    assert key in caught.value.zh
    assert key in caught.value.en
    assert "day.toml" in caught.value.en


def test_a_file_that_is_no_toml_or_not_there(tmp_path: Path) -> None:
    with pytest.raises(MappingError, match="not valid TOML"):
        read(tmp_path, "[file")
    with pytest.raises(MappingError, match="cannot be read"):
        read_mapping(tmp_path / "nowhere.toml", model_city())


def test_the_class_called_other_needs_no_line(tmp_path: Path) -> None:
    from dataclasses import replace

    city = model_city()
    other = replace(city.categories["1407"], code="1499", name="其他诉求")
    path = tmp_path / "day.toml"
    path.write_text(GOOD.replace('other = "1407"', ""), encoding="utf-8")
    city = replace(city, categories={**city.categories, "1499": other})
    assert read_mapping(path, city).other == "1499"
