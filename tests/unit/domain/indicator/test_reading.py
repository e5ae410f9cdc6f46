"""Figures as text: exact, half rounded up; parts added up."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.indicator import IndicatorId, Kind, Reading, joined
from console.domain.indicator.reading import two_decimals


def reading(part: int, whole: int, kind: Kind = Kind.SHARE, start: int = 0) -> Reading:
    ids = tuple(f"C{n:05d}" for n in range(start, start + whole))
    return Reading(
        indicator=IndicatorId.HANDLING,
        version=1,
        kind=kind,
        amount=part,
        numerator=ids[:part],
        denominator=ids,
        excluded=(),
    )


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [
        (0, 5, "0.00 %"),
        (5, 5, "100.00 %"),
        (1, 8, "12.50 %"),
        (1, 800, "0.13 %"),  # 0.125 exactly: half goes up, where floats and bankers round down
        (3, 800, "0.38 %"),  # 0.375 exactly
        (72, 1421, "5.07 %"),
        (0, 0, "–"),
    ],
)
def test_a_share_is_written_in_per_cent(part: int, whole: int, text: str) -> None:
    assert reading(part, whole).text == text


def test_a_mean_is_a_plain_number() -> None:
    assert reading(13, 2, Kind.MEAN).text == "6.50"
    assert reading(0, 0, Kind.MEAN).text == "–"


def test_no_case_is_no_value() -> None:
    assert reading(0, 0).value is None
    assert reading(0, 3).value == Fraction(0)


@given(st.fractions(min_value=0, max_value=10**6))
def test_rounding_is_never_off_by_more_than_half_a_hundredth(value: Fraction) -> None:
    off = Fraction(two_decimals(value)) - value
    assert -Fraction(1, 200) < off <= Fraction(1, 200)


def test_joined_parts_are_the_whole() -> None:
    whole = joined([reading(2, 3, start=10), reading(1, 4)])
    assert (whole.amount, len(whole.denominator), whole.value) == (3, 7, Fraction(3, 7))
    assert list(whole.denominator) == sorted(whole.denominator)


def test_what_cannot_be_joined_is_refused() -> None:
    with pytest.raises(ValueError, match="two of the readings"):
        joined([reading(1, 2), reading(1, 2)])
    with pytest.raises(ValueError, match="one indicator"):
        joined([])
