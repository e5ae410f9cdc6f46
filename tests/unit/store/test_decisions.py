"""The decision queue: what waits, in which order, and what waiting costs."""

from typing import Any

from console.domain.case import Case, CaseState
from console.domain.category import Urgency
from console.domain.request import Request, RequestKind
from console.domain.roster import CITY as WHOLE
from console.domain.supervision import Reply, Supervision
from console.store.decisions import Cost, CostKind, DecisionKind, cost, decisions, precedents
from console.store.picture import Picture
from console.store.scope import Scope
from tests.builders import CITY, DISTRICT, SIGNAL, TZ, at, case, order, snapshot

ALL = Scope(WHOLE, CITY)
REPLY = Reply(problem="p", cause="c", measures="m", effect="e")


def asked(number: int = 1, **fields: Any) -> Case:
    known: dict[str, Any] = {
        "id": f"C{number}",
        "state": CaseState.RETURN_ASKED,
        "former": CaseState.DISPATCHED,
        "lead": f"A{number}",
        "returns": 1,
        "waiting_since": at(0),
    }
    return case(**(known | fields))


def request(**fields: Any) -> Request:
    known: dict[str, Any] = {
        "kind": RequestKind.EXTENSION,
        "assignment": "A1",
        "until": at(3000),
        "reason": "雨天无法施工",
        "number": 2,
        "asked_at": at(0),
    }
    return Request(**(known | fields))


def picture(*cases: Case) -> Picture:
    orders = [order(id=c.lead, case=c.id, return_reason="not-in-duties") for c in cases if c.lead]
    return Picture.from_snapshot([snapshot(cases=list(cases), assignments=orders)], TZ)


def kinds(found: Picture, minute: float = 5, **options: Any) -> list[DecisionKind]:
    return [w.kind for w in decisions(found, CITY, ALL, at(minute), **options)]


def test_a_second_return_waits_for_the_chief_a_first_only_for_the_shift_leader() -> None:
    assert kinds(picture(asked())) == [DecisionKind.RETURN]
    first = picture(asked(returns=0))
    assert kinds(first) == []
    assert kinds(first, first=True) == [DecisionKind.FIRST_RETURN]


def test_it_says_who_asks_why_and_for_the_how_manieth_time() -> None:
    (waiting,) = decisions(picture(asked()), CITY, ALL, at(5))
    assert (waiting.reason, waiting.number) == ("not-in-duties", 2)
    assert waiting.since == at(0)
    assert waiting.clock.due == at(15)


def test_requests_and_replies_wait_too() -> None:
    lead = {"state": CaseState.DISPATCHED, "former": None, "returns": 0}
    supervision = Supervision(
        opened_at=at(-60), by="s", words="w", reply_due=at(60), reply=REPLY, replied_at=at(1)
    )
    found = picture(
        asked(1, **lead, request=request()),
        asked(2, **lead, request=request(kind=RequestKind.SUSPENSION, assignment="A2")),
        asked(3, **lead, request=request(number=1, assignment="A3")),
        asked(4, **lead, supervision=supervision),
    )
    assert set(kinds(found)) == {
        DecisionKind.EXTENSION,
        DecisionKind.SUSPENSION,
        DecisionKind.REPLY,
    }
    assert DecisionKind.FIRST_EXTENSION in kinds(found, first=True)


def test_a_request_stands_still_while_its_unit_wants_to_give_the_case_back() -> None:
    both = picture(asked(request=request()))
    assert kinds(both, first=True) == [DecisionKind.RETURN]


def test_an_endorsed_one_waits_anew_for_the_centre_leader() -> None:
    endorsed = request(endorsed_at=at(10))
    fields = {"state": CaseState.DISPATCHED, "former": None}
    (waiting,) = decisions(picture(asked(**fields, request=endorsed)), CITY, ALL, at(12))
    assert waiting.endorsed
    assert waiting.since == at(10)


def test_a_supervision_that_waits_for_the_unit_is_not_the_chiefs() -> None:
    open_one = Supervision(opened_at=at(0), by="s", words="w", reply_due=at(60))
    fields = {"state": CaseState.DISPATCHED, "former": None}
    assert kinds(picture(asked(**fields, supervision=open_one))) == []


def test_the_most_pressing_comes_first() -> None:
    found = picture(
        asked(1, waiting_since=at(4)),
        asked(2, waiting_since=at(3), urgency=Urgency.URGENT, category=SIGNAL),
        asked(3, waiting_since=at(-20)),
        asked(4, waiting_since=at(3)),
    )
    ids = [w.case.id for w in decisions(found, CITY, ALL, at(5))]
    assert ids == ["C3", "C2", "C4", "C1"]


def test_only_the_scopes_own() -> None:
    found = picture(asked(1), asked(2, district="2"))
    inside = decisions(found, CITY, Scope(DISTRICT, CITY), at(5))
    assert [w.case.id for w in inside] == ["C1"]


def costs(minute: float, **fields: Any) -> Cost:
    (waiting,) = decisions(picture(asked(**fields)), CITY, ALL, at(minute))
    return cost(waiting, at(minute))


def test_what_ten_more_minutes_cost() -> None:
    assert costs(1) == Cost(CostKind.TIME, 4)
    assert costs(6) == Cost(CostKind.RULING_TURNS, -1)
    assert costs(20) == Cost(CostKind.RULING_OVER, -15)
    assert costs(1, due_at=at(5)) == Cost(CostKind.HANDLING_TURNS, -6)
    assert costs(8, due_at=at(5)) == Cost(CostKind.HANDLING_OVER, -13)


def test_precedents_are_returns_of_the_same_kind() -> None:
    own = asked(1)
    same = case(id="C2", returns=1, received_at=at(-5))
    newer = case(id="C3", returns=2, received_at=at(-1))
    other = case(id="C4", returns=1, category=SIGNAL)
    none = case(id="C5")
    found = precedents(own, picture(own, same, newer, other, none))
    assert [c.id for c in found] == ["C3", "C2"]
