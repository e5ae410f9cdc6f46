"""The indicators (指标): one definition each, exact, with the list of cases behind every figure.

`measure` gives one figure, `parts` the same figure by district or unit, `joined` adds parts up
again. `INDICATORS` holds the definitions as data.
"""

from console.domain.indicator.case_file import CaseFile
from console.domain.indicator.catalogue import INDICATORS
from console.domain.indicator.measuring import district, measure, parts, unit
from console.domain.indicator.period import Period
from console.domain.indicator.reading import Reading, joined
from console.domain.indicator.rule import Excluded, Indicator, IndicatorId, Kind, Rule, Terms

__all__ = [
    "INDICATORS",
    "CaseFile",
    "Excluded",
    "Indicator",
    "IndicatorId",
    "Kind",
    "Period",
    "Reading",
    "Rule",
    "Terms",
    "district",
    "joined",
    "measure",
    "parts",
    "unit",
]
