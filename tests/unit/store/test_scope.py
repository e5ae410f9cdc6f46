"""What belongs to the city, to a district, to a unit and those below it."""

from console.domain.roster import CITY as WHOLE
from console.domain.unit import UnitKind
from console.store.scope import Scope
from tests.builders import BUREAU, CITY, DISTRICT, POLICE, TOWN, case, order, tiny_city, unit


def test_the_city_holds_everything() -> None:
    assert Scope(WHOLE, CITY).holds(None, None)


def test_a_district_holds_what_lies_in_it_whoever_leads() -> None:
    scope = Scope(DISTRICT, CITY)
    assert scope.holds_case(case(district="1"), order(unit=POLICE))
    assert not scope.holds_case(case(district="2"), order(unit=TOWN))
    assert not scope.holds_case(case(district=None), None)


def test_a_unit_holds_what_it_leads_and_what_those_below_it_lead() -> None:
    station = unit("B.police.1", UnitKind.BUREAU, parent=POLICE)
    city = tiny_city(units={**CITY.units, station.code: station})
    scope = Scope(POLICE, city)
    assert scope.holds_case(case(), order(unit="B.police.1"))
    assert scope.holds_case(case(), order(unit=POLICE))
    assert not scope.holds_case(case(), order(unit=BUREAU))
    assert not scope.holds_case(case(), None)


def test_an_unknown_code_holds_nothing_of_anybody_known() -> None:
    assert not Scope("X", CITY).holds("1", TOWN)
