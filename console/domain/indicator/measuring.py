"""Measures an indicator over cases: the whole, or the same by district or unit."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import TypeVar

from console.domain.assignment import Assignment
from console.domain.city import Policy
from console.domain.indicator.case_file import CaseFile
from console.domain.indicator.period import Period
from console.domain.indicator.reading import Reading
from console.domain.indicator.rule import Excluded, Indicator, Rule, Terms

_Part = TypeVar("_Part", bound=Hashable)


def measure(
    indicator: Indicator,
    cases: Iterable[CaseFile],
    period: Period,
    now: datetime,
    policy: Policy,
    *,
    version: int = 1,
) -> Reading:
    """The indicator over the cases as they stand at `now` (domain time, aware UTC), in any order.

    Raises `ValueError` for a version there is not and for a case given twice.
    """
    rule = indicator.rule(version)
    return _reading(indicator, rule, _once(cases), Terms(period, now, policy))


def parts(
    indicator: Indicator,
    cases: Iterable[CaseFile],
    period: Period,
    now: datetime,
    policy: Policy,
    *,
    by: Callable[[CaseFile, Assignment | None], _Part],
    version: int = 1,
) -> Mapping[_Part, Reading]:
    """The same, split: `by` names each case's part from the case and the accountable order.

    Every case is in exactly one part, so that the parts add up to the whole (see `joined`). For
    `district` and `unit` None is the part without a name: no district known, or the centre
    itself. Raises as `measure`.
    """
    rule, terms = indicator.rule(version), Terms(period, now, policy)
    found: defaultdict[_Part, list[CaseFile]] = defaultdict(list)
    for file in _once(cases):
        found[by(file, rule.accountable(file, terms))].append(file)
    return {part: _reading(indicator, rule, files, terms) for part, files in found.items()}


def district(file: CaseFile, accountable: Assignment | None) -> str | None:
    """For `parts`: the district in which the case lies, None where that is unknown."""
    return file.case.district


def unit(file: CaseFile, accountable: Assignment | None) -> str | None:
    """For `parts`: the unit to which the figure is charged, None for the centre."""
    return accountable.unit if accountable is not None else None


def _once(cases: Iterable[CaseFile]) -> Iterator[CaseFile]:
    """The files as they come; a case counted twice would be a wrong figure that nobody notices."""
    seen: set[str] = set()
    for file in cases:
        if file.case.id in seen:
            raise ValueError(f"case {file.case.id!r} is given twice")
        seen.add(file.case.id)
        yield file


def _reading(indicator: Indicator, rule: Rule, files: Iterable[CaseFile], terms: Terms) -> Reading:
    numerator: list[str] = []
    denominator: list[str] = []
    excluded: list[tuple[str, Excluded]] = []
    amount = 0
    for file in files:
        joins_at = rule.joins_at(file, terms)
        if joins_at is None:
            continue
        reason = rule.excluded(file, joins_at, terms)
        if reason is not None:
            excluded.append((file.case.id, reason))
            continue
        denominator.append(file.case.id)
        if rule.counts(file, terms):
            numerator.append(file.case.id)
            amount += rule.amount_of(file, terms)
    return Reading(
        indicator=indicator.id,
        version=rule.version,
        kind=indicator.kind,
        amount=amount,
        numerator=tuple(sorted(numerator)),
        denominator=tuple(sorted(denominator)),
        excluded=tuple(sorted(excluded)),
    )
