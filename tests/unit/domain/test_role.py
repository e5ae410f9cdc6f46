"""Who may do what: DOMAIN.md §4's table."""

import pytest

from console.domain.command import COMMAND_TYPES, OPERATION_OF
from console.domain.role import OPERATIONS, OTHERS, STAND_INS, Role, may, not_allowed, who_may

DESK = ["accept", "pin_place", "register", "dispatch", "remind"]
RECEIVER = ["acknowledge", "arrive", "report", "ask_return"]


def test_every_command_has_its_roles_and_no_role_is_for_nothing() -> None:
    assert set(OPERATIONS) == set(COMMAND_TYPES)
    assert set(OPERATION_OF.values()) == set(COMMAND_TYPES)
    assert all(OPERATIONS.values())


@pytest.mark.parametrize("operation", DESK)
def test_the_dispatcher_runs_the_desk(operation: str) -> None:
    assert may(Role.DISPATCHER, operation)


@pytest.mark.parametrize("operation", RECEIVER)
def test_the_field_acts_and_the_dispatcher_may_on_its_behalf(operation: str) -> None:
    assert OPERATIONS[operation] == {Role.FIELD, Role.DISPATCHER}


def test_only_the_shift_leader_rejects() -> None:
    assert OPERATIONS["reject"] == {Role.SHIFT_LEADER}


def test_a_return_is_ruled_by_the_leader_and_the_second_by_the_duty_chief() -> None:
    assert may(Role.SHIFT_LEADER, "rule_return")
    assert may(Role.DUTY_CHIEF, "rule_return")
    assert not may(Role.DISPATCHER, "rule_return")


def test_answering_and_transferring_are_the_call_takers_and_dispatchers() -> None:
    for operation in ("answer", "transfer"):
        assert may(Role.CALL_TAKER, operation)
        assert may(Role.DISPATCHER, operation)


def test_call_backs_are_the_seats_and_the_chiefs() -> None:
    assert may(Role.CALLBACK_SEAT, "call_back")
    assert may(Role.DUTY_CHIEF, "call_back")
    assert not may(Role.DISPATCHER, "call_back")


def test_a_dispatcher_does_not_check_work() -> None:
    assert not may(Role.DISPATCHER, "check")
    assert may(Role.FIELD, "check")


@pytest.mark.parametrize("role", [Role.WALL, Role.AUDITOR, Role.TRAINER])
def test_who_only_looks_may_do_nothing(role: Role) -> None:
    assert not any(may(role, operation) for operation in OPERATIONS)


def test_an_unknown_operation_nobody_may() -> None:
    assert not any(may(role, "force_close") for role in Role)


CALLERS = {
    Role.CALL_TAKER,
    Role.DISPATCHER,
    Role.SHIFT_LEADER,
    Role.DUTY_CHIEF,
    Role.CALLBACK_SEAT,
    Role.EMERGENCY,
}


def test_no_name_means_two_things() -> None:
    assert not set(OPERATIONS) & set(OTHERS)
    assert all(OTHERS.values())


def test_who_speaks_with_citizens_is_connected_and_may_see_them_in_full() -> None:
    assert who_may("dial") == CALLERS
    assert who_may("reveal") == CALLERS | {Role.SUPERVISOR}


@pytest.mark.parametrize("role", [Role.WALL, Role.TRAINER, Role.FIELD, Role.ADMIN, Role.CENTRE])
def test_who_does_not_work_with_citizens_sees_nothing_of_them(role: Role) -> None:
    assert not any(may(role, operation) for operation in ("look", "reveal", "dial"))


def test_who_sees_in_full_sees_masked_too() -> None:
    assert who_may("reveal") <= who_may("look")


def test_who_erases_does_not_read_the_record_of_it() -> None:
    assert who_may("erase") == {Role.CENTRE_LEADER, Role.ADMIN}
    assert not who_may("erase") & who_may("read_access")


def test_a_refusal_names_who_may() -> None:
    said = not_allowed(Role.WALL, "rule_request")
    assert all(role.value in said for role in who_may("rule_request"))
    assert "nobody" in not_allowed(Role.WALL, "force_close")


@pytest.mark.parametrize("operation", sorted(STAND_INS))
def test_in_production_no_feed_stands_in_for_people(operation: str) -> None:
    assert may(Role.FIELD, operation)
    assert not may(Role.FIELD, operation, production=True)
    assert who_may(operation, production=True) == who_may(operation) - {Role.FIELD}
    assert who_may(operation, production=True)


@pytest.mark.parametrize("operation", ["accept", "register", *RECEIVER, "check", "set_duty", "ask"])
def test_in_production_the_field_reports_and_answers_for_itself(operation: str) -> None:
    assert may(Role.FIELD, operation, production=True)
