"""Tokens, seats and roles."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy.exc import OperationalError

from console.central.auth import Gate, Grant, Seat, read_grants
from console.central.centre import Centre
from console.central.failure import StartFailure
from console.central.people import person
from console.central.people.person import Person
from console.central.people.tokens import ACCESS
from console.central.problems import Problem
from console.central.reception import Reception, open_reception
from console.domain.role import Role
from console.domain.scope import WHOLE, Scope
from tests.unit.central.desk import Wall

TOKEN = "a-token-of-enough-length"
CHIEF = Person(login="wang", name="王", roles=(Role.DUTY_CHIEF, Role.ADMIN), district="1")


@pytest.fixture
def reception(centre: Centre) -> Reception:
    grants = read_grants(f"{TOKEN} dispatcher,field\nanother-token-000000\n", "file")
    return open_reception(centre, grants)


def admit(gate: Gate, *, renewing: bool = False, **headers: str) -> Seat:
    known = {"authorization": f"Bearer {TOKEN}", "baton-seat": "seat-1"}
    known |= {name.replace("_", "-"): value for name, value in headers.items()}
    return asyncio.run(gate.admit(known, renewing=renewing))


@pytest.fixture
def gate(reception: Reception) -> Gate:
    return reception.gate


@pytest.fixture
def chief(centre: Centre, reception: Reception, wall: Wall) -> str:
    """The Authorization of a duty chief who is logged in."""
    with centre.database.writing() as connection:
        person.add(connection, CHIEF, None, wall())
    return f"Bearer {reception.sessions.begin(CHIEF, wall()).access}"


def test_a_seat_has_its_name_and_the_role_it_took_on(gate: Gate) -> None:
    assert admit(gate) == Seat("seat-1", None)
    assert admit(gate, baton_role="field").role is Role.FIELD
    assert admit(gate, baton_seat="%E5%B8%AD%203").name == "席 3"
    assert admit(gate, authorization=f"bearer  {TOKEN}").name == "seat-1"


@pytest.mark.parametrize(
    "wrong", ["", TOKEN, f"Bearer {TOKEN}x", f"Bearer {TOKEN[:-1]}", "Bearer ", f"Basic {TOKEN}"]
)
def test_a_wrong_token_is_401(gate: Gate, wrong: str) -> None:
    with pytest.raises(Problem) as caught:
        admit(gate, authorization=wrong)
    assert (caught.value.status, caught.value.code) == (401, "token")
    assert TOKEN not in caught.value.detail
    assert caught.value.response().headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize("role", ["shift_leader", "centre", "emperor", ""])
def test_a_role_the_token_does_not_have_is_403(gate: Gate, role: str) -> None:
    with pytest.raises(Problem) as caught:
        admit(gate, baton_role=role)
    assert caught.value.status == 403


def test_a_token_without_roles_has_all_but_the_centres(gate: Gate) -> None:
    both = {"authorization": "Bearer another-token-000000"}
    assert admit(gate, **both, baton_role="shift_leader").role is Role.SHIFT_LEADER
    with pytest.raises(Problem):
        admit(gate, **both, baton_role="centre")


def test_need_tells_which_roles() -> None:
    with pytest.raises(Problem, match="field") as caught:
        Seat("s", Role.WALL).need("tell_positions")
    assert caught.value.members["who_may"] == ["field"]
    with pytest.raises(Problem, match="Baton-Role"):
        Seat("s", None).need()
    assert Seat("s", Role.WALL).need() is Role.WALL


class TestPeople:
    def test_the_log_will_say_who_and_where(self, gate: Gate, chief: str) -> None:
        seat = admit(gate, authorization=chief, baton_role="duty_chief")
        assert (seat.name, seat.role) == ("wang@seat-1", Role.DUTY_CHIEF)
        assert seat.scope == Scope("1")
        assert seat.person == CHIEF

    def test_a_system_decides_for_the_whole_city(self, gate: Gate) -> None:
        assert admit(gate).scope == WHOLE
        assert admit(gate).person is None

    @pytest.mark.parametrize("role", ["dispatcher", "field", "centre", "emperor"])
    def test_only_in_the_roles_they_hold(self, gate: Gate, chief: str, role: str) -> None:
        with pytest.raises(Problem) as caught:
            admit(gate, authorization=chief, baton_role=role)
        assert (caught.value.status, caught.value.code) == (403, "role")

    def test_a_token_that_has_ended_can_be_renewed(
        self, gate: Gate, chief: str, wall: Wall
    ) -> None:
        wall.now += ACCESS + timedelta(seconds=5)
        with pytest.raises(Problem) as caught:
            admit(gate, authorization=chief)
        assert (caught.value.status, caught.value.code) == (401, "token")

    def test_who_was_put_out_is_told_so(
        self, centre: Centre, reception: Reception, chief: str, wall: Wall
    ) -> None:
        seat = admit(reception.gate, authorization=chief, baton_role="admin")
        assert asyncio.run(reception.gate.still(seat))
        with centre.database.writing() as connection:
            person.set_disabled(connection, "wang", wall(), disabled=True)
        reception.standing.forget()
        with pytest.raises(Problem) as caught:
            admit(reception.gate, authorization=chief)
        assert (caught.value.status, caught.value.code) == (401, "session-ended")
        assert not asyncio.run(reception.gate.still(seat))

    def test_who_has_lost_the_role_may_not_stay_in_it(
        self, centre: Centre, reception: Reception, chief: str, wall: Wall
    ) -> None:
        as_admin = admit(reception.gate, authorization=chief, baton_role="admin")
        as_chief = admit(reception.gate, authorization=chief, baton_role="duty_chief")
        less = Person(login="wang", name="王", roles=(Role.DUTY_CHIEF,), district="1")
        with centre.database.writing() as connection:
            person.change(connection, less, wall())
        reception.standing.forget()
        assert not asyncio.run(reception.gate.still(as_admin))
        assert asyncio.run(reception.gate.still(as_chief))

    def test_a_system_may_always_stay(self, gate: Gate) -> None:
        assert asyncio.run(gate.still(admit(gate)))

    def test_a_database_that_is_away_puts_nobody_out(
        self, reception: Reception, chief: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        seat = admit(reception.gate, authorization=chief)

        def away(_: object) -> None:
            raise OperationalError("SELECT", {}, OSError("the server is restarted"))

        reception.standing.forget()
        monkeypatch.setattr(reception.standing, "_read", away)
        assert asyncio.run(reception.gate.still(seat))

    def test_first_of_all_the_password_is_changed(
        self, centre: Centre, reception: Reception, chief: str, wall: Wall
    ) -> None:
        who = Person(login="li", name="李", roles=(Role.WALL,), must_change_password=True)
        with centre.database.writing() as connection:
            person.add(connection, who, None, wall())
        bearer = f"Bearer {reception.sessions.begin(who, wall()).access}"
        with pytest.raises(Problem) as caught:
            admit(reception.gate, authorization=bearer)
        assert (caught.value.status, caught.value.code) == (403, "must-change-password")
        assert admit(reception.gate, authorization=bearer, renewing=True).person == who


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


def test_grants_are_roles() -> None:
    assert read_grants(f"{TOKEN} dispatcher", "f") == [
        Grant(TOKEN.encode(), frozenset({Role.DISPATCHER}))
    ]
