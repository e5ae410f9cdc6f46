"""Every role at every operation of the API, against a table that is written out here."""

import uuid
from typing import Any
from urllib.parse import quote

import pytest
import requests

from console.central.openapi import OPERATIONS
from console.central.openapi.writing import ENVELOPES
from console.domain.command import COMMAND_TYPES
from console.domain.role import Role
from console.wire.codec import to_builtins
from tests.api.commands import problem
from tests.central_process import Central

ROLES = ["call_taker", "dispatcher", "shift_leader", "duty_chief", "callback_seat"]
ROLES += [
    "centre_leader",
    "supervisor",
    "emergency",
    "trainer",
    "wall",
    "auditor",
    "admin",
    "field",
]

COMMANDS = """
                   call disp shif duty back lead supe emer trai wall audi admi fiel
accept              x    x    .    .    .    .    .    .    .    .    .    .    x
pin_place           x    x    .    .    .    .    .    .    .    .    .    .    .
register            x    x    .    .    .    .    .    .    .    .    .    .    x
answer              x    x    .    .    .    .    .    .    .    .    .    .    x
transfer            x    x    .    .    .    .    .    .    .    .    .    .    .
reject              .    .    x    .    .    .    .    .    .    .    .    .    .
verify              .    x    .    .    .    .    .    .    .    .    .    .    x
dispatch            .    x    x    .    .    .    .    .    .    .    .    .    x
assist              .    x    x    .    .    .    .    .    .    .    .    .    x
redispatch          .    x    x    .    .    .    .    .    .    .    .    .    .
recall              .    x    x    .    .    .    .    x    .    .    .    .    .
remind              .    x    x    x    .    .    .    x    .    .    .    .    .
link_repeat         x    x    .    .    .    .    .    .    .    .    .    .    .
acknowledge         .    x    .    .    .    .    .    .    .    .    .    .    x
respond             .    x    .    .    .    .    .    .    .    .    .    .    x
arrive              .    x    .    .    .    .    .    .    .    .    .    .    x
report              .    x    .    .    .    .    .    .    .    .    .    .    x
ask_return          .    x    .    .    .    .    .    .    .    .    .    .    x
rule_return         .    .    x    x    .    x    .    .    .    .    .    .    x
check               .    .    .    .    .    .    .    .    .    .    .    .    x
call_back           .    .    .    x    x    .    .    .    .    .    .    .    x
set_duty            .    .    .    .    .    .    .    .    .    .    .    x    x
ask                 .    x    .    .    .    .    .    .    .    .    .    .    x
rule_request        .    .    x    x    .    x    .    .    .    .    .    .    .
resume              .    .    x    x    .    x    .    .    .    .    .    .    .
mark_hard           .    x    x    x    .    .    .    .    .    .    .    .    .
supervise           .    .    x    x    .    .    x    .    .    .    .    .    .
reply_supervision   .    x    .    .    .    .    .    .    .    .    .    .    x
judge_reply         .    .    x    x    .    .    x    .    .    .    .    .    .
set_turn            .    .    x    x    .    x    .    .    .    .    .    x    .
hand_over           .    .    x    x    .    x    .    .    .    .    .    .    .
silence_seat        x    x    x    x    x    x    x    x    .    .    .    x    .
start_incident      .    x    x    .    .    .    .    x    .    .    .    .    .
confirm_incident    .    .    x    .    .    .    .    x    .    .    .    .    .
call_in             .    x    x    .    .    .    .    x    .    .    .    .    .
attach              .    x    x    .    .    .    .    x    .    .    .    .    .
detach              .    x    x    .    .    .    .    x    .    .    .    .    .
set_footprint       .    x    x    .    .    .    .    x    .    .    .    .    .
record_level        .    .    x    .    .    .    .    x    .    .    .    .    .
note_incident       .    x    x    x    .    .    .    x    .    .    .    .    .
report_upward       .    .    x    .    .    .    .    x    .    .    .    .    .
end_incident        .    .    x    .    .    .    .    x    .    .    .    .    .
"""
"""DOMAIN.md §4: x may, . may not; the columns are `ROLES`."""

ROUTES = """
                   call disp shif duty back lead supe emer trai wall audi admi fiel
look                x    x    x    x    x    x    x    x    .    .    x    .    .
reveal              x    x    x    x    x    .    x    x    .    .    .    .    .
dial                x    x    x    x    x    .    .    x    .    .    .    .    .
erase               .    .    .    .    .    x    .    .    .    .    .    x    .
access              .    .    .    .    .    .    x    .    .    .    x    .    .
positions           .    .    .    .    .    .    .    .    .    .    .    .    x
clock               .    .    .    .    .    .    .    .    .    .    .    x    x
import              .    .    .    .    .    .    .    .    .    .    .    .    x
people              .    .    .    .    .    .    .    .    .    .    .    x    .
person_new          .    .    .    .    .    .    .    .    .    .    .    x    .
person_changed      .    .    .    .    .    .    .    .    .    .    .    x    .
snapshot            x    x    x    x    x    x    x    x    x    x    x    x    x
events              x    x    x    x    x    x    x    x    x    x    x    x    x
log                 x    x    x    x    x    x    x    x    x    x    x    x    x
history             x    x    x    x    x    x    x    x    x    x    x    x    x
volumes             x    x    x    x    x    x    x    x    x    x    x    x    x
status              x    x    x    x    x    x    x    x    x    x    x    x    x
"""

PRIVATE = "/v1/private/cases/C-nobody"
WHY = {"why": "联系市民核实地点"}
# No role may find these changed afterwards: what they ask is refused for another reason, or done again.
ASKED: dict[str, tuple[str, str, Any]] = {
    "look": ("GET", PRIVATE, None),
    "reveal": ("POST", f"{PRIVATE}/reveal", WHY),
    "dial": ("POST", f"{PRIVATE}/dial", {}),
    "erase": ("POST", f"{PRIVATE}/erase", WHY),
    "access": ("GET", "/v1/private/access", None),
    "positions": ("POST", "/v1/positions", {"fixes": []}),
    "clock": ("POST", "/v1/clock", {"rate": 1.0, "simulated": False}),
    "import": ("PUT", "/v1/volumes", {"days": []}),
    "people": ("GET", "/v1/people", None),
    "person_new": ("POST", "/v1/people/UPPER", {"name": "x", "roles": []}),
    "person_changed": ("PUT", "/v1/people/nobody", {"name": "x", "roles": []}),
    "snapshot": ("GET", "/v1/snapshot", None),
    "events": ("GET", "/v1/events", None),
    "log": ("GET", "/v1/log?from=1&to=1", None),
    "history": ("GET", "/v1/history/C-nobody", None),
    "volumes": ("GET", "/v1/volumes?from=2026-01-01&to=2026-01-01", None),
    "status": ("POST", "/v1/commands/status", {"keys": []}),
}

OWN = {"/v1/session", "/v1/session/password"}
"""A person's own session, whatever their role: tests/api/test_sessions.py."""


def table(text: str) -> dict[str, dict[str, bool]]:
    """Operation → role → whether it may."""
    _, *lines = text.strip().splitlines()
    rows = (line.split() for line in lines)
    return {
        name: {role: mark == "x" for role, mark in zip(ROLES, marks, strict=True)}
        for name, *marks in rows
    }


def ask(centre: Central, method: str, path: str, role: str | None, body: Any) -> requests.Response:
    """By a new seat each time: none asks so much that it has to wait."""
    headers = centre.headers(role, uuid.uuid4().hex)
    return centre.session.request(
        method, centre.url + path, json=body, headers=headers, timeout=60, stream=True
    )


def example(operation: str) -> dict[str, Any]:
    """The description's own example of the command, under a key of its own."""
    found: dict[str, Any] = to_builtins(ENVELOPES[operation]) | {"key": str(uuid.uuid4())}
    return found


def send_example(centre: Central, operation: str, role: str | None) -> requests.Response:
    command = example(operation)
    headers = centre.headers(role, operation) | {"Idempotency-Key": command["key"]}
    return centre.session.post(
        f"{centre.url}/v1/commands", json=command, headers=headers, timeout=60
    )


def who(row: dict[str, bool]) -> list[str]:
    return sorted(role for role, may in row.items() if may)


def test_the_tables_are_whole() -> None:
    """A command, role or route that is new must be decided here too."""
    assert set(ROLES) == {role.value for role in Role} - {"centre"}
    assert set(table(COMMANDS)) == set(COMMAND_TYPES)
    assert set(table(ROUTES)) == set(ASKED)


def test_every_guarded_route_is_in_the_table() -> None:
    known = {(method.lower(), path.partition("?")[0]) for method, path, _ in ASKED.values()}
    for operation in OPERATIONS:
        plain = operation.path.replace("{case_id}", "C-nobody").replace("{owner}", "C-nobody")
        asked = {plain.replace("{login}", login) for login in ("UPPER", "nobody")}
        if not operation.guarded or operation.path in OWN or operation.may == "commands":
            continue
        if not operation.path.startswith("/v1/"):
            assert (operation.method, operation.may) == ("get", None), operation.path
            continue
        assert any((operation.method, path) in known for path in asked), operation.path


@pytest.mark.parametrize("operation", table(COMMANDS))
def test_commands(centre: Central, operation: str) -> None:
    row = table(COMMANDS)[operation]
    for role in ROLES:
        response = send_example(centre, operation, role)
        if row[role]:
            assert response.status_code in (201, 422), (role, response.text)
            assert response.status_code == 201 or response.json()["problem"] != "role", role
            continue
        refused = problem(response, 403, "role")
        assert refused["who_may"] == who(row)
        assert all(name in refused["detail"] for name in refused["who_may"])
    # Without a role nothing is written, and the centre's own nobody takes on.
    problem(send_example(centre, operation, None), 403, "role")
    problem(send_example(centre, operation, "centre"), 403, "role")


@pytest.mark.parametrize("operation", table(ROUTES))
def test_routes(centre: Central, operation: str) -> None:
    method, path, body = ASKED[operation]
    row = table(ROUTES)[operation]
    for role in ROLES:
        with ask(centre, method, path, role, body) as response:
            if row[role]:
                assert response.status_code not in (401, 403), (role, response.text)
                continue
            refused = problem(response, 403, "role")
            assert refused["who_may"] == who(row)
    with ask(centre, method, path, None, body) as response:
        assert (response.status_code != 403) is all(row.values()), response.text
    with ask(centre, method, path, "centre", body) as response:
        problem(response, 403, "role")


@pytest.mark.parametrize("role", ROLES)
def test_in_a_batch_it_is_the_same(centre: Central, role: str) -> None:
    operations = list(table(COMMANDS))
    batch = {"commands": [example(operation) for operation in operations]}
    found = ask(centre, "POST", "/v1/commands/batch", role, batch).json()["answers"]
    for operation, answer in zip(operations, found, strict=True):
        assert (answer["status"] != 403) is table(COMMANDS)[operation][role], (operation, answer)


def test_a_seat_cannot_name_a_role_that_its_token_has_not(centre: Central) -> None:
    headers = centre.headers("emperor", quote("席 1"))
    response = requests.get(f"{centre.url}/v1/snapshot", headers=headers, timeout=60)
    problem(response, 403, "role")
