"""Questions a city answers about itself."""

import pytest

from tests.builders import (
    BUREAU,
    CITY,
    DISTRICT,
    GAS,
    GAS_WORKS,
    POLICE,
    RUBBISH,
    TOWN,
    subcategory,
    tiny_city,
)


def test_the_unit_of_an_area() -> None:
    assert CITY.unit_of_area["11"].code == TOWN
    assert CITY.unit_of_area["1"].code == DISTRICT


@pytest.mark.parametrize(
    ("unit", "qualified"),
    [(GAS_WORKS, True), (POLICE, True), (BUREAU, False), (TOWN, False), ("B.nobody", False)],
)
def test_a_hazard_is_led_only_by_a_unit_whose_duties_name_it(unit: str, qualified: bool) -> None:
    assert CITY.qualified(unit, GAS) is qualified


def test_any_unit_may_lead_what_is_no_hazard() -> None:
    assert CITY.qualified(BUREAU, RUBBISH)
    assert CITY.qualified(BUREAU, "0000")


def test_the_proposed_town_is_qualified_for_a_towns_hazard() -> None:
    city = tiny_city(categories={GAS: subcategory(GAS, hazard=True, lead="@town")}, duties=())
    assert city.qualified(TOWN, GAS)
    assert not city.qualified(DISTRICT, GAS)


def test_an_area_without_name_is_empty() -> None:
    assert CITY.area_name(None) == ""
    assert CITY.area_name("nowhere") == ""
    assert CITY.area_name("11") == "区11"
    assert CITY.area_name("11", "en") == "11"
