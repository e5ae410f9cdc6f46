"""What the unit answers to a supervision (督办), and when."""

from collections.abc import Sequence

from console.domain.assignment import Assignment
from console.domain.case import Case
from console.domain.city import City
from console.domain.command import ReplySupervision
from console.field.chance import Chance
from console.field.step import Step, minutes
from console.field.words import replied

REPLY_MIN, REPLY_SPREAD = 40.0, 0.8
"""Median minutes to a reply and the spread of their logarithm: about one in twelve comes too late."""

_READ_MIN = 5.0
"""Nobody replies about a case sooner after it came into their hands."""


def next_reply(case: Case, orders: Sequence[Assignment], city: City, chance: Chance) -> Step | None:
    """The reply of the unit that leads; a reply that was not accepted is given again, better."""
    supervision = case.supervision
    holder = next((order for order in orders if order.id == case.lead), None)
    if supervision is None or holder is None or not supervision.awaits_reply:
        return None
    key = ("reply", case.id, supervision.opened_at, supervision.refusals)
    since = supervision.reply_due - minutes(city.policy.supervise_reply_min)
    known = holder.acknowledged_at or holder.sent_at
    wait = minutes(chance.lognormal(REPLY_MIN, REPLY_SPREAD, *key))
    problem, cause, measures, effect = replied(
        city.categories.get(case.category), again=supervision.refusals > 0
    )
    command = ReplySupervision(
        case=case.id, problem=problem, cause=cause, measures=measures, effect=effect
    )
    return Step(max(since + wait, known + minutes(_READ_MIN)), command)
