"""Sessions in one database: begun by password, renewed, stolen, ended; the API tests do it on both stores."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from console.central.centre import Centre
from console.central.people import person
from console.central.people.limits import FREE
from console.central.people.sessions import FREE_OF_ADDRESS, GRACE, REFRESH, Session, Sessions
from console.central.people.standing import FRESH_S, Standing
from console.central.people.tables import people
from console.central.people.tables import sessions as session_rows
from console.central.people.tokens import Access, Keys
from console.central.problems import Problem
from console.domain.role import Role
from tests.unit.central.desk import Wall

SECRET = "drei Esel im Regen"
HERE = "10.0.0.1"


def refused(act: object) -> tuple[int, str]:
    with pytest.raises(Problem) as caught:
        act()  # type: ignore[operator]
    return caught.value.status, caught.value.code


@pytest.fixture
def began(sessions: Sessions, wall: Wall) -> Session:
    return sessions.log_in("wang", SECRET, HERE, wall())


def standing(centre: Centre, keys: Keys, session: Session, wall: Wall) -> person.Person | None:
    return Standing(centre.database).find(keys.read(session.access, wall()))


class TestByPassword:
    def test_who_and_how_long(self, centre: Centre, keys: Keys, began: Session, wall: Wall) -> None:
        assert began.person.login == "wang"
        assert began.person.roles == (Role.DISPATCHER, Role.SHIFT_LEADER)
        assert began.refresh_expires_at == wall() + REFRESH
        assert standing(centre, keys, began, wall) == began.person

    @pytest.mark.parametrize("login", [" WANG ", "Wang"])
    def test_a_login_is_written_in_any_way(
        self, sessions: Sessions, wall: Wall, login: str
    ) -> None:
        assert sessions.log_in(login, SECRET, HERE, wall()).person.login == "wang"

    @pytest.mark.parametrize("login", ["wang", "li", "", "\x00", "x" * 5000, "wang' OR 1=1 --"])
    def test_wrong_is_wrong_whoever_it_is(self, sessions: Sessions, wall: Wall, login: str) -> None:
        with pytest.raises(Problem) as caught:
            sessions.log_in(login, "wrong", HERE, wall())
        assert (caught.value.status, caught.value.code) == (401, "credentials")
        assert caught.value.detail == "the login or the password is wrong"

    def test_nobody_who_is_disabled(self, centre: Centre, sessions: Sessions, wall: Wall) -> None:
        with centre.database.writing() as connection:
            person.set_disabled(connection, "wang", wall(), disabled=True)
        assert refused(lambda: sessions.log_in("wang", SECRET, HERE, wall())) == (
            401,
            "credentials",
        )

    def test_nobody_without_a_password(
        self, centre: Centre, sessions: Sessions, wall: Wall
    ) -> None:
        with centre.database.writing() as connection:
            connection.execute(update(people).values(password_hash=None))
        assert refused(lambda: sessions.log_in("wang", "", HERE, wall())) == (401, "credentials")

    def test_a_weak_hash_is_made_anew(self, centre: Centre, sessions: Sessions, wall: Wall) -> None:
        from argon2 import PasswordHasher

        weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(SECRET)
        with centre.database.writing() as connection:
            connection.execute(update(people).values(password_hash=weak))
        sessions.log_in("wang", SECRET, HERE, wall())
        with centre.database.reading() as connection:
            kept = connection.execute(select(people.c.password_hash)).scalar_one()
        assert "m=64," in kept


class TestTooOften:
    def test_a_guesser_waits_and_then_the_right_one_is_heard(
        self, sessions: Sessions, wall: Wall
    ) -> None:
        for _ in range(FREE):
            assert refused(lambda: sessions.log_in("wang", "x", HERE, wall()))[0] == 401
        right = lambda: sessions.log_in("wang", SECRET, HERE, wall())  # noqa: E731
        assert refused(right) == (429, "slow-down")
        wall.turn(seconds=1)
        assert right().person.login == "wang"
        assert right().person.login == "wang", "what went well counts no more"

    def test_a_stranger_elsewhere_locks_nobody_out(self, sessions: Sessions, wall: Wall) -> None:
        for _ in range(FREE + 1):
            refused(lambda: sessions.log_in("wang", "x", "203.0.113.9", wall()))
        assert sessions.log_in("wang", SECRET, HERE, wall()).person.login == "wang"

    def test_one_address_with_many_logins_waits_too(self, sessions: Sessions, wall: Wall) -> None:
        for number in range(FREE_OF_ADDRESS):
            assert refused(lambda n=number: sessions.log_in(f"nobody{n}", "x", HERE, wall())) == (
                401,
                "credentials",
            )
        assert refused(lambda: sessions.log_in("wang", SECRET, HERE, wall())) == (429, "slow-down")
        assert sessions.log_in("wang", SECRET, "10.0.0.2", wall())
        wall.turn(seconds=1)
        assert sessions.log_in("wang", SECRET, HERE, wall())

    def test_an_own_login_does_not_wash_away_guesses_at_others(
        self, sessions: Sessions, wall: Wall
    ) -> None:
        for number in range(FREE_OF_ADDRESS):
            refused(lambda n=number: sessions.log_in(f"nobody{n}", "x", HERE, wall()))
            if number == FREE_OF_ADDRESS - 2:
                sessions.log_in("wang", SECRET, HERE, wall())
        assert refused(lambda: sessions.log_in("wang", SECRET, HERE, wall()))[0] == 429

    def test_refresh_tokens_cannot_be_guessed_for_ever(
        self, sessions: Sessions, wall: Wall
    ) -> None:
        for number in range(FREE_OF_ADDRESS):
            guess = f"s{number}.guess"
            assert refused(lambda g=guess: sessions.refresh(g, HERE, wall())) == (
                401,
                "session-ended",
            )
        assert refused(lambda: sessions.refresh("s.x", HERE, wall())) == (429, "slow-down")


class TestRenewed:
    def test_the_new_one_is_good_and_lives_a_shift_more(
        self, centre: Centre, keys: Keys, sessions: Sessions, began: Session, wall: Wall
    ) -> None:
        wall.now += REFRESH - timedelta(minutes=1)
        again = sessions.refresh(began.refresh, HERE, wall())
        assert again.refresh != began.refresh
        assert standing(centre, keys, again, wall) == began.person
        wall.now += REFRESH - timedelta(minutes=1)
        assert sessions.refresh(again.refresh, HERE, wall())

    def test_after_a_shift_without_it_the_session_is_over(
        self, sessions: Sessions, began: Session, wall: Wall
    ) -> None:
        wall.now += REFRESH
        assert refused(lambda: sessions.refresh(began.refresh, HERE, wall())) == (
            401,
            "session-ended",
        )

    def test_a_lost_reply_is_made_good(
        self, sessions: Sessions, began: Session, wall: Wall
    ) -> None:
        sessions.refresh(began.refresh, HERE, wall())
        wall.now += GRACE
        second = sessions.refresh(began.refresh, HERE, wall())
        assert sessions.refresh(second.refresh, HERE, wall())

    def test_a_token_that_was_used_long_ago_ends_the_session(
        self, centre: Centre, keys: Keys, sessions: Sessions, began: Session, wall: Wall
    ) -> None:
        newest = sessions.refresh(began.refresh, HERE, wall())
        wall.now += GRACE + timedelta(seconds=1)
        assert refused(lambda: sessions.refresh(began.refresh, HERE, wall()))[0] == 401
        assert refused(lambda: sessions.refresh(newest.refresh, HERE, wall()))[0] == 401
        assert standing(centre, keys, newest, wall) is None

    def test_one_session_is_not_another(
        self, sessions: Sessions, began: Session, wall: Wall
    ) -> None:
        other = sessions.log_in("wang", SECRET, HERE, wall())
        mixed = began.refresh.partition(".")[0] + "." + other.refresh.partition(".")[2]
        assert refused(lambda: sessions.refresh(mixed, HERE, wall()))[0] == 401
        assert sessions.refresh(other.refresh, HERE, wall())

    @pytest.mark.parametrize(
        "token", ["", ".", "\x00.x", "x" * 9000, "'; DROP TABLE sessions; --."]
    )
    def test_nonsense(self, sessions: Sessions, wall: Wall, token: str) -> None:
        assert refused(lambda: sessions.refresh(token, HERE, wall())) == (401, "session-ended")

    def test_what_is_kept_opens_nothing(
        self, centre: Centre, sessions: Sessions, began: Session, wall: Wall
    ) -> None:
        with centre.database.reading() as connection:
            row = connection.execute(select(session_rows)).one()
        assert began.refresh.partition(".")[2] not in str(row)
        stolen = f"{row.id}.{row.refresh_hash}"
        assert refused(lambda: sessions.refresh(stolen, HERE, wall()))[0] == 401


class TestEnded:
    def test_logged_out(
        self, centre: Centre, keys: Keys, sessions: Sessions, began: Session, wall: Wall
    ) -> None:
        sessions.end(began.refresh.partition(".")[0], wall())
        assert standing(centre, keys, began, wall) is None
        assert refused(lambda: sessions.refresh(began.refresh, HERE, wall()))[0] == 401

    def test_a_new_password_ends_them_all(
        self, centre: Centre, keys: Keys, sessions: Sessions, began: Session, wall: Wall
    ) -> None:
        new = "vier Ziegen am Berg"
        sessions.change_password("wang", SECRET, new, HERE, wall())
        assert standing(centre, keys, began, wall) is None
        assert refused(lambda: sessions.refresh(began.refresh, HERE, wall()))[0] == 401
        assert refused(lambda: sessions.log_in("wang", SECRET, HERE, wall()))[0] == 401
        assert sessions.log_in("wang", new, HERE, wall())

    @pytest.mark.parametrize(
        ("old", "new", "why"),
        [
            ("wrong", "vier Ziegen am Berg", (401, "credentials")),
            (SECRET, "short", (422, "weak-password")),
            (SECRET, SECRET, (422, "weak-password")),
        ],
    )
    def test_a_password_that_is_not_changed(
        self, sessions: Sessions, began: Session, wall: Wall, old: str, new: str, why: object
    ) -> None:
        change = lambda: sessions.change_password("wang", old, new, HERE, wall())  # noqa: E731
        assert refused(change) == why
        assert sessions.log_in("wang", SECRET, HERE, wall())
        assert sessions.refresh(began.refresh, HERE, wall())

    def test_the_old_password_cannot_be_guessed_for_ever(
        self, sessions: Sessions, began: Session, wall: Wall
    ) -> None:
        change = lambda old: sessions.change_password("wang", old, "vier Ziegen", HERE, wall())  # noqa: E731
        for _ in range(FREE):
            assert refused(lambda: change("x"))[0] == 401
        assert refused(lambda: change(SECRET)) == (429, "slow-down")


class TestStanding:
    def test_it_is_believed_for_two_seconds(
        self, centre: Centre, keys: Keys, began: Session, wall: Wall
    ) -> None:
        elapsed = [0.0]
        known = Standing(centre.database, lambda: elapsed[0])
        access = keys.read(began.access, wall())
        assert known.fresh(access) is False, "it must be asked"
        assert known.find(access) == began.person
        with centre.database.writing() as connection:
            person.set_disabled(connection, "wang", wall(), disabled=True)
        elapsed[0] += FRESH_S
        assert known.fresh(access) == began.person
        elapsed[0] += 0.01
        assert known.fresh(access) is False
        assert known.find(access) is None
        assert known.fresh(access) is None

    def test_this_process_knows_its_own_changes_at_once(
        self, centre: Centre, keys: Keys, began: Session, wall: Wall
    ) -> None:
        known = Standing(centre.database, lambda: 0.0)
        access = keys.read(began.access, wall())
        known.find(access)
        known.forget()
        assert known.fresh(access) is False

    def test_a_session_is_of_one_person(
        self, centre: Centre, keys: Keys, began: Session, wall: Wall
    ) -> None:
        session = keys.read(began.access, wall()).session
        assert Standing(centre.database).find(Access("li", session)) is None
