"""Setting turns on the roster, and handing a shift over."""

from dataclasses import replace
from datetime import time, timedelta
from typing import Any

import pytest

from console.domain.command import Command, HandOver, SetTurn
from console.domain.handover import Handover, Line, LineKind
from console.domain.roster import CITY as WHOLE_CITY
from console.domain.roster import OnCall, Rota, Turn
from console.domain.rules import Decision, Refused, decide
from console.domain.shift import Shift
from tests.builders import BUREAU, at, scene, tiny_city

CHIEF = Shift(code="chief", name="值班", name_en="Duty", start=time(8, 30), end=time(22))
CITY = tiny_city(
    rotas=(Rota(unit="D.1", shift=CHIEF, people=(OnCall(name="甲", name_en="A", phone="1"),)),)
)


def turn(**fields: Any) -> SetTurn:
    known = {
        "turn": "R1",
        "unit": BUREAU,
        "start": at(0),
        "end": at(60),
        "name": "丁",
        "phone": "1",
    }
    return SetTurn(**(known | fields))


def do(command: Command, **fields: Any) -> Decision:
    return decide(command, scene(city=CITY, **fields))


def refusal(command: Command, **fields: Any) -> str:
    with pytest.raises(Refused) as caught:
        do(command, **fields)
    return caught.value.code


def made(command: SetTurn) -> Turn:
    (fact,) = do(command).facts
    assert isinstance(fact.created, Turn)
    return fact.created


def test_a_turn_is_set_and_changed() -> None:
    first = made(turn())
    assert (first.unit, first.name, first.end) == (BUREAU, "丁", at(60))
    (fact,) = do(turn(name="戊"), turns=(first,)).facts
    assert fact.created is None
    assert fact.change["name"] == "戊"


def test_turns_of_one_unit_may_not_overlap() -> None:
    there = made(turn())
    other = turn(turn="R2", start=at(59), end=at(90))
    assert refusal(other, turns=(there,)) == "turn-overlaps"
    assert do(turn(turn="R2", start=at(60), end=at(90)), turns=(there,)).facts
    assert do(replace(other, unit=WHOLE_CITY), turns=(there,)).facts
    assert refusal(turn(unit="D.1")) == "turn-overlaps", "the pack's own turn counts too"


def test_a_turn_of_the_pack_is_replaced_under_its_id() -> None:
    wanted = turn(turn="D.1:chief:2026-06-03", unit="D.1", start=at(0), end=at(60))
    assert made(wanted).id == "D.1:chief:2026-06-03"


def test_taking_off_needs_no_name() -> None:
    assert made(turn(end=at(0), name="")).end == at(0)
    assert refusal(turn(name=" ")) == "name-needed"


def test_times_that_cannot_be() -> None:
    assert refusal(turn(end=at(-1))) == "bad-turn"
    assert refusal(turn(end=at(0) + timedelta(hours=49))) == "bad-turn"
    assert refusal(turn(unit="X")) == "unknown-unit"


def line(**fields: Any) -> Line:
    known = {"kind": LineKind.COLOUR, "case": "C1", "before": "green", "after": "red"}
    return Line(**(known | {"accepted": True} | fields))


def over(*lines: Line, **fields: Any) -> HandOver:
    known = {"handover": "H1", "unit": "D.1", "since": at(-300), "outgoing": "甲", "incoming": "乙"}
    return HandOver(**(known | {"lines": lines} | fields))


def test_refused_lines_stay_open() -> None:
    (fact,) = do(over(line(), line(case="C2", accepted=False, remark="请先催办"))).facts
    assert isinstance(fact.created, Handover)
    assert [one.case for one in fact.created.open_lines] == ["C2"]
    assert fact.created.made_at == at(10)


def test_what_is_no_handover() -> None:
    assert refusal(over(line(accepted=False))) == "remark-needed"
    assert refusal(over(outgoing=" ")) == "name-needed"
    assert refusal(over(since=at(11))) == "bad-time"
    assert refusal(over(unit="X")) == "unknown-unit"
    assert refusal(over(*[line()] * 2001)) == "too-many-lines"
    assert do(over()).facts, "a quiet shift has nothing to tell"
