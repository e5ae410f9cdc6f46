"""What a scenario expects of whoever plays it, and whether it came true."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from console.domain.city import Policy
from console.domain.indicator import INDICATORS, IndicatorId, Period, measure
from console.replay.comparison import Figures
from console.store.case_files import case_files
from console.store.picture import Picture

_NUMBER = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,12})?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """A figure and its bounds, both included, as decimal numbers in text; one of them may be absent.

    `figure` is an indicator's id (a share is a fraction of one: "0.9" is 90 %) or one of
    `COUNTS`: `calls`, `dispatched`, `waiting`, `returns`, `events`, `kilometres`, `longest_wait_min`.
    """

    figure: str
    at_least: str | None = None
    at_most: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What became of an expectation; `value` is None where there was nothing to measure, which is not met."""

    expectation: Expectation
    value: Fraction | None
    met: bool

    @property
    def text(self) -> str:
        """The value with four decimals, "–" where there is none."""
        return "–" if self.value is None else f"{float(self.value):.4f}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """How a scenario was played: the state at its end, the figures of its period, and how many events."""

    picture: Picture
    figures: Figures
    period: Period
    policy: Policy
    events: int


def _wait(played: Played) -> Fraction:
    wait = played.figures.longest_wait
    return Fraction(0) if wait is None else Fraction(wait.lasted.total_seconds()) / 60


COUNTS: Mapping[str, Callable[[Played], Fraction]] = {
    "calls": lambda played: Fraction(played.figures.calls),
    "dispatched": lambda played: Fraction(played.figures.dispatched),
    "waiting": lambda played: Fraction(played.figures.waiting),
    "returns": lambda played: Fraction(played.figures.returns),
    "events": lambda played: Fraction(played.events),
    "kilometres": lambda played: Fraction(played.figures.metres) / 1000,
    "longest_wait_min": _wait,
}
"""Figures beside the indicators."""


def check_expectations(expectations: Iterable[Expectation]) -> None:
    """Raise `ValueError` for a figure there is not and for bounds that are no numbers."""
    known = {*COUNTS, *(indicator.value for indicator in IndicatorId)}
    for wanted in expectations:
        if wanted.figure not in known:
            raise ValueError(f"there is no figure {wanted.figure[:40]!r}")
        if wanted.at_least is None and wanted.at_most is None:
            raise ValueError(f"{wanted.figure} has neither at_least nor at_most")
        for bound in (wanted.at_least, wanted.at_most):
            _number(bound or "0")


def judge(expectation: Expectation, played: Played) -> Verdict:
    """Whether it came true."""
    value = _value(expectation.figure, played)
    low, high = expectation.at_least, expectation.at_most
    met = (
        value is not None
        and (low is None or value >= _number(low))
        and (high is None or value <= _number(high))
    )
    return Verdict(expectation=expectation, value=value, met=met)


def _value(figure: str, played: Played) -> Fraction | None:
    if figure in COUNTS:
        return COUNTS[figure](played)
    indicator = INDICATORS[IndicatorId(figure)]
    period, files = played.period, case_files(played.picture)
    return measure(indicator, files, period, period.end, played.policy).value


def _number(text: str) -> Fraction:
    """A decimal number, exactly; raises `ValueError`, for endless exponents too: the file is a stranger's."""
    if _NUMBER.fullmatch(text) is None:
        raise ValueError(f"{text[:40]!r} is not a number such as 0.9")
    return Fraction(text)
