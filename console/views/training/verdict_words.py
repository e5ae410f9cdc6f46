"""What became of a scenario's expectations, one line each."""

from fractions import Fraction

from console.domain.indicator import INDICATORS, IndicatorId, Kind
from console.i18n import Texts
from console.replay.expectation import COUNTS, Verdict


def verdict_line(verdict: Verdict, texts: Texts) -> str:
    """Such as "✓ Response ≥ 90 %: 93.8 %"; ✗ where it was not met, "–" where nothing was measured."""
    wanted = verdict.expectation
    bounds = [
        f"{sign} {_number(Fraction(bound), wanted.figure)}"
        for sign, bound in (("≥", wanted.at_least), ("≤", wanted.at_most))
        if bound is not None
    ]
    value = "–" if verdict.value is None else _number(verdict.value, wanted.figure)
    return texts(
        "training.verdict",
        mark="✓" if verdict.met else "✗",
        figure=_name(wanted.figure, texts),
        bounds=" ".join(bounds),
        value=value,
    )


def _name(figure: str, texts: Texts) -> str:
    return texts(f"training.figure.{figure}" if figure in COUNTS else f"indicator.{figure}")


def _number(value: Fraction, figure: str) -> str:
    """A share in per cent; one decimal where there is any."""
    share = figure not in COUNTS and INDICATORS[IndicatorId(figure)].kind is Kind.SHARE
    shown = f"{float(value * 100 if share else value):.1f}".removesuffix(".0")
    return f"{shown} %" if share else shown
