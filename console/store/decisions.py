"""What only a chief may decide: returns, requests and replies of supervision that wait, worst first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from console.domain.case import TERMINAL, WITH_UNIT, Case, CaseState
from console.domain.category import Urgency
from console.domain.city import City, Policy
from console.domain.clock import Clock
from console.domain.request import RequestKind
from console.store.picture import Picture
from console.store.scope import Scope

TEN_MINUTES = timedelta(minutes=10)


class DecisionKind(StrEnum):
    """What is asked: FIRST_* are the shift leader's, the others the chief's."""

    FIRST_RETURN = "first_return"
    RETURN = "return"
    FIRST_EXTENSION = "first_extension"
    EXTENSION = "extension"
    SUSPENSION = "suspension"
    REPLY = "reply"


class CostKind(StrEnum):
    """What ten more minutes of waiting cost, the worst first."""

    HANDLING_OVER = "handling_over"
    HANDLING_TURNS = "handling_turns"
    RULING_OVER = "ruling_over"
    RULING_TURNS = "ruling_turns"
    TIME = "time"


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One decision that waits. Times are aware UTC domain times.

    `unit` asked, with `reason`; `since` is when it came to whoever decides now, `clock` theirs;
    `until` what is asked for; `endorsed`: the duty chief agreed and the centre leader grants.
    """

    kind: DecisionKind
    case: Case
    unit: str | None
    reason: str
    since: datetime
    clock: Clock
    until: datetime | None = None
    number: int = 0
    endorsed: bool = False


@dataclass(frozen=True, slots=True)
class Cost:
    """What ten more minutes cost; `minutes` are left of the clock that it is about, after them."""

    kind: CostKind
    minutes: int


def decisions(
    picture: Picture, city: City, scope: Scope, now: datetime, *, first: bool = False
) -> list[Waiting]:
    """All that wait in the scope at `now`, the most pressing first; `first` adds the shift leader's own."""
    found = []
    for case in picture.cases.values():
        # Ten thousand cases are looked through, and few are asked about: the cheap question first.
        asked = case.request or case.supervision or case.state is CaseState.RETURN_ASKED
        if not asked or case.state in TERMINAL:
            continue
        if scope.holds_case(case, picture.lead(case)):
            waiting = _of_case(case, picture, city.policy)
            found += [w for w in waiting if first or not _is_first(w)]
    return sorted(found, key=lambda waiting: pressing(waiting, now, city.policy))


def pressing(waiting: Waiting, now: datetime, policy: Policy) -> tuple[int, bool, datetime, str]:
    """The order of the queue: level, urgent before normal, the oldest, the id."""
    level = waiting.clock.level(now, policy.dark_red_factor)
    normal = waiting.case.urgency is not Urgency.URGENT
    return -level, normal, waiting.clock.due, waiting.case.id


def cost(waiting: Waiting, now: datetime) -> Cost:
    """What ten more minutes cost at `now`: of the citizen's deadline first, then of the decider's own."""
    later, due = now + TEN_MINUTES, waiting.case.due_at
    ruling = waiting.clock.minutes_left(later)
    if due is not None:
        handling = Clock(now, due, 0).minutes_left(later)
        if due <= now:
            return Cost(CostKind.HANDLING_OVER, handling)
        if due <= later:
            return Cost(CostKind.HANDLING_TURNS, handling)
    if waiting.clock.due <= now:
        return Cost(CostKind.RULING_OVER, ruling)
    if waiting.clock.due <= later:
        return Cost(CostKind.RULING_TURNS, ruling)
    return Cost(CostKind.TIME, ruling)


def precedents(case: Case, picture: Picture) -> list[Case]:
    """Other cases of the same subcategory in the picture that were given back, the newest first."""
    same = (
        other
        for other in picture.cases.values()
        if other.category == case.category and other.returns > 0 and other.id != case.id
    )
    return sorted(same, key=lambda other: other.received_at, reverse=True)


def _is_first(waiting: Waiting) -> bool:
    return waiting.kind in (DecisionKind.FIRST_RETURN, DecisionKind.FIRST_EXTENSION)


def _of_case(case: Case, picture: Picture, policy: Policy) -> Iterator[Waiting]:
    lead = picture.lead(case)
    unit = lead.unit if lead is not None else None
    if case.state is CaseState.RETURN_ASKED:
        yield Waiting(
            kind=DecisionKind.RETURN if case.returns else DecisionKind.FIRST_RETURN,
            case=case,
            unit=unit,
            reason=(lead.return_reason if lead is not None else None) or "",
            since=case.waiting_since,
            clock=_clock(case.waiting_since, policy),
            number=case.returns + 1,
        )
    request = case.request
    # While the unit wants to give the case back, that is ruled first: nobody can decide this yet.
    if request is not None and case.state in WITH_UNIT:
        order = picture.assignments.get(request.assignment)
        since = request.endorsed_at or request.asked_at
        yield Waiting(
            kind=_request_kind(request.kind, first=request.first_standard),
            case=case,
            unit=order.unit if order is not None else unit,
            reason=request.reason,
            since=since,
            clock=_clock(since, policy),
            until=request.until,
            number=request.number,
            endorsed=request.endorsed_at is not None,
        )
    watched = case.supervision
    if watched is not None and watched.open and watched.replied_at is not None:
        yield Waiting(
            kind=DecisionKind.REPLY,
            case=case,
            unit=unit,
            reason=watched.words,
            since=watched.replied_at,
            clock=_clock(watched.replied_at, policy),
            number=watched.refusals + 1,
        )


def _request_kind(kind: RequestKind, *, first: bool) -> DecisionKind:
    if kind is RequestKind.SUSPENSION:
        return DecisionKind.SUSPENSION
    return DecisionKind.FIRST_EXTENSION if first else DecisionKind.EXTENSION


def _clock(since: datetime, policy: Policy) -> Clock:
    """Whoever must decide has the centre's minutes for a ruling (DOMAIN.md §5)."""
    return Clock(since, since + timedelta(minutes=policy.return_ruling_min), policy.amber_response)
