"""A mirror loaded from the rows equals one that has followed the log, whatever has happened."""

import tempfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.central.centre import Centre
from console.central.mirror import load
from console.domain.case import Channel
from console.domain.command import (
    Accept,
    Acknowledge,
    Answer,
    Arrive,
    Ask,
    Asked,
    AskReturn,
    Assist,
    Attach,
    CallBack,
    CallIn,
    Check,
    ConfirmIncident,
    Detach,
    Dispatch,
    EndIncident,
    HandOver,
    JudgeReply,
    LinkRepeat,
    MarkHard,
    NoteIncident,
    PinPlace,
    Recall,
    Redispatch,
    Reject,
    ReplySupervision,
    Report,
    ReportUpward,
    Resume,
    RuleRequest,
    RuleReturn,
    SetDuty,
    SetFootprint,
    SetTurn,
    StartIncident,
    Supervise,
    Transfer,
    Verify,
)
from console.domain.incident import ReportKind, Review
from console.domain.place import Position
from console.domain.request import RequestKind
from console.domain.role import Role
from console.store.picture import Picture
from tests.builders import BUREAU, NOISE, POLICE, RUBBISH, SIGNAL, T0, TOWN, TZ, at
from tests.unit.central.desk import Wall, accept, do, followed, open_centre

STRAY = [PinPlace(case="C0", position=Position(110.4, 20.0)), LinkRepeat(case="C1", main="C0")]


def next_commands(picture: Picture, step: int) -> list[Any]:
    """What might be done next: mostly what the rules allow, some of it not."""
    new, order = f"C{step}", f"A{step}"
    some = {"case": new, "channel": Channel.PHONE, "position": Position(110.3, 20.0)}
    commands: list[Any] = [
        Accept(category=RUBBISH, **some),
        Accept(category=SIGNAL, register=True, **some),
        Accept(category=NOISE, answered=True, **some),
        SetDuty(worker="W1", on_duty=step % 3 > 0),
        *STRAY,
    ]
    for case in list(picture.cases)[-3:]:
        commands += [
            Dispatch(case=case, assignment=order, unit=TOWN, worker="W1"),
            Dispatch(case=case, assignment=order, unit=POLICE),
            Assist(case=case, assignment=order, unit=BUREAU),
            Assist(case=case, assignment=order, worker="W1", guard=True),
            Verify(case=case, assignment=order, worker="W1"),
            Redispatch(case=case, assignment=order, unit=BUREAU, reason="r"),
            RuleReturn(case=case, confirmed=step % 2 == 0),
            Check(case=case, passed=step % 3 > 0),
            CallBack(case=case, reached=True, solved=step % 3 > 0),
            Answer(case=case),
            Transfer(case=case, service="110"),
            Reject(case=case, reason="r"),
        ]
        commands += deciding(case, order)
    commands += linking(picture, step)
    for known in list(picture.assignments)[-3:]:
        commands += [
            Acknowledge(assignment=known),
            Arrive(assignment=known),
            Report(assignment=known),
            AskReturn(assignment=known, reason="r"),
            Recall(assignment=known, reason="r"),
            Ask(assignment=known, kind=RequestKind.EXTENSION, until=at(5000), reason="r"),
            Ask(assignment=known, kind=RequestKind.SUSPENSION, until=at(3000), reason="r"),
        ]
    return commands


def deciding(case: str, order: str) -> list[Any]:
    """What those above may do with a case."""
    return [
        RuleRequest(case=case, granted=True, opinion="o"),
        RuleRequest(case=case, granted=False, opinion="o"),
        RuleReturn(case=case, confirmed=True, reason="o", unit=TOWN, assignment=order),
        Resume(case=case, reason="r"),
        MarkHard(case=case, hard=True),
        Supervise(case=case, words="w"),
        ReplySupervision(case=case, problem="p", cause="c", measures="m", effect="e"),
        JudgeReply(case=case, accepted=True),
        JudgeReply(case=case, accepted=False, words="w"),
    ]


RING = (Position(110.30, 20.00), Position(110.34, 20.00), Position(110.32, 20.04))
REVIEW = Review(course="c", went_well="", lessons="l", follow_up="")


def linking(picture: Picture, step: int) -> list[Any]:
    """Incidents, the roster and handovers."""
    turn = {"turn": f"R{step % 3}", "unit": BUREAU, "name": "n", "phone": "0"}
    begins = at(step * 600)
    commands: list[Any] = [
        StartIncident(incident=f"I{step}", name="n", footprint=RING, cases=tuple(picture.cases)),
        SetTurn(**turn, start=begins, end=begins + timedelta(minutes=599)),
        SetTurn(**turn, start=begins, end=begins),
        HandOver(
            handover=f"H{step}", unit="city", since=at(-1), outgoing="a", incoming="b", lines=()
        ),
    ]
    for incident in list(picture.incidents)[-2:]:
        asked = (Asked(assignment=f"L{step}", unit=BUREAU), Asked(assignment=f"M{step}", team="M1"))
        commands += [
            ConfirmIncident(incident=incident),
            CallIn(incident=incident, asked=asked, words="w"),
            SetFootprint(incident=incident, footprint=RING[::-1]),
            NoteIncident(incident=incident, words="w"),
            ReportUpward(incident=incident, kind=ReportKind.FIRST, words="w"),
            EndIncident(incident=incident, review=REVIEW),
        ]
        commands += [Attach(case=case, incident=incident) for case in list(picture.cases)[-2:]]
        commands += [Detach(case=case) for case in list(picture.cases)[-2:]]
    return commands


def from_rows(centre: Centre) -> Picture:
    with centre.database.reading() as connection:
        return load(connection, centre.epoch, TZ, centre.clock.setting)


def state_of(picture: Picture) -> dict[str, Any]:
    entities = ("cases", "assignments", "workers", "incidents", "turns", "handovers")
    names = ("rev", "digest", "day", *entities, "of_owner", "of_worker", "of_unit")
    return {name: getattr(picture, name) for name in names}


def role_for(command: object) -> Role:
    if isinstance(command, Reject | RuleReturn):
        return Role.SHIFT_LEADER
    if isinstance(command, RuleRequest | Resume | Supervise | JudgeReply | SetTurn | HandOver):
        return Role.CENTRE_LEADER if isinstance(command, RuleRequest | Resume) else Role.DUTY_CHIEF
    if isinstance(command, ConfirmIncident | EndIncident | ReportUpward):
        return Role.EMERGENCY
    if isinstance(command, Check | CallBack | SetDuty | Report):
        return Role.FIELD
    return Role.DISPATCHER


@settings(max_examples=60, deadline=None)
@given(data=st.data(), length=st.integers(1, 60))
def test_rows_and_log_tell_one_picture(data: st.DataObject, length: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        wall = Wall()
        centre = open_centre(Path(folder), wall)
        try:
            do(centre, SetDuty(worker="W1", on_duty=True), Role.FIELD)
            for step in range(length):
                wall.turn(minutes=data.draw(st.sampled_from([0, 1, 5, 45, 700])))
                centre.timers.fire()
                command = data.draw(st.sampled_from(next_commands(centre.mirror.fork(), step)))
                do(centre, command, role_for(command))
            live = centre.mirror.fork()
            assert state_of(from_rows(centre)) == state_of(live)
            assert state_of(followed(centre)) == state_of(live)
            fresh = Picture.from_snapshot(pages_of(centre), TZ)
            assert state_of(fresh) == state_of(live)
        finally:
            centre.database.close(clean=True)


def pages_of(centre: Centre) -> list[Any]:
    from console.wire.codec import decode
    from console.wire.frames import Snapshot

    return [decode(page, Snapshot) for page in centre.snapshots.current().pages]


def test_what_was_answered_leaves_at_once_and_what_ended_with_the_day(
    centre: Centre, wall: Wall
) -> None:
    do(centre, accept("C1", register=False, answered=True))
    do(centre, accept("C2"))
    do(centre, accept("C3"))
    do(centre, Transfer(case="C2", service="110"))
    assert set(from_rows(centre).cases) == {"C2", "C3"} == set(centre.mirror.fork().cases)
    wall.turn(hours=20)
    centre.timers.fire()
    assert set(from_rows(centre).cases) == {"C3"} == set(centre.mirror.fork().cases)
    assert centre.mirror.fork().day.day == "2026-06-04"


def test_a_mirror_that_lost_the_thread_is_loaded_anew(
    centre: Centre, caplog: pytest.LogCaptureFixture
) -> None:
    do(centre, accept("C1"))
    centre.mirror._picture = replace(Picture(tz=TZ), clock=centre.clock.setting, rev=77)
    do(centre, accept("C2"))
    assert state_of(centre.mirror.fork()) == state_of(from_rows(centre))
    assert "could not follow" in caplog.text


def test_the_first_day_is_the_citys(centre: Centre) -> None:
    assert centre.mirror.fork().day.day == T0.astimezone(TZ).date().isoformat()
