"""A unit replies to a supervision in four fields, mostly in time."""

from datetime import timedelta

import pytest

from console.domain.case import Case
from console.domain.command import ReplySupervision
from console.domain.role import Role
from console.domain.supervision import Supervision
from console.field.chance import Chance
from console.field.reply import next_reply
from console.field.step import Step
from tests.builders import at
from tests.builders import case as make_case
from tests.builders import order as make_order
from tests.unit.field.model_city import model_city

CITY = model_city()
LATEST = timedelta(minutes=CITY.policy.supervise_reply_min)


def watched(n: int = 1, **fields: object) -> Case:
    """Supervised an hour after T0."""
    known = {"opened_at": at(60), "by": "chief", "words": "请从速", "reply_due": at(60) + LATEST}
    supervision = Supervision(**(known | fields))
    return make_case(id=f"C{n}", lead="A1", supervision=supervision)


def reply(case: Case) -> Step:
    step = next_reply(case, (make_order(),), CITY, Chance(1))
    assert step is not None
    assert isinstance(step.command, ReplySupervision)
    assert step.role is Role.FIELD
    return step


def test_most_reply_in_forty_minutes_and_some_too_late() -> None:
    waits = sorted((reply(watched(n)).at - at(60)) / LATEST for n in range(400))
    assert 0.28 < waits[200] < 0.4
    assert 0.03 < sum(wait > 1 for wait in waits) / len(waits) < 0.15


@pytest.mark.parametrize("category", sorted(CITY.categories))
def test_all_four_fields_say_something(category: str) -> None:
    command = reply(make_case(lead="A1", category=category, supervision=watched().supervision)).command  # fmt: skip
    assert all((command.problem, command.cause, command.measures, command.effect))


def test_a_refused_reply_is_given_again_and_better() -> None:
    first = reply(watched())
    again = reply(watched(refusals=1, reply_due=at(200) + LATEST))
    assert again.at > at(200)
    assert len(again.command.measures) > len(first.command.measures)
    assert again.command.effect != first.command.effect


def test_who_has_just_got_the_case_reads_it_first() -> None:
    late = make_order(sent_at=at(500))
    step = next_reply(watched(), (late,), CITY, Chance(1))
    assert step is not None
    assert step.at > at(500)


def test_nobody_replies_without_need() -> None:
    assert next_reply(make_case(lead="A1"), (make_order(),), CITY, Chance(1)) is None
    assert next_reply(watched(replied_at=at(90)), (make_order(),), CITY, Chance(1)) is None
    assert next_reply(watched(closed_at=at(90)), (make_order(),), CITY, Chance(1)) is None
    assert next_reply(watched(), (), CITY, Chance(1)) is None
