"""What a unit, a worker or a helper does with an order next: a pure function of the order as it stands."""

import math
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from console.domain.assignment import Assignment, AssignmentRole, AssignmentState
from console.domain.case import WITH_UNIT, Case, CaseState
from console.domain.city import City
from console.domain.command import Acknowledge, Arrive, AskReturn, Report, Respond
from console.domain.unit import UnitKind
from console.field.chance import Chance
from console.field.figures import figures_of
from console.field.held import Held
from console.field.request import next_request
from console.field.step import Step, minutes

RETURN_SHARE = 0.045
"""Share of first orders that the right unit gives back as not its own."""

WRONG_RETURN_SHARE = 0.5
"""The same for a unit whose list of duties does not name the matter."""

SECOND_RETURN_SHARE = 0.12
"""Share of second orders that are given back again; a third is never."""

WRONG_SECOND_RETURN_SHARE = 0.35
"""The same for a unit whose list of duties does not name the matter."""

RETURN_REASONS = ("not-in-duties", "outside-area", "needs-other-unit", "already-handled")
"""Why a receiver says "not mine"."""

LATE_SHARE = 0.025
"""Share of ordinary orders that lie unsigned beyond half an hour."""

UNSIGNED_SHARE = 0.10
"""Share of urgent orders that nobody signs for minutes, so that the ladder runs."""

REAL_SHARE = 0.95
"""Share of verifications that find the matter real."""

_QUICK = {UnitKind.UTILITY: 0.7, UnitKind.TOWN: 0.9, UnitKind.DISTRICT: 1.2, UnitKind.BUREAU: 1.1}
_WORKER_QUICK = 0.5
_AGAIN = timedelta(minutes=45)
_OVERSLEPT = timedelta(minutes=10)
_CAUGHT_UP = timedelta(minutes=15)
_WORK_MIN = {AssignmentRole.VERIFY: 6, AssignmentRole.GUARD: 45}


class Receivers:
    """All units and workers of a city. Nobody acts on an order that was not announced."""

    def __init__(self, city: City, chance: Chance) -> None:
        """What is the same for every order is computed once."""
        self._city, self._chance = city, chance
        self._figures = figures_of(city)
        self._burden = _burdens(city)

    def next_step(
        self,
        case: Case,
        order: Assignment,
        now: datetime,
        travel: float = 0.0,
        *,
        steady: bool = False,
    ) -> Step | None:
        """The receiver's next command, None when it has nothing to do.

        `travel` is the seconds the hands need from where they set out; who is `steady` gives
        nothing back and asks for nothing. The result depends on the state alone, so a feed that
        was killed goes on as if it had not been; `now` counts only where nobody noted when a wait
        began, and for a moment that has passed.
        """
        if not order.active or order.announced_at is None:
            return None
        if order.role is AssignmentRole.LEAD and case.state not in WITH_UNIT:
            return None
        subcategory = self._city.categories.get(case.category)
        seen = Held(case, order, subcategory, self._city, self._chance, self._pace(order))
        if order.role is AssignmentRole.LEAD and case.state is CaseState.REWORK:
            again = self._chance.next_hit(_AGAIN, now, *seen.key, "again")
            return Step(again, Report(assignment=order.id))
        if order.state is AssignmentState.SENT:
            return _acknowledge(seen, order.announced_at)
        step = None if steady else _return(seen)
        step = _caught_up(seen, step or _goes_on(seen, travel), now)
        asks = None if steady else next_request(seen, now)
        return step if asks is None or step.at <= asks.at else asks

    def _pace(self, order: Assignment) -> float:
        """How slow the receiver is: by its kind, by what it has to carry, by the hour of the day."""
        if order.worker is not None:
            return _WORKER_QUICK
        unit = self._city.units.get(order.unit or "")
        kind = _QUICK.get(unit.kind, 1.0) if unit is not None else 1.0
        local = order.sent_at.astimezone(self._city.tz)
        busy = self._figures.hours_of(local.date())[local.hour] * 24
        return kind * (0.8 + 0.2 * min(busy, 2.0)) * self._burden.get(order.unit or "", 1.0)


def _acknowledge(seen: Held, announced_at: datetime) -> Step:
    chance, key = seen.chance, (*seen.key, "acknowledge")
    if seen.urgent:
        slow = chance.happens(UNSIGNED_SHARE, *key, "slow")
        wait = chance.lognormal(7.5 if slow else 0.8 * seen.pace, 0.4 if slow else 0.6, *key)
    elif chance.happens(LATE_SHARE, *key, "late"):
        wait = chance.between(31, 75, *key)
    else:
        wait = chance.lognormal(4.5 * seen.pace, 0.7, *key)
    # Counted from the order: an announcement that came late finds the telephone in the hand.
    at = max(seen.order.sent_at + minutes(wait), announced_at + timedelta(seconds=3))
    return Step(at, Acknowledge(assignment=seen.order.id))


def _return(seen: Held) -> Step | None:
    """A lead may say "not mine" before setting out; the case may come back twice, never thrice."""
    order, chance, key = seen.order, seen.chance, (*seen.key, "return")
    shares = _return_shares(seen.named)
    if order.state is not AssignmentState.ACKNOWLEDGED or order.acknowledged_at is None:
        return None
    if not seen.leads or order.ruled or seen.case.returns >= len(shares):
        return None
    # A refused return has moved the case's waiting time past the order: it is asked only once.
    if order.responded_at is not None or seen.case.waiting_since > order.sent_at:
        return None
    if not chance.happens(shares[seen.case.returns], *key):
        return None
    at = order.acknowledged_at + minutes(chance.lognormal(6, 0.5, *key, "wait"))
    reason = chance.pick(RETURN_REASONS[1:] if seen.named else RETURN_REASONS[:2], *key, "why")
    return Step(at, AskReturn(assignment=order.id, reason=reason))


def _return_shares(named: bool) -> tuple[float, float]:
    """Of first and second orders, those that are given back."""
    if named:
        return RETURN_SHARE, SECOND_RETURN_SHARE
    return WRONG_RETURN_SHARE, WRONG_SECOND_RETURN_SHARE


def _goes_on(seen: Held, travel: float) -> Step:
    """The next step of the work itself."""
    if seen.order.state is AssignmentState.ACKNOWLEDGED:
        return _respond(seen)
    if seen.order.state is AssignmentState.RESPONDED and seen.on_site:
        return _arrive(seen, travel)
    return _report(seen)


def _caught_up(seen: Held, step: Step, now: datetime) -> Step:
    """What could not be done in its time, as while the case was parked, is done soon after."""
    if not seen.leads or seen.urgent or step.at >= now - _OVERSLEPT:
        return step
    return replace(step, at=seen.chance.next_hit(_CAUGHT_UP, now, *seen.key, "caught up"))


def _respond(seen: Held) -> Step:
    order, key = seen.order, (*seen.key, "respond")
    since = order.acknowledged_at or order.sent_at
    wait = seen.chance.lognormal(1.2 if seen.urgent else 9 * seen.pace, 0.6, *key)
    at = since + minutes(wait)
    if not seen.urgent:
        at = seen.awake(at, "respond")
    return Step(at, Respond(assignment=order.id))


def _arrive(seen: Held, travel: float) -> Step:
    """A crew goes at once to what is urgent, to the rest shortly before it will be done."""
    order, key = seen.order, (*seen.key, "arrive")
    since = order.responded_at or order.acknowledged_at or order.sent_at
    soonest = since + timedelta(seconds=math.ceil(travel))
    if order.worker is not None:
        return Step(soonest + minutes(seen.chance.between(0.2, 2, *key)), _arrived(order))
    way = minutes(seen.chance.lognormal(11 * seen.pace, 0.5, *key))
    if seen.urgent or order.role is not AssignmentRole.LEAD:
        return Step(max(soonest, since + way), _arrived(order))
    at = max(soonest, since + way, seen.wanted_end() - minutes(_work(seen)))
    return Step(seen.awake(at, "arrive"), _arrived(order))


def _arrived(order: Assignment) -> Arrive:
    return Arrive(assignment=order.id)


def _report(seen: Held) -> Step:
    order = seen.order
    since = order.arrived_at or order.responded_at or order.sent_at
    at = since + minutes(_work(seen))
    if order.role is AssignmentRole.LEAD and not seen.urgent:
        if not seen.on_site:
            at = max(at, seen.wanted_end())
        at = seen.awake(at, "report")
    real = seen.chance.happens(REAL_SHARE, *seen.key, "real")
    return Step(at, Report(assignment=order.id, real=real))


def _work(seen: Held) -> float:
    """Minutes on the scene, or on the telephone."""
    usual = 26 if seen.urgent else 35 if seen.order.worker is not None else 110
    return seen.chance.lognormal(_WORK_MIN.get(seen.order.role, usual), 0.5, *seen.key, "work")


def _burdens(city: City) -> Mapping[str, float]:
    """Unit → 1 for an ordinary share of the calls for its teams, up to 1.6 for an overloaded one."""
    weight: dict[str, float] = {}
    for subcategory in city.categories.values():
        if subcategory.lead in city.units:
            weight[subcategory.lead] = weight.get(subcategory.lead, 0.0) + subcategory.weight
    each = {
        unit: total / (1 + len(city.teams_of_unit.get(unit, ()))) for unit, total in weight.items()
    }
    usual = sorted(each.values())[len(each) // 2] if each else 1.0
    return {unit: min(max(0.8, (load / usual) ** 0.3), 1.6) for unit, load in each.items()}
