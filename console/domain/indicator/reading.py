"""A figure with the cases behind it."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from console.domain.indicator.rule import Excluded, IndicatorId, Kind

NO_VALUE = "–"
"""What stands for a figure over no case at all: it is neither 0 nor 100 %."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One indicator over one period. Case ids are sorted; the numerator's are among the denominator's.

    `amount` is what the numerator's cases add up to (for a share: their number). `excluded` are
    cases of the period left out of both, each with the reason.
    """

    indicator: IndicatorId
    version: int
    kind: Kind
    amount: int
    numerator: tuple[str, ...]
    denominator: tuple[str, ...]
    excluded: tuple[tuple[str, Excluded], ...]

    @property
    def value(self) -> Fraction | None:
        """The exact value (a share as a fraction of one), None over no case."""
        return Fraction(self.amount, len(self.denominator)) if self.denominator else None

    @property
    def text(self) -> str:
        """The value as "93.72 %" (a share) or "3.25" (a mean), half rounded up; "–" over no case."""
        if self.value is None:
            return NO_VALUE
        if self.kind is Kind.SHARE:
            return f"{two_decimals(self.value * 100)} %"
        return two_decimals(self.value)


def two_decimals(value: Fraction) -> str:
    """A number of zero or more with two decimals, half rounded up, without going through floats."""
    whole, hundredths = divmod(floor(value * 100 + Fraction(1, 2)), 100)
    return f"{whole}.{hundredths:02d}"


def joined(readings: Iterable[Reading]) -> Reading:
    """The reading of all parts together.

    Raises `ValueError` when there is no part, when they are of different indicators or versions,
    or when a case stands in two of them.
    """
    found = list(readings)
    if len({(r.indicator, r.version) for r in found}) != 1:
        raise ValueError("only readings of one indicator and one version can be joined")
    denominator = sorted(case for r in found for case in r.denominator)
    if len(set(denominator)) != len(denominator):
        raise ValueError("a case stands in two of the readings")
    return Reading(
        indicator=found[0].indicator,
        version=found[0].version,
        kind=found[0].kind,
        amount=sum(r.amount for r in found),
        numerator=tuple(sorted(case for r in found for case in r.numerator)),
        denominator=tuple(denominator),
        excluded=tuple(sorted(pair for r in found for pair in r.excluded)),
    )
