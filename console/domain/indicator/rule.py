"""What an indicator is made of: an id, a kind and one rule a version."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from console.domain.assignment import Assignment
from console.domain.case import CaseState
from console.domain.city import Policy
from console.domain.indicator.case_file import CaseFile
from console.domain.indicator.period import Period


class IndicatorId(StrEnum):
    """The indicators by their code words, in the order in which they are listed."""

    RESPONSE = "response"
    HANDLING = "handling"
    HANDLING_IN_TIME = "handling_in_time"
    CLOSING = "closing"
    CLOSING_IN_TIME = "closing_in_time"
    REWORK = "rework"
    RETURN = "return"
    EXTENSION = "extension"
    OVERDUE_OPEN = "overdue_open"
    CALLBACK = "callback"
    SOLUTION = "solution"
    SATISFACTION = "satisfaction"
    SELF_FOUND = "self_found"
    SELF_HANDLED = "self_handled"
    DISPATCH_ACCURACY = "dispatch_accuracy"
    JOINT_HANDLING = "joint_handling"
    HANDS = "hands"


class Kind(StrEnum):
    """A SHARE of the denominator is written in per cent; a MEAN over it is a plain number."""

    SHARE = "share"
    MEAN = "mean"


class Excluded(StrEnum):
    """Why a case of the period is left out of numerator and denominator."""

    NOT_YET_DUE = "not_yet_due"
    SUSPENDED = "suspended"
    REJECTED = "rejected"
    TRANSFERRED = "transferred"
    VOID = "void"


@dataclass(frozen=True, slots=True)
class Terms:
    """What a reading depends on beside the cases; `now` is domain time, aware UTC."""

    period: Period
    now: datetime
    policy: Policy


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Cases for which `holds` are left out, and listed with `code`."""

    code: Excluded
    holds: Callable[[CaseFile, Terms], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One version of an indicator's formula.

    `moment` is when a case joins the denominator: in whose period it counts (None: in no period;
    aware UTC). `counts` puts it into the numerator, where it adds `amount`. `accountable` is the
    order whose unit the figure is charged to, None for the centre itself.
    """

    version: int
    moment: Callable[[CaseFile, Terms], datetime | None]
    counts: Callable[[CaseFile, Terms], bool]
    accountable: Callable[[CaseFile, Terms], Assignment | None]
    exclusions: tuple[Exclusion, ...] = ()
    amount: Callable[[CaseFile, Terms], int] | None = None

    def joins_at(self, file: CaseFile, terms: Terms) -> datetime | None:
        """The case's `moment` if it lies in the period; what was answered at once never left the centre."""
        if file.case.state is CaseState.ANSWERED:
            return None
        moment = self.moment(file, terms)
        return moment if moment is not None and terms.period.holds(moment) else None

    def excluded(self, file: CaseFile, joins_at: datetime, terms: Terms) -> Excluded | None:
        """Why a case that joins the period is left out, None when it stands in the denominator."""
        for exclusion in self.exclusions:
            if exclusion.holds(file, terms):
                return exclusion.code
        return Excluded.NOT_YET_DUE if joins_at > terms.now else None

    def amount_of(self, file: CaseFile, terms: Terms) -> int:
        """What a case of the numerator adds: one, unless the rule sums something."""
        return 1 if self.amount is None else self.amount(file, terms)


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator; its words are in the catalogues of translations, under the keys given here."""

    id: IndicatorId
    kind: Kind
    rules: tuple[Rule, ...]

    def rule(self, version: int) -> Rule:
        """The rule of a version; raises `ValueError` for one there is not."""
        for rule in self.rules:
            if rule.version == version:
                return rule
        known = ", ".join(str(rule.version) for rule in self.rules)
        raise ValueError(f"indicator {self.id.value!r} has no version {version}; there are {known}")

    @property
    def name_key(self) -> str:
        """Key of the indicator's name."""
        return f"indicator.{self.id.value}"

    def formula_key(self, version: int) -> str:
        """Key of the formula in words; raises `ValueError` for an unknown version."""
        return f"indicator.formula.{self.id.value}_v{self.rule(version).version}"
