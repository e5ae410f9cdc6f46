"""Tokens, seats and roles."""

import pytest

from console.central.auth import Gate, Seat, read_grants
from console.central.failure import StartFailure
from console.central.problems import Problem
from console.domain.role import Role

TOKEN = "a-token-of-enough-length"


def admit(**headers: str) -> Seat:
    gate = Gate(read_grants(f"{TOKEN} dispatcher,field\nanother-token-000000\n", "file"))
    known = {"authorization": f"Bearer {TOKEN}", "baton-seat": "seat-1"}
    return gate.admit(known | {name.replace("_", "-"): value for name, value in headers.items()})


def test_a_seat_has_its_name_and_the_role_it_took_on() -> None:
    assert admit() == Seat("seat-1", None)
    assert admit(baton_role="field").role is Role.FIELD
    assert admit(baton_seat="%E5%B8%AD%203").name == "席 3"
    assert admit(authorization=f"bearer  {TOKEN}").name == "seat-1"


@pytest.mark.parametrize(
    "wrong", ["", TOKEN, f"Bearer {TOKEN}x", f"Bearer {TOKEN[:-1]}", "Bearer ", f"Basic {TOKEN}"]
)
def test_a_wrong_token_is_401(wrong: str) -> None:
    with pytest.raises(Problem) as caught:
        admit(authorization=wrong)
    assert (caught.value.status, caught.value.code) == (401, "token")
    assert TOKEN not in caught.value.detail


@pytest.mark.parametrize("role", ["shift_leader", "centre", "emperor", ""])
def test_a_role_the_token_does_not_have_is_403(role: str) -> None:
    with pytest.raises(Problem) as caught:
        admit(baton_role=role)
    assert caught.value.status == 403


def test_a_token_without_roles_has_all_but_the_centres() -> None:
    both = {"authorization": "Bearer another-token-000000"}
    assert admit(**both, baton_role="shift_leader").role is Role.SHIFT_LEADER
    with pytest.raises(Problem):
        admit(**both, baton_role="centre")


def test_need_tells_which_roles() -> None:
    with pytest.raises(Problem, match="field"):
        Seat("s", Role.WALL).need(Role.FIELD)
    with pytest.raises(Problem, match="Baton-Role"):
        Seat("s", None).need()
    assert Seat("s", Role.WALL).need() is Role.WALL


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no token"),
        ("# a comment\n\n", "no token"),
        ("short", "file:1"),
        (f"\n{TOKEN} emperor", "file:2"),
        (f"{TOKEN} centre", "centre"),
    ],
)
def test_a_useless_token_file_says_where(text: str, says: str) -> None:
    with pytest.raises(StartFailure) as caught:
        read_grants(text, "file")
    assert caught.value.problem == "token"
    assert says in caught.value.en
    assert TOKEN not in caught.value.en
