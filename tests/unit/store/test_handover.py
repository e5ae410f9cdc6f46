"""The differences between the shift's beginning and now."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from console.domain.case import Case, CaseState
from console.domain.clock import case_level
from console.domain.command import Accept, Acknowledge, AskReturn, Dispatch, Report, RuleReturn
from console.domain.event import Event
from console.domain.handover import LineKind
from console.domain.place import Position
from console.domain.request import Request, RequestKind
from console.domain.role import Role
from console.domain.roster import CITY as WHOLE
from console.domain.supervision import Supervision
from console.store.handover import NEW, Difference, as_it_was, differences, is_whole, touched
from console.store.picture import Picture
from console.store.scope import Scope
from tests.builders import CITY, DISTRICT, NOISE, TOWN, TZ, Story, at, case, order, snapshot
from tests.case_lives import NOW, Life, lives, log_of

ALL = Scope(WHOLE, CITY)


def lines(
    cases: Sequence[Case],
    *,
    since: float = 0,
    now: float = 60,
    histories: Mapping[str, Sequence[Event]] | None = None,
    scope: Scope = ALL,
    **held: Any,
) -> list[Difference]:
    orders = [order(id=c.lead, case=c.id, **held) for c in cases if c.lead]
    picture = Picture.from_snapshot([snapshot(cases=list(cases), assignments=orders)], TZ)
    return differences(picture, CITY, scope, at(since), at(now), histories or {})


def line(kind: LineKind, before: str, after: str, case_id: str = "C1") -> Difference:
    return Difference(kind=kind, case=case_id, before=before, after=after)


def held(**fields: Any) -> Case:
    known: dict[str, Any] = {"state": CaseState.DISPATCHED, "lead": "A1", "received_at": at(-90)}
    known |= {"waiting_since": at(-90), "registered_at": at(-90)}
    return case(**(known | fields))


SIGNED = {"sent_at": at(-60), "acknowledged_at": at(-50), "response_due": at(-30)}


def test_a_case_that_lay_waiting_changed_colour_by_time_alone() -> None:
    waiting = case(received_at=at(-2), waiting_since=at(-2), registered_at=at(-2))
    assert lines([waiting]) == [line(LineKind.COLOUR, "green", "dark_red")]


def test_a_new_case_is_a_line_only_when_it_is_red() -> None:
    fresh = case(received_at=at(1), waiting_since=at(58), registered_at=at(1))
    assert lines([fresh]) == []
    late = replace(fresh, waiting_since=at(40))
    assert lines([late]) == [line(LineKind.COLOUR, NEW, "red")]


def test_what_stands_as_it_stood_is_no_line() -> None:
    assert lines([held(due_at=at(5000))], **SIGNED) == []


def test_what_is_closed_is_nobodys_any_more() -> None:
    assert lines([held(state=CaseState.CLOSED, closed_at=at(3))]) == []


def test_what_was_asked_is_still_open() -> None:
    request = Request(
        kind=RequestKind.SUSPENSION,
        assignment="A1",
        until=at(9000),
        reason="r",
        number=1,
        asked_at=at(10),
    )
    found = lines([held(request=request, due_at=at(5000))], **SIGNED)
    assert found == [line(LineKind.ASKED, "", "suspension")]
    back = held(state=CaseState.RETURN_ASKED, waiting_since=at(55), due_at=at(5000))
    assert line(LineKind.ASKED, "", "return") in lines([back], **SIGNED)


def test_what_was_promised_since() -> None:
    watched = Supervision(opened_at=at(5), by="s", words="w", reply_due=at(125))
    found = lines([held(supervision=watched, due_at=at(5000))], **SIGNED)
    assert found == [line(LineKind.PROMISED, "", at(125).isoformat())]
    earlier = replace(watched, opened_at=at(-5))
    assert lines([held(supervision=earlier, due_at=at(5000))], **SIGNED) == []


def test_a_holder_of_whom_nothing_was_heard_is_silent() -> None:
    due_soon = held(due_at=at(300))
    found = lines([due_soon], since=-40, now=60, **(SIGNED | {"acknowledged_at": at(-50)}))
    assert line(LineKind.SILENT, "sent", at(-50).isoformat()) in found
    assert lines([held(due_at=at(5000))], since=-40, now=60, **SIGNED) == []


def test_silence_of_two_hours_counts_within_the_shift_too() -> None:
    case_ = held(due_at=at(300))
    heard = SIGNED | {"acknowledged_at": at(10)}
    silent = line(LineKind.SILENT, "sent", at(10).isoformat())
    assert silent not in lines([case_], now=129, **heard)
    assert silent in lines([case_], now=130, **heard)


def test_only_the_scopes_own() -> None:
    late = case(received_at=at(1), waiting_since=at(1), registered_at=at(1), district="2")
    assert lines([late], scope=Scope(DISTRICT, CITY)) == []


def history_of(story: Story, facts: list[tuple[float, Any]]) -> list[Event]:
    assert story.case is not None
    return log_of([Life(None, tuple(facts))], "2026-06-03")  # type: ignore[arg-type]


def told() -> tuple[Story, list[Event]]:
    """Taken in at 1, sent at 2, signed at 3, given back at 40, ruled at 41, sent again at 42."""
    story, facts = Story(), []
    acts = (
        (1, Accept(case="C1", channel=case().channel, category=NOISE, position=Position(1, 1))),
        (2, Dispatch(case="C1", assignment="A1", unit=TOWN)),
        (3, Acknowledge(assignment="A1")),
        (40, AskReturn(assignment="A1", reason="not-in-duties")),
        (41, RuleReturn(case="C1", confirmed=True)),
        (42, Dispatch(case="C1", assignment="A2", unit=TOWN)),
        (43, Report(assignment="A2")),
    )

    for minute, command in acts:
        story.minutes = minute - 1
        role = Role.DUTY_CHIEF
        facts += [(minute, fact) for fact in story.do(command, role).facts]
    return story, history_of(story, facts)


def test_the_case_as_it_stood_at_the_shifts_beginning() -> None:
    _, history = told()
    before = as_it_was(history, "C1", at(0))
    assert (before.case, before.lead) == (None, None)
    then = as_it_was(history, "C1", at(30))
    assert then.case is not None
    assert then.lead is not None
    assert (then.case.state, then.lead.acknowledged_at) == (CaseState.DISPATCHED, at(3))
    asked = as_it_was(history, "C1", at(40.5))
    assert asked.case is not None
    assert asked.case.state is CaseState.RETURN_ASKED
    again = as_it_was(history, "C1", at(42.5))
    assert again.lead is not None
    assert again.lead.id == "A2"


def test_a_history_whose_beginning_was_cut_off_counts_as_not_changed() -> None:
    _, history = told()
    picture = Picture(tz=TZ)
    picture.apply(history)
    since, now = at(30), at(4000)
    rest = history[-2:]
    assert is_whole(history, "C1")
    assert not is_whole(rest, "C1")
    found = differences(picture, CITY, ALL, since, now, {"C1": rest})
    assert NEW not in [line.before for line in found]
    assert found == differences(picture, CITY, ALL, since, now, {})


@given(lives("C1"), st.integers(-400, NOW))
def test_the_past_of_any_life_is_what_the_picture_was_then(life: Life, minute: int) -> None:
    history = log_of([life], "2026-06-03")
    until = Picture(tz=TZ)
    until.apply([event for event in history if event.occurred_at < at(minute)])
    then = as_it_was(history, "C1", at(minute))
    shown = until.cases.get("C1")
    if shown is not None:
        assert then.case == shown
        assert then.lead == until.lead(shown)


@given(lives("C1"), st.integers(-400, NOW))
def test_a_case_that_is_not_touched_stood_then_as_now(life: Life, minute: int) -> None:
    """Its level then can be read from the case as it is: its history need not be fetched."""
    history = log_of([life], "2026-06-03")
    now = Picture(tz=TZ)
    now.apply(history)
    shown = now.cases.get("C1")
    since: datetime = at(minute)
    if shown is None or shown.received_at >= since or "C1" in touched(now, ALL, since):
        return
    if shown.state.value in ("closed", "rejected", "transferred", "void"):
        return
    then = as_it_was(history, "C1", since)
    assert then.case is not None
    level = case_level(then.case, then.lead, CITY.policy, since)
    assert level is case_level(shown, now.lead(shown), CITY.policy, since)
