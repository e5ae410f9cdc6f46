"""What a seat is offered is what the centre would let it do: one table answers both."""

import pytest

from console.domain.role import OPERATIONS, OTHERS, Role, may, who_may
from tests.qt.views.conftest import MakeWindow

SEATS = [Role.DISPATCHER, Role.SUPERVISOR, Role.CENTRE_LEADER, Role.AUDITOR]


@pytest.mark.parametrize("role", SEATS)
def test_an_act_is_disabled_exactly_where_the_centre_refuses_it(
    make_window: MakeWindow, role: Role
) -> None:
    stage = make_window(role=role).stage
    for operation in (*OPERATIONS, *OTHERS):
        assert (stage.why_not(operation) is None) is may(role, operation), operation


@pytest.mark.parametrize("operation", ["reveal", "dial", "erase", "supervise", "rule_request"])
def test_the_reason_names_who_may(make_window: MakeWindow, operation: str) -> None:
    stage = make_window(role=Role.AUDITOR).stage
    said = stage.why_not(operation)
    assert said is not None
    for role in who_may(operation):
        assert stage.texts(f"role.{role}") in said


def test_where_only_systems_may_nobody_is_named(make_window: MakeWindow) -> None:
    stage = make_window(role=Role.AUDITOR).stage
    assert stage.why_not("check") == stage.texts("problem.role")
