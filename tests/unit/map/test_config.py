"""What the page is told of city, words and colours."""

import json
from dataclasses import fields, replace

import pytest

from console.domain.grid import Area
from console.map.config import COLOURS, credit_line, page_config
from console.map.strings import EN, ZH, MapStrings
from tests.map.fakes import PALETTE, fake_boundaries, fake_city

CITY = fake_city(fake_boundaries())


def test_missing_colour_is_named() -> None:
    palette = {name: value for name, value in PALETTE.items() if name != "dark_red"}
    with pytest.raises(ValueError, match="dark_red"):
        page_config(CITY, ZH, palette)


def test_names_follow_the_language() -> None:
    assert json.loads(page_config(CITY, ZH, PALETTE))["names"]["460105"] == "秀英区"
    assert json.loads(page_config(CITY, EN, PALETTE))["names"]["460105"] == "Xiuying"


def test_committee_is_left_out_of_a_communitys_name() -> None:
    community = Area(
        code="c", parent=None, name="博爱社区居民委员会", name_en="Bo'ai", synthetic=True
    )
    city = replace(CITY, areas={"c": community})
    assert json.loads(page_config(city, ZH, PALETTE))["names"]["c"] == "博爱社区"


def test_approval_number_and_synthetic_come_first() -> None:
    city = replace(CITY, map_approval="琼S(2025)001号", credits=("数据甲 · data A", "GeoNames"))
    assert credit_line(city, ZH) == (
        "审图号：琼S(2025)001号 · 网格及镇街、社区界线为示意 · 数据甲 · GeoNames"
    )
    assert credit_line(city, EN).endswith("data A · GeoNames")


def test_real_boundaries_are_not_called_synthetic() -> None:
    areas = {code: replace(area, synthetic=False) for code, area in CITY.areas.items()}
    assert ZH.synthetic not in credit_line(replace(CITY, areas=areas), ZH)


@pytest.mark.parametrize("strings", [ZH, EN])
def test_every_word_is_there(strings: MapStrings) -> None:
    assert all(getattr(strings, field.name).strip() for field in fields(MapStrings))


def test_all_colours_are_sent() -> None:
    assert set(json.loads(page_config(CITY, ZH, PALETTE))["palette"]) == set(COLOURS)
