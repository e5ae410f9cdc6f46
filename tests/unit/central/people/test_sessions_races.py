"""What changes between the look at a password and the session it opens: an old password opens nothing."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select, update

from console.central.centre import Centre
from console.central.people import passwords, person
from console.central.people.person import person_of
from console.central.people.sessions import FREE_OF_ADDRESS, Sessions
from console.central.people.tables import people
from console.central.people.tables import sessions as session_rows
from console.central.problems import Problem
from tests.unit.central.desk import Wall

SECRET = "drei Esel im Regen"
HANDED = "one-time-by-an-admin"
HERE = "10.0.0.1"

Change = Callable[[], None]


@pytest.fixture
def meanwhile(monkeypatch: pytest.MonkeyPatch) -> Callable[[Change], None]:
    """Has something happen while a password is looked at."""

    def arrange(change: Change) -> None:
        look = passwords.fits

        def fits(password: str, known: str | None) -> bool:
            found = look(password, known)
            change()
            return found

        monkeypatch.setattr(passwords, "fits", fits)

    return arrange


def refused(act: Callable[[], object]) -> tuple[int, str]:
    with pytest.raises(Problem) as caught:
        act()
    return caught.value.status, caught.value.code


def hand_password(centre: Centre, now: datetime) -> None:
    with centre.database.writing() as connection:
        kept = passwords.hashed(HANDED)
        person.set_password(connection, "wang", kept, now, must_change=True)


def disable(centre: Centre, now: datetime) -> None:
    with centre.database.writing() as connection:
        person.set_disabled(connection, "wang", now, disabled=True)


def open_sessions(centre: Centre) -> int:
    with centre.database.reading() as connection:
        query = select(session_rows.c.id).where(session_rows.c.ended.is_(None))
        return len(connection.execute(query).all())


@pytest.mark.parametrize("change", [hand_password, disable])
def test_a_login_that_was_overtaken_opens_nothing(
    centre: Centre,
    sessions: Sessions,
    wall: Wall,
    meanwhile: Callable[[Change], None],
    change: Callable[[Centre, datetime], None],
) -> None:
    meanwhile(lambda: change(centre, wall()))
    login = lambda: sessions.log_in("wang", SECRET, HERE, wall())  # noqa: E731
    assert refused(login) == (401, "credentials")
    assert open_sessions(centre) == 0


def test_a_hash_made_anew_does_not_bring_an_old_password_back(
    centre: Centre, sessions: Sessions, wall: Wall, meanwhile: Callable[[Change], None]
) -> None:
    weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(SECRET)
    with centre.database.writing() as connection:
        connection.execute(update(people).values(password_hash=weak))
    meanwhile(lambda: hand_password(centre, wall()))
    assert refused(lambda: sessions.log_in("wang", SECRET, HERE, wall()))[0] == 401
    with centre.database.reading() as connection:
        kept = connection.execute(select(people.c.password_hash)).scalar_one()
    assert not passwords.fits(SECRET, kept)


def test_who_knows_the_old_password_cannot_change_the_one_handed_out_meanwhile(
    centre: Centre, sessions: Sessions, wall: Wall, meanwhile: Callable[[Change], None]
) -> None:
    meanwhile(lambda: hand_password(centre, wall()))
    new = "vier Ziegen am Berg"
    change = lambda: sessions.change_password("wang", SECRET, new, HERE, wall())  # noqa: E731
    assert refused(change) == (401, "credentials")
    with centre.database.reading() as connection:
        row = connection.execute(select(people)).one()
    assert row.must_change_password
    assert not passwords.fits(new, row.password_hash)


def test_the_provider_opens_nothing_for_who_was_disabled_meanwhile(
    centre: Centre, sessions: Sessions, wall: Wall
) -> None:
    with centre.database.reading() as connection:
        who = person_of(connection.execute(select(people)).one())
    disable(centre, wall())
    assert refused(lambda: sessions.begin(who, wall())) == (403, "not-known")
    assert open_sessions(centre) == 0


def test_guesses_of_a_neighbour_keep_no_session_from_being_renewed(
    sessions: Sessions, wall: Wall
) -> None:
    began = sessions.log_in("wang", SECRET, HERE, wall())
    for number in range(FREE_OF_ADDRESS):
        refused(partial(sessions.log_in, f"nobody{number}", "x", HERE, wall()))
    assert refused(lambda: sessions.log_in("wang", SECRET, HERE, wall()))[0] == 429
    assert sessions.refresh(began.refresh, HERE, wall()).person.login == "wang"
    assert refused(lambda: sessions.refresh("s.x", HERE, wall()))[0] == 429
