"""Masking, and the record of who looked."""

import pytest
from sqlalchemy import select

from console.central.centre import Centre
from console.central.private import look, masked_name, masked_number, masked_text
from console.central.tables import private_access
from console.domain.command import Private
from console.domain.role import Role
from tests.builders import T0
from tests.unit.central.desk import accept, do


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


def test_every_look_is_on_record_also_one_in_vain(centre: Centre) -> None:
    do(centre, accept("C1", private=Private(citizen="王小明")))
    with centre.database.writing() as connection:
        assert look(connection, "C1", "席 1", Role.DISPATCHER, "回访", T0)
        assert look(connection, "C2", "席 1", Role.DISPATCHER, "", T0) is None
        rows = connection.execute(select(private_access)).all()
    assert [(r.seat, r.role, r.case_id, r.why, r.at) for r in rows] == [
        ("席 1", "dispatcher", "C1", "回访", T0),
        ("席 1", "dispatcher", "C2", "", T0),
    ]
