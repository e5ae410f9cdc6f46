"""What turns red soon, what was promised, the hard cases."""

from console.domain.case import Case, CaseState
from console.domain.roster import CITY as WHOLE
from console.domain.supervision import Supervision
from console.store.picture import Picture
from console.store.scope import Scope
from console.store.watch import Promise, PromiseKind, Watch, watch
from tests.builders import CITY, DISTRICT, TZ, at, case, order, snapshot


def seen(*cases: Case, minute: float = 0, scope: str = WHOLE) -> Watch:
    orders = [order(id=c.lead, case=c.id) for c in cases if c.lead]
    picture = Picture.from_snapshot([snapshot(cases=list(cases), assignments=orders)], TZ)
    return watch(picture, CITY, Scope(scope, CITY), at(minute))


def test_red_within_half_an_hour_is_neither_red_already_nor_later() -> None:
    soon = case(id="C1", waiting_since=at(-10))
    red = case(id="C2", waiting_since=at(-20))
    later = case(id="C3", state=CaseState.DISPATCHED, lead="A3", due_at=at(500))
    found = seen(soon, red, later, minute=-1).red
    assert [(t.case.id, t.clock.due) for t in found] == [("C1", at(5))]


def test_the_edges_of_the_half_hour() -> None:
    one = case(waiting_since=at(0))
    assert [t.case.id for t in seen(one, minute=-15).red] == ["C1"]
    assert seen(one, minute=-15.1).red == []
    assert seen(one, minute=15).red == []


def test_a_parked_case_does_not_turn_red_but_is_promised() -> None:
    parked = case(
        state=CaseState.SUSPENDED, former=CaseState.DISPATCHED, lead="A1", review_at=at(90)
    )
    found = seen(parked, minute=230)
    assert found.red == []
    assert found.promises == [Promise(PromiseKind.REVIEW, parked, at(90))]


def test_promises_in_the_order_in_which_they_fall_due() -> None:
    supervision = Supervision(opened_at=at(0), by="s", words="w", reply_due=at(30))
    extended = case(id="C1", extensions=1, state=CaseState.DISPATCHED, lead="A1")
    watched = case(id="C2", supervision=supervision)
    kept = case(id="C3", extensions=1, reported_at=at(0), state=CaseState.CHECKING)
    found = seen(extended, watched, kept).promises
    assert [(p.kind, p.case.id) for p in found] == [
        (PromiseKind.REPLY, "C2"),
        (PromiseKind.EXTENDED, "C1"),
    ]


def test_hard_ones_that_are_open_the_oldest_first() -> None:
    hard = [
        case(id="C1", hard=True, received_at=at(-1)),
        case(id="C2", hard=True, received_at=at(-2)),
        case(id="C3", hard=True, state=CaseState.CLOSED, closed_at=at(0)),
        case(id="C4"),
    ]
    assert [c.id for c in seen(*hard).hard] == ["C2", "C1"]


def test_only_the_scopes_own() -> None:
    found = seen(case(hard=True), case(id="C2", hard=True, district="2"), scope=DISTRICT)
    assert [c.id for c in found.hard] == ["C1"]
