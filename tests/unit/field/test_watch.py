"""Where nobody sits at a console a duty chief puts the longest overdue under supervision and judges the replies."""

from collections.abc import Sequence
from datetime import timedelta
from functools import cache

import pytest

from console.domain.case import Case, CaseState
from console.domain.event import Event
from console.domain.role import Role
from console.domain.supervision import Reply, Supervision
from console.field.chance import Chance
from console.field.rehearsal import rehearse
from console.field.watch import LONG_OVERDUE, LOOKS, Watch
from tests.builders import T0, at
from tests.builders import case as make_case
from tests.unit.field.rehearsing import CITY, driver, hour, offline

WATCH = Watch(CITY, Chance(1))
REPLY = Reply(problem="x", cause="x", measures="x", effect="x")


def late(n: int, hours: float, **fields: object) -> Case:
    known = {"id": f"C{n}", "state": CaseState.DISPATCHED, "due_at": at(-60 * hours)}
    return make_case(**(known | fields))


def looked(cases: Sequence[Case]) -> str | None:
    command = WATCH.look(cases, T0)
    return None if command is None else command.case


def watched(**fields: object) -> Supervision:
    known = {"opened_at": T0, "by": "seat", "words": "x", "reply_due": at(120)}
    return Supervision(**(known | fields))


def test_the_longest_overdue_is_chosen() -> None:
    assert looked([late(1, 5), late(2, 9), late(3, 7)]) == "C2"


@pytest.mark.parametrize(
    "fields",
    [
        {"due_at": T0 - LONG_OVERDUE + timedelta(minutes=1)},
        {"due_at": None},
        {"state": CaseState.SUSPENDED},
        {"state": CaseState.CHECKING},
        {"supervision": watched(closed_at=T0)},
    ],
)
def test_others_are_left_alone(fields: dict[str, object]) -> None:
    assert looked([late(1, 9, **fields)]) is None


def test_two_or_three_looks_a_day_by_day() -> None:
    counts = set()
    for day in range(30):
        begins = hour(24 * day)
        moment, looks = WATCH.next_look(begins), []
        while moment < begins + timedelta(days=1):
            looks.append(moment.astimezone(CITY.tz).hour)
            moment = WATCH.next_look(moment)
        assert looks[:2] == [when for when, _ in LOOKS][:2]
        counts.add(len(looks))
    assert counts == {2, 3}


def test_replies_are_judged_and_a_second_one_is_always_accepted() -> None:
    def judged(n: int, refusals: int = 0) -> bool:
        replied = watched(reply=REPLY, replied_at=at(40), refusals=refusals)
        step = WATCH.judgement(late(n, 9, supervision=replied))
        assert step is not None
        assert step.role is Role.DUTY_CHIEF
        assert at(40) < step.at < at(240)
        assert step.command.accepted or step.command.words
        return step.command.accepted

    assert 0.7 < sum(judged(n) for n in range(300)) / 300 < 0.9
    assert all(judged(n, refusals=1) for n in range(100))
    for open_one in (watched(), watched(replied_at=at(9), closed_at=at(10)), None):
        assert WATCH.judgement(late(1, 9, supervision=open_one)) is None


@cache
def lived() -> tuple[list[Event], list[Event]]:
    """Four days without anybody, and a fifth in which people sit at their consoles."""
    centre = offline()
    alone = driver(share=0, attended=False)
    rehearse(alone, centre, hour(0), hour(96), lambda *_: None)
    events = centre.take()
    rehearse(driver(share=0), centre, hour(96), hour(120), lambda *_: None)
    return events, centre.take()


def test_a_day_has_one_to_three_and_those_of_the_morning_are_over_in_the_evening() -> None:
    alone, _ = lived()
    opened = [e for e in alone if e.type == "case.supervised"]
    assert 1 <= sum(e.occurred_at > hour(72) for e in opened) <= len(LOOKS)
    assert {e.role for e in opened} == {Role.DUTY_CHIEF}
    closed = {e.entity_id for e in alone if e.type == "case.supervision_closed"}
    assert {e.entity_id for e in opened if e.occurred_at < hour(72 + 12)} <= closed


def test_where_people_sit_supervision_is_theirs() -> None:
    _, attended = lived()
    assert attended
    assert not [e for e in attended if e.type in ("case.supervised", "case.supervision_closed")]
