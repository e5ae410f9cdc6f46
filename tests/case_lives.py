"""Random lives of cases as the rules allow them, for properties of what is counted."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from hypothesis import strategies as st

from console.domain.case import CaseState, Channel
from console.domain.command import (
    Accept,
    Acknowledge,
    Answer,
    Arrive,
    AskReturn,
    Assist,
    CallBack,
    Check,
    Command,
    Dispatch,
    Recall,
    Redispatch,
    Reject,
    Report,
    Respond,
    RuleReturn,
    Transfer,
)
from console.domain.event import EntityKind, Event, Fact
from console.domain.indicator import CaseFile
from console.domain.place import Position
from console.domain.role import Role
from console.domain.rules import Refused
from console.domain.rules.scene import Located
from tests.builders import (
    BUREAU,
    NOISE,
    POLICE,
    RUBBISH,
    SIGNAL,
    TOWN,
    WORKER,
    Story,
    at,
    event,
    event_of,
)

MIDNIGHT = -600
"""Minutes from T0 back to the local midnight before it."""
NOW = 480
"""Minutes from T0 to the moment at which the lives are looked at: 18:00."""


@dataclass(frozen=True)
class Life:
    """A case's file at NOW and the facts that led to it, each with its minute."""

    file: CaseFile
    facts: tuple[tuple[float, Fact], ...]


_NEXT: dict[str, Sequence[str]] = {
    "received": (*["dispatch"] * 9, "answer", "reject", "transfer"),
    "registered": (*["dispatch"] * 8, "transfer", "reject"),
    "dispatched": (
        *("acknowledge", "respond", "arrive", "report", "report", "report"),
        *("assist", "help", "redispatch", "recall", "ask_return"),
    ),
    "rework": ("report", "redispatch", "ask_return"),
    "return_asked": ("confirm", "refuse"),
    "checking": ("passed", "passed", "failed"),
    "callback": ("closed", "closed", "unhappy", "silent"),
}


def _command(act: str, case: str, order: str, lead: str, unit: str) -> Command:
    given: dict[str, Command] = {
        "dispatch": Dispatch(case=case, assignment=order, unit=unit),
        "answer": Answer(case=case),
        "reject": Reject(case=case, reason="r"),
        "transfer": Transfer(case=case, service="110"),
        "acknowledge": Acknowledge(assignment=lead),
        "respond": Respond(assignment=lead),
        "arrive": Arrive(assignment=lead),
        "report": Report(assignment=lead),
        "assist": Assist(case=case, assignment=order, unit=unit),
        "help": Assist(case=case, assignment=order, worker=WORKER),
        "redispatch": Redispatch(case=case, assignment=order, unit=unit, reason="r"),
        "recall": Recall(assignment=lead, reason="r"),
        "ask_return": AskReturn(assignment=lead, reason="not-in-duties"),
        "confirm": RuleReturn(case=case, confirmed=True, reason="r"),
        "refuse": RuleReturn(case=case, confirmed=False, reason="r"),
        "passed": Check(case=case, passed=True),
        "failed": Check(case=case, passed=False),
        "closed": CallBack(case=case, reached=True, solved=True, satisfied=True),
        "unhappy": CallBack(case=case, reached=True, solved=False, satisfied=False),
        "silent": CallBack(case=case, reached=False),
    }
    return given[act]


@st.composite
def lives(draw: st.DrawFn, case_id: str) -> Life:
    """One case from its call, up to two days ago, until NOW."""
    story = Story()
    minute = float(draw(st.integers(MIDNIGHT - 1440, NOW)))
    accept = Accept(
        case=case_id,
        channel=draw(st.sampled_from(Channel)),
        category=draw(st.sampled_from((RUBBISH, NOISE, SIGNAL))),
        position=Position(110.3, 20.0),
        register=draw(st.booleans()),
        due_at=draw(st.none() | st.integers(1, 1440).map(lambda later: at(minute + later))),
    )
    located = Located(district=draw(st.sampled_from(("1", "2", None))))
    facts = _done(story, accept, minute, located=located)
    for step in range(draw(st.integers(0, 12))):
        minute += draw(st.sampled_from((1, 5, 29, 30, 31, 46, 200, 700)))
        state = story.case.state.value if story.case is not None else ""
        if minute > NOW or state not in _NEXT:
            break
        command = _command(
            draw(st.sampled_from(_NEXT[state])),
            case_id,
            f"{case_id}.{step}",
            (story.case.lead if story.case is not None else None) or "",
            draw(st.sampled_from((BUREAU, POLICE, TOWN))),
        )
        facts += _done(story, command, minute)
    assert story.case is not None
    return Life(CaseFile(story.case, tuple(story.orders.values())), tuple(facts))


def _done(story: Story, command: Command, minute: float, **fields: Any) -> list[tuple[float, Fact]]:
    story.minutes = minute - 1
    try:
        decision = story.do(command, Role.DUTY_CHIEF, **fields)
    except Refused:
        return []
    return [(minute, fact) for fact in decision.facts]


def many_lives(most: int = 8) -> st.SearchStrategy[list[Life]]:
    """Several cases, each with its own life."""
    return st.integers(0, most).flatmap(
        lambda n: st.tuples(*(lives(f"C{i}") for i in range(n))).map(list)
    )


@st.composite
def files(draw: st.DrawFn) -> list[CaseFile]:
    """Files of several cases at NOW; some open ones are suspended, some were extended."""
    found = []
    for life in draw(many_lives()):
        case = life.file.case
        if case.reported_at is None and case.closed_at is None and draw(st.booleans()):
            case = replace(case, state=CaseState.SUSPENDED)
        case = replace(case, extensions=draw(st.integers(0, 2)))
        found.append(CaseFile(case, life.file.assignments))
    return found


def log_of(told: Sequence[Life], day: str) -> list[Event]:
    """The log in which these lives happened, with the local `day` beginning in their midst."""
    acts = sorted((act for life in told for act in life.facts), key=lambda act: act[0])
    events: list[Event] = []
    begun = False
    for minute, fact in [*acts, (float(NOW), None)]:
        rev = len(events) + 1
        if not begun and minute >= MIDNIGHT:
            begun = True
            events.append(event(rev, EntityKind.DAY, day, occurred_at=at(MIDNIGHT)))
            rev += 1
        if fact is not None:
            events.append(event_of(rev, fact, occurred_at=at(minute)))
    return events
