"""A mirror loaded from the rows equals one that has followed the log, whatever has happened."""

import tempfile
from dataclasses import replace
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
    AskReturn,
    Assist,
    CallBack,
    Check,
    Dispatch,
    LinkRepeat,
    PinPlace,
    Recall,
    Redispatch,
    Reject,
    Report,
    RuleReturn,
    SetDuty,
    Transfer,
    Verify,
)
from console.domain.place import Position
from console.domain.role import Role
from console.store.picture import Picture
from tests.builders import BUREAU, NOISE, RUBBISH, SIGNAL, T0, TOWN, TZ
from tests.unit.central.desk import Wall, accept, do, followed, open_centre

CASES = [f"C{n}" for n in range(4)]
ORDERS = [f"A{n}" for n in range(8)]
case, order = st.sampled_from(CASES), st.sampled_from(ORDERS)
unit, worker = st.sampled_from([BUREAU, TOWN]), st.sampled_from(["W1", "W2"])
flag = st.booleans()
position = st.builds(Position, st.floats(110, 111), st.floats(19, 21))

COMMANDS = st.one_of(
    st.builds(
        Accept,
        case=case,
        channel=st.sampled_from(Channel),
        category=st.sampled_from([RUBBISH, NOISE, SIGNAL]),
        position=st.none() | position,
        answered=flag,
        register=flag,
    ),
    st.builds(Dispatch, case=case, assignment=order, unit=unit, worker=st.none() | worker),
    st.builds(Assist, case=case, assignment=order, worker=worker, guard=flag),
    st.builds(Verify, case=case, assignment=order, worker=worker),
    st.builds(Redispatch, case=case, assignment=order, unit=unit, reason=st.just("r")),
    st.builds(Recall, assignment=order, reason=st.just("r")),
    st.builds(Acknowledge, assignment=order),
    st.builds(Arrive, assignment=order),
    st.builds(Report, assignment=order, real=flag),
    st.builds(AskReturn, assignment=order, reason=st.just("r")),
    st.builds(RuleReturn, case=case, confirmed=flag),
    st.builds(Check, case=case, passed=flag),
    st.builds(CallBack, case=case, reached=flag, solved=flag),
    st.builds(Answer, case=case),
    st.builds(Transfer, case=case, service=st.just("110")),
    st.builds(Reject, case=case, reason=st.just("r")),
    st.builds(PinPlace, case=case, position=position),
    st.builds(LinkRepeat, case=case, main=case),
    st.builds(SetDuty, worker=worker, on_duty=flag),
)
STEPS = st.lists(st.tuples(COMMANDS, st.sampled_from([0, 0, 0, 1, 60, 600, 1400])), max_size=40)


def from_rows(centre: Centre) -> Picture:
    with centre.database.reading() as connection:
        return load(connection, centre.epoch, TZ, centre.clock.setting)


def state_of(picture: Picture) -> dict[str, Any]:
    names = ("rev", "digest", "day", "cases", "assignments", "workers", "of_case", "of_worker")
    return {name: getattr(picture, name) for name in (*names, "of_unit")}


def role_for(command: object) -> Role:
    if isinstance(command, Reject | RuleReturn):
        return Role.SHIFT_LEADER
    return (
        Role.FIELD if isinstance(command, Check | CallBack | SetDuty | Report) else Role.DISPATCHER
    )


@settings(max_examples=60, deadline=None)
@given(steps=STEPS)
def test_rows_and_log_tell_one_picture(steps: list[tuple[Any, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        wall = Wall()
        centre = open_centre(Path(folder), wall)
        try:
            do(centre, SetDuty(worker="W1", on_duty=True), Role.FIELD)
            for command, minutes in steps:
                wall.turn(minutes=minutes)
                centre.timers.fire()
                do(centre, command, role_for(command))
            live = centre.mirror.fork()
            assert state_of(from_rows(centre)) == state_of(live)
            assert state_of(followed(centre)) == state_of(live)
            page = [Picture.from_snapshot(pages_of(centre), TZ)]
            assert page[0].digest == live.digest
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
