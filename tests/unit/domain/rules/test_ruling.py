"""Requests: who may ask, who may grant, and what a grant changes."""

from dataclasses import replace

import pytest

from console.domain.assignment import AssignmentRole, AssignmentState
from console.domain.case import Case, CaseState
from console.domain.command import Ask, MarkHard, Report, Resume, RuleRequest
from console.domain.request import Request, RequestKind
from console.domain.role import Role
from console.domain.rules import Refused, decide, fire
from console.domain.timer import TimeBasis, Timer, TimerKind
from tests.builders import at, case, order, scene

EXTENSION, SUSPENSION = RequestKind.EXTENSION, RequestKind.SUSPENSION
HELD = case(state=CaseState.DISPATCHED, lead="A1")


def request(kind: RequestKind = EXTENSION, number: int = 1, **fields: object) -> Request:
    known: dict[str, object] = {"assignment": "A1", "until": at(900), "reason": "parts"}
    known |= {"kind": kind, "number": number, "asked_at": at(0)}
    return Request(**(known | fields))  # type: ignore[arg-type]


def asking(kind: RequestKind = EXTENSION, minutes: int = 900, held: Case = HELD, **fields: object):
    command = Ask(assignment="A1", kind=kind, until=at(minutes), reason="parts")
    order_1 = order(**({"state": AssignmentState.ACKNOWLEDGED} | fields))
    return decide(command, scene(case=held, assignment=order_1, assignments=(order_1,)))


def ruling(role: Role, asked: Request, *, granted: bool = True, opinion: str = "同意"):
    held = replace(HELD, request=asked, extensions=asked.number - 1)
    command = RuleRequest(case="C1", granted=granted, opinion=opinion)
    return decide(command, scene(case=held, role=role))


def refusal(act) -> str:
    with pytest.raises(Refused) as caught:
        act()
    return caught.value.code


def test_the_lead_asks_and_the_request_stands_on_the_case() -> None:
    (fact,) = asking().facts
    assert fact.type == "case.asked"
    assert fact.change["request"] == request(asked_at=at(10))


def test_what_cannot_be_asked() -> None:
    assert refusal(lambda: asking(role=AssignmentRole.ASSIST)) == "only-the-lead"
    assert refusal(lambda: asking(state=AssignmentState.SENT)) == "sign-first"
    assert refusal(lambda: asking(minutes=200)) == "bad-until", "before the present deadline"
    assert refusal(lambda: asking(minutes=60 * 24 * 40)) == "bad-until"
    assert refusal(lambda: asking(held=replace(HELD, request=request()))) == "request-open"
    assert refusal(lambda: asking(held=case(state=CaseState.CALLBACK))) == "wrong-state"


def test_the_shift_leader_grants_a_first_extension_alone() -> None:
    (fact,) = ruling(Role.SHIFT_LEADER, request()).facts
    assert fact.type == "case.extended"
    assert (fact.change["due_at"], fact.change["extensions"]) == (at(900), 1)
    assert fact.change["request"] is None
    assert fact.note["opinion"] == "同意"


@pytest.mark.parametrize("asked", [request(number=2), request(SUSPENSION)])
def test_the_rest_is_endorsed_by_the_chief_and_granted_by_the_centre_leader(asked: Request) -> None:
    assert refusal(lambda: ruling(Role.SHIFT_LEADER, asked)) == "needs-duty-chief"
    (fact,) = ruling(Role.DUTY_CHIEF, asked).facts
    assert fact.type == "case.request_endorsed"
    endorsed = fact.change["request"]
    assert endorsed == replace(asked, endorsed_at=at(10))
    assert refusal(lambda: ruling(Role.DUTY_CHIEF, endorsed)) == "needs-centre-leader"
    (granted,) = ruling(Role.CENTRE_LEADER, endorsed).facts
    assert granted.type in ("case.extended", "case.suspended")


def test_anybody_of_them_may_refuse_but_not_without_an_opinion() -> None:
    (fact,) = ruling(Role.DUTY_CHIEF, request(number=2), granted=False).facts
    assert fact.type == "case.request_refused"
    assert fact.change == {"request": None}
    assert refusal(lambda: ruling(Role.CENTRE_LEADER, request(), opinion=" ")) == "opinion-needed"
    assert refusal(lambda: ruling(Role.DUTY_CHIEF, request())) == "needs-shift-leader"


def test_a_suspended_case_goes_on_at_its_review_date_by_itself() -> None:
    decision = ruling(Role.CENTRE_LEADER, request(SUSPENSION))
    (fact,), (timer,) = decision.facts, decision.timers
    assert (fact.change["state"], fact.change["former"]) == (
        CaseState.SUSPENDED,
        CaseState.DISPATCHED,
    )
    assert (timer.kind, timer.due, timer.entity) == (TimerKind.REVIEW_DUE, at(900), "case:C1")
    parked = replace(HELD, state=CaseState.SUSPENDED, former=HELD.state, review_at=at(900))
    (resumed,) = fire(timer, scene(case=parked)).facts
    assert resumed.change == {"state": CaseState.DISPATCHED, "former": None, "review_at": None}
    moved = replace(parked, review_at=at(950))
    assert fire(timer, scene(case=moved)).facts == (), "an older timer means nothing"
    assert fire(timer, scene(case=HELD)).facts == ()


def test_it_can_be_resumed_before() -> None:
    parked = case(state=CaseState.SUSPENDED, former=CaseState.REWORK, lead="A1")
    (fact,) = decide(Resume(case="C1", reason="r"), scene(case=parked)).facts
    assert fact.change["state"] is CaseState.REWORK


def test_a_report_ends_an_open_request() -> None:
    held, lead = replace(HELD, request=request()), order()
    decision = decide(Report(assignment="A1"), scene(case=held, assignment=lead, role=Role.FIELD))
    assert decision.facts[-1].change["request"] is None


def test_marking_twice_changes_nothing() -> None:
    (fact,) = decide(MarkHard(case="C1", hard=True), scene(case=HELD)).facts
    assert fact.change == {"hard": True}
    hard = replace(HELD, hard=True)
    assert decide(MarkHard(case="C1", hard=True), scene(case=hard)).facts == ()


def test_a_timer_without_its_case_does_nothing() -> None:
    for kind in TimerKind:
        timer = Timer(due=at(1), basis=TimeBasis.DOMAIN, kind=kind, entity="case:gone", step=1)
        assert fire(timer, scene()).facts == ()
