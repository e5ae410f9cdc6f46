"""Preconditions: versions seen, own earlier commands, and what cannot be read."""

import pytest

from console.central.centre import Centre
from console.central.expectation import Mismatch, check
from console.domain.command import Dispatch, SetDuty
from console.domain.role import Role
from console.wire.codec import BadInput
from tests.builders import TOWN
from tests.unit.central.desk import accept, do


def current(centre: Centre, expected: dict) -> dict[str, int] | None:
    """The versions told when it does not hold, None when it does."""
    with centre.writer.transaction() as ledger:
        try:
            check(ledger, expected)
        except Mismatch as mismatch:
            return mismatch.current
    return None


def test_versions(centre: Centre) -> None:
    rev = do(centre, accept("C1")).rev
    assert current(centre, {"case:C1": rev}) is None
    assert current(centre, {"case:C1": rev - 1}) == {"case:C1": rev}
    assert current(centre, {"case:C2": 0}) is None, "0 is what does not exist"
    assert current(centre, {"case:C2": 7}) == {"case:C2": 0}
    assert current(centre, {"moon:1": 7, "nonsense": 1}) == {"moon:1": 0, "nonsense": 0}


def test_every_entity_has_its_own_version(centre: Centre) -> None:
    do(centre, accept("C1"))
    answer = do(centre, Dispatch(case="C1", assignment="A1", unit=TOWN))
    assert answer.first_rev is not None
    assert current(centre, {"assignment:A1": answer.first_rev, "case:C1": answer.rev}) is None
    duty = do(centre, SetDuty(worker="W1", on_duty=True), Role.FIELD)
    assert current(centre, {"worker:W1": duty.rev}) is None


def test_after_an_own_command(centre: Centre) -> None:
    rev = do(centre, accept("C1"), key="mine").rev
    assert current(centre, {"case:C1": {"after": "mine"}}) is None
    assert current(centre, {"case:C1": {"after": "unknown"}}) == {"case:C1": rev}
    do(centre, Dispatch(case="C1", assignment="A1", unit=TOWN), key="next")
    assert current(centre, {"case:C1": {"after": "mine"}}) is not None
    assert (
        current(centre, {"case:C1": {"after": "next"}, "assignment:A1": {"after": "next"}}) is None
    )


def test_what_cannot_be_read(centre: Centre) -> None:
    with centre.writer.transaction() as ledger, pytest.raises(BadInput, match="case:C1"):
        check(ledger, {"case:C1": {"before": "x"}})
