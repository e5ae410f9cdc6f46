"""The indicators of a picture by scope: one value each, and the parts sum to the whole."""

from datetime import date

import pytest
from hypothesis import given

from console.domain.indicator import INDICATORS, CaseFile, IndicatorId, Period, measure
from console.domain.roster import CITY as WHOLE
from console.store.readings import PictureReadings
from tests.builders import BUREAU, CITY, DISTRICT, GAS_WORKS, POLICE, TOWN, TZ, at, case, order
from tests.case_lives import NOW, files

DAY = Period.of_day(date(2026, 6, 3), TZ)
ALL = tuple(IndicatorId)


def readings(found: list[CaseFile]) -> PictureReadings:
    return PictureReadings(found, ALL, DAY, at(NOW), CITY, rev=7)


@given(files())
def test_the_city_is_what_measuring_all_its_cases_gives(found: list[CaseFile]) -> None:
    measured = readings(found)
    for id_ in ALL:
        for rule in INDICATORS[id_].rules:
            whole = measure(INDICATORS[id_], found, DAY, at(NOW), CITY.policy, version=rule.version)
            assert measured.of(id_, WHOLE, rule.version) == whole


@given(files())
def test_the_units_and_the_centres_own_sum_to_the_city(found: list[CaseFile]) -> None:
    measured = readings(found)
    for id_ in ALL:
        whole = measured.of(id_)
        of_units = [measured.of(id_, unit) for unit in (BUREAU, POLICE, GAS_WORKS, TOWN)]
        charged = [id_ for reading in of_units for id_ in reading.denominator]
        assert len(charged) == len(set(charged))
        assert set(charged) <= set(whole.denominator)
        assert sum(reading.amount for reading in of_units) <= whole.amount


@given(files())
def test_a_district_counts_the_cases_that_lie_in_it_whoever_has_them(found: list[CaseFile]) -> None:
    measured = readings(found)
    inside = [file for file in found if file.case.district == "1"]
    for id_ in ALL:
        expected = measure(INDICATORS[id_], inside, DAY, at(NOW), CITY.policy)
        assert measured.of(id_, DISTRICT) == expected


def test_a_scope_without_cases_has_a_reading_over_none() -> None:
    measured = readings([])
    assert measured.of(IndicatorId.RESPONSE, GAS_WORKS).text == "–"


def test_a_unit_is_charged_what_it_did() -> None:
    late = CaseFile(case(dispatched_at=at(0), lead="A1"), (order(),))
    measured = readings([late])
    assert measured.of(IndicatorId.RESPONSE, TOWN).denominator == ("C1",)
    assert measured.of(IndicatorId.RESPONSE, TOWN).amount == 0
    assert measured.of(IndicatorId.RESPONSE, BUREAU).denominator == ()


def test_a_version_there_is_not_is_refused() -> None:
    with pytest.raises(ValueError, match="no version 9"):
        readings([]).of(IndicatorId.RESPONSE, WHOLE, 9)
