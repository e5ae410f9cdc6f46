"""Supervision: opened, replied to in four fields, accepted or asked for again."""

from dataclasses import replace
from datetime import timedelta

import pytest

from console.domain.case import Case, CaseState
from console.domain.command import Command, JudgeReply, ReplySupervision, Supervise
from console.domain.rules import Decision, Refused, decide, fire
from console.domain.supervision import Supervision
from tests.builders import CITY, at, case, scene

HELD = case(state=CaseState.DISPATCHED, lead="A1")
FIELDS = {"problem": "积水", "cause": "管道堵塞", "measures": "已疏通", "effect": "积水已退"}


def do(command: Command, held: Case) -> tuple[Decision, Case]:
    decision = decide(command, scene(case=held, actor="chief-1"))
    return decision, replace(held, **decision.facts[0].change)


def refusal(command: Command, held: Case) -> str:
    with pytest.raises(Refused) as caught:
        decide(command, scene(case=held))
    return caught.value.code


def opened() -> tuple[Decision, Case]:
    return do(Supervise(case="C1", words="请说明"), HELD)


def watched(held: Case) -> Supervision:
    assert held.supervision is not None
    return held.supervision


def test_the_reply_clock_starts() -> None:
    decision, held = opened()
    due = at(10) + timedelta(minutes=CITY.policy.supervise_reply_min)
    assert watched(held).reply_due == due
    assert watched(held).by == "chief-1"
    assert decision.timers[0].due == due
    assert refusal(Supervise(case="C1", words="w"), held) == "supervision-open"
    assert refusal(Supervise(case="C1", words=" "), HELD) == "reason-needed"


def test_all_four_fields_are_needed() -> None:
    _, held = opened()
    for name in FIELDS:
        half = ReplySupervision(case="C1", **(FIELDS | {name: "  "}))
        assert refusal(half, held) == "reply-incomplete"
    _, replied = do(ReplySupervision(case="C1", **FIELDS), held)
    assert not watched(replied).awaits_reply
    assert watched(replied).open
    assert refusal(ReplySupervision(case="C1", **FIELDS), replied) == "already-done"
    assert refusal(ReplySupervision(case="C1", **FIELDS), HELD) == "no-supervision"


def test_an_accepted_reply_ends_it_and_a_refused_one_is_asked_for_again() -> None:
    _, held = opened()
    assert refusal(JudgeReply(case="C1", accepted=True), held) == "no-reply"
    _, replied = do(ReplySupervision(case="C1", **FIELDS), held)
    _, closed = do(JudgeReply(case="C1", accepted=True), replied)
    assert not watched(closed).open
    assert refusal(JudgeReply(case="C1", accepted=False), replied) == "reason-needed"
    decision, again = do(JudgeReply(case="C1", accepted=False, words="成因不清"), replied)
    assert watched(again).awaits_reply
    assert watched(again).refusals == 1
    assert len(decision.timers) == 1
    _, anew = do(Supervise(case="C1", words="w"), closed)
    assert watched(anew).open


def test_a_late_reply_is_marked_once() -> None:
    decision, held = opened()
    (timer,) = decision.timers
    (late,) = fire(timer, scene(case=held)).facts
    assert late.change["supervision"].overdue
    _, replied = do(ReplySupervision(case="C1", **FIELDS), held)
    assert fire(timer, scene(case=replied)).facts == ()
    assert fire(timer, scene(case=replace(held, **late.change))).facts == ()
