"""All indicators, each defined once as data; the words of each formula are in the translations."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from console.domain.assignment import Assignment
from console.domain.case import CaseState
from console.domain.indicator import questions as ask
from console.domain.indicator.case_file import CaseFile
from console.domain.indicator.rule import (
    Excluded,
    Exclusion,
    Indicator,
    IndicatorId,
    Kind,
    Rule,
    Terms,
)

_NOT_OURS = (
    Exclusion(Excluded.REJECTED, ask.in_state(CaseState.REJECTED)),
    Exclusion(Excluded.TRANSFERRED, ask.in_state(CaseState.TRANSFERRED)),
    Exclusion(Excluded.VOID, ask.in_state(CaseState.VOID)),
)
_SUSPENDED = Exclusion(Excluded.SUSPENDED, ask.in_state(CaseState.SUSPENDED))


def _share(
    indicator: IndicatorId,
    counts: Callable[[CaseFile, Terms], bool],
    of: Callable[[CaseFile, Terms], datetime | None],
    *,
    without: tuple[Exclusion, ...] = (),
    charged_to: Callable[[CaseFile, Terms], Assignment | None] = ask.responsible,
) -> Indicator:
    rule = Rule(version=1, moment=of, counts=counts, accountable=charged_to, exclusions=without)
    return Indicator(indicator, Kind.SHARE, (rule,))


def _share_of_due(
    indicator: IndicatorId,
    counts: Callable[[CaseFile, Terms], bool],
    of: Callable[[CaseFile, Terms], datetime | None],
) -> Indicator:
    """Version 1 counts suspended cases, version 2 takes them out of the denominator: cities differ."""
    first = _share(indicator, counts, of, without=_NOT_OURS)
    (rule,) = first.rules
    second = replace(rule, version=2, exclusions=(*rule.exclusions, _SUSPENDED))
    return replace(first, rules=(rule, second))


_HANDS = Rule(
    version=1,
    moment=ask.closed_at,
    counts=ask.closed,
    accountable=ask.responsible,
    amount=ask.hands,
)

_ID = IndicatorId
_ALL = (
    _share(_ID.RESPONSE, ask.answered_in_time, ask.answered_or_due, charged_to=ask.answering),
    _share_of_due(_ID.HANDLING, ask.handled, ask.handled_or_due),
    _share_of_due(_ID.HANDLING_IN_TIME, ask.handled_in_time, ask.handled_or_due),
    _share_of_due(_ID.CLOSING, ask.closed, ask.closed_or_due),
    _share_of_due(_ID.CLOSING_IN_TIME, ask.closed_in_time, ask.closed_or_due),
    _share_of_due(_ID.REWORK, ask.reworked, ask.closed_or_due),
    _share(_ID.RETURN, ask.returned, ask.dispatched, charged_to=ask.returner),
    _share_of_due(_ID.EXTENSION, ask.extended, ask.handled_or_due),
    _share_of_due(_ID.OVERDUE_OPEN, ask.not_handled, ask.handled_or_due),
    _share(_ID.CALLBACK, ask.reached, ask.closed_at),
    _share(_ID.SOLUTION, ask.solved, ask.reached_at),
    _share(_ID.SATISFACTION, ask.satisfied, ask.reached_at),
    _share(_ID.SELF_FOUND, ask.self_found, ask.received, without=_NOT_OURS),
    _share(_ID.SELF_HANDLED, ask.self_handled, ask.self_found_at, without=_NOT_OURS),
    _share(_ID.DISPATCH_ACCURACY, ask.not_wrong, ask.dispatched, charged_to=ask.returner),
    _share(_ID.JOINT_HANDLING, ask.joint, ask.received, without=_NOT_OURS),
    Indicator(_ID.HANDS, Kind.MEAN, (_HANDS,)),
)

INDICATORS: Mapping[IndicatorId, Indicator] = {indicator.id: indicator for indicator in _ALL}
"""Every indicator by its id, in the order of `IndicatorId`."""
