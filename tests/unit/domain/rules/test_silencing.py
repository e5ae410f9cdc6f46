from typing import Any

import pytest

from console.domain.alarm import SilenceReason
from console.domain.command import SilenceSeat
from console.domain.event import UNPICTURED, EntityKind
from console.domain.role import Role, may
from console.domain.rules import Refused, decide
from tests.builders import at, scene


def silenced(minutes: int, **fields: Any) -> dict[str, Any]:
    given = scene(actor="seat-7", **fields)
    command = SilenceSeat(minutes=minutes, reason=SilenceReason.CALL)
    (fact,) = decide(command, given).facts
    assert (fact.type, fact.kind, fact.id) == ("seat.silenced", EntityKind.SEAT, "seat-7")
    return dict(fact.note)


def test_who_until_when_and_why_stand_in_the_log_in_server_time() -> None:
    note = silenced(15, server_now=at(100))
    assert note == {"minutes": 15, "until": at(115), "reason": SilenceReason.CALL}


def test_it_can_be_ended_before_its_time() -> None:
    assert silenced(0, server_now=at(100))["until"] == at(100)


@pytest.mark.parametrize("minutes", [-5, 1, 60, 10**9])
def test_nobody_is_deaf_for_longer_than_half_an_hour(minutes: int) -> None:
    with pytest.raises(Refused, match="minutes"):
        silenced(minutes)


def test_no_picture_is_changed_by_it() -> None:
    assert EntityKind.SEAT in UNPICTURED


def test_a_wall_and_the_feed_have_no_ears() -> None:
    assert not may(Role.WALL, "silence_seat")
    assert not may(Role.FIELD, "silence_seat")
    assert may(Role.DISPATCHER, "silence_seat")
