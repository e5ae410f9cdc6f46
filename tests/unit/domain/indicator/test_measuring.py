"""What holds for every indicator over any cases."""

from collections.abc import Callable
from datetime import timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.assignment import Assignment, AssignmentState
from console.domain.city import Policy
from console.domain.indicator import (
    INDICATORS,
    CaseFile,
    Indicator,
    IndicatorId,
    Kind,
    Period,
    district,
    joined,
    measure,
    parts,
    unit,
)
from tests.builders import BUREAU, TOWN, at, case, order
from tests.case_lives import MIDNIGHT, NOW, files

Key = Callable[[CaseFile, Assignment | None], str | None]
POLICY = Policy()
DAY = Period(at(MIDNIGHT), at(MIDNIGHT) + timedelta(days=1))
RULES = [(i, rule.version) for i in INDICATORS.values() for rule in i.rules]
indicators = st.sampled_from(RULES)


@given(indicators, files())
def test_the_numerator_is_part_of_the_denominator(
    rule: tuple[Indicator, int], found: list[CaseFile]
) -> None:
    indicator, version = rule
    reading = measure(indicator, found, DAY, at(NOW), POLICY, version=version)
    assert set(reading.numerator) <= set(reading.denominator)
    assert not set(reading.denominator) & {case_id for case_id, _ in reading.excluded}
    if reading.value is None:
        assert not reading.denominator
    elif indicator.kind is Kind.SHARE:
        assert 0 <= reading.value <= 1
        assert reading.amount == len(reading.numerator)


@pytest.mark.parametrize("by", [district, unit])
@given(indicators, files())
def test_the_parts_add_up_to_the_whole(
    by: Key, rule: tuple[Indicator, int], found: list[CaseFile]
) -> None:
    indicator, version = rule
    split = parts(indicator, found, DAY, at(NOW), POLICY, by=by, version=version)
    whole = measure(indicator, found, DAY, at(NOW), POLICY, version=version)
    if found:
        assert joined(split.values()) == whole
    else:
        assert not split


@given(indicators, files(), st.randoms(use_true_random=False))
def test_the_order_of_cases_and_orders_is_nothing(
    rule: tuple[Indicator, int], found: list[CaseFile], luck: Random
) -> None:
    indicator, version = rule
    mixed = [CaseFile(f.case, tuple(reversed(f.assignments))) for f in found]
    luck.shuffle(mixed)
    first = measure(indicator, found, DAY, at(NOW), POLICY, version=version)
    assert measure(indicator, iter(mixed), DAY, at(NOW), POLICY, version=version) == first


@given(indicators, files(), st.integers(0, 1440))
def test_a_period_cut_in_two_gives_the_same_cases(
    rule: tuple[Indicator, int], found: list[CaseFile], cut: int
) -> None:
    indicator, version = rule
    middle = at(MIDNIGHT + cut)
    halves = [
        measure(indicator, found, period, at(NOW), POLICY, version=version)
        for period in (Period(DAY.start, middle), Period(middle, DAY.end))
    ]
    assert joined(halves) == measure(indicator, found, DAY, at(NOW), POLICY, version=version)


@given(files(), st.sampled_from([1, 2]))
def test_handled_and_overdue_are_all_that_should_be_handled(
    found: list[CaseFile], version: int
) -> None:
    handling, overdue = (
        measure(INDICATORS[name], found, DAY, at(NOW), POLICY, version=version)
        for name in (IndicatorId.HANDLING, IndicatorId.OVERDUE_OPEN)
    )
    assert sorted(handling.numerator + overdue.numerator) == list(handling.denominator)


@pytest.mark.parametrize("indicator", list(IndicatorId))
def test_no_case_is_no_value_and_no_error(indicator: IndicatorId) -> None:
    reading = measure(INDICATORS[indicator], [], DAY, at(NOW), POLICY)
    assert (reading.value, reading.text) == (None, "–")


def test_a_case_given_twice_is_refused() -> None:
    twice = [CaseFile(case()), CaseFile(case())]
    with pytest.raises(ValueError, match="'C1' is given twice"):
        measure(INDICATORS[IndicatorId.HANDLING], twice, DAY, at(NOW), POLICY)
    with pytest.raises(ValueError, match="twice"):
        parts(INDICATORS[IndicatorId.HANDLING], twice, DAY, at(NOW), POLICY, by=district)


def test_a_figure_is_charged_to_the_unit_that_made_it() -> None:
    late = order(id="A1", unit=TOWN, state=AssignmentState.WITHDRAWN, ended_at=at(50))
    quick = order(id="A2", unit=BUREAU, sent_at=at(50), acknowledged_at=at(51))
    found = [CaseFile(case(due_at=at(100)), (late, quick))]

    def units(indicator: IndicatorId) -> set[str | None]:
        split = parts(INDICATORS[indicator], found, DAY, at(NOW), POLICY, by=unit)
        return {part for part, reading in split.items() if reading.denominator}

    assert units(IndicatorId.RESPONSE) == {TOWN}
    assert units(IndicatorId.HANDLING) == {BUREAU}


@pytest.mark.parametrize("indicator", [IndicatorId.RETURN, IndicatorId.DISPATCH_ACCURACY])
def test_a_return_is_charged_to_the_unit_that_gave_it_back(indicator: IndicatorId) -> None:
    back = order(id="A1", unit=TOWN, state=AssignmentState.RETURNED, ended_at=at(5))
    then = order(id="A2", unit=BUREAU, sent_at=at(9), acknowledged_at=at(11))
    found = [CaseFile(case(dispatched_at=at(1), returns=1), (back, then))]
    split = parts(INDICATORS[indicator], found, DAY, at(NOW), POLICY, by=unit)
    assert list(split) == [TOWN]


def test_what_nobody_was_given_is_charged_to_the_centre() -> None:
    forgotten = [CaseFile(case(due_at=at(10)))]
    split = parts(INDICATORS[IndicatorId.HANDLING], forgotten, DAY, at(NOW), POLICY, by=unit)
    assert split[None].text == "0.00 %"
