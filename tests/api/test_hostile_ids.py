"""Ids that no database would take, and questions that would hold everybody up: refused, on both stores alike."""

import pytest

from console.central.routes.writing import EXPECT_LIMIT
from tests.api.commands import accept, dispatch, done, envelope, new_case, problem, send
from tests.central_process import Central

NUL = "a\x00b"


def test_what_is_asked_about_a_name_with_nul_is_not_there(centre: Central) -> None:
    problem(centre.request("GET", "/v1/history/a%00b"), 404, "unknown-case")
    known = centre.request("POST", "/v1/commands/status", json={"keys": [NUL, "never-sent"]})
    assert known.json() == {"answers": {NUL: None, "never-sent": None}}
    for asked in ("case", "seat"):
        path = f"/v1/private/access?{asked}=a%00b"
        assert centre.request("GET", path, role="auditor").json()["entries"] == []


@pytest.mark.parametrize("expect", [{"case:a\x00b": 0}, {"case:C": {"after": NUL}}])
def test_an_expectation_of_what_has_no_such_name(
    centre: Central, expect: dict[str, object]
) -> None:
    problem(send(centre, (accept() | {"expect": expect})), 400, "malformed")


def test_a_command_with_nul_in_an_id_spoils_nothing_beside_it(centre: Central) -> None:
    case, _ = new_case(centre)
    wrong = [dispatch(case), envelope("set_duty", {"worker": NUL, "on_duty": True})]
    wrong[0]["body"]["worker"] = NUL
    good = accept()
    batch = {"commands": [*wrong, good]}
    answers = centre.request("POST", "/v1/commands/batch", role="field", json=batch).json()
    told = [(one["status"], one["problem"]) for one in answers["answers"]]
    assert told == [(422, "bad-id"), (422, "bad-id"), (201, None)]
    assert send(centre, good, "field").status_code == 200


def test_too_many_expectations_are_not_even_looked_at(centre: Central) -> None:
    many = {f"case:{number}": 0 for number in range(EXPECT_LIMIT + 1)}
    problem(send(centre, (accept() | {"expect": many})), 413, "too-many")
    batch = {"commands": [(accept() | {"expect": many}), accept()]}
    answer = centre.request("POST", "/v1/commands/batch", json=batch)
    problem(answer, 413, "too-many")
    del many["case:0"]
    assert done(centre, (accept() | {"expect": many}))
