"""What is masked, and what of a citizen is kept out of what others write."""

from datetime import timedelta

import pytest

from console.central.centre import Centre
from console.central.masking import masked_name, masked_number, masked_text, scrubbed
from console.domain.command import (
    Accept,
    NoteIncident,
    Private,
    Reject,
    SetTurn,
    StartIncident,
    Supervise,
)
from console.domain.place import Position
from console.domain.role import Role
from tests.builders import T0
from tests.unit.central.desk import accept, do, events_of

WANG = Private(
    citizen="王小明", phone="0898 66", words="我家楼下漏水了", address="海府路 12号楼 3单元"
)


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("13812341234", "138****1234"),
        ("66251234", "****"),
        ("", ""),
        ("0898-66251234", "089****1234"),
    ],
)
def test_numbers(number: str, masked: str) -> None:
    assert masked_number(number) == masked


def test_names_and_texts() -> None:
    assert (masked_name("王小明"), masked_name("")) == ("王**", "")
    assert masked_text("打13812341234或12345") == "打138****1234或12345"


def test_what_a_citizen_said_is_called_and_where_they_live_is_taken_out() -> None:
    said = "王小明（0898 66，海府路 12号楼 3单元）又说：我家楼下漏水了"
    found = scrubbed(Supervise(case="C1", words=said), [WANG])
    assert found.words == "王**（***，***）又说：***"


def test_ids_codes_and_the_data_themselves_stay() -> None:
    gas = Private(citizen="gas", words="C1234")
    command = accept("C1234", private=gas, category="gas", kin="gas")
    found = scrubbed(command, [gas])
    assert isinstance(found, Accept)
    assert (found.case, found.category, found.private, found.kin) == ("C1234", "gas", gas, "g**")


def test_short_names_and_nobody_change_nothing() -> None:
    command = Reject(case="C1", reason="李")
    assert scrubbed(command, [Private(citizen="李", words="水")]) is command
    assert scrubbed(command, []) is command


def test_the_writer_takes_it_out_of_what_is_logged(centre: Centre) -> None:
    do(centre, accept("C1", private=WANG, source_ref="王小明 来信"))
    told = Supervise(case="C1", words="王小明说我家楼下漏水了，马上办")
    assert do(centre, told, role=Role.SHIFT_LEADER).committed
    text = "\n".join(str(event) for event in events_of(centre))
    assert "王**说***，马上办" in text
    assert "王** 来信" in text
    assert "王小明" not in text


def test_an_incidents_texts_are_about_the_citizens_of_its_cases(centre: Centre) -> None:
    do(centre, accept("C1", private=WANG))
    ring = (Position(110.32, 20.03), Position(110.33, 20.03), Position(110.33, 20.04))
    start = StartIncident(incident="I1", name="王小明家", footprint=ring, cases=("C1",))
    assert do(centre, start, role=Role.EMERGENCY).committed
    told = NoteIncident(incident="I1", words="王小明已撤离")
    assert do(centre, told, role=Role.EMERGENCY).committed
    text = "\n".join(str(event) for event in events_of(centre))
    assert "王**已撤离" in text
    assert "王小明" not in text


def test_a_chief_may_be_called_like_a_citizen(centre: Centre) -> None:
    """A turn is about no case: the name on the roster stays."""
    do(centre, accept("C1", private=WANG))
    end = T0 + timedelta(hours=8)
    turn = SetTurn(turn="R1", unit="D.1", start=T0, end=end, name="王小明", phone="0898")
    assert do(centre, turn, role=Role.ADMIN).committed
    assert "王小明" in str(events_of(centre)[-1])
