"""When a lead asks for a later deadline, or to park the case: before the clock turns amber, once or twice."""

from datetime import datetime, time, timedelta

from console.domain.assignment import AssignmentState
from console.domain.case import CaseState
from console.domain.command import Ask
from console.domain.request import RequestKind
from console.field.held import Held
from console.field.step import Step, minutes

REQUEST_REASONS = ("parts-ordered", "weather", "needs-permit", "citizen-away", "needs-other-unit")
"""Why more time is needed."""

LONG = timedelta(hours=20)
"""Only a handling deadline at least so long is worth a request."""

EXTENSION_SHARE = 0.3
"""Share that asks, of those who will not be done before the clock turns amber: 3 % of all long matters."""

SECOND_SHARE = 0.3
"""Share of granted extensions after which a second one is asked for, if it is as late again."""

SUSPENSION_SHARE = 0.005
"""Share of long matters that are to be parked until a review date."""

_BEFORE_AMBER_MIN = 45.0
_LONGER_BY = 0.5
_LONGEST = timedelta(days=29)
_PARKED_DAYS = (3, 14)
_REVIEWED_AT = time(9)


def next_request(held: Held, now: datetime) -> Step | None:
    """The holder's next request, None when it asks for nothing.

    Who has let the moment pass does not ask any more: whoever was refused gets on with it.
    """
    if not _may_ask(held):
        return None
    found = (step for step in (_extension(held), _suspension(held)) if step is not None)
    return min((step for step in found if step.at >= now), key=lambda s: s.at, default=None)


def _may_ask(held: Held) -> bool:
    case, order = held.case, held.order
    if not held.leads or held.urgent or order.state is AssignmentState.SENT:
        return False
    if case.state is not CaseState.DISPATCHED or case.request is not None:
        return False
    return held.due - held.begun >= LONG


def _extension(held: Held) -> Step | None:
    """Shortly before amber, by those who will not be done by then; a second time by a few."""
    case, chance = held.case, held.chance
    key = ("request", case.id, case.extensions)
    share = (EXTENSION_SHARE, SECOND_SHARE)[case.extensions : case.extensions + 1]
    if not share or not chance.happens(share[0], *key):
        return None
    span = held.due - held.begun
    amber = held.due - span * held.city.policy.amber_handling
    at = held.awake(amber - minutes(chance.lognormal(_BEFORE_AMBER_MIN, 0.5, *key, "at")), "ask")
    more = timedelta(days=max(1, round(span.days * _LONGER_BY)))
    until = min(held.due + more, max(at + _LONGEST, held.due + timedelta(days=1)))
    if held.wanted_end() <= at:
        return None
    return _ask(held, at, RequestKind.EXTENSION, until)


def _suspension(held: Held) -> Step | None:
    """Some way into the work it turns out that it has to wait for something."""
    case, chance = held.case, held.chance
    key = ("request", case.id, "park")
    since = held.order.responded_at
    if since is None or case.extensions or not chance.happens(SUSPENSION_SHARE, *key):
        return None
    left = held.wanted_end() - since
    at = held.awake(
        since + minutes(left.total_seconds() / 60 * chance.between(0.2, 0.6, *key, "at")), "park"
    )
    days = round(chance.between(*_PARKED_DAYS, *key, "days"))
    day = at.astimezone(held.city.tz).date() + timedelta(days=days)
    until = datetime.combine(day, _REVIEWED_AT, held.city.tz).astimezone(at.tzinfo)
    if held.wanted_end() <= at:
        return None
    return _ask(held, at, RequestKind.SUSPENSION, until)


def _ask(held: Held, at: datetime, kind: RequestKind, until: datetime) -> Step:
    reason = held.chance.pick(REQUEST_REASONS, "request", held.case.id, kind, "why")
    return Step(at, Ask(assignment=held.order.id, kind=kind, until=until, reason=reason))
